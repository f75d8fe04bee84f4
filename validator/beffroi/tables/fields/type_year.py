"""`year`: a calendar year as XML Schema's gYear: four digits or more, optionally a sign and a time zone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import numbers
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
YEAR = re.compile(rf"(-?(?:[1-9][0-9]{{3,8}}|0[0-9]{{3}})){ZONE}")


def reader(field: Field) -> Reader:
    """Read an `int`."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        match = YEAR.fullmatch(text)
        return int(match[1]) if match else wrong

    return Reader(
        read=read,
        sure=has_four_digits,
        plain=lambda texts: has_four_digits(texts) & numbers.unpadded(texts),
        below=numbers.below,
        form="[0-9]{4}",
        plain_form="[1-9][0-9]{3}",
        span=numbers.span,
        above=numbers.above,
    )


def has_four_digits(texts: Texts) -> Mask:
    """Where the text is four digits."""
    return texts.where_signature(lambda signature: signature == "0000")


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS))
