"""Files to fill in: a workbook with a sheet a table, its notes and limits in an officer's words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beffroi.model.standard import Field
from beffroi.showing import fields as field_words
from beffroi.showing.standard import accepted_licences
from beffroi.showing.words import Words, in_language
from beffroi.standards.templating import EXACT, Limits, Template, TemplateColumn, TemplateSheet
from beffroi.visible import clipped, visible

LAST_ROW = 1_048_575
MOMENT = datetime(2024, 1, 1, tzinfo=UTC)
"""When the workbook says that it was made, so that it is the same each time."""
MESSAGE = 255
"""The longest message of a cell that refuses a value."""
NOTE = 2_000
LISTED = 20
"""How many of the values of a list are named in words."""
NARROW, WIDE = 12, 42
README_WIDTHS = (26, 34, 12, 60, 28, 90)
LINE_HEIGHT, MOST_LINES = 15, 12
A4 = 9
"""As spreadsheets count kinds of paper."""
LINE = 46
"""About how many characters a line of a note has."""
DARK, PALE, INK = "#1F3864", "#D9E2F3", "#1F3864"
COMPARED = {(True, True): "between", (True, False): ">=", (False, True): "<="}


def text(paths: Iterable[Path], lang: str) -> str:
    """What was written."""
    words = Words("template", lang)
    return "".join(f"{words('written', place=visible(each.as_posix()))}\n" for each in paths)


def workbook(template: Template, lang: str) -> bytes:
    """The file to fill in, as XLSX."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"created": MOMENT, "title": in_language(template.standard.title, lang)})
        Writer(book, template, Words("template", lang)).write()
    return content.getvalue()


