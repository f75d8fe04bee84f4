"""The one value every renderer works from: a report on subjects, each with its findings."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from beffroi.model.levels import Level, Standing, Verdict
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.project import Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """One place where a finding was made.

    `cell` is what a spreadsheet calls it (`F122`), `row` the data record counted from 1, `line` the physical line
    counted from 1, `value` the text found, `suggestion` a value that would pass.
    """

    cell: str | None = None
    row: int | None = None
    line: int | None = None
    value: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """All observations of one rule, field and cause, with their exact `count` and the first samples.

    `message` and `fix` are filled in when the report is put into words. One whose `standing` is not open counts in no
    total; `excuse` tells why it is let go.
    """

    rule: str
    level: Level
    field: str | None = None
    column: str | None = None
    cause: str | None = None
    count: int = 1
    pointer: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    standing: Standing = Standing.OPEN
    excuse: str = ""
    message: str = ""
    fix: str = ""


@dataclass(frozen=True, kw_only=True)
class StandardReference:
    """Which standard was judged against: id, version and the SHA-256 of its files."""

    id: str
    version: str | None
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ReadAs:
    """How a table was read; `header` is the physical line (or sheet row) of the column names, counted from 1."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = None
    sheet: str | None = None
    compression: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExcerptRow:
    """One row of a table as delivered: the number of its record from 1, its line, what a spreadsheet calls the row."""

    row: int
    line: int | None
    shown: int
    cells: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """Rows of a table that a report can show: all of them (`whole`), or the first and those with findings."""

    labels: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One thing that was looked at. `kind`: `table`, `file`, `package`, `project`, `standard`, `charter` or `example`.

    `judged` is false when nothing certain can be said: the input could not be read, or no standard was known.
    `delivered` is false for what only helped to judge, such as the standard of a data file, or the data of a project
    that is judged by a charter: it counts in no total. `judgements` are those on the requirements of the `charter`.
    """

    path: str
    kind: str
    sha256: str | None = None
    bytes: int | None = None
    rows: int | None = None
    resource: str | None = None
    standard: StandardReference | None = None
    charter: StandardReference | None = None
    read: ReadAs | None = None
    excerpt: Excerpt | None = None
    findings: tuple[Finding, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    judged: bool = True
    delivered: bool = True

    @property
    def counts(self) -> dict[Level, int]:
        """How many observations stand at each level."""
        return tally(self.findings)

    @property
    def verdict(self) -> Verdict:
        """Not conformant when a finding of level `must` stands on something that could be judged."""
        if not self.judged:
            return Verdict.CANNOT_TELL
        return Verdict.NOT_CONFORMANT if self.counts[Level.MUST] else Verdict.CONFORMANT


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Which rules were looked at, by patterns of their ids: the selected ones (all, where none is), not the ignored."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether the rule of a finding is one that was looked at."""
        selected = not self.select or any(fnmatchcase(finding.rule, each) for each in self.select)
        return selected and not any(fnmatchcase(finding.rule, each) for each in self.ignore)


@dataclass(frozen=True, kw_only=True)
class Report:
    """Everything one run found, ready to be rendered in any format.

    `also` is what the same run finds against another standard or version: what moving to it would cost. `narrowing`
    tells which rules were looked at, where it was not all of them.
    """

    beffroi: str
    generated: str
    lang: str
    subjects: tuple[Subject, ...]
    also: Report | None = None
    narrowing: Narrowing | None = None

    @property
    def counts(self) -> dict[Level, int]:
        """How many observations stand at each level, over all that was delivered: not over the standard."""
        delivered = (subject for subject in self.subjects if subject.delivered)
        return tally(finding for subject in delivered for finding in subject.findings)

    @property
    def verdict(self) -> Verdict:
        """The worst of the verdicts on what was delivered; where nothing was, it cannot be told."""
        verdicts = {subject.verdict for subject in self.subjects if subject.delivered}
        if Verdict.NOT_CONFORMANT in verdicts:
            return Verdict.NOT_CONFORMANT
        if Verdict.CANNOT_TELL in verdicts or not verdicts:
            return Verdict.CANNOT_TELL
        return Verdict.CONFORMANT

    def exit_code(self, fail_on: Level = Level.MUST) -> int:
        """0 nothing at or above `fail_on` in what was delivered, 1 such findings, 3 something could not be judged."""
        delivered = (subject for subject in self.subjects if subject.delivered)
        judged = (finding for subject in delivered if subject.judged for finding in subject.findings)
        if any(each.level.reaches(fail_on) for each in judged if each.standing is Standing.OPEN):
            return 1
        return 3 if self.verdict is Verdict.CANNOT_TELL else 0


def tally(findings: Iterable[Finding]) -> dict[Level, int]:
    """Sum the counts of those `findings` that are open by level; every level is present."""
    total: Counter[Level] = Counter()
    for finding in findings:
        if finding.standing is Standing.OPEN:
            total[finding.level] += finding.count
    return {level: total[level] for level in Level}
