"""The report as a workbook: the verdict, all findings to sort and filter, the tables with marked and commented cells.

Of a small table all rows are copied, of a large one those with findings. Everything is written as text: a cell that
looks like a formula or an address is none, not even when somebody edits it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from beffroi.model.charter import Outcome
from beffroi.model.levels import Level, Standing, Verdict
from beffroi.reports._marks import marks_of
from beffroi.reports._places import Place, places, total
from beffroi.reports._words import WORDS
from beffroi.visible import visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from beffroi.model.report import Report, Subject

SUFFIXES = (".xlsx",)
SAMPLES = 1000
EXCERPT = 20_000
MOST = 100_000
"""How many places are listed."""
COMMENTS = 2_000
"""How many cells of one sheet get a comment, which makes a workbook slow to open; those behind are only marked."""
SEEN = 200
"""By how many rows the width of columns is chosen."""
SHEETS = 50
"""How many tables are copied."""
FINDING_WIDTHS = (13, 28, 20, 12, 24, 24, 60, 60, 10, 24)
MATRIX_WIDTHS = (24, 14, 40, 14, 22, 14, 60, 60)
LINE = 15
"""How high a line is, in points."""
WIDEST, NARROWEST = 50, 9
FILLS = {Level.MUST: ("#FDEAEA", "#8C1D1D"), Level.SHOULD: ("#FDF1D7", "#6B4700"), Level.MAY: ("#E5EEFA", "#1C4B7C")}
VERDICTS = {Verdict.CONFORMANT: "#14532D", Verdict.NOT_CONFORMANT: "#8C1D1D", Verdict.CANNOT_TELL: "#6B4700"}
TEXT = {"valign": "top", "quote_prefix": True, "num_format": "@"}
"""How a cell is told to be text."""
A4 = 9
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
"""Signs that the name of a sheet may not have."""
LONGEST_NAME = 31


def render(report: Report) -> bytes:
    """The workbook."""
    import xlsxwriter

    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"created": datetime.fromisoformat(report.generated)})
        WorkbookReport(report, book).write()
    return written.getvalue()


class WorkbookReport:
    """Writes one report into a workbook."""

    def __init__(self, report: Report, book: Workbook) -> None:
        self.report = report
        self.book = book
        self.words = WORDS[report.lang]
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format(
            {"bold": True, "bg_color": "#ECEFF4", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self.text = book.add_format({**TEXT, "text_wrap": True})
        self.plain = book.add_format(TEXT)
        self.levels = {level: self.coloured(*FILLS[level]) for level in Level}
        self.names: set[str] = set()

    def coloured(self, ground: str, ink: str) -> Format:
        """How a cell of a level is marked."""
        return self.book.add_format({"bg_color": ground, "font_color": ink, "bold": True, **TEXT})

    def write(self) -> None:
        """Every sheet, in the order in which a person reads them."""
        self.summary()
        for each in self.report.subjects:
            if each.judgements:
                self.matrix(each)
        self.findings()
        tables = [each for each in self.report.subjects if each.excerpt and each.delivered]
        for each in tables[:SHEETS]:
            self.table(each)

    def sheet(self, name: str, widths: tuple[int, ...]) -> Worksheet:
        """A new sheet, under a name that no other has."""
        plain = FORBIDDEN.sub(" ", visible(name)).strip() or "-"
        tried, number = plain[:LONGEST_NAME], 1
        while tried.casefold() in self.names:
            number += 1
            tried = f"{plain[: LONGEST_NAME - 4]} ({number})"
        self.names.add(tried.casefold())
        sheet = self.book.add_worksheet(tried)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        return sheet

    def header(self, sheet: Worksheet, row: int, titles: tuple[str, ...]) -> None:
        """A row of column titles that stays in sight."""
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self.head)
        sheet.freeze_panes(row + 1, 0)

    def summary(self) -> None:
        """The verdict, and a line for each subject."""
        words, report = self.words, self.report
        sheet = self.sheet(words["page-title"], (50, 28, 18, 14, 14, 14, 68))
        ink = self.book.add_format({"bold": True, "font_size": 16, "font_color": VERDICTS[report.verdict]})
        sheet.write_string(0, 0, words[report.verdict], ink)
        date = report.generated.replace("T", " ").removesuffix("Z")
        sheet.write_string(1, 0, words["made-by"].format(version=report.beffroi, date=date))
        levels = tuple(words[each] for each in Level)
        self.header(sheet, 3, (words["file"], words["against-by"], words["verdict-of"], *levels, words["fingerprint"]))
        for row, each in enumerate((each for each in report.subjects if each.delivered), start=4):
            by = each.charter or each.standard
            sheet.write_string(row, 0, visible(each.path), self.plain)
            sheet.write_string(row, 1, f"{by.id} {by.version or ''}".rstrip() if by else "–")
            sheet.write_string(row, 2, words[each.verdict])
            for column, count in enumerate(each.counts.values(), start=3):
                sheet.write_number(row, column, count)
            sheet.write_string(row, 6, each.sha256 or "")

    def findings(self) -> None:
        """All findings, a place a row, to be sorted and filtered."""
        words = self.words
        titles = (
            "level",
            "file",
            "field",
            "place",
            "found-there",
            "would-pass",
            "what",
            "how-to-mend",
            "often",
            "rule",
        )
        sheet = self.sheet(words["findings"], FINDING_WIDTHS)
        self.header(sheet, 0, tuple(words[each] for each in titles))
        row = 0
        for row, each in enumerate(places(self.report, MOST), start=1):
            cells = list(self.cells(each))
            sheet.set_row(row, height([str(value) for value, _ in cells], FINDING_WIDTHS))
            for column, (value, form) in enumerate(cells):
                if isinstance(value, int):
                    sheet.write_number(row, column, value, form)
                else:
                    sheet.write_string(row, column, value, form)
        left = total(self.report) - row
        if left > 0:
            sheet.write_string(row + 1, 0, words["more"].format(count=left), self.bold)
        if row:
            sheet.autofilter(0, 0, row, len(titles) - 1)

    def cells(self, place: Place) -> Iterator[tuple[str | int, Format]]:
        """The row of one place."""
        finding, sample = place.finding, place.sample
        counts = finding.standing is Standing.OPEN
        level = self.words[finding.level if counts else finding.standing]
        yield level, self.levels[finding.level] if counts else self.text
        yield visible(place.subject.path), self.text
        yield visible(finding.field or finding.details.get("requirement", "")), self.text
        where = sample.cell or (self.words["line"].format(line=sample.line) if sample.line else "")
        yield where, self.text
        yield visible(sample.value or ""), self.text
        yield visible(sample.suggestion or ""), self.text
        yield finding.message, self.text
        yield finding.fix, self.text
        yield finding.count, self.text
        yield finding.rule, self.text

    def table(self, subject: Subject) -> None:
        """The rows of a table, cells with findings marked, with what is wrong as a comment."""
        assert subject.excerpt is not None
        excerpt = subject.excerpt
        labels = [visible(each) for each in excerpt.labels]
        columns = (
            zip(*(each.cells for each in excerpt.rows[:SEEN]), strict=False) if excerpt.rows else [()] * len(labels)
        )
        longest = [max(map(len, (label, *cells))) for label, cells in zip(labels, columns, strict=False)]
        widths = tuple(min(WIDEST, max(NARROWEST, each + 3)) for each in longest)
        sheet = self.sheet(subject.path.rpartition("/")[2], (NARROWEST, *widths))
        self.header(sheet, 0, (self.words["row-number"], *labels))
        marks = dict(marks_of(subject, self.report.lang))
        commented = 0
        for row, each in enumerate(excerpt.rows, start=1):
            sheet.write_number(row, 0, each.shown, self.head)
            for column, text in enumerate(each.cells):
                mark = marks.get((each.row, column))
                sheet.write_string(row, column + 1, visible(text), self.levels[mark[0]] if mark else self.plain)
                if mark and commented < COMMENTS:
                    commented += 1
                    sheet.write_comment(row, column + 1, mark[1], COMMENT)
        if not excerpt.whole:
            sheet.write_string(len(excerpt.rows) + 1, 1, self.words["marked-rows"], self.bold)

    def matrix(self, subject: Subject) -> None:
        """The requirements of a project's charter, with how each is known."""
        words, lang = self.words, self.report.lang
        titles = ("principle", "requirement", "title", "level", "outcome", "how-known", "seen", "how-to-mend")
        charter = subject.charter.id if subject.charter else words["kind-project"]
        sheet = self.sheet(charter, MATRIX_WIDTHS)
        self.header(sheet, 0, tuple(words[each] for each in titles))
        row = 0
        for row, each in enumerate(subject.judgements, start=1):
            left = each.outcome.fails or each.outcome.is_open
            values = (
                *(each.principle.title[lang], each.requirement.id, each.requirement.title[lang], words[each.level]),
                *(
                    words[each.outcome],
                    words[each.method] if each.method and each.outcome is not Outcome.WAIVED else "",
                ),
                *(visible(each.said[lang]), each.requirement.fix[lang] if left else ""),
            )
            sheet.set_row(row, height(values, MATRIX_WIDTHS))
            for column, value in enumerate(values):
                sheet.write_string(row, column, value, self.levels[each.level] if left and column == 4 else self.text)
        if row:
            sheet.autofilter(0, 0, row, len(titles) - 1)


COMMENT: Mapping[str, Any] = {"x_scale": 2, "author": "beffroi"}
"""How large a comment is, and who makes it."""


def height(texts: Sequence[str], widths: Sequence[int]) -> float:
    """How high a row must be for its texts, in columns of these widths."""
    return LINE * max(ceil(1.15 * len(text) / width) or 1 for text, width in zip(texts, widths, strict=True))
