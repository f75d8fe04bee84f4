"""`datetime`: `YYYY-MM-DDThh:mm:ss` with optional fraction and time zone, or a `strptime` pattern, or `any` notation."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ISO = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
LOCAL = moments.fixed_layout("%Y-%m-%dT%H:%M:%S")
UTC_TIME = moments.fixed_layout("%Y-%m-%dT%H:%M:%SZ")


def reader(field: Field) -> Reader:
    """Read a `datetime`; one without time zone is taken for UTC where two are compared."""
    if field.format == "default":
        return iso(field)
    if field.format == "any":
        return moments.by_any(field, aware)
    pattern, defects = moments.strptime_pattern(field.format)
    return moments.by_pattern(field, pattern, aware, defects) if pattern else iso(field, defects)


def aware(value: datetime) -> datetime:
    """The same moment with a time zone, so that any two can be compared."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def iso(field: Field, defects: tuple[Any, ...] = ()) -> Reader:
    """Read ISO 8601, as XML Schema's dateTime."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        match = ISO.fullmatch(text)
        if not match:
            return wrong
        seconds, fraction, zone = match.groups()
        try:
            return aware(datetime.fromisoformat(f"{seconds}{(fraction or '')[:7]}{zone or ''}"))
        except ValueError:
            return not_of_type(field, "no-such-day")

    return Reader(read=read, sure=sure, canonical=moments.isoformat, defects=defects)


def sure(texts: Texts) -> Mask:
    """Where the text is surely a moment, local or in UTC."""
    assert LOCAL is not None
    assert UTC_TIME is not None
    return moments.fits_layout(texts, LOCAL) | moments.fits_layout(texts, UTC_TIME)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS), formats=None)
