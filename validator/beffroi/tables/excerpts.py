"""The rows of a table that a report shows: all of a small one, of a large one the first and those with findings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from heapq import nsmallest

from beffroi.model.report import Excerpt, ExcerptRow
from beffroi.tables.batches import Batch, Place, PlainBatch, Table

HEAD = 10
"""How many of the first rows are always shown."""
COLUMNS = 300
"""The most columns of which cells are kept."""
LONGEST = 1000
"""The most characters that are kept of a cell."""


def excerpt(table: Table, rows: int, found: Collection[int], most: int) -> Excerpt:
    """At most so many rows of a table of `rows` records; `found` are the records with findings, counted from 1."""
    whole = rows <= most
    wanted = None if whole else frozenset([*range(1, HEAD + 1), *nsmallest(most - HEAD, set(found))])
    return Excerpt(
        labels=table.labels[:COLUMNS],
        rows=tuple(kept(table, wanted)),
        whole=whole and len(table.labels) <= COLUMNS,
    )


def kept(table: Table, wanted: Collection[int] | None) -> Iterator[ExcerptRow]:
    """The wanted rows of a table, in order; all of them where none are named."""
    last = max(wanted, default=0) if wanted is not None else None
    for place, batch in table.placed():
        numbers = range(place.number(0), place.number(batch.rows))
        indices = [index for index, number in enumerate(numbers) if wanted is None or number in wanted]
        if indices:
            yield from rows_of(place, batch, indices)
        if last is not None and place.number(batch.rows) > last:
            return


def rows_of(place: Place, batch: Batch | PlainBatch, indices: list[int]) -> Iterator[ExcerptRow]:
    """Some rows of a batch."""
    columns = [texts(column, indices) for column in batch.columns[:COLUMNS]]
    for index, cells in zip(indices, zip(*columns, strict=True), strict=True):
        line = batch.lines[index] if len(batch.lines) > index else None
        number = place.number(index)
        yield ExcerptRow(row=number, line=place.physical(line), shown=place.shown(number), cells=cells)


def texts(column: object, indices: list[int]) -> list[str]:
    """Some cells of a column; an absent one is an empty text."""
    values = column if isinstance(column, list) else column.take(indices).to_pylist()  # type: ignore[attr-defined]
    picked = [values[index] for index in indices] if isinstance(column, list) else values
    return ["" if each is None else str(each)[:LONGEST] for each in picked]
