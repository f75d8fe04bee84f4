"""`integer`: digits with an optional sign; `groupChar` between digits; `bareNumber: false` allows a unit around."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

INTEGER = re.compile(r"[+-]?[0-9]+")
PYTHON_READS = 4000
"""Python refuses to read an `int` of more than 4300 digits, as reading takes quadratic time; a `Decimal` does not."""


def reader(field: Field) -> Reader:
    """Read an `int`, or a whole `Decimal` where the number has thousands of digits."""
    ungrouped = numbers.without_groups(field)
    bare = field.options.get("bareNumber") is not False
    usual = not field.options.get("groupChar")
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        digits = ungrouped(text if bare else numbers.without_surroundings(text))
        if not INTEGER.fullmatch(digits):
            return wrong
        return int(digits) if len(digits) <= PYTHON_READS else Decimal(digits)

    return numbers.number_reader(field, read, usual=usual, form="[+-]?[0-9]+", options=("groupChar",))


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
