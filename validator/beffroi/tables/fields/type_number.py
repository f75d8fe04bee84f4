"""`number`: a decimal, with `decimalChar`, `groupChar` and `bareNumber`; or `NaN`, `INF`, `-INF`, in any case."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,15})?")
SPECIAL = {"nan": Decimal("nan"), "inf": Decimal("inf"), "-inf": Decimal("-inf")}


def reader(field: Field) -> Reader:
    """Read a `Decimal`."""
    decimal = numbers.option(field, "decimalChar", ".")
    ungrouped = numbers.without_groups(field)
    bare = field.options.get("bareNumber") is not False
    usual = decimal == "." and not field.options.get("groupChar")
    form = rf"[+-]?[0-9]+({re.escape(decimal)}[0-9]+)?" if decimal != field.options.get("groupChar") else None
    wrong = not_of_type(field, decimal=decimal, example=f"12{decimal}5")

    def read(text: str) -> Any:
        if len(text) <= 4 and text.lower() in SPECIAL:
            return SPECIAL[text.lower()]
        if not bare:
            text = numbers.without_surroundings(text, decimal)
        whole, point, rest = text.partition(decimal)
        whole = ungrouped(whole)
        if decimal != "." and "." in whole + rest:
            return wrong
        number = f"{whole}.{rest}" if point else whole
        return Decimal(number) if NUMBER.fullmatch(number) else wrong

    return numbers.number_reader(field, read, usual=usual, form=form, options=("decimalChar", "groupChar"))


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
