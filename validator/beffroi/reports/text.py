"""The report for a person at a terminal: the verdict first, then what to mend, grouped and located."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beffroi.model.levels import Level, Verdict
from beffroi.reports._words import WORDS
from beffroi.visible import clipped, quoted, visible

if TYPE_CHECKING:
    from beffroi.model.report import Finding, ReadAs, Report, Sample, Subject

WIDTH = 100
PLACES = 5
NAMES = 20
IN_A_LIST = 40
MANY = 3
WHOLE_COLUMNS = {"missing-optional-column", "extra-column", "blank-column"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
COLOURS = {Verdict.CONFORMANT: "32", Verdict.NOT_CONFORMANT: "31", Verdict.CANNOT_TELL: "33"}
MARKS = {Verdict.CONFORMANT: "✔", Verdict.NOT_CONFORMANT: "✘", Verdict.CANNOT_TELL: "?"}
SECTIONS = ((Level.MUST, "to-mend", "31"), (Level.SHOULD, "advice", "33"), (Level.MAY, "remarks", "36"))


def render(report: Report, *, colour: bool = False) -> str:
    """The whole report as text, with terminal colours where `colour` asks for them."""
    return TextReport(report, colour=colour).text()


class TextReport:
    """Writes one report."""

    def __init__(self, report: Report, *, colour: bool) -> None:
        self.report = report
        self.colour = colour
        self.words = WORDS[report.lang]

    def text(self) -> str:
        """Every subject, then the verdict."""
        blocks = ["\n".join(self.subject(each)) for each in self.report.subjects if self.worth_showing(each)]
        return "\n\n".join([*blocks, self.summary()]) + "\n"

    @staticmethod
    def worth_showing(subject: Subject) -> bool:
        """What only helped to judge needs no block of its own where nothing is to be said of it."""
        return subject.delivered or bool(subject.findings)

    def subject(self, subject: Subject) -> Iterator[str]:
        """One subject: what it is, how it was read, its findings by level."""
        if not subject.delivered:
            yield self.painted(f"{visible(subject.path)} — {self.words['standard']}", "1")
        else:
            mark = self.painted(f"{MARKS[subject.verdict]} {self.words[subject.verdict]}", COLOURS[subject.verdict])
            yield f"{mark}  {self.painted(visible(subject.path), '1')}{self.facts(subject)}"
        for level, title, colour in SECTIONS:
            found = [each for each in subject.findings if each.level is level]
            if found:
                yield ""
                yield f"  {self.painted(f'{self.words[title]} ({self.words[level]})', colour)}"
                for alike in together(found):
                    yield from self.finding(alike[0]) if len(alike) == 1 else self.columns(alike)

    def facts(self, subject: Subject) -> str:
        """Against which standard, how many rows, how it was read."""
        facts = []
        if subject.standard:
            version = f" {subject.standard.version}" if subject.standard.version else ""
            facts.append(f"{self.words['against']} {subject.standard.id}{version}")
        if subject.rows is not None:
            facts.append(self.words["row" if subject.rows == 1 else "rows"].format(count=self.number(subject.rows)))
        if subject.read:
            facts.append(self.reading(subject.read))
        return "".join(f"\n  {fact}" for fact in [" · ".join(facts)] if fact)

    def reading(self, read: ReadAs) -> str:
        """How the file was read."""
        parts = [read.format.upper()]
        if read.compression:
            parts.append(read.compression)
        if read.encoding:
            parts.append(read.encoding)
        if read.delimiter in DELIMITERS and read.format != "tsv":
            parts.append(self.words["delimited"].format(delimiter=self.words[DELIMITERS[read.delimiter]]))
        if read.sheet:
            parts.append(self.words["sheet"].format(sheet=read.sheet))
        if read.header and read.header > 1:
            parts.append(self.words["header"].format(line=read.header))
        return f"{self.words['read']} {', '.join(parts)}"

    def finding(self, finding: Finding) -> Iterator[str]:
        """One finding: how often, where, what, and how to mend it."""
        count = self.painted(self.words["times"].format(count=self.number(finding.count)), "1")
        place = self.place(finding)
        yield from self.wrapped(f"{count} {place}{finding.message}", "  • ", "    ")
        file = [visible(finding.details["file"])] if "file" in finding.details else []
        yield from (self.painted(line, "2") for line in filled([*file, *self.samples(finding)], "    "))
        if finding.fix:
            yield from self.wrapped(f"→ {finding.fix}", "    ", "      ")

    def columns(self, alike: list[Finding]) -> Iterator[str]:
        """Findings that differ only in the column they are about, in one."""
        count = self.painted(self.words["times"].format(count=self.number(len(alike))), "1")
        title = self.words[f"many-{alike[0].rule}"]
        names = [each.field or each.details.get("name") or each.column or "" for each in alike]
        kept = [self.painted(visible(name), "1") for name in names[:NAMES]]
        if len(names) > NAMES:
            kept.append(self.words["more"].format(count=self.number(len(names) - NAMES)))
        yield from self.wrapped(f"{count} {title}{self.words['colon']}{', '.join(kept)}", "  • ", "    ")

    def place(self, finding: Finding) -> str:
        """The field and the column's letters."""
        if finding.field and finding.column:
            letter = self.words["column"].format(letter=finding.column)
            return f"{self.painted(finding.field, '1')} ({letter}){self.words['colon']}"
        if finding.field:
            return f"{self.painted(finding.field, '1')}{self.words['colon']}"
        return ""

    def samples(self, finding: Finding) -> list[str]:
        """The first places, and how many more there are."""
        places = [text for each in finding.samples[:PLACES] if (text := self.sample(each))]
        if places and finding.count > len(places):
            places.append(self.words["more"].format(count=self.number(finding.count - len(places))))
        return places

    def sample(self, sample: Sample) -> str:
        """One place, with what stands there."""
        if sample.cell and sample.line and sample.row:
            place = self.words["cell-line"].format(cell=sample.cell, line=sample.line)
        elif sample.cell:
            place = sample.cell
        elif sample.line:
            place = self.words["line"].format(line=sample.line)
        elif sample.row:
            place = self.words["record"].format(row=sample.row)
        else:
            return ""
        value = "" if sample.value is None or not sample.row else f" {quoted(clipped(sample.value, IN_A_LIST))}"
        meant = f" → {quoted(clipped(sample.suggestion, IN_A_LIST))}" if sample.suggestion else ""
        return place + value + meant

    def summary(self) -> str:
        """The verdict of the whole."""
        counts = {level.value: self.number(count) for level, count in self.report.counts.items()}
        verdict = self.painted(self.words[self.report.verdict], COLOURS[self.report.verdict])
        return f"{self.words['verdict']} {verdict} ({self.words['total'].format(**counts)})"

    def number(self, value: int) -> str:
        """A number as the language writes it."""
        return f"{value:,}".replace(",", self.words["thousands"])

    def painted(self, text: str, code: str) -> str:
        """`text` in a terminal colour, if colours are wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    @staticmethod
    def wrapped(text: str, first: str, rest: str) -> Iterator[str]:
        """`text` in lines that fit a terminal."""
        yield from textwrap.wrap(
            text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        )


def together(findings: list[Finding]) -> Iterator[list[Finding]]:
    """Findings in their order, those about whole columns in one list where there are many of them."""
    many = Counter((each.rule, each.cause) for each in findings if each.rule in WHOLE_COLUMNS)
    done = set()
    for each in findings:
        key = (each.rule, each.cause)
        if many[key] < MANY:
            yield [each]
        elif key not in done:
            done.add(key)
            yield [other for other in findings if (other.rule, other.cause) == key]


def filled(pieces: list[str], indent: str) -> Iterator[str]:
    """Pieces separated by commas, in lines that fit a terminal and never break within a piece."""
    line = ""
    for number, piece in enumerate(pieces, start=1):
        piece += "," if number < len(pieces) else ""
        if line and len(indent) + len(line) + 1 + len(piece) > WIDTH:
            yield indent + line
            line = ""
        line = f"{line} {piece}" if line else piece
    if line:
        yield indent + line
