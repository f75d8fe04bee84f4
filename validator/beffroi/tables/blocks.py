"""Blocks of delimited text: where to cut them, the proof that their quotes are regular, Arrow's parser for those."""

from __future__ import annotations

import csv
import io
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from beffroi.tables.batches import Batch, columns_of
from beffroi.tables.records import exact_end, line_end
from beffroi.values import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

    from beffroi.tables.dialect import Dialect
    from beffroi.tables.texts import Mask

    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.signedinteger]

Columns = tuple[pa.StringArray, ...]
ODD = 40
"""A record of another width for so many bytes a column is one too many to be read by itself."""
BOM = b"\xef\xbb\xbf"
QUOTE, LF, CR = b'"'[0], b"\n"[0], b"\r"[0]


def parse_with_arrow(text: bytes, dialect: Dialect, width: int) -> Batch:
    """The records of a block whose quotes are regular, by Arrow; a few of another width are read by `csv.reader`."""
    odd = OddRecords(dialect=dialect, most=len(text) // (ODD * width))
    try:
        columns = arrow_columns(text, dialect, width, odd)
    except pa.ArrowInvalid:
        return parse_ragged(text, dialect, width)
    columns = odd.put_back(columns, width)
    rows, line_breaks = len(columns[0]), text.count(b"\n")
    one_line_each = line_breaks - text.endswith(b"\n") == rows - 1
    return Batch(
        columns=columns,
        rows=rows,
        line_breaks=line_breaks,
        given_lines=range(rows) if one_line_each else None,
        ragged={number: len(cells) for number, cells in odd.records.items()},
        ragged_breaks={
            number: "".join(cells).count("\n") for number, cells in odd.records.items() if len(cells) > width
        },
    )


@dataclass(frozen=True, kw_only=True)
class OddRecords:
    """The records of a block that are of another width, by their number in it; more than `most` are too many."""

    dialect: Dialect
    most: int
    records: dict[int, list[str]] = field(default_factory=dict)

    def take(self, row: pa.csv.InvalidRow, first: int) -> str:
        """What Arrow is to do with such a record."""
        if len(self.records) >= self.most:
            return "error"
        (self.records[row.number - first],) = csv.reader(io.StringIO(row.text, newline=""), **self.dialect.options)
        return "skip"

    def put_back(self, columns: Columns, width: int) -> Columns:
        """The columns with these records in their places, cut or filled with nulls."""
        if not self.records:
            return columns
        others = columns_of(list(self.records.values()), width)
        places = [number - before for before, number in enumerate(self.records)]
        return tuple(with_inserted(column, other, places) for column, other in zip(columns, others, strict=True))


def with_inserted(column: pa.StringArray, others: pa.StringArray, places: list[int]) -> pa.StringArray:
    """A column with the values of `others`, each put before the value that is at its place."""
    pieces = []
    for number, (begin, end) in enumerate(pairwise([0, *places, len(column)])):
        pieces.append(column[begin:end])
        pieces.append(others[number : number + 1])
    return pa.concat_arrays(pieces)


def arrow_columns(text: bytes, dialect: Dialect, width: int, odd: OddRecords | None = None) -> Columns:
    """The cells of records that are `width` wide; raises `pa.ArrowInvalid` for others that are not taken as odd."""
    marked = text.startswith(BOM)  # Arrow would take it for a byte order mark, even in the middle of a file
    names = [str(n) for n in range(width)]
    table = pa.csv.open_csv(
        pa.BufferReader(b"\n" + text if marked else text),
        read_options=pa.csv.ReadOptions(column_names=names, block_size=len(text) + 16, use_threads=False),
        parse_options=pa.csv.ParseOptions(
            delimiter=dialect.delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=(lambda row: odd.take(row, 1 + marked)) if odd else None,
        ),
        convert_options=pa.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            null_values=[],
            check_utf8=False,
        ),
    ).read_all()
    return tuple(whole(column)[int(marked) :] for column in table.columns)


