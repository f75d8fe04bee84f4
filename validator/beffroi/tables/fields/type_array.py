"""`array`: a JSON array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, LENGTHS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field


def reader(field: Field) -> Reader:
    """Read a `list`."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        value = structured.parsed(text)
        return value if isinstance(value, list) else wrong

    return Reader(read=read, canonical=structured.canonical)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *LENGTHS, "jsonSchema"))
