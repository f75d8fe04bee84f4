"""`number`: a decimal, with `decimalChar`, `groupChar` and `bareNumber`; `NaN`, `INF` and `-INF` as the specification has them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,6})?")
SPECIAL = {"NaN": Decimal("nan"), "INF": Decimal("inf"), "-INF": Decimal("-inf")}


def reader(field: Field) -> Reader:
    """Read a `Decimal`."""
    decimal = numbers.option(field, "decimalChar", ".")
    group = numbers.option(field, "groupChar", "")
    bare = numbers.bare(field)
    wrong = not_of_type(field, decimal=decimal, example=f"12{decimal}5")
    between = re.compile(rf"(?<=[0-9]){re.escape(group)}(?=[0-9])") if group else None

    def read(text: str) -> Any:
        if text in SPECIAL:
            return SPECIAL[text]
        if not bare:
            text = numbers.without_surroundings(text, decimal)
        whole, point, rest = text.partition(decimal)
        if between:
            whole = between.sub("", whole)
        if decimal != "." and "." in whole + rest:
            return wrong
        text = f"{whole}.{rest}" if point else whole
        return Decimal(text) if NUMBER.fullmatch(text) else wrong

    def is_number(signature: str) -> bool:
        return read(signature) is not wrong

    usual = decimal == "." and not group
    return Reader(
        read=read,
        sure=lambda texts: texts.where_signature(is_number),
        canonical=numbers.canonical,
        plain=numbers.unpadded,
        below=numbers.below if usual else None,
        above=numbers.above if usual else None,
    )


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
