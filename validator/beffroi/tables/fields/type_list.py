"""`list`: values of `itemType` with a `delimiter` (a comma) between them, new in Data Package v2."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, LENGTHS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

ITEM_TYPES = ("string", "integer", "boolean", "number", "datetime", "date", "time")


def reader(field: Field) -> Reader:
    """Read a `list` of the items' values; an empty item is refused unless items are texts."""
    from beffroi.tables.fields import field_type

    delimiter = field.options.get("delimiter")
    delimiter = delimiter if isinstance(delimiter, str) and delimiter else ","
    asked = field.options.get("itemType", "string")
    item_type = asked if asked in ITEM_TYPES else "string"
    kind = field_type(item_type)
    assert kind is not None
    item = kind.reader(replace(field, type=item_type, format="default", options={}))
    wrong = not_of_type(field, item=item_type, delimiter=delimiter)

    def read(text: str) -> Any:
        values = [item.read(part if kind.keeps_space else part.strip()) for part in text.split(delimiter)]
        return wrong if any(isinstance(value, Fault) for value in values) else values

    return Reader(
        read=read,
        canonical=lambda values: structured.canonical([item.canonical(each) for each in values]),
        defects=() if asked == item_type else (fault("standard-unknown-type", type=str(asked), field=field.name),),
    )


TYPE = FieldType(reader=reader, constraints=(*BASIC, *LENGTHS))
