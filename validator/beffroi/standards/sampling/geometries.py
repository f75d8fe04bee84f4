"""The example's geometry, as far from it as the record is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted

USUAL = {"type": "Point", "coordinates": [2.3522, 48.8566]}
TOPOLOGY = {"type": "Topology", "objects": {}, "arcs": []}
DECIMALS = 6
"""About ten centimetres (RFC 7946, section 11.2)."""


def sources(wanted: Wanted) -> Iterator[Source]:
    """The example, moved; a topology stays as it is."""
    topological = wanted.field.format == "topojson"
    example = wanted.example_value or (TOPOLOGY if topological else USUAL)

    def geometry(draw: Draw) -> str:
        away = draw.number * 0.0001 if wanted.distinct and not draw.attempt else 0.0
        return as_json(example if topological else moved(example, draw.east + away, draw.north))

    yield geometry


def moved(value: Any, east: float, north: float) -> Any:
    """The same with all positions moved."""
    if isinstance(value, dict):
        return {key: moved(each, east, north) if key in HOLDERS else each for key, each in value.items()}
    if not isinstance(value, list) or not value:
        return value
    if isinstance(value[0], int | float):
        return [round(value[0] + east, DECIMALS), round(value[1] + north, DECIMALS), *value[2:]]
    return [moved(each, east, north) for each in value]


HOLDERS = {"coordinates", "geometry", "geometries", "features"}


def as_json(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


FAMILY = Family(sources=sources, written=lambda _wanted, value: as_json(value))
