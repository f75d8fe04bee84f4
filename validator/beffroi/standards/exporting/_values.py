"""Cells as JSON holds them, and what a JSON Schema (2020-12) asks of them: one function a type of Table Schema.

A cell without a value is `null` or not there; numbers, booleans and geometries are what JSON has for them, moments are
texts. A schema of JSON may ask more of how a value is written than ours do, and never less than it tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from beffroi.model.standard import Field
from beffroi.standards.exporting._export import as_text
from beffroi.standards.exporting._expressions import for_ecma
from beffroi.tables.fields import field_type, type_date, type_datetime, type_duration, type_time, type_yearmonth
from beffroi.tables.fields.moments import strptime_pattern

DIRECTIVES = {
    "%Y": "[0-9]{4}",
    "%y": "[0-9]{2}",
    "%m": "(0?[1-9]|1[0-2])",
    "%d": "(0?[1-9]|[12][0-9]|3[01])",
    "%H": "(2[0-3]|[01]?[0-9])",
    "%M": "[0-5]?[0-9]",
    "%S": "(6[01]|[0-5]?[0-9])",
    "%f": "[0-9]{1,6}",
    "%z": "(Z|[+-][0-9]{2}:?[0-9]{2}(:?[0-9]{2}([.][0-9]{1,6})?)?)",
    "%%": "%",
}
"""What `strptime` reads."""
ISO = {"date": type_date.ISO, "time": type_time.ISO, "datetime": type_datetime.ISO}
RFC3339 = {("date", "default"): "date", ("datetime", "%Y-%m-%dT%H:%M:%S%z"): "date-time"}
"""Notations for which JSON Schema has a word."""
LONGITUDE = {"type": "number", "minimum": -180, "maximum": 180}
LATITUDE = {"type": "number", "minimum": -90, "maximum": 90}
DEGREES = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
GEOMETRY = {"$ref": "#/$defs/geometry"}
FEATURES = {"type": "object", "required": ["type"], "properties": {"type": {"enum": ["Feature", "FeatureCollection"]}}}
EXACT = 1 << 53
"""Up to here a JSON number is a whole number to everybody."""
Schema = dict[str, Any]


def text(field: Field) -> Schema:
    """A text, by its format; what a pattern can tell of it, it tells."""
    return {"type": "string", **FORMATS.get(field.format, {})}


FORMATS: Mapping[str, Schema] = {
    "email": {"format": "idn-email", "pattern": r"^[^@\s]+@[^@\s]+$"},
    "uri": {"format": "iri", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$"},
    "uuid": {"format": "uuid", "pattern": "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"},
    "binary": {"contentEncoding": "base64", "pattern": "^[A-Za-z0-9+/]*={0,2}$"},
}


def moment(field: Field) -> Schema:
    """A date, a time or both: as ISO 8601, or in the notation that the field has."""
    word = RFC3339.get((field.type, field.format))
    pattern = moment_pattern(field)
    return {"type": "string", **({"format": word} if word else {}), **({"pattern": pattern} if pattern else {})}


def moment_pattern(field: Field) -> str | None:
    """A pattern of all texts in the notation of a moment; `None` where there is none."""
    if field.format == "any":
        return None
    notation = None if field.format == "default" else strptime_pattern(field.format)[0]
    if notation is None:
        return whole(ISO[field.type])
    tokens = re.findall(r"%.?|\s+|.", notation, re.DOTALL)
    if any(each.startswith("%") and each not in DIRECTIVES for each in tokens):
        return None
    written = (DIRECTIVES.get(each) or (r"\s+" if each.isspace() else escaped(each)) for each in tokens)
    return f"^{''.join(written)}$"


def escaped(sign: str) -> str:
    """A sign that stands for itself, in Python and in ECMA-262."""
    return f"\\{sign}" if sign in "^$\\.*+?()[]{}|" else sign


def whole(expression: re.Pattern[str]) -> str | None:
    """An expression of ours, which is matched in full, for those who search."""
    return for_ecma(expression.pattern)


def year(_field: Field) -> Schema:
    """A year: a number of four digits or more."""
    return {"type": "integer", "not": {"exclusiveMinimum": -1000, "exclusiveMaximum": 1000}}


def point(field: Field) -> Schema:
    """Longitude and latitude."""
    if field.format == "array":
        return {"type": "array", "prefixItems": [LONGITUDE, LATITUDE], "minItems": 2, "maxItems": 2}
    if field.format == "object":
        keys = {"lon": LONGITUDE, "lat": LATITUDE}
        return {"type": "object", "required": ["lon", "lat"], "properties": keys, "additionalProperties": False}
    return {"type": "string", "pattern": rf"^\s*{DEGREES}\s*,\s*{DEGREES}\s*$"}


def geometry(field: Field) -> Schema:
    """GeoJSON, or TopoJSON."""
    if field.format == "topojson":
        members = {"type": {"const": "Topology"}, "objects": {"type": "object"}, "arcs": {"type": "array"}}
        return {"type": "object", "required": list(members), "properties": members}
    return {"anyOf": [GEOMETRY, FEATURES]}


TYPES: Mapping[str, Callable[[Field], Schema]] = {
    "string": text,
    "integer": lambda _: {"type": "integer"},
    "number": lambda _: {"type": "number"},
    "boolean": lambda _: {"type": "boolean"},
    "date": moment,
    "time": moment,
    "datetime": moment,
    "year": year,
    "yearmonth": lambda _: {"type": "string", "pattern": whole(type_yearmonth.MONTH)},
    "duration": lambda _: {"type": "string", "pattern": whole(type_duration.DURATION)},
    "list": lambda _: {"type": "string"},
    "array": lambda _: {"type": "array"},
    "object": lambda _: {"type": "object"},
    "geopoint": point,
    "geojson": geometry,
}
"""What is not here may be anything."""


def json_value(field: Field, cell: str) -> Any:
    """A cell as JSON holds it: a number, a truth value, a structure, a text. One that is not of the type stays text."""
    kind = field_type(field.type)
    if kind is None or field.type == "list":
        return cell
    known = field.format if kind.formats is None or field.format in kind.formats else "default"
    value = kind.reader(replace(field, format=known)).read(cell if kind.keeps_space else cell.strip())
    if field.type == "geopoint" and isinstance(value, tuple):
        return as_point(known, value) or cell
    if isinstance(value, Decimal):
        return as_number(value, cell)
    return value if isinstance(value, bool | int | list | dict) else cell


def given_value(field: Field, given: Any) -> Any:
    """What a schema writes of a value (a bound, an example, one of a list) as JSON holds it."""
    native = NATIVE.get(field.type, ())
    return given if type(given) in native else json_value(field, as_text(given))


NATIVE = {"integer": (int,), "year": (int,), "number": (int, float), "boolean": (bool,)}


def as_point(form: str, value: tuple[Decimal, Decimal]) -> Any:
    """A point as JSON holds it; nothing for a notation that is text."""
    longitude, latitude = map(float, value)
    return {"array": [longitude, latitude], "object": {"lon": longitude, "lat": latitude}}.get(form)


def as_number(value: Decimal, cell: str) -> Any:
    """A number; JSON has none that is infinite or no number at all."""
    if not value.is_finite():
        return cell
    return int(value) if value == value.to_integral_value() and abs(value) < EXACT else float(value)
