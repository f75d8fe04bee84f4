"""A table as every source gives it: labels, and records as batches of text columns that know their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from beffroi.tables.letters import column_letters

if TYPE_CHECKING:
    from beffroi.model.faults import Fault
    from beffroi.model.report import ReadAs


COLUMNS = 16_384
"""The most columns that a table may have: as many as a spreadsheet."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something noticed while reading, not in a cell: a fault, how often, and where it has one its physical line."""

    fault: Fault
    line: int | None = None
    fatal: bool = False
    count: int = 1


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Consecutive records of a table.

    `columns` are Arrow string arrays of equal length, one per label, in file order; a null is a cell that is natively
    absent (a null of the format, an empty workbook cell, a record too short), `""` an empty text.
    `first` is the number of the first record, counted from 1; `sheet_row` what a spreadsheet calls its row, if it has
    one; `first_line` its physical line, if the format has lines, and `given_lines` the line of each record where
    they do not simply follow from the cells. `ragged` maps an index in the batch to the number of cells found there.
    `native` tells, for a column that has any, which cells held a real date or boolean rather than a text.
    `part_read` is how much of the file has been read with this batch, from 0 to 1, where that is known.
    """

    columns: tuple[pa.StringArray, ...]
    rows: int
    first: int
    sheet_row: int | None = None
    first_line: int | None = None
    given_lines: tuple[int, ...] | None = None
    ragged: Mapping[int, int] = field(default_factory=dict)
    native: Mapping[int, npt.NDArray[np.bool_]] = field(default_factory=dict)
    part_read: float | None = None
    ragged_breaks: Mapping[int, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @cached_property
    def lines(self) -> tuple[int, ...] | np.ndarray | None:
        """The physical line on which each record starts."""
        if self.given_lines is not None or self.first_line is None:
            return self.given_lines
        breaks = np.zeros(self.rows + 1, dtype=np.int64)
        for column in self.columns:
            breaks[1:] += pc.fill_null(pc.count_substring(column, "\n"), 0).to_numpy(zero_copy_only=False)
        for index, extra in self.ragged_breaks.items():
            breaks[index + 1] = extra
        return self.first_line + np.arange(self.rows) + np.cumsum(breaks)[: self.rows]

    def line(self, index: int) -> int | None:
        """The physical line of the record at `index`."""
        return None if self.lines is None else int(self.lines[index])

    def shown_row(self, record: int) -> int:
        """What people call a record of this table: its row in a spreadsheet, or else its number."""
        return record if self.sheet_row is None else record - self.first + self.sheet_row

    def cell(self, index: int, column: int) -> str | None:
        """The spreadsheet's name of a cell, such as `F122`."""
        return None if self.sheet_row is None else f"{column_letters(column)}{self.sheet_row + index}"


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table found in a file. `batches()` reads it from the start each time it is called."""

    labels: tuple[str, ...]
    read: ReadAs
    batches: Callable[[], Iterator[Batch]]
    notices: tuple[Notice, ...] = ()


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


def text_column(values: list[str | None]) -> pa.StringArray:
    """An Arrow string column of Python texts; lone surrogates, which UTF-8 cannot hold, become U+FFFD."""
    try:
        return pa.array(values, type=pa.string())
    except UnicodeEncodeError:
        return pa.array([None if each is None else printable(each) for each in values], type=pa.string())


def printable(text: str) -> str:
    """`text` with lone surrogates replaced by U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def columns_of(rows: list[list[str | None]], width: int) -> tuple[pa.StringArray, ...]:
    """Turn rows into `width` columns: short rows are filled with nulls, longer ones cut."""
    columns: list[list[str | None]] = [[None] * len(rows) for _ in range(width)]
    for index, row in enumerate(rows):
        for column, value in zip(columns, row, strict=False):
            column[index] = value
    return tuple(text_column(column) for column in columns)
