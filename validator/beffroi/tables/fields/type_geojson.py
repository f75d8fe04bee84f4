"""`geojson`: a GeoJSON object (RFC 7946), or a TopoJSON one where the format says `topojson`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, LENGTHS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

NESTED = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How deep positions nest in the coordinates of each geometry (3.1)."""
GEOMETRIES = (*NESTED, "GeometryCollection")
NOT_GEOJSON = "not-geojson"


def reader(field: Field) -> Reader:
    """Read a `dict`."""
    topological = field.format == "topojson"
    wrong = not_of_type(field, expected="topojson" if topological else "geojson")

    def read(text: str) -> Any:
        value = structured.parsed(text)
        if not isinstance(value, dict):
            return wrong
        if topological:
            return value if is_topology(value) else wrong
        problem = next(problems(value), None)
        return value if problem is None else wrong if problem == NOT_GEOJSON else not_of_type(field, problem)

    return Reader(read=read, canonical=structured.canonical)


def is_topology(value: dict[str, Any]) -> bool:
    """Whether an object has the members of a topology (TopoJSON 2.1)."""
    members = isinstance(value.get("objects"), dict) and isinstance(value.get("arcs"), list)
    return members and value.get("type") == "Topology"


def problems(value: dict[str, Any]) -> Iterator[str]:
    """What keeps an object from being GeoJSON: its members, a geometry's shape, a place beyond the globe."""
    kind, features = value.get("type"), value.get("features")
    if kind == "FeatureCollection" and isinstance(features, list):
        for each in features:
            yield from of_feature(each)
    elif kind == "Feature":
        yield from of_feature(value)
    else:
        yield from of_geometry(value)


def of_feature(value: Any) -> Iterator[str]:
    """The problems of a feature (3.2)."""
    whole = isinstance(value, dict) and {"geometry", "properties"} <= value.keys()
    if not whole or value.get("type") != "Feature" or not isinstance(value["properties"], dict | None):
        yield NOT_GEOJSON
    elif value["geometry"] is not None:
        yield from of_geometry(value["geometry"])


def of_geometry(value: Any) -> Iterator[str]:
    """The problems of a geometry (3.1)."""
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
        for each in value["geometries"]:
            yield from of_geometry(each)
    elif isinstance(kind, str) and kind in NESTED and isinstance(value.get("coordinates"), list):
        yield from of_coordinates(kind, value["coordinates"])
    else:
        yield NOT_GEOJSON


def of_coordinates(kind: str, coordinates: list[Any]) -> Iterator[str]:
    """The problems of a geometry's coordinates; without any the geometry is null (3.1)."""
    lines: list[Any] = [coordinates] if coordinates else []
    for _ in range(NESTED[kind] - 1):
        lines = opened(lines)
    positions = opened(lines) if NESTED[kind] else lines
    if not all(isinstance(line, list) for line in lines) or not all(is_position(each) for each in positions):
        yield NOT_GEOJSON
    elif not all(is_whole(line, kind) for line in lines):
        yield "bad-geometry"
    elif any(abs(each[0]) > 180 or abs(each[1]) > 90 for each in positions):
        yield "beyond-the-globe"


def is_whole(line: list[Any], kind: str) -> bool:
    """Whether a line has two positions, a ring four of which the first is the last (3.1.4, 3.1.6)."""
    if kind.endswith("LineString"):
        return len(line) >= 2
    return not kind.endswith("Polygon") or (len(line) >= 4 and line[0] == line[-1])


def opened(values: list[Any]) -> list[Any]:
    """What the lists among the values hold; what is no list stays."""
    return [inner for outer in values for inner in (outer if isinstance(outer, list) else [outer])]


def is_position(value: Any) -> bool:
    """Longitude, latitude and perhaps more, all numbers (3.1.1)."""
    return isinstance(value, list) and len(value) >= 2 and all(type(each) in {int, float} for each in value)


TYPE = FieldType(reader=reader, constraints=(*BASIC, *LENGTHS), formats=("default", "topojson"))
