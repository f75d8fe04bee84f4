"""Workbooks: xlsx, xlsm, xlsb, xls, ods. The sheet and its header are those that hold the standard's names.

A "Lisez-moi" sheet and titles above the header are normal. Empty rows below the table and unnamed empty columns to its
right are not part of it; empty columns to its left are, so that cells keep the letters that a spreadsheet shows.
A workbook that expands to more than 2 GiB, or a sheet of more than 64 million cells, is refused (`sheets`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.arrays import load_ahead, pa
from beffroi.tables.batches import Batch, Expected, Notice, Place, Table, parts_of, text_column
from beffroi.tables.dialect import LOOKED_AT, best_header, first_filled
from beffroi.tables.sources import biff
from beffroi.tables.sources.mistaken import other_than_binary
from beffroi.tables.sources.objects import rows_at_once
from beffroi.tables.sources.sheets import BROKEN, ErrorCell, error_cells, refused
from beffroi.tables.sources.values import native_cells, text_of, texts_of
from beffroi.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.tables.delivery import Delivered

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
CORRUPT = fault("unreadable", "corrupt-workbook")
ENCRYPTED = fault("unreadable", "encrypted-workbook")

Row = list[Any]


def open_table(taken: Delivered, expected: Expected) -> Table | Fault:
    """Open a workbook; what cannot be a table is a fault."""
    with_errors: set[str] = set()
    kind = kind_of(taken.file, with_errors)
    if isinstance(kind, Fault):
        return kind
    load_ahead()
    found = read(taken.file, expected)
    if isinstance(found, Fault):
        return found
    sheet, others = found
    content = Content(file=taken.file, kind=kind, sheet=sheet, errors=bool(with_errors))
    return Table(
        labels=content.labels,
        read=ReadAs(
            format="xlsm" if taken.suffix == ".xlsm" else kind,
            header=sheet.header or None,
            sheet=sheet.name,
            compression=taken.compression,
        ),
        parts=parts_of(content.batches),
        begin=Place(above=sheet.header),
        notices=(*other_sheets(sheet, others), *title_rows(sheet)),
    )


def kind_of(file: Path, with_errors: set[str]) -> str | Fault:
    """Which kind of workbook a file is by its content, whatever its name says.

    What in it may hold error cells is put into `with_errors`.
    """
    with file.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(COMPOUND):
        content = file.read_bytes()
        with_errors.add("Workbook")
        return ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in content else biff.refused(content) or "xls"
    if not head.startswith(ZIP):
        return other_than_binary(file)
    try:
        with ZipFile(file) as archive:
            kind = kind_of_archive(archive)
            return kind if isinstance(kind, Fault) else refused(archive, kind, with_errors) or kind
    except BROKEN:
        return CORRUPT


def kind_of_archive(archive: ZipFile) -> str | Fault:
    """Which kind of workbook a zip archive is."""
    names = set(archive.namelist())
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "content.xml" not in names or ("mimetype" in names and b"spreadsheet" not in archive.read("mimetype")):
        return fault("not-a-table", "zip")
    manifest = "META-INF/manifest.xml"
    return ENCRYPTED if manifest in names and b"encryption-data" in archive.read(manifest) else "ods"


def read(file: Path, expected: Expected) -> tuple[Sheet, list[str]] | Fault:
    """The sheet to read, and the names of the others that are not empty; by content, whatever the suffix says."""
    try:
        with file.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            return looked_through(workbook, expected)
    except CalamineError:
        return CORRUPT
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how the library gives up on damage; it has no name to catch
            raise
        return CORRUPT


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet that is not empty. `above` are the texts of the rows from the first filled one to the header.

    `header` is the sheet row of the header, 0 when there is none; `matches` how many of the standard's names it holds.
    """

    name: str
    index: int
    cells: CalamineSheet
    above: tuple[tuple[str, ...], ...]
    header: int
    matches: int
    rank: tuple[bool, int, bool]

    @property
    def first_column(self) -> int:
        """The index of the first column that is not empty."""
        return self.cells.start[1] if self.cells.start else 0


def looked_through(workbook: CalamineWorkbook, expected: Expected) -> tuple[Sheet, list[str]] | Fault:
    """The sheet to read, and the names of the others that are not empty."""
    best: Sheet | None = None
    names = []
    for index, described in enumerate(workbook.sheets_metadata):
        if described.typ != SheetTypeEnum.WorkSheet:
            continue
        cells = workbook.get_sheet_by_index(index)
        if cells.start is None:
            continue
        names.append(described.name)
        sheet = looked_at(cells, index, expected, visible=described.visible == SheetVisibleEnum.Visible)
        if best is None or sheet.rank > best.rank:
            best = sheet
    wanted = expected.dialect.get("sheetName"), expected.dialect.get("sheetNumber")
    if best is None:
        return fault("not-a-table", "empty")
    if any(wanted) and not best.rank[0]:
        return fault("not-a-table", "no-such-sheet", sheet=wanted[0] or wanted[1], others=", ".join(names))
    return best, [name for name in names if name != best.name]


