"""`date`: `YYYY-MM-DD`, or a `strptime` pattern, or `any` complete notation."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from beffroi.tables.arrays import np
from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LAYOUT = moments.fixed_layout("%Y-%m-%d")
FORM = moments.form_of("%Y-%m-%d")


def reader(field: Field) -> Reader:
    """Read a `date`."""
    return moments.by_format(field, datetime.date, iso)


def iso(field: Field) -> Reader:
    """Read `YYYY-MM-DD` (ISO 8601)."""
    wrong = not_of_type(field)
    no_such_day = not_of_type(field, "no-such-day")

    def read(text: str) -> Any:
        if not ISO.fullmatch(text):
            return wrong
        try:
            return date.fromisoformat(text)
        except ValueError:
            return no_such_day

    return Reader(
        read=read,
        sure=sure,
        canonical=date.isoformat,
        plain=sure,
        below=lambda texts, bound: sure(texts) & (as_numbers(texts) < as_number(bound)),
        above=lambda texts, bound: sure(texts) & (as_numbers(texts) > as_number(bound)),
        form=FORM,
        plain_form=FORM,
        span=span,
    )


def sure(texts: Texts) -> Mask:
    """Where the text is surely a date."""
    assert LAYOUT is not None
    return moments.fits_layout(texts, LAYOUT)


def span(bound: date, above: bool, inclusive: bool) -> str | None:  # noqa: FBT001 - as the contract has it
    """The days on one side of a bound."""
    from beffroi.tables.fields import bounds

    return bounds.same_width(bound.isoformat(), above=above, inclusive=inclusive)


def as_number(day: date) -> int:
    """Year, month and day as the eight digits that they are written with."""
    return day.year * 10000 + day.month * 100 + day.day


def as_numbers(texts: Texts) -> np.ndarray:
    """The same for texts of ten bytes, -1 elsewhere; dates in this notation sort as their digits do."""
    fits, matrix = texts.matrix(10)
    numbers = np.full(len(texts), -1, dtype=np.int64)
    digits = matrix[:, [0, 1, 2, 3, 5, 6, 8, 9]].astype(np.int64) - ord("0")
    numbers[fits] = digits @ (10 ** np.arange(8)[::-1])
    return numbers


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS), formats=None)
