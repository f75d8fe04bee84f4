"""Delimited records: the exact reader, Arrow's fast one, and the proof that they agree on a block."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from beffroi.model.faults import fault
from beffroi.tables.batches import Batch, Notice, columns_of

if TYPE_CHECKING:
    from beffroi.tables.dialect import Dialect

BOM = b"\xef\xbb\xbf"
QUOTE, LF, CR = b'"'[0], b"\n"[0], b"\r"[0]


@dataclass(frozen=True, slots=True)
class Record:
    """One record, with the physical line it starts on; `unclosed` if the text ended inside a quoted cell."""

    cells: list[str]
    line: int
    unclosed: bool = False


class ExactReader:
    """`csv.reader` that knows how far into the text (`consumed` characters, next `line`) each record reaches."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.dialect = dialect
        self.line = 1
        self.consumed = 0
        self.exhausted = False

    def _lines(self) -> Iterator[str]:
        for each in io.StringIO(self.text, newline=""):
            self.consumed += len(each)
            self.line += each.endswith("\n")
            if self.dialect.comment is None or not each.startswith(self.dialect.comment):
                yield each
        self.exhausted = True

    def __iter__(self) -> Iterator[Record]:
        start = self.line
        for cells in csv.reader(self._lines(), **self.dialect.options):
            yield Record(cells, start, self.exhausted)
            start = self.line


def parse_exactly(text: bytes, dialect: Dialect, width: int) -> Batch:
    """The records of a block, by `csv.reader`."""
    records = list(ExactReader(text.decode("utf-8"), dialect))
    rows: list[list[str | None]] = [[*record.cells] or [""] * width for record in records]
    notices: tuple[Notice, ...] = ()
    if records and records[-1].unclosed:
        notices = (Notice(fault=fault("unclosed-quote"), line=records[-1].line, fatal=True),)
    return Batch(
        columns=columns_of(rows, width),
        rows=len(rows),
        first=1,
        given_lines=tuple(record.line for record in records),
        ragged={index: len(row) for index, row in enumerate(rows) if len(row) != width},
        notices=notices,
    )


def parse_with_arrow(text: bytes, dialect: Dialect, width: int) -> Batch:
    """The records of a block whose quotes are regular, by Arrow; ragged records by `csv.reader`."""
    marked = text.startswith(BOM)  # Arrow would take it for a byte order mark, even in the middle of a file
    ragged: list[tuple[int, str]] = []

    def keep(row: Any) -> str:
        ragged.append((row.number - 1 - marked, row.text))
        return "skip"

    names = [str(n) for n in range(width)]
    table = pa.csv.open_csv(
        pa.BufferReader(b"\n" + text if marked else text),
        read_options=pa.csv.ReadOptions(column_names=names, block_size=len(text) + 16, use_threads=False),
        parse_options=pa.csv.ParseOptions(
            delimiter=dialect.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            null_values=[],
            check_utf8=False,
        ),
    ).read_all()
    columns = tuple(whole(column)[int(marked) :] for column in table.columns)
    rows = len(columns[0])
    if not ragged:
        return Batch(columns=columns, rows=rows, first=1)
    return with_ragged(columns, rows, [each for each in ragged if each[0] >= 0], dialect)


def whole(column: pa.ChunkedArray) -> pa.StringArray:
    """A chunked column as one array."""
    combined = column.combine_chunks()
    return combined if isinstance(combined, pa.StringArray) else pa.concat_arrays(column.chunks)


def with_ragged(
    columns: tuple[pa.StringArray, ...], rows: int, ragged: list[tuple[int, str]], dialect: Dialect
) -> Batch:
    """Put records of another width back where they stood."""
    records = [next(csv.reader(io.StringIO(text, newline=""), **dialect.options)) for _, text in ragged]
    places = np.fromiter((place for place, _ in ragged), dtype=np.int64, count=len(ragged))
    order = np.full(rows + len(ragged), -1, dtype=np.int64)
    order[places] = rows + np.arange(len(ragged))
    order[order < 0] = np.arange(rows)
    extra = columns_of([[*record] for record in records], len(columns))
    taken = pa.array(order)
    return Batch(
        columns=tuple(pa.concat_arrays(pair).take(taken) for pair in zip(columns, extra, strict=True)),
        rows=len(order),
        first=1,
        ragged={int(place): len(record) for place, record in zip(places, records, strict=True)},
        ragged_breaks={int(place): text.rstrip("\r\n").count("\n") for place, text in ragged},
    )


def record_end(block: bytes, dialect: Dialect, *, final: bool = False) -> tuple[int, bool]:
    """Where the last whole record of `block` ends (0: none does), and whether Arrow may parse up to there."""
    regular = False
    if dialect.regular and not lone_returns(block, final=final):
        quotes = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == QUOTE)
        regular = quotes_are_regular(block, quotes, dialect.delimiter)
    if final:
        return len(block), regular and len(quotes) % 2 == 0
    return (even_line_end(block, quotes), True) if regular else (exact_end(block, dialect), False)


def lone_returns(block: bytes, *, final: bool) -> bool:
    """Whether a carriage return stands alone; it ends a record but, in an editor, no line."""
    half = block.endswith(b"\r") and not final
    return block.count(b"\r") - half != block.count(b"\r\n")


def even_line_end(block: bytes, quotes: np.ndarray) -> int:
    """The end of the last line before which the quotes are balanced."""
    end = len(block)
    while (end := block.rfind(b"\n", 0, end)) >= 0:
        before = int(np.searchsorted(quotes, end))
        if before % 2 == 0:
            return end + 1
        end = int(quotes[before - 1])
    return 0


def quotes_are_regular(block: bytes, quotes: np.ndarray, delimiter: str) -> bool:
    """Whether each opening quote begins a cell and each closing one ends it, so that parity is the reader's state."""
    if len(quotes) == 0:
        return True
    data = np.frombuffer(block, dtype=np.uint8)
    edge = np.zeros(256, dtype=bool)
    edge[[ord(delimiter), LF, CR, QUOTE]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = edge[data[np.maximum(opening - 1, 0)]] | (opening == 0)
    after = edge[data[np.minimum(closing + 1, len(data) - 1)]] | (closing == len(data) - 1)
    return bool(before.all() and after.all())


def exact_end(block: bytes, dialect: Dialect) -> int:
    """The end of the last whole record of `block`, by `csv.reader`."""
    text = block[: block.rfind(b"\n") + 1].decode("utf-8")
    reader = ExactReader(text, dialect)
    end = 0
    for record in reader:
        if not record.unclosed:
            end = reader.consumed
    return len(text[:end].encode("utf-8"))
