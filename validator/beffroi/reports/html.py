"""The report as one page that needs nothing else: to be sent back, read on a phone, printed.

Nothing is loaded from elsewhere. The one script only hides what filters leave out; without it, everything is shown.
Browsers are told to run nothing else, and every text is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.model.charter import Method, Outcome
from beffroi.model.levels import Level, Standing
from beffroi.reports._marks import marks_of
from beffroi.reports._picture import Picture, picture_of
from beffroi.reports._words import WORDS
from beffroi.values import dataclass
from beffroi.visible import clipped, prose, visible

if TYPE_CHECKING:
    from jinja2 import Template

    from beffroi.model.project import Judgement
    from beffroi.model.report import Excerpt, Finding, Report, Sample, Subject

SUFFIXES = (".html", ".htm")
SAMPLES = 1000
"""How many places of each finding the page can do with, where nobody asks for another number."""
EXCERPT = 1000
"""How many rows of each table it can do with."""
FOLDER = Path(__file__).parent / "_html"
ROWS = 25
"""How many rows of a table are shown."""
COLUMNS = 40
PLACES = 200
"""How many places of a finding are written down."""
FINDINGS = 500
"""How many findings of one subject are written down."""
IN_A_CELL = 80


def render(report: Report) -> str:
    """The page."""
    words = WORDS[report.lang]
    return template().render(
        report=report,
        words=words,
        lang=report.lang,
        views=[SubjectView(subject=each, lang=report.lang, number=index) for index, each in enumerate(report.subjects)],
        policy=policy(),
        levels=list(Level),
        methods=list(Method),
        count=lambda value: number(value, words),
        generated=report.generated.replace("T", " ").removesuffix("Z"),
    )


@dataclass(frozen=True, kw_only=True)
class SubjectView:
    """One subject as the page shows it."""

    subject: Subject
    lang: str
    number: int

    @property
    def words(self) -> dict[str, str]:
        """The words of its language."""
        return WORDS[self.lang]

    @property
    def is_standard(self) -> bool:
        """Whether it is the standard behind the data."""
        return self.subject.kind == "standard" and not self.subject.delivered

    @property
    def told(self) -> bool:
        """Whether there is anything to say of it beside its line in the table."""
        return bool(self.subject.findings) or (self.subject.delivered and self.subject.kind != "example")

    @property
    def findings(self) -> list[FindingView]:
        """What is to mend: those that count first, each level together; a charter's requirements are shown apart."""
        own = [
            each for each in self.subject.findings if not (self.subject.judgements and "requirement" in each.details)
        ]
        order = sorted(own, key=lambda each: (each.standing is not Standing.OPEN, each.level.rank))
        return [FindingView(finding=each, words=self.words) for each in order[:FINDINGS]]

    @property
    def left_out(self) -> int:
        """How many findings are not written down."""
        return max(0, len(self.subject.findings) - FINDINGS)

    @property
    def fields(self) -> list[str]:
        """The fields that findings are about, to filter by, each once."""
        return sorted({each.finding.field for each in self.findings if each.finding.field})

    @property
    def picture(self) -> Picture | None:
        """Where in the table the findings lie."""
        return picture_of(self.subject)

    @property
    def rows(self) -> Rows | None:
        """The first rows, and those with findings."""
        return rows_of(self.subject.excerpt, self.subject, self.lang) if self.subject.excerpt else None

    @property
    def principles(self) -> list[tuple[str, list[Judgement]]]:
        """The charter's requirements by principle."""
        grouped = groupby(self.subject.judgements, key=lambda each: each.principle.title[self.lang])
        return [(title, list(group)) for title, group in grouped]

    @property
    def left(self) -> list[Judgement]:
        """The requirements that are left to mend: the most binding first, and of these the gravest."""
        found = [each for each in self.subject.judgements if each.outcome.fails or each.outcome.is_open]
        return sorted(found, key=lambda each: (each.level.rank, list(Outcome).index(each.outcome)))

    @property
    def musts(self) -> list[tuple[str, str, int]]:
        """How many musts that apply have each outcome: the outcome, its name, the number."""
        counted = Counter(each.outcome for each in self.subject.judgements if each.level is Level.MUST)
        applying = [each for each in Outcome if counted[each] and each is not Outcome.NOT_APPLICABLE]
        return [(each.value, self.words[each], counted[each]) for each in applying]

    @property
    def known(self) -> list[tuple[str, str, int]]:
        """How many of the musts that are met are known by each method."""
        met = [each for each in self.subject.judgements if each.level is Level.MUST and each.outcome is Outcome.MET]
        counted = Counter(each.method for each in met)
        return [(each.value, self.words[each], counted[each]) for each in Method if counted[each]]


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """One finding as the page shows it."""

    finding: Finding
    words: dict[str, str]

    @property
    def places(self) -> list[tuple[str, str | None, str | None]]:
        """The first places: where, what stands there, what would pass."""
        return [place for each in self.finding.samples[:PLACES] if (place := place_of(each, self.words))]

    @property
    def more(self) -> int:
        """How many places are not written down."""
        return self.finding.count - len(self.places) if self.places else 0

    @property
    def message(self) -> str:
        """What is wrong."""
        return prose(self.finding.message)

    @property
    def key(self) -> str:
        """The level, or why it does not count; what the filter goes by."""
        return self.finding.level if self.finding.standing is Standing.OPEN else self.finding.standing


