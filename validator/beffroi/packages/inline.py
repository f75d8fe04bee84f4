"""Rows written in the descriptor itself (Data Resource, "data"), as a table whose cells are text like any other's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from beffroi.documents import Document
from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.packages.package import PackageResource
from beffroi.tables.batches import Batch, Table, columns_of

BATCH = 10_000


class Written(str):
    """A number just as it is written in a JSON file: `1.50` stays `1.50`."""

    __slots__ = ()


def rows_of(document: Document, index: int) -> Any:
    """The inline data of a resource; numbers of a JSON file as they are written."""
    if not document.path.lower().endswith("json"):
        return document.value["resources"][index].get("data")
    exact = json.loads(document.text, parse_int=Written, parse_float=Written, parse_constant=Written)
    return exact["resources"][index].get("data")


def inline_table(resource: PackageResource) -> Table | Fault:
    """The table of a resource whose `data` is a list: of objects, or of lists whose first is the header."""
    rows = resource.data if isinstance(resource.data, list) else []
    if not rows:
        return fault("not-a-table", "empty")
    if all(isinstance(each, dict) for each in rows):
        return Content(labels=tuple(dict.fromkeys(key for each in rows for key in each)), rows=rows).table
    if not all(isinstance(each, list) for each in rows):
        return fault("not-a-table", "not-records")
    if resource.dialect.get("header") is False:
        return Content(labels=tuple(f"field{n + 1}" for n in range(len(rows[0]))), rows=rows).table
    return Content(labels=tuple(as_text(each) or "" for each in rows[0]), rows=rows[1:]).table


@dataclass(frozen=True, kw_only=True)
class Content:
    """Rows, each an object or a list, below their labels."""

    labels: tuple[str, ...]
    rows: list[Any]

    @property
    def table(self) -> Table:
        """These rows as any source gives them."""
        return Table(labels=self.labels, read=ReadAs(format="inline"), batches=self.batches)

    def batches(self) -> Iterator[Batch]:
        """The rows as text; a key that an object does not have is an absent cell."""
        width = len(self.labels)
        for start in range(0, len(self.rows), BATCH):
            texts = [self.texts(row) for row in self.rows[start : start + BATCH]]
            yield Batch(
                columns=columns_of(texts, width),
                rows=len(texts),
                first=start + 1,
                ragged={index: len(row) for index, row in enumerate(texts) if len(row) != width},
            )

    def texts(self, row: dict[str, Any] | list[Any]) -> list[str | None]:
        """The cells of one row."""
        values = [row.get(label) for label in self.labels] if isinstance(row, dict) else row
        return [as_text(each) for each in values]


def as_text(value: Any) -> str | None:
    """A value of JSON as a cell: text as it is, a null as no value, anything else as JSON writes it."""
    return value if value is None or type(value) is str else as_json(value)


def as_json(value: Any) -> str:
    """JSON text in which numbers stand as they were written."""
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(as_json(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_json(key)}: {as_json(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
