"""What the file of a workbook tells before it is loaded: how large its sheets are, and where its error cells stand.

The library that reads workbooks takes memory for the whole rectangle between a sheet's outermost cells (one stray cell
at `XFD1048576` asks for 550 GB) and reads error cells as empty. Both are looked up here, as a stream, in the XML of
`xlsx` and `ods` and the records of `xlsb`; `biff` does the same for `xls`.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from math import prod
from posixpath import join, normpath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.tables.arrays import np
from beffroi.tables.sources.biff import ERRORS

LARGEST = 2 * limits.GIB
"""The most that a workbook may expand to."""

TEXT = limits.RECORD_BYTES
"""The most bytes of XML without a tag; a cell of a spreadsheet holds 32,767 characters."""

SLOTS = 64 * 1024**2
"""The most cells of a sheet, empty ones included, from A1 to the outermost one: about 2 GiB of memory."""

BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, KeyError, OSError, UnicodeDecodeError)
"""What `zipfile` raises for an archive that is damaged, encrypted, or without the member asked for."""

CHUNK = 4 << 20
ATTRIBUTES = rb"""((?:[^<>"']+|"[^"<]*"|'[^'<]*')*+)"""

USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})\d')
USUAL_ROW = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
USUAL_REST = rb'(?: t="[a-df-z]|/?>| s="\d{1,9}"(?: t="[a-df-z]|/?>))|ols?[ >])'
ROUGH_SIZES = {
    (999_999, 26): re.compile(rb'<c(?! r="[A-Z]\d{1,6}"' + USUAL_REST),
    (9_999, 702): re.compile(rb'<c(?! r="[A-Z]{1,2}\d{1,4}"' + USUAL_REST),
}
"""Rows and columns, and what finds a cell whose place is perhaps beyond them, or that is not written as usual.

A cell that holds an error is not.
"""
UNUSUAL_CELL = re.compile(rb"<(?:\w+:c[\s>/]|c[>/\t\r\n])")
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>/])" + ATTRIBUTES + rb">")
CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
PLACE = re.compile(rb"""\sr\s*=\s*["']""")
ROW = re.compile(rb"<(?:\w+:)?row\b")
ROW_PLACE = re.compile(rb"""[^<>]*?\sr\s*=\s*["'](\d{1,7})["']""")
SHARED = re.compile(
    rb"""<(?:\w+:)?c(?=\s)(?>[^<>]*?\bt\s*=\s*["']s["'])[^<>]*+>\s*+<(?:\w+:)?v[^<>]*+>\s*+(\d{1,9})\s*<"""
)
SHARED_CELL = re.compile(rb"""\bt\s*=\s*["']s["']""")
SHARED_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s>/])")
ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c(\s(?>[^<>]*?\bt=["']e["'])[^<>]*+)>"""
    rb"""(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<"""
)
SHEET = re.compile(rb"""<(?:\w+:)?sheet\s(?>[^<>]*\w:id\s*=\s*["'])([^<>"']+)["']""")
BINARY_SHEET = re.compile(rb"\x9c\x01[\x80-\xff]?[\x00-\x7f].{8}.{4}((?:[rR]\0[iI]\0[dD]\0)(?:\d\0)+)", re.DOTALL)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^<>]*)>")
ATTRIBUTE = re.compile(rb"""\b(\w+)\s*=\s*["']([^"']*)["']""")
ODS_PART = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s>/])" + ATTRIBUTES + rb">")
ODS_TEXT = re.compile(rb"<text:p[^>]*>([^<]*)</text:p>")
ODS_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated=["'](\d{1,9})["']""")

Size = tuple[int, int]
"""Rows and columns, counted from A1."""

ErrorCell = tuple[int, int, str]
"""Row and column, from 0, and what the cell shows: `#N/A`."""


def refused(archive: ZipFile, kind: str, with_errors: set[str]) -> Fault | None:
    """Why a workbook is not loaded: it is damaged, or would take too much memory. Raises what is in `BROKEN`.

    The members that may hold error cells are put into `with_errors`.
    """
    members = archive.infolist()
    if sum(member.file_size for member in members) > LARGEST:
        return fault("unreadable", "workbook-too-large", limit=LARGEST // limits.GIB)
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        return fault("unreadable", "corrupt-workbook")
    if kind != "xlsx" and archive.testzip():  # of that kind, every member is read below
        return fault("unreadable", "corrupt-workbook")
    for size in SIZES[kind](archive, with_errors):
        if size is None:
            return fault("unreadable", "corrupt-workbook")
        if size[0] * size[1] > SLOTS:
            return fault("unreadable", "sheet-too-large", rows=size[0], columns=size[1])
    if kind == "xlsx" and repeated_text(archive) > LARGEST:
        return fault("unreadable", "workbook-too-large", limit=LARGEST // limits.GIB)
    return None


def xlsx_sizes(archive: ZipFile, with_errors: set[str]) -> Iterator[Size | None]:
    """The sizes of all sheets; any member is looked at, since a sheet may have any name."""
    for name in archive.namelist():
        with archive.open(name) as stream:
            size = rough_size(pieces(stream, b"row>"))
        if size is None:
            with archive.open(name) as stream:
                size = usual_size(noting_errors(pieces(stream, b"row>"), name, with_errors))
        if size is None or size[0] * size[1] > SLOTS:
            with archive.open(name) as stream:
                size = exact_size(noting_errors(pieces(stream, b"row>"), name, with_errors))
        yield size


def noting_errors(parts: Iterable[bytes], name: str, with_errors: set[str]) -> Iterator[bytes]:
    """The same parts; the name of the member is noted if there may be error cells in them."""
    for part in parts:
        if b'"e"' in part or b"'e'" in part:
            with_errors.add(name)
        yield part


def rough_size(parts: Iterable[bytes]) -> Size | None:
    """What a sheet surely does not exceed, told at a glance; `None` where a closer look is needed."""
    sizes = dict(ROUGH_SIZES)
    for part in parts:
        sizes = {size: other for size, other in sizes.items() if not other.search(part)}
        if not sizes or (b":" in part and b":c" in part):  # a cell may have a prefix
            return None
    return min(sizes, key=prod)


def repeated_text(archive: ZipFile) -> int:
    """How many bytes the shared texts take once each cell holds its own: at most, or exactly where that is much."""
    known = list(shared_lengths(archive))
    longest, shortest_cell = max(known, default=0), len('<c t="s"><v>0</v></c>')
    most = longest * sum(member.file_size for member in archive.infolist()) // shortest_cell
    if most <= LARGEST:
        return most
    lengths = np.array(known, dtype=np.int64)
    total = 0
    for name in archive.namelist():
        with archive.open(name) as stream:
            for part in pieces(stream, b"row>"):
                found = np.array(SHARED.findall(part), dtype="S9").astype(np.int64)
                unclear = len(SHARED_CELL.findall(part)) - len(found)
                total += int(lengths[found[found < len(lengths)]].sum()) + unclear * longest
    return total


def shared_lengths(archive: ZipFile) -> Iterator[int]:
    """The length of each shared text, tags included."""
    related = relations(archive, "xl/_rels/workbook.xml.rels").values()
    targets = {target for target, kind in related if kind.endswith("/sharedStrings")}
    for name in targets.intersection(archive.namelist()):
        with archive.open(name) as stream:
            for part in pieces(stream, b"si>"):
                yield from map(len, SHARED_TEXT.split(part)[1:])


def usual_size(parts: Iterable[bytes]) -> Size | None:
    """The size of a sheet written as all common writers do, formatted empty cells included; `None` for any other."""
    letters: set[bytes] = set()
    rows: set[bytes] = set()
    for part in parts:
        found, found_rows = USUAL_CELL.findall(part), USUAL_ROW.findall(part)
        if not len(found) == len(found_rows) == part.count(b"<c ") or UNUSUAL_CELL.search(part):
            return None
        letters.update(found)
        rows.update(found_rows)
    return max(map(int, rows), default=0), max(map(column_number, letters), default=0)


def exact_size(parts: Iterable[bytes]) -> Size | None:
    """The size of a sheet's filled part; cells that do not tell their place are taken for the next ones.

    `None` for a sheet with a place that cannot be, such as `ZZZZZZ99999999999`.
    """
    rows = columns = unplaced_rows = unplaced_columns = last_row = 0
    for part in parts:
        for count, record in enumerate(ROW.split(part)):
            cells = CELL.findall(record)
            if any(PLACE.search(each) and not CELL_PLACE.search(each) for each in cells):
                return None
            cells = [each for each in cells if not each.endswith(b"/")]
            places = [match.groups() for each in cells if (match := CELL_PLACE.search(each))]
            for letters, row in places:
                rows, columns = max(rows, int(row)), max(columns, column_number(letters))
            unplaced_columns = max(unplaced_columns, len(cells) - len(places))
            unplaced_rows += count > 0
            if count and (place := ROW_PLACE.match(record)):
                last_row = max(last_row, int(place[1]))
    if unplaced_columns:
        rows, columns = max(rows, last_row) + unplaced_rows, columns + unplaced_columns
    return rows, columns


def xlsb_sizes(archive: ZipFile, with_errors: set[str]) -> Iterator[Size]:
    """The sizes of all sheets of a binary workbook ([MS-XLSB] 2.1.7.61)."""
    with_errors.update(archive.namelist())
    for target, kind in relations(archive, "xl/_rels/workbook.bin.rels").values():
        if kind.endswith("/worksheet") and target in archive.namelist():
            rows = columns = 0
            for row, column, _ in xlsb_cells(archive.read(target)):
                rows, columns = max(rows, row + 1), max(columns, column + 1)
            yield rows, columns


def xlsb_cells(content: bytes) -> Iterator[tuple[int, int, str | None]]:
    """Each filled cell: its row, its column, what it shows if it is an error ([MS-XLSB] 2.4.307 to 2.4.315)."""
    row = 0
    for record, body in binary_records(content):
        place = int.from_bytes(body[:4], "little")
        if record == 0:
            row = place
        elif 2 <= record <= 11:
            yield row, place, ERRORS.get(body[8], "#N/A") if record in (3, 11) and len(body) > 8 else None


def binary_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and first bytes of each record ([MS-XLSB] 2.1.4)."""
    at = 0
    while at + 1 < len(content):
        record = content[at] & 0x7F
        if content[at] & 0x80:
            at += 1
            record |= (content[at] & 0x7F) << 7
        length = 0
        for shift in (0, 7, 14, 21):
            at += 1
            if at >= len(content):
                return
            length |= (content[at] & 0x7F) << shift
            if not content[at] & 0x80:
                break
        at += 1
        yield record, content[at : at + min(length, 9)]
        at += length


def ods_sizes(archive: ZipFile, with_errors: set[str]) -> Iterator[Size]:
    """The sizes of all sheets of an OpenDocument spreadsheet."""
    with_errors.update(archive.namelist())
    sizes: dict[int, Size] = {}
    with archive.open("content.xml") as stream:
        for sheet, row, column, _ in ods_cells(pieces(stream, b"</table:table-row>")):
            rows, columns = sizes.get(sheet, (0, 0))
            sizes[sheet] = max(rows, row.stop), max(columns, column.stop)
    yield from sizes.values()


def ods_cells(parts: Iterable[bytes]) -> Iterator[tuple[int, range, range, str | None]]:
    """Each filled cell: its sheet, the rows and columns it is repeated in, what it shows if it is an error."""
    sheet, rows, columns = -1, range(0), range(0)
    for part in parts:
        for match in ODS_PART.finditer(part):
            kind, attributes = match.groups()
            if kind == b"table":
                sheet, rows = sheet + 1, range(0)
                continue
            times = ODS_REPEATED.search(attributes)
            step = int(times[1]) if times else 1
            if kind == b"table-row":
                rows, columns = range(rows.stop, rows.stop + step), range(0)
                continue
            columns = range(columns.stop, columns.stop + step)
            if b"office:" in attributes:
                shown = ODS_TEXT.match(part, match.end()) if b'value-type="error"' in attributes else None
                yield sheet, rows, columns, shown and shown[1].decode("utf-8", "replace")


def error_cells(archive: ZipFile, kind: str, index: int) -> Iterator[ErrorCell]:
    """The error cells of the sheet at `index`, in file order."""
    if kind == "ods":
        with archive.open("content.xml") as stream:
            for sheet, rows, columns, shown in ods_cells(pieces(stream, b"</table:table-row>")):
                if sheet == index and shown:
                    yield from ((row, column, shown) for row in rows for column in columns)
    elif kind == "xlsx" and (member := sheet_member(archive, "xl/workbook.xml", SHEET, index)):
        with archive.open(member) as stream:
            for part in pieces(stream, b"row>"):
                yield from xlsx_errors(part)
    elif kind == "xlsb" and (member := sheet_member(archive, "xl/workbook.bin", BINARY_SHEET, index)):
        yield from ((row, column, shown) for row, column, shown in xlsb_cells(archive.read(member)) if shown)


def xlsx_errors(part: bytes) -> Iterator[ErrorCell]:
    """The error cells in a part of a sheet."""
    for attributes, shown in ERROR_CELL.findall(part):
        if place := CELL_PLACE.search(attributes):
            yield int(place[2]) - 1, column_number(place[1]) - 1, shown.decode("utf-8", "replace")


def sheet_member(archive: ZipFile, workbook: str, sheets: re.Pattern[bytes], index: int) -> str | None:
    """Which member of the archive holds the sheet at `index`."""
    names = archive.namelist()
    wanted = sheets.findall(archive.read(workbook))[index : index + 1] if workbook in names else []
    related = relations(archive, f"xl/_rels/{workbook.removeprefix('xl/')}.rels")
    targets = (related[each.replace(b"\0", b"")][0] for each in wanted if each.replace(b"\0", b"") in related)
    return next((target for target in targets if target in names), None)


def relations(archive: ZipFile, member: str) -> dict[bytes, tuple[str, str]]:
    """What a workbook relates to: by id, the member and the kind (ECMA-376, part 2)."""
    found = {}
    for attributes in RELATION.findall(archive.read(member)) if member in archive.namelist() else ():
        given = dict(ATTRIBUTE.findall(attributes))
        target = given.get(b"Target", b"").decode("utf-8", "replace")
        kind = given.get(b"Type", b"").decode("utf-8", "replace")
        found[given.get(b"Id", b"")] = (normpath(join("/xl", target)).lstrip("/"), kind)
    return found


def pieces(stream: IO[bytes], end: bytes) -> Iterator[bytes]:
    """The content in parts of some megabytes that end behind `end`, or else before a tag.

    A longer text than `TEXT` is damage, and raised as such.
    """
    carry = b""
    for chunk in read_ahead(stream):
        looked_at = max(len(carry) - len(end) + 1, 0)
        carry += chunk
        cut = carry.rfind(end, looked_at)
        if cut >= 0:
            cut += len(end)
        elif len(carry) > TEXT:
            cut = carry.rfind(b"<")
            if cut <= 0:
                raise BadZipFile(f"more than {TEXT} bytes without a tag")
        if cut > 0:
            yield carry[:cut]
            carry = carry[cut:]
    yield carry


def read_ahead(stream: IO[bytes]) -> Iterator[bytes]:
    """The content in chunks, each of which is decompressed while the one before is looked at."""
    chunk = stream.read(CHUNK)
    if len(chunk) < CHUNK:
        yield chunk
        yield from iter(lambda: stream.read(CHUNK), b"")
        return
    with ThreadPoolExecutor(1) as pool:
        while chunk:
            following = pool.submit(stream.read, CHUNK)
            yield chunk
            chunk = following.result()


def column_number(letters: bytes) -> int:
    """`A` is 1, `XFD` is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


SIZES: Mapping[str, Callable[[ZipFile, set[str]], Iterator[Size | None]]] = {
    "xlsx": xlsx_sizes,
    "xlsb": xlsb_sizes,
    "ods": ods_sizes,
}
