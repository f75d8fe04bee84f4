"""A table as every source gives it: labels, and records as batches of text columns that know their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from beffroi.tables.arrays import np, pa, pc
from beffroi.tables.letters import column_letters
from beffroi.values import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

    from beffroi.model.faults import Fault
    from beffroi.model.report import ReadAs

COLUMNS = 16_384
"""The most columns that a table may have: as many as a spreadsheet."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something noticed while reading, not in a cell: a fault, how often, and where it has one its physical line.

    In a batch, the line (and the detail `line` of the fault) is counted like those of its records.
    """

    fault: Fault
    line: int | None = None
    fatal: bool = False
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Consecutive records of a table; it knows nothing of those before it, so that batches can be made in any order.

    `columns` are Arrow string arrays of equal length, one per label, in file order; a null is a cell that is natively
    absent (a null of the format, an empty workbook cell, a record too short), `""` an empty text.
    `given_lines` is the physical line of each record where it does not simply follow from the cells, and `line_breaks`
    how many lines the batch takes; both count from the batch's first line, 0. A source whose records know their lines
    gives those, and takes none. `ragged` maps an index in the batch to the number of cells found there.
    `native` tells, for a column that has any, which cells held a real date or boolean rather than a text.
    """

    columns: tuple[pa.StringArray, ...]
    rows: int
    given_lines: Sequence[int] | None = None
    line_breaks: int = 0
    ragged: Mapping[int, int] = field(default_factory=dict)
    native: Mapping[int, npt.NDArray[np.bool_]] = field(default_factory=dict)
    ragged_breaks: Mapping[int, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @cached_property
    def lines(self) -> Sequence[int]:
        """The line on which each record starts."""
        if self.given_lines is not None:
            return self.given_lines
        breaks = np.zeros(self.rows + 1, dtype=np.int64)
        for column in self.columns:
            breaks[1:] += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
        for index, extra in self.ragged_breaks.items():
            breaks[index + 1] = extra
        found: list[int] = (np.arange(self.rows) + np.cumsum(breaks)[: self.rows]).tolist()
        return found


@dataclass(frozen=True, kw_only=True)
class PlainBatch:
    """A batch whose columns are lists of Python texts (`None` for an absent cell), for tables too small for Arrow."""

    columns: tuple[list[str | None], ...]
    rows: int
    given_lines: Sequence[int] | None = None
    line_breaks: int = 0
    ragged: Mapping[int, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def lines(self) -> Sequence[int]:
        """The line on which each record starts."""
        return self.given_lines or range(self.rows)

    @property
    def in_arrow(self) -> Batch:
        """The same with Arrow's columns."""
        return Batch(
            columns=tuple(text_column(column) for column in self.columns),
            rows=self.rows,
            given_lines=self.given_lines,
            line_breaks=self.line_breaks,
            ragged=self.ragged,
            notices=self.notices,
        )


@dataclass(frozen=True, kw_only=True)
class RegularBlock:
    """Whole records of delimited text in which quotes and line breaks are regular: the first `size` bytes of a text."""

    text: bytes
    size: int
    delimiter: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a table, still to be parsed, in any thread. `read`: how much of the file is behind it, from 0 to 1.

    Of delimited text, `block` is the text itself where a scanner may read it.
    """

    parse: Callable[[], Batch | PlainBatch]
    read: float | None = None
    block: RegularBlock | None = None


def parts_of(batches: Callable[[], Iterator[Batch]]) -> Callable[[], Iterator[Part]]:
    """Parts that a source cannot leave to other threads."""
    return lambda: (Part(parse=partial(same, batch)) for batch in batches())


def same(batch: Batch) -> Batch:
    """A batch that is there already."""
    return batch


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a batch stands in its table: `record` records come before it, `line` is added to the lines it counts.

    A format without lines has no `line`. `above` is how many rows a spreadsheet shows above the table's first record,
    if it shows the records at all.
    """

    record: int = 0
    line: int | None = None
    above: int | None = None

    def after(self, batch: Batch | PlainBatch) -> Place:
        """Where the next batch stands."""
        line = None if self.line is None else self.line + batch.line_breaks
        return Place(record=self.record + batch.rows, line=line, above=self.above)

    def number(self, index: int) -> int:
        """The number of a record, counted from 1."""
        return self.record + index + 1

    def shown(self, record: int) -> int:
        """What people call the record of a number: its row in a spreadsheet, or else its number."""
        return record if self.above is None else self.above + record

    def cell(self, index: int, column: int) -> str | None:
        """The spreadsheet's name of a cell, such as `F122`."""
        return None if self.above is None else f"{column_letters(column)}{self.shown(self.number(index))}"

    def physical(self, line: int | None) -> int | None:
        """The line in the file."""
        return None if self.line is None or line is None else self.line + line


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table found in a file, in parts. `parts()` reads it from the start each time it is called.

    `begin` is where the first batch stands.
    """

    labels: tuple[str, ...]
    read: ReadAs
    parts: Callable[[], Iterator[Part]]
    begin: Place = Place()
    notices: tuple[Notice, ...] = ()

    def placed(self) -> Iterator[tuple[Place, Batch | PlainBatch]]:
        """Every batch with its place, one after the other."""
        place = self.begin
        for part in self.parts():
            batch = part.parse()
            yield place, batch
            place = place.after(batch)


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What helps to read a file: the column names that the standard gives, and what a descriptor says of it."""

    names: tuple[str, ...] = ()
    dialect: Mapping[str, object] = field(default_factory=dict)
    encoding: str | None = None
    format: str | None = None


def by_position(width: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Labels for `width` columns without a header: the standard's names in its order, then `field1` and so on."""
    return (*names[:width], *(f"field{n + 1}" for n in range(len(names), width)))


def text_column(values: Sequence[str | None]) -> pa.StringArray:
    """An Arrow string column of Python texts; lone surrogates, which UTF-8 cannot hold, become U+FFFD."""
    try:
        return pa.array(values, type=pa.string())
    except UnicodeEncodeError:
        return pa.array([None if each is None else printable(each) for each in values], type=pa.string())


def printable(text: str) -> str:
    """`text` with lone surrogates replaced by U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def columns_of(rows: Sequence[Sequence[str | None]], width: int) -> tuple[pa.StringArray, ...]:
    """Turn rows into `width` columns: short rows are filled with nulls, longer ones cut."""
    return tuple(text_column(column) for column in lists_of(rows, width))


def lists_of(rows: Sequence[Sequence[str | None]], width: int) -> tuple[list[str | None], ...]:
    """The same, as lists."""
    if all(len(row) == width for row in rows):
        return tuple(map(list, zip(*rows, strict=True))) if rows else tuple([] for _ in range(width))
    columns: list[list[str | None]] = [[None] * len(rows) for _ in range(width)]
    for index, row in enumerate(rows):
        for column, value in zip(columns, row, strict=False):
            column[index] = value
    return tuple(columns)
