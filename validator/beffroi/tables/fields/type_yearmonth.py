"""`yearmonth`: a month of a year as XML Schema's gYearMonth, such as `2024-01`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type
from beffroi.tables.fields.type_year import ZONE

if TYPE_CHECKING:
    from beffroi.model.standard import Field

MONTH = re.compile(rf"(-?(?:[1-9][0-9]{{3,8}}|0[0-9]{{3}}))-(0[1-9]|1[0-2]){ZONE}")
LAYOUT = moments.fixed_layout("%Y-%m")


def reader(field: Field) -> Reader:
    """Read a pair `(year, month)`."""
    wrong = not_of_type(field)
    assert LAYOUT is not None
    layout = LAYOUT

    def read(text: str) -> Any:
        match = MONTH.fullmatch(text)
        return (int(match[1]), int(match[2])) if match else wrong

    return Reader(
        read=read,
        sure=lambda texts: moments.fits_layout(texts, layout),
        form="[0-9]{4}-(0[1-9]|1[0-2])",
        canonical=lambda value: f"{value[0]:04}-{value[1]:02}",
    )


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
