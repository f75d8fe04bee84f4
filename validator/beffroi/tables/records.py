"""Delimited records as `csv.reader` reads them, which defines what is right, with the lines on which they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beffroi.model.faults import fault
from beffroi.tables.batches import Notice, PlainBatch, lists_of
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Record:
    """One record, with the physical line it starts on; `unclosed` if the text ended inside a quoted cell."""

    cells: list[str]
    line: int
    unclosed: bool = False


class ExactReader:
    """`csv.reader` that knows how far into the text (`consumed` characters, next `line`) each record reaches.

    A carriage return that stands alone ends a record but, in an editor, no line.
    """

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.line = 1
        self.start = 0
        self.consumed = 0
        self.exhausted = False

    def _lines(self) -> Iterator[str]:
        for each in io.StringIO(self.text, newline=""):
            line = self.line
            self.consumed += len(each)
            self.line += each.endswith("\n")
            if self.dialect.comment is None or not each.startswith(self.dialect.comment):
                self.start = self.start or line
                yield each
        self.exhausted = True

    def __iter__(self) -> Iterator[Record]:
        for cells in csv.reader(self._lines(), **self.dialect.options):
            yield Record(cells, self.start, self.exhausted)
            self.start = 0


def parse_exactly(text: bytes, dialect: Dialect, width: int) -> PlainBatch:
    """The records of a block, by `csv.reader`."""
    records = list(ExactReader(text.decode("utf-8"), dialect))
    rows: list[list[str | None]] = [[*record.cells] or [""] * width for record in records]
    notices: tuple[Notice, ...] = ()
    if records and records[-1].unclosed:
        line = records[-1].line - 1
        notices = (Notice(fault=fault("unclosed-quote", line=line), line=line, fatal=True),)
    return PlainBatch(
        columns=lists_of(rows, width),
        rows=len(rows),
        given_lines=[record.line - 1 for record in records],
        line_breaks=text.count(b"\n"),
        ragged={index: len(row) for index, row in enumerate(rows) if len(row) != width},
        notices=notices,
    )


def line_end(block: bytes, end: int) -> int:
    """Where the last line break before `end` stands; a CR that is the last byte does not count, as LF may follow it."""
    return max(block.rfind(b"\n", 0, end), block.rfind(b"\r", 0, min(end, len(block) - 1)))


def exact_end(block: bytes, dialect: Dialect) -> int:
    """The end of the last whole record of `block`, by `csv.reader`."""
    text = block[: line_end(block, len(block)) + 1].decode("utf-8")
    reader = ExactReader(text, dialect)
    end = 0
    for record in reader:
        if not record.unclosed:
            end = reader.consumed
    return len(text[:end].encode("utf-8"))


def nul_bytes(text: bytes, size: int | None = None) -> Iterator[Notice]:
    """Say on which lines a block (the first `size` bytes of a text, or all) has NUL bytes, and how many."""
    line, begin, size = 0, 0, len(text) if size is None else size
    while (where := text.find(b"\x00", begin, size)) >= 0:
        line += text.count(b"\n", begin, where)
        begin = text.find(b"\n", where, size) + 1 or size
        yield Notice(fault=fault("nul-bytes", line=line), line=line, count=text.count(b"\x00", where, begin))
        line += 1
