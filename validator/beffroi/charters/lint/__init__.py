"""Looks for mistakes in charters themselves: what fails projects wrongly or lets them through, what helps nobody.

What is looked for stands in `of_charters/` and `of_requirements/`, one module a subject; how binding it is with the
words of each rule.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from beffroi.catalogue import Catalogue, called
from beffroi.charters.lint import of_charters, of_requirements
from beffroi.charters.lint.opening import Opened, opened
from beffroi.charters.lint.targets import Target, targets
from beffroi.judging import finding_of
from beffroi.model.faults import Defect, fault
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Report, Subject
from beffroi.rulebook import default_level, worded
from beffroi.settings import Settings
from beffroi.version import __version__


def lint(names: Sequence[str], catalogue: Catalogue, settings: Settings) -> Report:
    """Look for mistakes in charters: ids with or without version, files, or folders; without names, in those of the
    city's own catalogues, or of the bundled one.

    Raises `NoSuchInput` or `UnknownCharter`; what cannot be read is a finding.
    """
    named = targets(names, catalogue)
    files = list(dict.fromkeys(target for _, found in named for target in found))
    subjects = [nothing(name) for name, found in named if not found]
    subjects += [subject(each, opened(each, settings.lang)) for each in files]
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))
    return worded(report, settings.lang)


def nothing(name: str) -> Subject:
    """The subject of a folder in which there is no charter."""
    return Subject(path=name, kind="charter", findings=findings([Defect(fault=fault("charter-none"))]), judged=False)


def subject(target: Target, found: Opened) -> Subject:
    """One charter, with what is wrong with it."""
    charter = found.whole.charter if found.whole else None
    told = findings([*found.defects, *in_whole(found)])
    if found.stopped and not any(each.level is Level.MUST for each in told):
        told = (*told, *findings([found.stopped]))
    return Subject(
        path=called(target.file),
        kind="charter",
        charter=charter.reference if charter else None,
        findings=told,
        judged=found.judged,
    )


def in_whole(found: Opened) -> Iterator[Defect]:
    """What is wrong with a charter, if its own file can be understood, and with each of its requirements."""
    if found.whole is None:
        return
    for each in found.whole.requirements:
        for family in families(of_requirements):
            yield from family(each)
    for family in families(of_charters):
        yield from family(found.whole)


def findings(defects: Iterable[Defect]) -> tuple[Finding, ...]:
    """The findings of defects, in the order of their files and lines."""
    kept = sorted(dict.fromkeys(defects), key=lambda each: (each.file or "", each.line or 0))
    return tuple(finding_of(each, default_level) for each in kept)


@cache
def families(package: Any) -> tuple[Callable[[Any], Iterator[Defect]], ...]:
    """The `defects` of every module of a package."""
    names = sorted(each.name for each in pkgutil.iter_modules(package.__path__))
    return tuple(import_module(f"{package.__name__}.{name}").defects for name in names)