def looked_at(cells: CalamineSheet, index: int, expected: Expected, *, visible: bool) -> Sheet:
    """One sheet, with its best header."""
    top, left = cells.start or (0, 0)
    rows = [
        tuple([""] * left + [shown(value) or "" for value in row])
        for row in islice(cells.iter_rows(), top, top + LOOKED_AT)
    ]
    matches, header = best_header([list(row) for row in rows], expected.names)
    if not matches:
        header = first_filled([list(row) for row in rows])
    given = header_row(expected, top + header)
    wanted = (expected.dialect.get("sheetName"), expected.dialect.get("sheetNumber"))
    return Sheet(
        name=cells.name,
        index=index,
        cells=cells,
        above=tuple(rows[: given - top]) if top < given <= top + len(rows) else (),
        header=given,
        matches=matches,
        rank=(cells.name == wanted[0] or index + 1 == wanted[1], matches, visible),
    )


def header_row(expected: Expected, found: int) -> int:
    """The sheet row of the header, by the descriptor (Table Dialect) or as it was found; 0 when there is none."""
    if expected.dialect.get("header") is False:
        return 0
    rows = expected.dialect.get("headerRows")
    return max(rows) if isinstance(rows, list) and rows and all(isinstance(each, int) for each in rows) else found


def other_sheets(sheet: Sheet, others: list[str]) -> Iterator[Notice]:
    """Say that other sheets are not judged."""
    if others:
        yield Notice(fault=fault("other-sheets", sheet=sheet.name, others=", ".join(others)))


def title_rows(sheet: Sheet) -> Iterator[Notice]:
    """Say that rows stand above the header."""
    filled = [row for row in sheet.above[:-1] if any(cell.strip() for cell in row)]
    if filled:
        yield Notice(fault=fault("title-rows", count=len(filled), header=sheet.header))


def shown(value: Any) -> str | None:
    """A cell as text; an empty one is absent."""
    return None if value == "" else text_of(value)


def is_blank(row: Row) -> bool:
    """Whether no cell shows anything."""
    return all(isinstance(value, str) and not value.strip() for value in row)


@dataclass(frozen=True, kw_only=True)
class Content:
    """The rows of a sheet behind its header. `errors`: there may be error cells in the file."""

    file: Path
    kind: str
    sheet: Sheet
    errors: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The header's texts, as many as the table has columns."""
        if not self.sheet.header:
            return tuple(f"field{n + 1}" for n in range(self.width(0)))
        texts = self.sheet.above[-1] if self.sheet.above else ()
        named = max((n for n, text in enumerate(texts, start=1) if text.strip()), default=0)
        width = self.width(named)
        return (*texts[:width], *[""] * (width - len(texts)))

    def width(self, named: int) -> int:
        """How many columns the table has: those up to the last that has a name, or something in it."""
        left = self.sheet.first_column
        whole = left + self.sheet.cells.width
        if whole == named:
            return named
        unnamed = max(named - left, 0)
        filled = (
            n
            for row in islice(self.sheet.cells.iter_rows(), self.sheet.header, None)
            for n, value in enumerate(row[unnamed:], start=unnamed + left + 1)
            if not is_blank([value])
        )
        return max(filled, default=named)

    def batches(self) -> Iterator[Batch]:
        """Every row down to the last that is not blank."""
        left, width = self.sheet.first_column, len(self.labels)
        blank: list[Row] = []
        for filled in self.rows(rows_at_once(width)):
            found = [*blank, *filled]
            end = next((n for n in range(len(found), 0, -1) if not is_blank(found[n - 1])), 0)
            found, blank = found[:end], found[end:]
            if not found:
                continue
            empty = pa.nulls(len(found), pa.string())
            cells = list(zip(*found, strict=True))[: max(width - left, 0)]
            columns = (text_column(texts_of(column)) for column in cells)
            yield Batch(
                columns=(*[empty] * min(left, width), *columns),
                native=native_cells(cells, first=left),
                rows=len(found),
            )

    def rows(self, size: int) -> Iterator[list[Row]]:
        """The rows behind the header, so many at a time, with the texts of error cells.

        They begin with the first column that is not empty.
        """
        rows = islice(self.sheet.cells.iter_rows(), self.sheet.header, None)
        first = self.sheet.header
        with closing(self.error_cells()) as errors:
            pending = next(errors, None)
            while found := list(islice(rows, size)):
                while pending and pending[0] < first + len(found):
                    if pending[0] >= first:
                        put(found[pending[0] - first], pending[1] - self.sheet.first_column, pending[2])
                    pending = next(errors, None)
                yield found
                first += len(found)

    def error_cells(self) -> Generator[ErrorCell]:
        """The error cells of the sheet."""
        if not self.errors:
            return
        if self.kind == "xls":
            yield from biff.error_cells(self.file.read_bytes(), self.sheet.index)
            return
        with ZipFile(self.file) as archive:
            yield from error_cells(archive, self.kind, self.sheet.index)


def put(row: Row, index: int, text: str) -> None:
    """Set a cell that is in the row."""
    if 0 <= index < len(row):
        row[index] = text