def place_of(sample: Sample, words: dict[str, str]) -> tuple[str, str | None, str | None] | None:
    """Where a place is, what stands there, and what would pass; nothing for one that is nowhere."""
    where = sample.cell or (words["line"].format(line=sample.line) if sample.line else "")
    if not where and sample.row:
        where = words["record"].format(row=sample.row)
    if not where and sample.value is None:
        return None
    shown = [None if each is None else visible(clipped(each, IN_A_CELL)) for each in (sample.value, sample.suggestion)]
    return where, shown[0], shown[1]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of a table to show, with the messages on each cell; `more` columns are left out."""

    labels: Sequence[str]
    rows: Sequence[tuple[int, Sequence[tuple[str, str, str]]]]
    more: int
    first: bool


def rows_of(excerpt: Excerpt, subject: Subject, lang: str) -> Rows:
    """The first rows of an excerpt, or more of those with findings where the first have none."""
    marks = dict(marks_of(subject, lang))
    marked = {row for row, _ in marks}
    head = excerpt.rows[:ROWS]
    others = [each for each in excerpt.rows[ROWS:] if each.row in marked]
    if not any(each.row in marked for each in head):
        head = (*excerpt.rows[: ROWS // 2], *others[: ROWS - ROWS // 2])
    shown = [
        (each.shown, [cell(text, marks.get((each.row, index))) for index, text in enumerate(each.cells[:COLUMNS])])
        for each in head
    ]
    labels = [visible(clipped(each, IN_A_CELL)) for each in excerpt.labels[:COLUMNS]]
    return Rows(labels=labels, rows=shown, more=max(0, len(excerpt.labels) - COLUMNS), first=not others)


def cell(text: str, mark: tuple[Level, str] | None) -> tuple[str, str, str]:
    """What stands in a cell, the level of what is wrong with it, and the message on it."""
    shown = visible(clipped(text, IN_A_CELL))
    return (shown, mark[0], mark[1]) if mark else (shown, "", "")


def number(value: int, words: dict[str, str]) -> str:
    """A number as the language writes it."""
    return f"{value:,}".replace(",", words["thousands"])


@cache
def template() -> Template:
    """The template of the page, which escapes every text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(visible=visible, prose=prose)
    environment.globals.update({name: Markup(read(name)) for name in ("style", "script")})  # noqa: S704 - our own
    return environment.get_template("report.html")


@cache
def read(name: str) -> str:
    """Our own style or script."""
    return (FOLDER / {"style": "report.css", "script": "report.js"}[name]).read_text(encoding="utf-8")


def policy() -> str:
    """What a browser may do with the page: show it in its own style, run its own script, and nothing else."""
    kept = {
        name: base64.b64encode(hashlib.sha256(read(name).encode()).digest()).decode() for name in ("style", "script")
    }
    allowed = f"style-src 'sha256-{kept['style']}'; script-src 'sha256-{kept['script']}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
