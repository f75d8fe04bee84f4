"""The report for a pull request: Markdown as GitHub and GitLab show it, within the length that a comment may have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from beffroi.model.charter import Method, Outcome
from beffroi.model.levels import Level, Standing, Verdict
from beffroi.reports._words import WORDS
from beffroi.visible import clipped, prose, visible

if TYPE_CHECKING:
    from beffroi.model.project import Judgement
    from beffroi.model.report import Finding, Report, Sample, Subject

SUFFIXES = (".md", ".markdown")
LONGEST = 60_000
"""The most characters: a comment on GitHub holds 65,536."""
PLACES = 5
IN_A_CELL = 60
MARKS = {Verdict.CONFORMANT: "✅", Verdict.NOT_CONFORMANT: "❌", Verdict.CANNOT_TELL: "❔"}
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#!|~$&@])")
"""Signs that Markdown, HTML or mentions could be made with."""
LINK = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)", re.IGNORECASE)
"""Where a bare address is broken, lest it becomes a link."""
HEADINGS = {Level.MUST: "to-mend", Level.SHOULD: "advice", Level.MAY: "remarks"}


def render(report: Report) -> str:
    """The verdict, a table of what was looked at, then each file and each project with what is to mend."""
    words = WORDS[report.lang]
    blocks = [*whole(report, words), *(block for each in report.subjects for block in about(each, report.lang))]
    kept, left = fitting(blocks)
    if left:
        kept.append(f"*{words['left-out'].format(count=number(left, words))}*")
    return "\n\n".join(kept) + "\n"


def fitting(blocks: list[str]) -> tuple[list[str], int]:
    """As many blocks as may be written, and how many are left out."""
    length, kept = 0, []
    for each in blocks:
        length += len(each) + 2
        if length > LONGEST:
            break
        kept.append(each)
    return kept, len(blocks) - len(kept)


def whole(report: Report, words: dict[str, str]) -> Iterator[str]:
    """The verdict on the whole, and a line for each subject."""
    counts = {level.value: number(count, words) for level, count in report.counts.items()}
    yield f"## {MARKS[report.verdict]} beffroi{words['colon']}{words[report.verdict]}"
    yield words["total"].format(**counts)
    header = ("", words["file"], words["against-by"], words["must"], words["should"], words["may"])
    rows = [overview(each, words) for each in report.subjects if each.delivered]
    yield table(header, rows)


def overview(subject: Subject, words: dict[str, str]) -> tuple[str, ...]:
    """The line of one subject in the table."""
    by = subject.charter or subject.standard
    against = f"{by.id} {by.version or ''}".rstrip() if by else "–"
    counts = (number(count, words) for count in subject.counts.values())
    return (MARKS[subject.verdict], code(subject.path), escaped(against), *counts)


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table; its cells hold neither bars nor line breaks."""
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def about(subject: Subject, lang: str) -> Iterator[str]:
    """Everything to say of one subject, each block by itself."""
    words = WORDS[lang]
    findings = [each for each in subject.findings if not each.details.get("requirement")]
    if not findings and not subject.judgements:
        return
    note = "" if subject.delivered else f" — {words['standard' if subject.kind == 'standard' else 'of-project']}"
    yield f"### {code(subject.path)}{escaped(note)}"
    for level, key in HEADINGS.items():
        group = [each for each in findings if each.level is level and each.standing is Standing.OPEN]
        if group:
            yield f"**{words[key]} ({words[level]})**"
            yield from (finding_block(each, words) for each in group)
    if excused := [each for each in findings if each.standing is not Standing.OPEN]:
        told = "\n".join(
            f"- {escaped(each.message)} ({escaped(each.excuse or words[each.standing])})" for each in excused
        )
        yield f"**{words['let-go']}**\n\n{told}"
    if subject.judgements:
        yield from matrix(subject, lang)


def finding_block(finding: Finding, words: dict[str, str]) -> str:
    """One finding: how often, where, what, and how to mend it."""
    letter = f" ({words['column'].format(letter=finding.column)})" if finding.column else ""
    field = f"{code(finding.field)}{letter}{words['colon']}" if finding.field else ""
    lines = [f"- **{words['times'].format(count=number(finding.count, words))}** {field}{escaped(finding.message)}"]
    places = [told for each in finding.samples[:PLACES] if (told := place(each, words))]
    if places:
        more = finding.count - len(places)
        rest = f", {words['more'].format(count=number(more, words))}" if more > 0 else ""
        lines.append(f"  {', '.join(places)}{rest}")
    if finding.fix:
        lines.append(f"  → {escaped(finding.fix)}")
    return "\\\n".join(lines)


def place(sample: Sample, words: dict[str, str]) -> str:
    """One place, with what stands there."""
    where = sample.cell or (words["line"].format(line=sample.line) if sample.line else "")
    value = f" {code(clipped(sample.value, IN_A_CELL))}" if sample.value is not None and sample.row else ""
    meant = f" → {code(clipped(sample.suggestion, IN_A_CELL))}" if sample.suggestion else ""
    return f"{where}{value}{meant}" if where else ""


def matrix(subject: Subject, lang: str) -> Iterator[str]:
    """The charter's requirements by principle: what is left first, then how many are known by which method."""
    words = WORDS[lang]
    left = [each for each in subject.judgements if each.outcome.fails or each.outcome.is_open]
    for level, key in HEADINGS.items():
        group = [each for each in left if each.level is level]
        if group:
            yield f"**{words[key]} ({words[level]})**"
            yield from (requirement_block(each, lang) for each in group)
    header = (
        words["principle"],
        *(words[each] for each in Method),
        words["waived"],
        words["left"],
        words["not-applicable"],
    )
    rows = [
        principle_row(escaped(title), list(group))
        for title, group in groupby(subject.judgements, key=lambda each: each.principle.title[lang])
    ]
    yield table(header, rows)


def requirement_block(judgement: Judgement, lang: str) -> str:
    """A requirement that is left."""
    words = WORDS[lang]
    how = f" ({words[judgement.method]})" if judgement.method else ""
    title = f"- **{escaped(judgement.requirement.id)}** {escaped(judgement.requirement.title[lang])}"
    line = f" ({words['line'].format(line=judgement.line)})" if judgement.line else ""
    said = f"  {escaped(judgement.said[lang])}{line}"
    return "\\\n".join(
        [f"{title} — {words[judgement.outcome]}{how}", said, f"  → {escaped(judgement.requirement.fix[lang])}"]
    )


def principle_row(title: str, judgements: list[Judgement]) -> tuple[str, ...]:
    """How the requirements of one principle are known; what is verified and what is declared are never added up."""
    methods = Counter(each.method for each in judgements if each.outcome is Outcome.MET)
    outcomes = Counter(each.outcome for each in judgements)
    left = sum(count for outcome, count in outcomes.items() if outcome.fails or outcome.is_open)
    counts = (*(methods[each] for each in Method), outcomes[Outcome.WAIVED], left, outcomes[Outcome.NOT_APPLICABLE])
    return (title, *(str(each or "–") for each in counts))


def number(value: int, words: dict[str, str]) -> str:
    """A number as the language writes it."""
    return f"{value:,}".replace(",", words["thousands"])


def escaped(text: str) -> str:
    """A text in which nothing is markup, a link or a mention: an address is broken by a sign without width."""
    return LINK.sub("\u200b", SPECIAL.sub(r"\\\1", prose(text)))


def code(text: str) -> str:
    """A text as it is, between backticks, of which it holds none; a bar would end the cell of a table."""
    return f"`{visible(text).replace('`', 'ˋ').replace('|', '∣')}`"
