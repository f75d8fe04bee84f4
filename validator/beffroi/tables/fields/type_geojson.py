"""`geojson`: a GeoJSON object (RFC 7946), or a TopoJSON one where the format says `topojson`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault
from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.standard import Field

GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")


def reader(field: Field) -> Reader:
    """Read a `dict`."""
    wrong = not_of_type(field, expected=field.format if field.format == "topojson" else "geojson")

    def read(text: str) -> Any:
        value = structured.parsed(text)
        if not isinstance(value, dict):
            return wrong
        if field.format == "topojson":
            return value if value.get("type") == "Topology" and isinstance(value.get("objects"), dict) else wrong
        return problem(value, field) or value

    return Reader(read=read, canonical=structured.canonical)


def problem(value: dict[str, Any], field: Field) -> Fault | None:
    """What keeps an object from being GeoJSON: its type, its shape, an open ring, a place beyond the globe."""
    import geojson

    try:
        found = geojson.GeoJSON.to_instance(value, strict=True)
    except (ValueError, TypeError, AttributeError, KeyError, UnicodeEncodeError):
        return not_of_type(field)
    if found.get("type") not in (*GEOMETRIES, "Feature", "FeatureCollection"):
        return not_of_type(field)
    geometries = list(geometries_of(found))
    if any(not geometry.is_valid for geometry in geometries):
        return not_of_type(field, "bad-geometry")
    if any(not on_globe(geometry.get("coordinates")) for geometry in geometries):
        return not_of_type(field, "beyond-the-globe")
    return None


def geometries_of(value: Any) -> Any:
    """The geometries with coordinates inside a GeoJSON object."""
    if value is None:
        return
    if "coordinates" in value:
        yield value
    for child in [*value.get("geometries", ()), *value.get("features", ()), value.get("geometry")]:
        yield from geometries_of(child)


def on_globe(coordinates: Any) -> Any:
    """Whether every position has a longitude within ±180 and a latitude within ±90."""
    if not coordinates:
        return True
    if isinstance(coordinates[0], list | tuple):
        return all(on_globe(each) for each in coordinates)
    longitude, latitude = coordinates[:2]
    return -180 <= longitude <= 180 and -90 <= latitude <= 90


TYPE = FieldType(reader=reader, constraints=BASIC, formats=("default", "topojson"))