class Writer:
    """Writes one workbook."""

    def __init__(self, book: Any, template: Template, words: Words) -> None:
        self.book = book
        self.template = template
        self.words = words
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.bold = book.add_format({"bold": True, "font_color": INK})
        self.large = book.add_format({"bold": True, "font_size": 16, "font_color": INK})
        row = {"text_wrap": True, "valign": "top", "num_format": "@", "bottom": 4, "bottom_color": "#8EA9DB"}
        self.wrapped = book.add_format(row)
        self.named = book.add_format({**row, "font_color": INK})
        self.strong = book.add_format({**row, "font_color": INK, "bold": True})
        heading = {"bold": True, "valign": "vcenter", "border": 1, "border_color": "#8EA9DB", "num_format": "@"}
        self.required = book.add_format({**heading, "bg_color": DARK, "font_color": "#FFFFFF"})
        self.optional = book.add_format({**heading, "bg_color": PALE, "font_color": INK})
        self.lists = 0

    def write(self) -> None:
        """The sheet that says how, a sheet a table, and a hidden one for long lists."""
        readme = self.book.add_worksheet(free_name(self.words("readme"), self.template))
        sheets = [(each, self.book.add_worksheet(each.name)) for each in self.template.sheets]
        self.listing = self.book.add_worksheet(free_name("lists", self.template))
        self.listing.hide()
        self.write_readme(readme)
        for sheet, worksheet in sheets:
            self.write_sheet(sheet, worksheet)

    def write_sheet(self, sheet: TemplateSheet, worksheet: Any) -> None:
        """One table: its header, and how the cells below are."""
        as_printed(worksheet)
        worksheet.repeat_rows(0)
        worksheet.freeze_panes(1, 0)
        worksheet.set_row(0, 24)
        worksheet.set_comments_author("beffroi")
        for index, each in enumerate(sheet.columns):
            worksheet.set_column(index, index, width_of(each.field), self.text if each.text else self.plain)
            worksheet.write_string(0, index, each.field.name, self.required if each.required else self.optional)
            self.write_note(worksheet, index, each)
            if validation := self.validation(each, index):
                worksheet.data_validation(1, index, LAST_ROW, index, validation)

    def write_note(self, worksheet: Any, index: int, column: TemplateColumn) -> None:
        """What a column holds, as a note on its header."""
        note = clipped("\n".join(note_of(column, self.words)), NOTE)
        lines = sum(1 + len(line) // LINE for line in note.split("\n"))
        size = {"width": 320, "height": min(20 + 16 * lines, 500)}
        worksheet.write_comment(0, index, note, {**size, "font_size": 9})

    def validation(self, column: TemplateColumn, index: int) -> dict[str, Any] | None:
        """What the cells of a column accept; `None` for anything."""
        if column.choices:
            found = {"validate": "list", "source": self.list_of(column.choices)}
        elif column.limits is not None:
            found = limited(column.limits, index)
        else:
            return None
        told = clipped(asked(column, self.words), MESSAGE)
        severity = "warning" if found["validate"] == "custom" else "stop"
        return {**found, "error_title": self.words("wrong"), "error_message": told, "error_type": severity}

    def list_of(self, values: tuple[str, ...]) -> str:
        """Where values are listed on the hidden sheet, which has room for any number of them."""
        column = self.lists
        self.lists += 1
        for row, each in enumerate(values):
            self.listing.write_string(row, column, each, self.text)
        letters = column_letters(column)
        return f"='{self.listing.name}'!${letters}$1:${letters}${len(values)}"

    def write_readme(self, worksheet: Any) -> None:
        """What it is, how to fill it in and how to check it, and what each column holds."""
        for index, width in enumerate(README_WIDTHS):
            worksheet.set_column(index, index, width)
        as_printed(worksheet)
        worksheet.hide_gridlines(2)
        row = 0
        for line, style in self.introduction():
            worksheet.write_string(row, 0, line, style)
            row += 1
        for sheet in self.template.sheets:
            row = self.write_table(worksheet, row + 1, sheet)

    def introduction(self) -> Iterator[tuple[str, Any]]:
        """The lines above the tables, each with how it looks."""
        words, standard = self.words, self.template.standard
        yield in_language(standard.title, words.lang) or standard.id, self.large
        yield words("version", name=standard.name), self.plain
        if accepted := accepted_licences(standard):
            yield words("licences", names=", ".join(accepted)), self.plain
        yield "", self.plain
        yield words("how"), self.bold
        several = len(self.template.sheets) > 1
        names = ", ".join(each.name for each in self.template.sheets)
        yield words("how-sheets" if several else "how-sheet", names=names), self.plain
        for key in ("how-required", "how-notes", "how-text"):
            yield words(key), self.plain
        yield "", self.plain
        yield words("check"), self.bold
        yield words("check-several" if several else "check-one", name=standard.name), self.plain

    def write_table(self, worksheet: Any, row: int, sheet: TemplateSheet) -> int:
        """What each column of a table holds; the row behind it."""
        title = in_language(sheet.rules.title, self.words.lang)
        heading = self.words("table", sheet=sheet.name, title=title) if title else self.words("bare", sheet=sheet.name)
        worksheet.write_string(row, 0, heading, self.bold)
        if sheet.rules.formats:
            row += 1
            worksheet.write_string(row, 0, self.words("formats", names=", ".join(sheet.rules.formats)), self.plain)
        labels = (self.words(key) for key in ("column", "title", "needed", "holds", "example", "description"))
        for index, label in enumerate(labels):
            worksheet.write_string(row + 1, index, label, self.optional)
        for number, column in enumerate(sheet.columns, start=row + 2):
            cells = list(described(column, self.words))
            lines = max(1 + len(cell) // width for cell, width in zip(cells, README_WIDTHS, strict=True))
            worksheet.set_row(number, LINE_HEIGHT * min(lines, MOST_LINES))
            for index, cell in enumerate(cells):
                name = self.strong if column.required else self.named
                worksheet.write_string(number, index, cell, self.wrapped if index else name)
        return row + 2 + len(sheet.columns)


def as_printed(worksheet: Any) -> None:
    """A sheet is printed on A4 across, all columns on one page."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)


def free_name(wanted: str, template: Template) -> str:
    """A name that no table's sheet has."""
    taken = {each.name.casefold() for each in template.sheets}
    return wanted if wanted.casefold() not in taken else f"{wanted} beffroi"


def described(column: TemplateColumn, words: Words) -> Iterator[str]:
    """The cells of a column's row on the first sheet."""
    field = column.field
    yield field.name
    yield in_language(field.title, words.lang)
    yield words("required" if column.required else "optional")
    yield asked(column, words)
    yield example_of(field)
    yield in_language(field.description, words.lang)


def asked(column: TemplateColumn, words: Words) -> str:
    """What a value must be, in one line."""
    return Words("standard", words.lang)("semicolon").join(conditions_of(column, words))


def conditions_of(column: TemplateColumn, words: Words) -> Iterator[str]:
    """What a value must be; the example says it better than a pattern does."""
    field = column.field
    yield field_words.kind(field, words.lang)
    if column.choices:
        more = " …" if len(column.choices) > LISTED else ""
        yield words("one-of", values=", ".join(column.choices[:LISTED]) + more)
    elif notation := field_words.notation(field, words.lang):
        yield notation
    shown = {key: each for key, each in field.constraints.items() if key != "pattern" or field.example is None}
    yield from field_words.conditions(replace(field, constraints=shown), words.lang)


def note_of(column: TemplateColumn, words: Words) -> Iterator[str]:
    """The lines of the note on a header."""
    field = column.field
    yield in_language(field.title, words.lang) or field.name
    yield f"({words('required' if column.required else 'optional')})"
    if told := in_language(field.description, words.lang):
        yield told
    labels = {value: label for value, label in field_words.allowed(field, words.lang) if label}
    yield from (f"• {value}: {label}" for value, label in list(labels.items())[:LISTED])
    yield asked(column, words)
    if example := example_of(field):
        yield words("example-is", example=example)


def example_of(field: Field) -> str:
    """The example of a field as text."""
    return "" if field.example is None else str(field.example)


def width_of(field: Field) -> int:
    """How wide a column is: its header or its example should be seen."""
    return min(max(NARROW, len(field.name) + 3, len(example_of(field)) + 2), WIDE)


def limited(limits: Limits, index: int) -> dict[str, Any]:
    """Limits as a spreadsheet has them."""
    if limits.kind == "day":
        return {"validate": "custom", "value": day_formula(limits, f"{column_letters(index)}2")}
    bounds = (limits.low, limits.high)
    if bounds == (None, None):
        bounds = (-EXACT, EXACT)
    low, high = bounds
    criteria = COMPARED[low is not None, high is not None]
    ends = {"minimum": low, "maximum": high} if criteria == "between" else {"value": high if low is None else low}
    return {"validate": limits.kind, "criteria": criteria, **ends}


def day_formula(limits: Limits, cell: str) -> str:
    """A formula that holds for a day written as text, year-month-day."""
    parts = [f"LEN({cell})=10", f"ISNUMBER(DATEVALUE({cell}))"]
    for sign, day in ((">=", limits.low), ("<=", limits.high)):
        if day is not None:
            parts.append(f"DATEVALUE({cell}){sign}DATE({day.year},{day.month},{day.day})")
    return f"=AND({','.join(parts)})"


def column_letters(index: int) -> str:
    """What spreadsheets call a column."""
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index))
