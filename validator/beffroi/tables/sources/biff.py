"""What an `xls` tells before it is loaded: whether it has a password, how large its sheets are, its error cells.

A damaged `xls` can make the library that reads workbooks ask for any amount of memory. So its stream of records is
taken out of the compound file ([MS-CFB]) and looked through ([MS-XLS] 2.4) beforehand.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property

from beffroi.model.faults import Fault, fault
from beffroi.values import dataclass

FREE = 0xFFFFFFFA
"""Sector numbers from here on mean that no sector follows."""

FILEPASS, BOUNDSHEET, END, DIMENSIONS, MULTIPLE, BOOLEAN_OR_ERROR, FORMULA = 0x2F, 0x85, 0x0A, 0x200, 0xBD, 0x205, 0x06
CELLS = {FORMULA, MULTIPLE, BOOLEAN_OR_ERROR, 0xD6, 0xFD, 0x203, 0x204, 0x27E}
ROWS, COLUMNS = 65_536, 256
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def refused(content: bytes) -> Fault | None:
    """Why an `xls` is not loaded."""
    records = workbook_stream(content)
    if records is None:
        return fault("unreadable", "corrupt-workbook")
    if any(kind == FILEPASS for kind, _ in records_from(records, 0)):
        return fault("unreadable", "encrypted-workbook")
    starts = sheet_starts(records)
    whole = bool(starts) and all(fits(kind, body) for start in starts for kind, body in records_from(records, start))
    return None if whole else fault("unreadable", "corrupt-workbook")


def error_cells(content: bytes, index: int) -> Iterator[tuple[int, int, str]]:
    """Row and column, from 0, and text of each error cell of the sheet at `index`."""
    records = workbook_stream(content) or b""
    for start in sheet_starts(records)[index : index + 1]:
        for kind, body in records_from(records, start):
            code = error_code(kind, body)
            if code is not None:
                yield number(body, 0, 2), number(body, 2, 2), ERRORS.get(code, "#N/A")


def error_code(kind: int, body: bytes) -> int | None:
    """The error that a cell holds."""
    if kind == BOOLEAN_OR_ERROR and body[7:8] == b"\x01":
        return body[6]
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def fits(kind: int, body: bytes) -> bool:
    """Whether a record stays within the sheet that the format allows."""
    if kind == DIMENSIONS and len(body) < 12:
        return False
    if kind == DIMENSIONS:
        (top, bottom), (left, right) = numbers(body[:8]), (number(body, 8, 2), number(body, 10, 2))
        return top <= bottom <= ROWS and left <= right <= COLUMNS
    if kind == MULTIPLE and number(body, len(body) - 2, 2) >= COLUMNS:
        return False
    return kind not in CELLS or number(body, 2, 2) < COLUMNS


def sheet_starts(records: bytes) -> list[int]:
    """Where the records of each sheet start."""
    return [number(body, 0, 4) for kind, body in records_from(records, 0) if kind == BOUNDSHEET]


def records_from(records: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of one part, up to its end."""
    while at + 4 <= len(records):
        kind, length = number(records, at, 2), number(records, at + 2, 2)
        if kind == END:
            return
        yield kind, records[at + 4 : at + 4 + length]
        at += 4 + length


def workbook_stream(content: bytes) -> bytes | None:
    """The stream of records in a compound file."""
    file = CompoundFile(content)
    if not 7 <= file.shift <= 12:
        return None
    return next((found for name in ("workbook", "book") if (found := file.stream(name)) is not None), None)


@dataclass(frozen=True)
class CompoundFile:
    """A compound file: streams in chains of sectors."""

    content: bytes

    @property
    def shift(self) -> int:
        """The size of a sector, as a power of two."""
        return number(self.content, 30, 2)

    @cached_property
    def table(self) -> array[int]:
        """Which sector follows each sector."""
        listed = numbers(self.content[76:512])
        entries = [*listed, *self._further(number(self.content, 68, 4))]
        return numbers(b"".join(self._sector(each) for each in entries if each < FREE))

    def _further(self, sector: int) -> Iterator[int]:
        """Sectors of the table that the header has no room for."""
        for _ in range(len(self.content) >> self.shift):
            if sector >= FREE:
                return
            *found, sector = numbers(self._sector(sector)) or [FREE]
            yield from found

    def _sector(self, index: int) -> bytes:
        return self.content[(index + 1) << self.shift : (index + 2) << self.shift]

    def _chain(self, sector: int) -> bytes:
        return b"".join(self._sector(each) for each in followed(sector, self.table))

    @cached_property
    def entries(self) -> dict[str, tuple[int, int]]:
        """First sector and size of each stream; the root's is that of all small streams."""
        directory = self._chain(number(self.content, 48, 4))
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory), 128):
            entry = directory[at : at + 128]
            length = min(number(entry, 64, 2), 64)
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower()
            if entry[66:67] in (b"\x02", b"\x05"):
                found.setdefault(name, (number(entry, 116, 4), number(entry, 120, 4)))
        return found

    def stream(self, name: str) -> bytes | None:
        """The stream of that name."""
        if name not in self.entries:
            return None
        start, size = self.entries[name]
        if size >= number(self.content, 56, 4):
            return self._chain(start)[:size]
        small = self._chain(self.entries.get("root entry", (FREE, 0))[0])
        table = numbers(self._chain(number(self.content, 60, 4)))
        return b"".join(small[each * 64 : each * 64 + 64] for each in followed(start, table))[:size]


def followed(sector: int, table: array[int]) -> Iterator[int]:
    """The sectors of a chain, no more than there are."""
    for _ in range(len(table)):
        if sector >= len(table):
            return
        yield sector
        sector = table[sector]


def numbers(content: bytes) -> array[int]:
    """Unsigned numbers of four bytes."""
    return array("I", (number(content, at, 4) for at in range(0, len(content) - 3, 4)))


def number(content: bytes, at: int, size: int) -> int:
    """One unsigned number."""
    return int.from_bytes(content[at : at + size], "little")
