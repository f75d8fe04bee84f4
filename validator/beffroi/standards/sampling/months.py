"""Years and months of years, as far from their example as the record is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted

USUAL = 2024
MONTHS = 12
MANY = 50 * MONTHS
"""How many months lie between the bounds where only one is known."""
LEAST = ("minimum", "exclusiveMinimum")
MOST = ("maximum", "exclusiveMaximum")


def sources(wanted: Wanted) -> Iterator[Source]:
    """As far from the example as the record is, then anywhere between the bounds."""
    low, high = (as_months(wanted, wanted.limit(*names)) for names in (LEAST, MOST))
    example = as_months(wanted, wanted.example_value)
    start = within(USUAL * MONTHS, low, high) if example is None else example
    step = MONTHS if wanted.field.type == "year" else 1
    if wanted.distinct:
        yield lambda draw: in_months(wanted, start + draw.number * step)
    yield lambda draw: in_months(wanted, start + draw.days * MONTHS // 365)
    first = low if low is not None else (start if high is None else high) - MANY
    last = high if high is not None else first + MANY
    yield lambda draw: anywhere(wanted, first, last, draw)


def within(months: int, low: int | None, high: int | None) -> int:
    """The months, or the bound that is nearest to them."""
    least = months if low is None else max(months, low)
    return least if high is None else min(least, high)


def anywhere(wanted: Wanted, first: int, last: int, draw: Draw) -> str | None:
    """Any month from the first to the last."""
    return in_months(wanted, draw.between(first, max(first, last)))


def as_months(wanted: Wanted, value: Any) -> int | None:
    """A year, or a pair of year and month, in months from the beginning of year 0."""
    if value is None:
        return None
    year, month = (value, 1) if wanted.field.type == "year" else value
    return int(year) * MONTHS + month - 1


def in_months(wanted: Wanted, months: int) -> str | None:
    """The year, or the year and month, that lies so many months behind the beginning of year 0."""
    year, month = divmod(months, MONTHS)
    return written(wanted, year if wanted.field.type == "year" else (year, month + 1)) if year >= 0 else None


def written(wanted: Wanted, value: Any) -> str | None:
    """`2024`, or `2024-01`."""
    if wanted.field.type == "year":
        return f"{value:04}"
    return f"{value[0]:04}-{value[1]:02}"


FAMILY = Family(sources=sources, written=written)
