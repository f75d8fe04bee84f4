"""GeoJSON (RFC 7946) as a JSON Schema: geometries, features, a collection of these."""

from __future__ import annotations

from typing import Any

from beffroi.tables.fields.type_geojson import NESTED

POSITION: dict[str, Any] = {
    "type": "array",
    "description": "longitude, latitude, perhaps a height",
    "minItems": 2,
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "items": {"type": "number"},
}
LEAST = {"LineString": 2, "Polygon": 4}
"""How many positions a line has, and a ring."""


def coordinates(kind: str) -> dict[str, Any]:
    """The coordinates of a geometry: positions, nested as deep as its kind has them."""
    least = LEAST.get(kind.removeprefix("Multi"))
    found: dict[str, Any] = {"$ref": "#/$defs/position"}
    for depth in range(NESTED[kind]):
        found = {"type": "array", **({"minItems": least} if least and depth == 0 else {}), "items": found}
    return found


def one_geometry(kind: str) -> dict[str, Any]:
    """A geometry of one kind; without any coordinates it stands for none (3.1)."""
    properties = {"type": {"const": kind}, "coordinates": {"anyOf": [coordinates(kind), {"const": []}]}}
    return {"type": "object", "required": ["type", "coordinates"], "properties": properties}


COLLECTION = {
    "type": "object",
    "required": ["type", "geometries"],
    "properties": {
        "type": {"const": "GeometryCollection"},
        "geometries": {"type": "array", "items": {"$ref": "#/$defs/geometry"}},
    },
}
DEFINITIONS: dict[str, Any] = {
    "geometry": {"oneOf": [*map(one_geometry, NESTED), COLLECTION]},
    "position": POSITION,
}


def feature_collection() -> dict[str, Any]:
    """All features."""
    return {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"$ref": "#/$defs/feature"}},
        },
    }


def feature(record: dict[str, Any], *, needed: bool) -> dict[str, Any]:
    """One feature: a record without its geometry, which stands beside it; whether that is `needed`.

    What the record calls `id` may be the feature's own.
    """
    geometry: dict[str, Any] = {"$ref": "#/$defs/geometry"}
    found: dict[str, Any] = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "geometry": geometry if needed else {"anyOf": [geometry, {"type": "null"}]},
            "properties": record,
        },
    }
    if "id" not in record.get("required", ()):
        return found
    others = [each for each in record["required"] if each != "id"]
    found["properties"]["properties"] = {**record, "required": others}
    own = {"properties": {"id": record["properties"]["id"]}}
    within = {"properties": {"properties": {"required": ["id"]}}}
    return {**found, "if": {"required": ["id"]}, "then": own, "else": within}
