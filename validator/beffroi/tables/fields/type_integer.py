"""`integer`: digits with an optional sign; `groupChar` between digits; `bareNumber: false` allows a unit around."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

INTEGER = re.compile(r"[+-]?[0-9]+")
LONGEST = 4000


def reader(field: Field) -> Reader:
    """Read an `int`."""
    group = numbers.option(field, "groupChar", "")
    bare = numbers.bare(field)
    wrong = not_of_type(field)
    between = re.compile(rf"(?<=[0-9]){re.escape(group)}(?=[0-9])") if group else None

    def read(text: str) -> Any:
        if not bare:
            text = numbers.without_surroundings(text)
        if between:
            text = between.sub("", text)
        return int(text) if len(text) <= LONGEST and INTEGER.fullmatch(text) else wrong

    def is_integer(signature: str) -> bool:
        return read(signature) is not wrong

    return Reader(
        read=read,
        sure=lambda texts: texts.where_signature(is_integer),
        plain=numbers.unpadded,
        below=numbers.below,
        above=numbers.above,
    )


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
