"""Rows written in the descriptor itself (Data Resource, "data"), as a table whose cells are text like any other's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Any

from beffroi.documents import Document
from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.packages.package import PackageResource
from beffroi.tables.batches import COLUMNS, Batch, Table, by_position, columns_of, parts_of
from beffroi.tables.sources.jsontext import Decoder
from beffroi.tables.sources.objects import labels_of, rows_at_once
from beffroi.tables.sources.values import native_cells, text_of
from beffroi.values import dataclass


def as_written(document: Document) -> Any:
    """The value of a document in which the numbers of a JSON file stand as they are written."""
    is_json = document.path.lower().endswith("json")
    return Decoder().value(document.text) if is_json else document.value


def inline_table(resource: PackageResource, names: tuple[str, ...] = ()) -> Table | Fault:
    """The table of a resource whose `data` is a list: of objects, or of lists whose first is the header.

    Columns without a header are called by `names`, in their order.
    """
    rows = resource.data if isinstance(resource.data, list) else []
    if not rows:
        return fault("not-a-table", "empty")
    if all(isinstance(each, dict) for each in rows):
        keys, records = tuple(dict.fromkeys(key for each in rows for key in each)), rows
    elif not all(isinstance(each, list) for each in rows):
        return fault("not-a-table", "json-not-records")
    elif resource.dialect.get("header") is False:
        keys, records = by_position(len(rows[0]), names), rows
    else:
        keys, records = tuple(text_of(each) or "" for each in rows[0]), rows[1:]
    if len(keys) > COLUMNS:
        return fault("not-a-table", "too-many-columns", limit=COLUMNS)
    content = Content(keys=keys, rows=records)
    return Table(labels=labels_of(keys), read=ReadAs(format="inline"), parts=parts_of(content.batches))


@dataclass(frozen=True, kw_only=True)
class Content:
    """Rows, each an object or a list, and the keys or labels of their cells."""

    keys: tuple[str, ...]
    rows: list[Any]

    def batches(self) -> Iterator[Batch]:
        """The rows as text; a key that an object does not have is an absent cell."""
        width = len(self.keys)
        size = rows_at_once(width)
        for start in range(0, len(self.rows), size):
            rows = [self.values(row) for row in self.rows[start : start + size]]
            yield Batch(
                columns=columns_of([[text_of(each) for each in row] for row in rows], width),
                rows=len(rows),
                ragged={index: len(row) for index, row in enumerate(rows) if len(row) != width},
                native=native_cells(islice(zip_longest(*rows), width)),
            )

    def values(self, row: dict[str, Any] | list[Any]) -> list[Any]:
        """The values of one row."""
        return [row.get(key) for key in self.keys] if isinstance(row, dict) else row
