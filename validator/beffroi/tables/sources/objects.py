"""Objects as records of a table: the union of their keys as labels, their values as columns of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.batches import COLUMNS, Batch, Notice, printable, text_column
from beffroi.tables.sources.jsontext import is_shallow, too_deep
from beffroi.tables.sources.values import native_cells, text_of
from beffroi.values import dataclass

Object = Mapping[str, Any]

ROWS = 20_000
CELLS = 2_000_000

REMARKS = 1000
"""How many different remarks are kept."""


@dataclass(kw_only=True)
class Survey:
    """What a first reading of all records finds."""

    keys: dict[str, None] = field(default_factory=dict)
    records: int = 0
    notices: dict[Fault, Notice] = field(default_factory=dict)

    def add(self, record: Object, line: int, remarks: Iterable[Fault]) -> Fault | None:
        """Take one more record into account; what makes the whole file unreadable is returned."""
        self.records += 1
        self.note(remarks, line)
        if not is_shallow(iter(record.values())):
            return too_deep()
        self.keys.update(dict.fromkeys(record))
        return fault("not-a-table", "too-many-columns", limit=COLUMNS) if len(self.keys) > COLUMNS else None

    def note(self, remarks: Iterable[Fault], line: int) -> None:
        """Keep each different remark once, at the line where it is first made."""
        for each in remarks:
            if len(self.notices) < REMARKS:
                self.notices.setdefault(each, Notice(fault=each, line=line))


def labels_of(keys: Iterable[str]) -> tuple[str, ...]:
    """Keys as labels."""
    return tuple(printable(key) for key in keys)


def rows_at_once(width: int) -> int:
    """How many records of `width` columns make a batch."""
    return max(1, min(ROWS, CELLS // max(width, 1)))


def object_batches(found: Iterable[tuple[int, Object | Fault]], keys: Sequence[str]) -> Iterator[Batch]:
    """Batches of the objects found on the given lines; a fault found instead of one becomes a notice."""
    size = rows_at_once(len(keys))
    objects: list[Object] = []
    lines: list[int] = []
    notices: list[Notice] = []
    for line, record in found:
        if isinstance(record, Fault):
            notices.append(Notice(fault=record, line=line, fatal=record.rule == "record-too-large"))
        else:
            objects.append(record)
            lines.append(line)
        if len(objects) + len(notices) >= size:
            yield object_batch(objects, keys, lines, notices)
            objects, lines, notices = [], [], []
    if objects or notices:
        yield object_batch(objects, keys, lines, notices)


def object_batch(objects: list[Object], keys: Sequence[str], lines: list[int], notices: list[Notice]) -> Batch:
    """One batch of objects."""
    columns = [[each.get(key) for each in objects] for key in keys]
    return Batch(
        columns=tuple(text_column([text_of(each) for each in column]) for column in columns),
        native=native_cells(columns),
        rows=len(objects),
        given_lines=tuple(lines),
        notices=tuple(notices),
    )
