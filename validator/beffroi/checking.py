"""The one flow: what was given, which rules it falls under, what is found, as one report.

Every entrance (command, Python, hook) goes this way and so reaches the same verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.judging import defects_of, finding_of, levels_of
from beffroi.model.faults import Defect, fault
from beffroi.model.report import Report, Subject
from beffroi.model.standard import Standard
from beffroi.rulebook import worded
from beffroi.settings import Settings
from beffroi.version import __version__


def check(
    *paths: str | Path,
    standard: str | Path | None = None,
    catalogue: Sequence[str | Path] = (),
    lang: str = "en",
    today: date | None = None,
    max_samples: int | None = 20,
    jobs: int = 0,
) -> Report:
    """Check data files, packages (folder, zip or descriptor) or folders of files; `-` is standard input.

    `standard` is an id (`bicycle-parking`, `bicycle-parking@1`) or a file: a Table Schema, a schema of
    schema.data.gouv.fr, a data package, a `standard.yaml`. `catalogue` names a city's own folders, searched first.
    `max_samples` places are kept of each finding, all of them if it is `None`; totals are always exact.
    `jobs` parts of a table are judged at once, as many as there are cores if it is 0; the result is the same.

    Raises `BeffroiError` when nothing can be checked: an unknown standard, a path that does not exist.
    """
    own = Catalogue.of(*(Path(each) for each in catalogue))
    rules = own.standard(str(standard)) if standard is not None else None
    settings = Settings(samples=max_samples, lang=lang, today=today, jobs=jobs)
    return check_paths([str(path) for path in paths], rules, settings)


def check_paths(paths: Iterable[str], standard: Standard | None, settings: Settings) -> Report:
    """Check every path against one standard, or only its structure where there is none."""
    from beffroi.deliveries import Judge

    subjects = list(Judge(standard=standard, settings=settings).paths(paths))
    if standard is not None:
        subjects.append(standard_subject(standard, subjects))
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))
    return worded(report, settings.lang)


def standard_subject(standard: Standard, delivered: list[Subject]) -> Subject:
    """The standard itself as a subject: what is wrong with it, and what of it was not judged on what was delivered."""
    levels = levels_of(standard)
    found = [*standard.defects, *(defect for each in standard.resources for defect in defects_of(each))]
    packaged = any(each.kind == "package" and each.standard for each in delivered)
    parts = (*standard.unjudged, *(("package",) if standard.package and not packaged else ()))
    found.extend(Defect(fault=fault("not-judged", part=part)) for part in parts)
    findings = tuple(finding_of(each, levels) for each in dict.fromkeys(found))
    return Subject(path=standard.path, kind="standard", standard=standard.reference, findings=findings, delivered=False)
