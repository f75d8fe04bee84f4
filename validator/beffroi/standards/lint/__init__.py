"""Looks for mistakes in standards themselves: what judges data wrongly, what makes them hard to adopt, what is untidy.

What is looked for stands in `of_standards/` and `of_tables/`, one module a subject; how binding it is in `levels.yaml`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

from beffroi.catalogue import Catalogue, called
from beffroi.judging import defects_of, finding_of
from beffroi.model.faults import Defect, fault
from beffroi.model.report import Finding, Report, Subject
from beffroi.rulebook import default_level, worded
from beffroi.settings import Settings
from beffroi.standards.lint import of_standards, of_tables
from beffroi.standards.lint.levels import level_of
from beffroi.standards.lint.opening import Opened, opened
from beffroi.standards.lint.same import same_ids
from beffroi.standards.lint.seen import Table, Whole
from beffroi.standards.lint.targets import Target, targets
from beffroi.version import __version__

OF_DELIVERIES = {"standard-deprecated", "standard-retired"}
"""What is to be known of a standard by whoever delivers, and is no mistake in it."""
TOLD_WITH_LINES = {"standard-repeated-key"}
"""What is found where a file is opened, better than where it is loaded."""


def lint(names: Sequence[str], catalogue: Catalogue, settings: Settings) -> Report:
    """Look for mistakes in standards: ids with or without version, files, or folders; without names, in those of the
    city's own catalogues, or of the bundled one.

    Raises `NoSuchInput` or `UnknownStandard`; what cannot be read is a finding.
    """
    named = targets(names, catalogue)
    files = list(dict.fromkeys(target for _, found in named for target in found))
    twice = same_ids(files)
    subjects = [nothing(name) for name, found in named if not found]
    subjects += [subject(each, opened(each, settings.lang), twice.get(each.file)) for each in files]
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))
    return worded(report, settings.lang)


def nothing(name: str) -> Subject:
    """The subject of a folder in which nothing defines a standard."""
    return Subject(path=name, kind="standard", findings=findings([Defect(fault=fault("standard-none"))]), judged=False)


def subject(target: Target, found: Opened, twice: Defect | None) -> Subject:
    """One standard, with what is wrong with it."""
    defects = [*found.defects, *([twice] if twice else ()), *in_tables(found), *in_whole(found)]
    return Subject(
        path=called(target.file),
        kind="standard",
        standard=found.whole.standard.reference if found.whole else None,
        findings=findings(defects),
        judged=found.judged,
    )


def in_whole(found: Opened) -> Iterator[Defect]:
    """What is wrong with a standard as a whole, if it could be built."""
    if found.whole is None:
        return
    for each in found.whole.standard.defects:
        if each.fault.rule not in OF_DELIVERIES | TOLD_WITH_LINES:
            yield placed(each, found.whole)
    for family in families(of_standards):
        yield from family(found.whole)


def in_tables(found: Opened) -> Iterator[Defect]:
    """What is wrong with the rules for the tables; what a standard takes over from another is left to that one."""
    for table in found.tables:
        for each in in_table(table):
            if not (found.whole and found.whole.takes_over(table, each)):
                yield placed(each, found.whole)


def in_table(table: Table) -> Iterator[Defect]:
    """What is wrong with the rules for one table."""
    yield from defects_of(table.rules)
    for family in families(of_tables):
        yield from family(table)


def placed(defect: Defect, whole: Whole | None) -> Defect:
    """A defect with its line in the standard's own file, where it is written there as it is judged."""
    if defect.line or defect.file or not defect.pointer or whole is None or whole.standard.extends:
        return defect
    return replace(defect, line=whole.document.line(defect.pointer))


def findings(defects: Iterable[Defect]) -> tuple[Finding, ...]:
    """The findings of defects, in the order of their lines."""
    kept = sorted(dict.fromkeys(defects), key=lambda each: (each.file or "", each.line or 0))
    return tuple(replace(finding_of(each, default_level), level=level_of(each.fault)) for each in kept)


@cache
def families(package: Any) -> tuple[Callable[[Any], Iterator[Defect]], ...]:
    """The `defects` of every module of a package."""
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}").defects for name in names)
