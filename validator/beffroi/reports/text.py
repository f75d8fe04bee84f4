"""The report for a person at a terminal: the verdict first, then what to mend, grouped and located."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from beffroi.model.charter import Outcome
from beffroi.model.levels import Level, Standing, Verdict
from beffroi.reports._moving import more_in, standard_in
from beffroi.reports._project import RULE_OF_CHARTER, ProjectText
from beffroi.reports._words import WORDS
from beffroi.visible import clipped, quoted, visible

if TYPE_CHECKING:
    from beffroi.model.report import Finding, ReadAs, Report, Sample, Subject

SUFFIXES = (".txt",)
WIDTH = 100
PLACES = 5
NAMES = 20
IN_A_LIST = 40
MANY = 3
HASH = 16
"""How many digits of a content hash are shown; the JSON report has all 64."""
WHOLE_COLUMNS = {"missing-optional-column", "extra-column", "blank-column"}
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
COLOURS = {Verdict.CONFORMANT: "32", Verdict.NOT_CONFORMANT: "31", Verdict.CANNOT_TELL: "33"}
MARKS = {Verdict.CONFORMANT: "✔", Verdict.NOT_CONFORMANT: "✘", Verdict.CANNOT_TELL: "?"}
SECTIONS = ((Level.MUST, "to-mend", "31"), (Level.SHOULD, "advice", "33"), (Level.MAY, "remarks", "36"))


def render(report: Report, *, colour: bool = False, verbose: bool = False) -> str:
    """The whole report as text, in terminal colours if asked for; a `verbose` one has every place, and ids of rules."""
    return TextReport(report, colour=colour, verbose=verbose).text()


class TextReport:
    """Writes one report."""

    def __init__(self, report: Report, *, colour: bool, verbose: bool = False) -> None:
        self.report = report
        self.colour = colour
        self.verbose = verbose
        self.words = WORDS[report.lang]

    def text(self) -> str:
        """Every subject, then the verdict."""
        blocks = ["\n".join(self.subject(each)) for each in self.report.subjects if self.worth_showing(each)]
        moving = ["\n".join(self.moving(self.report.also))] if self.report.also else []
        summary = "\n".join([self.summary(self.report), *self.narrowed(), *self.standards()])
        return "\n\n".join([*blocks, summary, *moving]) + "\n"

    def narrowed(self) -> Iterator[str]:
        """Which rules the verdict is about, where it is not all of them."""
        narrowing = self.report.narrowing
        for key, rules in (("select", narrowing.select), ("ignore", narrowing.ignore)) if narrowing else ():
            if rules:
                yield from self.wrapped(self.words[key].format(rules=", ".join(rules)), "", "  ")

    def standards(self) -> Iterator[str]:
        """The charters and standards that were judged against, each with the beginning of its content hash."""
        about = [each for each in self.report.subjects if each.kind != "example" and not is_linted(each)]
        charters = {("by-charter", each.charter): None for each in about if each.charter}
        judged = {("by", each.standard): None for each in about if each.standard}
        for key, each in [*charters, *judged]:
            name = visible(f"{each.id} {each.version or ''}".rstrip())
            yield self.painted(f"{self.words[key]} {name}, sha-256 {each.sha256[:HASH]}…", "2")

    def moving(self, other: Report) -> Iterator[str]:
        """What the same data would meet under another standard."""
        standard = standard_in(other)
        name = f"{standard.id} {standard.version or ''}".rstrip() if standard else ""
        yield self.painted(self.words["moving"].format(standard=visible(name)), "1")
        for key, found in (("new", more_in(other, self.report)), ("gone", more_in(self.report, other))):
            if found:
                yield f"  {self.words[key]}"
            for path, each in found:
                told = replace(each, message=f"{each.message} [{visible(path)}, {self.words[each.level]}]")
                yield from self.finding(told) if key == "new" else self.headline(told)
        yield f"  {self.summary(other)}"

    @staticmethod
    def worth_showing(subject: Subject) -> bool:
        """What only helped to judge, and an example as it should be, need no block where nothing is said of them."""
        return bool(subject.findings) or (subject.delivered and subject.kind != "example")

    def subject(self, subject: Subject) -> Iterator[str]:
        """One subject: what it is, how it was read, its findings by level, and the requirements of its charter."""
        if subject.kind == "standard" and not subject.delivered:
            yield self.painted(f"{visible(subject.path)} — {self.words['standard']}", "1")
        else:
            verdict = self.words["other-example" if subject.kind == "example" else subject.verdict]
            mark = self.painted(f"{MARKS[subject.verdict]} {verdict}", COLOURS[subject.verdict])
            yield f"{mark}  {self.painted(visible(subject.path), '1')}{self.facts(subject)}"
        of_charter = {RULE_OF_CHARTER.format(each.outcome) for each in subject.judgements}
        findings = [each for each in subject.findings if each.rule not in of_charter]
        for level, title, colour in SECTIONS:
            found = [each for each in findings if each.level is level and each.standing is Standing.OPEN]
            if found:
                yield ""
                yield f"  {self.painted(f'{self.words[title]} ({self.words[level]})', colour)}"
                for alike in together(found):
                    yield from self.told(alike)
        if excused := [each for each in findings if each.standing is not Standing.OPEN]:
            yield ""
            yield f"  {self.painted(self.words['let-go'], '2')}"
            for each in excused:
                yield from self.headline(each)
                yield from self.wrapped(each.excuse or self.words[each.standing], "    ", "    ")
        if subject.judgements:
            yield from ProjectText(self, subject).lines()

    def facts(self, subject: Subject) -> str:
        """Against which standard, how many rows, how it was read."""
        facts = []
        if subject.standard:
            version = f" {subject.standard.version}" if subject.standard.version else ""
            against = "" if is_linted(subject) else f"{self.words['against']} "
            facts.append(f"{against}{subject.standard.id}{version}")
        if subject.charter:
            against = "" if is_linted(subject) else f"{self.words['against']} "
            facts.append(f"{against}{subject.charter.id} {subject.charter.version}")
        if not subject.delivered:
            facts.append(self.words["of-project"])
        if subject.rows is not None:
            facts.append(self.words["row" if subject.rows == 1 else "rows"].format(count=self.number(subject.rows)))
        if subject.read:
            facts.append(self.reading(subject.read))
        told = [" · ".join(facts)] if facts else []
        counts = self.wrapped(ProjectText(self, subject).counts(), "  ", "    ") if subject.judgements else ()
        return "".join(f"\n{line}" for line in [*(f"  {each}" for each in told), *counts])

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

    def headline(self, finding: Finding) -> Iterator[str]:
        """How often something was found, where, and what."""
        count = self.painted(self.words["times"].format(count=self.number(finding.count)), "1")
        rule = f" [{finding.rule}{f', {finding.cause}' if finding.cause else ''}]" if self.verbose else ""
        yield from self.wrapped(f"{count} {self.place(finding)}{finding.message}{rule}", "  • ", "    ")

    def finding(self, finding: Finding) -> Iterator[str]:
        """One finding: its headline, its places, and how to mend it."""
        yield from self.headline(finding)
        file = [visible(finding.details["file"])] if "file" in finding.details else []
        yield from (self.painted(line, "2") for line in filled([*file, *self.samples(finding)], "    "))
        if finding.fix:
            yield from self.wrapped(f"→ {finding.fix}", "    ", "      ")
        if finding.excuse and finding.standing is Standing.OPEN:
            yield from self.wrapped(finding.excuse, "    ", "    ")

    def told(self, alike: list[Finding]) -> Iterator[str]:
        """One finding, or several that are told together."""
        if len(alike) == 1:
            return self.finding(alike[0])
        return self.columns(alike) if alike[0].rule in WHOLE_COLUMNS else self.fields(alike)

    def columns(self, alike: list[Finding]) -> Iterator[str]:
        """Findings that differ only in the column they are about, in one."""
        count = self.painted(self.words["times"].format(count=self.number(len(alike))), "1")
        title = self.words[f"many-{alike[0].rule}"]
        names = [each.field or each.details.get("name") or each.column or "" for each in alike]
        yield from self.wrapped(f"{count} {title}{self.words['colon']}{self.named(names)}", "  • ", "    ")

    def fields(self, alike: list[Finding]) -> Iterator[str]:
        """Findings on a standard that differ only in the field they are about, in one."""
        count = self.painted(self.words["times"].format(count=self.number(len(alike))), "1")
        yield from self.wrapped(f"{count} {alike[0].message}", "  • ", "    ")
        yield from self.wrapped(self.named([each.field or "" for each in alike]), "    ", "    ")
        yield from self.wrapped(f"→ {alike[0].fix}", "    ", "      ")

    def named(self, names: list[str]) -> str:
        """The first names, and how many more there are."""
        kept = [self.painted(visible(name), "1") for name in names[:NAMES]]
        if len(names) > NAMES:
            kept.append(self.words["more"].format(count=self.number(len(names) - NAMES)))
        return ", ".join(kept)

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
        shown = finding.samples if self.verbose else finding.samples[:PLACES]
        places = [text for each in shown if (text := self.sample(each))]
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

    def summary(self, report: Report) -> str:
        """The verdict of the whole, how many examples were judged, how many requirements are waived."""
        counts = {level.value: self.number(count) for level, count in report.counts.items()}
        verdict = self.painted(self.words[report.verdict], COLOURS[report.verdict])
        examples = sum(subject.kind == "example" for subject in report.subjects)
        waived = sum(each.outcome is Outcome.WAIVED for subject in report.subjects for each in subject.judgements)
        counted = (("examples", examples), ("waivers", waived))
        told = "".join(f" · {self.words[key].format(count=self.number(count))}" for key, count in counted if count)
        return f"{self.words['verdict']} {verdict} ({self.words['total'].format(**counts)}){told}"

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


def is_linted(subject: Subject) -> bool:
    """Whether a subject is a standard or a charter that is itself what was looked at."""
    return subject.kind in {"standard", "charter"} and subject.delivered


def together(findings: list[Finding]) -> Iterator[list[Finding]]:
    """Findings in their order, those that say the same of whole columns in one list where there are many of them."""
    many = Counter(key for each in findings if (key := said_together(each)))
    done = set()
    for each in findings:
        key = said_together(each)
        if many[key] < MANY:
            yield [each]
        elif key not in done:
            done.add(key)
            yield [other for other in findings if said_together(other) == key]


def said_together(finding: Finding) -> tuple[str | None, ...]:
    """What findings that can be told together have in common; nothing for one that is told alone."""
    if finding.rule in WHOLE_COLUMNS:
        return finding.rule, finding.cause
    if finding.rule.startswith("standard-") and finding.field:
        return finding.rule, finding.message, finding.details.get("file")
    return ()


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
