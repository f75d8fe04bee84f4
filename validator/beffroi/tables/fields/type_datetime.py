"""`datetime`: `YYYY-MM-DDThh:mm:ss`, optionally with fraction and time zone, or a `strptime` pattern, or `any`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type
from beffroi.tables.fields.type_time import CLOCK

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ISO = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{CLOCK}")
LOCAL = moments.fixed_layout("%Y-%m-%dT%H:%M:%S")
FORM = moments.form_of("%Y-%m-%dT%H:%M:%S")
UTC_TIME = moments.fixed_layout("%Y-%m-%dT%H:%M:%SZ")


def reader(field: Field) -> Reader:
    """Read a `datetime`; one without time zone is taken for UTC where two are compared."""
    return moments.by_format(field, aware, iso)


def aware(value: datetime) -> datetime:
    """The same moment with a time zone, so that any two can be compared."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def iso(field: Field) -> Reader:
    """Read ISO 8601, as XML Schema's dateTime; `24:00:00` is the first moment of the next day."""
    wrong = not_of_type(field)
    no_such_day = not_of_type(field, "no-such-day")

    def read(text: str) -> Any:
        match = ISO.fullmatch(text)
        if not match:
            return wrong
        day, midnight, seconds, fraction, zone = match.groups()
        try:
            date.fromisoformat(day)
        except ValueError:
            return no_such_day
        try:
            value = datetime.fromisoformat(f"{day}T{seconds or '00:00:00'}{(fraction or '')[:7]}{zone or ''}")
            return aware(value + timedelta(days=1) if midnight else value)
        except (ValueError, OverflowError):
            return wrong

    return Reader(read=read, sure=sure, canonical=moments.canonical, form=f"{FORM}(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?")


def sure(texts: Texts) -> Mask:
    """Where the text is surely a moment, local or in UTC."""
    assert LOCAL is not None
    assert UTC_TIME is not None
    return moments.fits_layout(texts, LOCAL) | moments.fits_layout(texts, UTC_TIME)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS), formats=None)