def whole(column: pa.ChunkedArray) -> pa.StringArray:
    """A chunked column as one array."""
    combined = column.combine_chunks()
    return combined if isinstance(combined, pa.StringArray) else pa.concat_arrays(column.chunks)


def parse_ragged(text: bytes, dialect: Dialect, width: int) -> Batch:
    """The records of a block whose quotes are regular, some of another width."""
    spans = Spans.of(text, dialect.delimiter)
    widths = np.where(spans.blank, width, spans.widths)
    columns = arrow_columns(levelled(spans, widths, dialect.delimiter, width), dialect, width)
    absent = pa.scalar(None, pa.string())
    ragged, long = np.flatnonzero(widths != width), np.flatnonzero(widths > width)
    breaks = spans.breaks_within(long)
    return Batch(
        columns=tuple(
            pc.if_else(pa.array(widths <= number), absent, column) if (widths <= number).any() else column
            for number, column in enumerate(columns)
        ),
        rows=len(widths),
        line_breaks=text.count(b"\n"),
        ragged=dict(zip(ragged.tolist(), widths[ragged].tolist(), strict=True)),
        ragged_breaks=dict(zip(long[breaks > 0].tolist(), breaks[breaks > 0].tolist(), strict=True)),
    )


@dataclass(frozen=True, kw_only=True)
class Spans:
    """The records of a block: where each starts and stops (its line break excluded), how many cells it has.

    `delimiters` are the places of those between cells, `first` tells which of them is the first of each record.
    """

    data: Bytes
    delimiters: Places
    starts: Places
    stops: Places
    first: Places
    widths: Places

    @classmethod
    def of(cls, text: bytes, delimiter: str) -> Spans:
        """The records of a block whose quotes are regular."""
        data = np.frombuffer(text, dtype=np.uint8)
        quotes = np.flatnonzero(data == QUOTE)
        delimiters = outside(quotes, np.flatnonzero(data == ord(delimiter)))
        ends = outside(quotes, np.flatnonzero(data == LF))
        if not len(ends) or ends[-1] != len(data) - 1:
            ends = np.append(ends, len(data))
        starts = np.concatenate([[0], ends[:-1] + 1])
        stops = ends - ((ends > starts) & (data[np.maximum(ends - 1, 0)] == CR))
        first = np.searchsorted(delimiters, starts)
        widths = np.searchsorted(delimiters, stops) - first + 1
        return cls(data=data, delimiters=delimiters, starts=starts, stops=stops, first=first, widths=widths)

    @property
    def blank(self) -> Mask:
        """Which records have no character."""
        blank: Mask = self.starts == self.stops
        return blank

    def breaks_within(self, records: Places) -> Places:
        """How many line breaks stand inside the cells of records."""
        breaks = np.flatnonzero(self.data == LF)
        return np.searchsorted(breaks, self.stops[records]) - np.searchsorted(breaks, self.starts[records])


def outside(quotes: Places, places: Places) -> Places:
    """The places that are not between quotes."""
    return places[np.searchsorted(quotes, places) % 2 == 0] if len(quotes) else places


def levelled(spans: Spans, widths: Places, delimiter: str, width: int) -> bytes:
    """The block with its records cut or filled to one width."""
    long = widths > width
    edges = np.zeros(len(spans.data) + 1, dtype=np.int8)
    edges[spans.delimiters[spans.first[long] + width - 1]] = 1
    edges[spans.stops[long]] = -1
    kept = np.cumsum(edges[:-1], dtype=np.int8) == 0
    filled = np.repeat(spans.stops, np.maximum(width - widths, 0))
    data = np.insert(spans.data, filled, ord(delimiter))
    level = bytes(data[np.insert(kept, filled, True)])
    return level if spans.data[-1] == LF else level + b"\n"  # the last record may have become an empty line


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
    while (end := line_end(block, end)) >= 0:
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
