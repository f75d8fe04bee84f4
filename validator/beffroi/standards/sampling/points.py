"""Points as far from their example as the record is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.tables.fields.type_geopoint import WRITTEN

USUAL = (Decimal("2.3522"), Decimal("48.8566"))
"""Longitude and latitude where there is no example: the middle of Paris."""
LEAST_DECIMALS = 4


def sources(wanted: Wanted) -> Iterator[Source]:
    """As far from the example as the record is."""
    longitude, latitude = wanted.example_value or USUAL
    decimals = max(LEAST_DECIMALS, *(len(format(part, "f").partition(".")[2]) for part in (longitude, latitude)))

    def point(draw: Draw) -> str | None:
        away = draw.number * 0.0001 if wanted.distinct and not draw.attempt else 0.0
        moved = (float(longitude) + draw.east + away, float(latitude) + draw.north)
        return None if draw.first and wanted.example else in_notation(wanted, *(f"{x:.{decimals}f}" for x in moved))

    yield point


def written(wanted: Wanted, value: Any) -> str | None:
    """A pair of longitude and latitude in the field's notation."""
    return in_notation(wanted, *(format(part, "f") for part in value))


def in_notation(wanted: Wanted, longitude: str, latitude: str) -> str:
    """Longitude and latitude in the field's notation."""
    return WRITTEN[wanted.field.format].format(latitude, longitude)


FAMILY = Family(sources=sources, written=written)
