"""`time`: `hh:mm:ss` with optional fraction and time zone, or a `strptime` pattern, or `any` notation."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import moments
from beffroi.tables.fields.contract import BASIC, BOUNDS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field
    from beffroi.tables.texts import Mask, Texts

ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
CLOCK = rf"(?:(24:00:00(?:\.0+)?)|([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})(\.[0-9]+)?){ZONE}"
ISO = re.compile(CLOCK)
LAYOUT = moments.fixed_layout("%H:%M:%S")


def reader(field: Field) -> Reader:
    """Read a `time`; one without time zone is taken for UTC where two are compared."""
    return moments.by_format(field, time_of, iso)


def time_of(value: datetime) -> time:
    """The time of day, with a time zone."""
    return aware(value.timetz())


def aware(value: time) -> time:
    """The same time with a time zone, so that any two can be compared."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def iso(field: Field) -> Reader:
    """Read ISO 8601, as XML Schema's time; `24:00:00` is midnight."""
    wrong = not_of_type(field)

    def read(text: str) -> Any:
        match = ISO.fullmatch(text)
        if not match:
            return wrong
        _, seconds, fraction, zone = match.groups()
        try:
            return aware(time.fromisoformat(f"{seconds or '00:00:00'}{(fraction or '')[:7]}{zone or ''}"))
        except ValueError:
            return wrong

    return Reader(read=read, sure=sure, canonical=moments.canonical, form=moments.form_of("%H:%M:%S"))


def sure(texts: Texts) -> Mask:
    """Where the text is surely a time of day."""
    assert LAYOUT is not None
    return moments.fits_layout(texts, LAYOUT)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *BOUNDS), formats=None)
