"""`list`: values of `itemType` with a `delimiter` (a comma) between them, new in Data Package v2."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, LENGTHS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")


def reader(field: Field) -> Reader:
    """Read a `list` of the items' values; an empty item is refused unless items are texts."""
    from dataclasses import replace

    from beffroi.tables.fields import field_type

    delimiter = field.options.get("delimiter")
    delimiter = delimiter if isinstance(delimiter, str) and delimiter else ","
    kind = field.options.get("itemType", "string")
    known = kind in ITEM_TYPES
    items = field_type(kind if known else "string")
    assert items is not None
    read_item = items.reader(replace(field, type=kind if known else "string", format="default", options={})).read
    wrong = not_of_type(field, item=kind, delimiter=delimiter)

    def read(text: str) -> Any:
        values = [read_item(item if kind == "string" else item.strip()) for item in text.split(delimiter)]
        return wrong if any(isinstance(value, Fault) for value in values) else values

    defects = () if known else (fault("standard-unknown-type", type=str(kind), field=field.name),)
    return Reader(
        read=read, canonical=lambda value: structured.canonical([str(each) for each in value]), defects=defects
    )


TYPE = FieldType(reader=reader, constraints=(*BASIC, *LENGTHS))
