"""The one flow: what was given, which rules it falls under, what is found, as one report.

Every entrance (command, Python, hook) goes this way and so reaches the same verdict.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from beffroi.catalogue import Catalogue
from beffroi.judging import levels_of
from beffroi.model.faults import Defect, fault
from beffroi.model.report import Finding, Report, Subject
from beffroi.model.standard import Standard
from beffroi.rulebook import worded
from beffroi.version import __version__

Progress = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to check: how many samples of each finding to keep (`None`: all), in which language to report."""

    samples: int | None = 20
    lang: str = "en"
    today: date | None = None
    progress: Progress | None = None
    stdin: BinaryIO | None = None

    @property
    def generated(self) -> str:
        """When the report is made: now, or the day that was given."""
        if self.today is not None:
            return f"{self.today.isoformat()}T00:00:00Z"
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def input(self) -> BinaryIO:
        """Standard input, or what was given in its stead."""
        return self.stdin or sys.stdin.buffer


def check(  # noqa: PLR0913 - the public entrance mirrors the command's options
    *paths: str | Path,
    standard: str | Path | None = None,
    catalogue: Sequence[str | Path] = (),
    lang: str = "en",
    today: date | None = None,
    max_samples: int | None = 20,
) -> Report:
    """Check data files, packages (folder, zip or descriptor) or folders of files; `-` is standard input.

    `standard` is an id (`bicycle-parking`, `bicycle-parking@1`) or a file: a Table Schema, a schema of
    schema.data.gouv.fr, a data package, a `standard.yaml`. `catalogue` names a city's own folders, searched first.
    `max_samples` places are kept of each finding, all of them if it is `None`; totals are always exact.

    Raises `BeffroiError` when nothing can be checked: an unknown standard, a path that does not exist.
    """
    own = Catalogue.of(*(Path(each) for each in catalogue))
    rules = own.standard(str(standard)) if standard is not None else None
    settings = Settings(samples=max_samples, lang=lang, today=today)
    return check_paths([str(path) for path in paths], rules, settings)


def check_paths(paths: Iterable[str], standard: Standard | None, settings: Settings) -> Report:
    """Check every path against one standard, or only its structure where there is none."""
    from beffroi.deliveries import Judge

    judge = Judge(standard=standard, settings=settings)
    judgements = [judge.path(path) for path in paths]
    subjects = [subject for each in judgements for subject in each.subjects]
    if standard is not None:
        defects = dict.fromkeys([*standard.defects, *(defect for each in judgements for defect in each.defects)])
        subjects.append(standard_subject(standard, list(defects)))
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))
    return worded(report, settings.lang)


def standard_subject(standard: Standard, defects: list[Defect]) -> Subject:
    """The standard itself as a subject: what is wrong with it, and what of it was not judged."""
    levels = levels_of(standard)
    not_judged = [Defect(fault=fault("not-judged", parts=", ".join(standard.unjudged)))] if standard.unjudged else []
    findings = tuple(
        Finding(
            rule=each.fault.rule,
            level=levels(each.fault.rule),
            field=each.field,
            cause=each.fault.cause,
            pointer=each.pointer or None,
            details=dict(each.fault.details),
        )
        for each in [*defects, *not_judged]
    )
    return Subject(path=standard.path, kind="standard", standard=standard.reference, findings=findings)
