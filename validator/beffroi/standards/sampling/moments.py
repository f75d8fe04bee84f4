"""Dates and times: all of a record lie as far from their examples as each other, so that they keep their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.tables.fields.moments import strptime_pattern

USUAL = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
"""Where there is no example."""
ZONE = re.compile(r"(Z|[+-][0-9]{2}:?[0-9]{2})\Z")
ISO_PATTERNS = {"date": "%Y-%m-%d", "time": "%H:%M:%S%z", "datetime": "%Y-%m-%dT%H:%M:%S%z"}
QUARTER = 15


def sources(wanted: Wanted) -> Iterator[Source]:
    """As far from the example as the record is, then anywhere between the bounds."""
    if wanted.field.type == "time":
        yield lambda draw: written(wanted, moved_clock(wanted, draw))
        return
    if wanted.distinct:
        yield lambda draw: written(wanted, later(wanted, draw.number))
    yield lambda draw: written(wanted, moved(wanted, draw))
    yield lambda draw: written(wanted, between(wanted, draw))


def centre(wanted: Wanted) -> Any:
    """The example, or else the bound or the moment that is usual."""
    low, high = bounds(wanted)
    usual: Any = USUAL.date() if wanted.field.type == "date" else USUAL
    if wanted.example_value is not None:
        return wanted.example_value
    return low if low is not None and low > usual else high if high is not None and high < usual else usual


def bounds(wanted: Wanted) -> tuple[Any, Any]:
    """The earliest and the latest moment."""
    return wanted.limit("minimum", "exclusiveMinimum"), wanted.limit("maximum", "exclusiveMaximum")


def later(wanted: Wanted, number: int) -> Any:
    """So many days, or hours, after the example."""
    step = timedelta(days=number) if wanted.field.type == "date" else timedelta(hours=number)
    return added(centre(wanted), step)


def moved(wanted: Wanted, draw: Draw) -> Any:
    """As far from the example as the record is."""
    hours = 0 if wanted.field.type == "date" else draw.hours
    step = timedelta(days=draw.days, hours=hours)
    return added(centre(wanted), step) or added(centre(wanted), -step)


def between(wanted: Wanted, draw: Draw) -> Any:
    """Any moment between the bounds, in steps of days, or of seconds."""
    low, high = bounds(wanted)
    unit = timedelta(days=1) if wanted.field.type == "date" else timedelta(seconds=1)
    if low is None and high is None:
        return None
    if low is None or high is None:
        away = unit * draw.between(0, 365 * 86400 if wanted.field.type == "datetime" else 365)
        return added(high, -away) if low is None else added(low, away)
    return added(low, unit * draw.between(0, max((high - low) // unit, 0)))


def moved_clock(wanted: Wanted, draw: Draw) -> time:
    """A time of day, some quarters of an hour from the example or between the bounds."""
    clock = wanted.example_value or wanted.limit("minimum", "maximum") or USUAL.timetz()
    minutes = 0 if draw.first else draw.between(-8, 8) * QUARTER * draw.reach
    if wanted.distinct:
        minutes = draw.number
    start = datetime.combine(USUAL.date(), clock)
    return (start + timedelta(minutes=minutes)).timetz()


def added(moment: Any, step: timedelta) -> Any:
    """A moment so much later; `None` beyond what calendars hold."""
    try:
        return moment + step
    except OverflowError:
        return None


def written(wanted: Wanted, value: Any) -> str | None:
    """A moment in the field's format, with the time zone written as in the example."""
    if not isinstance(value, date | time):
        return None
    pattern = pattern_of(wanted)
    if wanted.field.format in {"default", "any"} and not has_zone(wanted):
        pattern = pattern.replace("%z", "")
    year = f"{value.year:04}" if isinstance(value, date) else "%Y"
    zone = zone_of(value, wanted.example)
    return value.strftime(pattern.replace("%Y", year).replace("%z", zone))


def pattern_of(wanted: Wanted) -> str:
    """The format as `strptime` has it."""
    usual = ISO_PATTERNS[wanted.field.type]
    if wanted.field.format in {"default", "any"}:
        return usual
    return strptime_pattern(wanted.field.format)[0] or usual


def has_zone(wanted: Wanted) -> bool:
    """Whether the time zone is written, as the example has it; without an example, a moment has it."""
    if wanted.field.type == "date":
        return False
    return wanted.field.type == "datetime" if wanted.example is None else bool(ZONE.search(wanted.example))


def zone_of(value: Any, example: str | None) -> str:
    """The time zone of a moment, written as in the example; `Z` for UTC where that has none."""
    offset = value.utcoffset() if isinstance(value, datetime | time) else None
    written_as = ZONE.search(example or "")
    if not offset and (written_as is None or written_as[1] == "Z"):
        return "Z"
    minutes = int((offset or timedelta()).total_seconds()) // 60
    colon = "" if written_as and written_as[1] != "Z" and ":" not in written_as[1] else ":"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{colon}{abs(minutes) % 60:02}"


FAMILY = Family(sources=sources, written=written)
