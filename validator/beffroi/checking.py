"""The one flow: what was given, which rules it falls under, what is found, as one report.

Every entrance (command, Python, hook) goes this way and so reaches the same verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.catalogue import Catalogue
from beffroi.errors import NoSuchInput
from beffroi.judging import defects_of, finding_of, levels_of
from beffroi.model.faults import Defect, fault
from beffroi.model.report import Report, Subject
from beffroi.model.standard import Standard
from beffroi.rulebook import worded
from beffroi.settings import Settings
from beffroi.version import __version__

if TYPE_CHECKING:
    from beffroi.deliveries import Judge
    from beffroi.excusing import Excuses


def check(  # noqa: PLR0913 - what people ask for by name
    *paths: str | Path,
    standard: str | Path | None = None,
    also: str | Path | None = None,
    catalogue: Sequence[str | Path] = (),
    lang: str = "en",
    today: date | None = None,
    max_samples: int | None = 20,
    jobs: int = 0,
) -> Report:
    """Check data files, packages (folder, zip or descriptor) or folders of files; `-` is standard input.

    `standard` is an id (`bicycle-parking`, `bicycle-parking@1`) or a file: a Table Schema, a schema of
    schema.data.gouv.fr, a data package, a `standard.yaml`. Where none is named, each table is judged against the
    standard that it is seen to follow, if any. `also` names another standard or version, and tells what moving to it
    would cost; it changes no verdict. `catalogue` names a city's own folders, searched first.
    `max_samples` places are kept of each finding, all of them if it is `None`; totals are always exact.
    `jobs` parts of a table are judged at once, as many as there are cores if it is 0; the result is the same.

    Raises `BeffroiError` when nothing can be checked: an unknown standard, a path that does not exist.
    """
    own = Catalogue.of(*(Path(each) for each in catalogue))
    rules = own.standard(str(standard)) if standard is not None else None
    other = own.standard(str(also)) if also is not None else None
    settings = Settings(samples=max_samples, lang=lang, today=today, jobs=jobs)
    return check_paths([str(path) for path in paths], rules, settings, catalogue=own, also=other)


def check_paths(  # noqa: PLR0913 - all that decides a report
    paths: Sequence[str],
    standard: Standard | None,
    settings: Settings,
    *,
    catalogue: Catalogue | None = None,
    also: Standard | None = None,
    charter: str | None = None,
    portfolio: Path | None = None,
    excuses: Excuses | None = None,
) -> Report:
    """Check every path against one standard, or else against those that are declared, or that the tables follow."""
    from beffroi.deliveries import Judge
    from beffroi.excusing import Excuses

    if also and "-" in paths:
        raise NoSuchInput("read-once", where="-")
    excuses = excuses or Excuses()
    every = replace(settings, samples=None) if excuses.baseline else settings
    judge = Judge(standard=standard, settings=every, catalogue=catalogue, charter=charter, portfolio=portfolio)
    report = judged(paths, judge)
    other = judged(paths, replace(judge, standard=also, recognised={})) if also else None
    return worded(excuses.applied(replace(report, also=other), judge, settings.samples), settings.lang)


def judged(paths: Sequence[str], judge: Judge) -> Report:
    """The report, not yet in words: what was delivered, then the standards that were judged against."""
    settings, standard = judge.settings, judge.standard
    subjects = list(judge.paths(paths))
    for each in (standard,) if standard else tuple(judge.recognised.values()):
        subjects.append(standard_subject(each, subjects))
    return Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))


def standard_subject(standard: Standard, delivered: list[Subject]) -> Subject:
    """The standard itself as a subject: what is wrong with it, and what of it was not judged on what was delivered.

    Of a project that is judged by a charter, the charter asks for licences, metadata and raw data.
    """
    levels = levels_of(standard)
    found = [*standard.defects, *(defect for each in standard.resources for defect in defects_of(each))]
    packaged = any(each.kind == "package" and each.standard == standard.reference for each in delivered)
    unseen = () if packaged else tuple(key for key in ("licences", "package") if standard.descriptor.get(key))
    by_charter = any(each.charter for each in delivered)
    parts = () if by_charter else (*standard.unjudged, *unseen)
    found.extend(Defect(fault=fault("not-judged", part=part)) for part in parts)
    findings = tuple(finding_of(each, levels) for each in dict.fromkeys(found))
    return Subject(path=standard.path, kind="standard", standard=standard.reference, findings=findings, delivered=False)
