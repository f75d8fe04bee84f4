"""`date`: `YYYY-MM-DD`, or a `strptime` pattern, or `any` complete notation."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LAYOUT = moments.fixed_layout("%Y-%m-%d")


def reader(field: Field) -> Reader:
    """Read a `date`."""
    if field.format == "default":
        return iso(field)
    if field.format == "any":
        return moments.by_any(field, datetime.date)
    pattern, defects = moments.strptime_pattern(field.format)
    return moments.by_pattern(field, pattern, datetime.date, defects) if pattern else iso(field, defects)


def iso(field: Field, defects: tuple[Any, ...] = ()) -> Reader:
    """Read `YYYY-MM-DD` (ISO 8601)."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        if not ISO.fullmatch(text):
            return wrong
        try:
            return date.fromisoformat(text)
        except ValueError:
            return not_of_type(field, "no-such-day")

    return Reader(
        read=read,
        sure=sure,
        canonical=date.isoformat,
        plain=sure,
        below=lambda texts, bound: compared(texts, bound, below=True),
        above=lambda texts, bound: compared(texts, bound, below=False),
        defects=defects,
    )


def sure(texts: Texts) -> Mask:
    """Where the text is surely a date."""
    assert LAYOUT is not None
    return moments.fits_layout(texts, LAYOUT)


def compared(texts: Texts, bound: date, *, below: bool) -> Mask:
    """Dates in this notation sort as their digits do."""
    fits, matrix = texts.matrix(10)
    digits = matrix[:, [0, 1, 2, 3, 5, 6, 8, 9]].astype(np.int64) - ord("0")
    numbers = digits @ (10 ** np.arange(8)[::-1])
    limit = bound.year * 10000 + bound.month * 100 + bound.day
    fits = fits.copy()
    fits[fits] = (numbers < limit) if below else (numbers > limit)
    return fits & sure(texts)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS), formats=None)
