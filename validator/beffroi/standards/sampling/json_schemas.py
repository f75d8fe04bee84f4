"""A value that a JSON Schema asks for, as simple as it may be. What is rarely written is not heeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.expressions import text_of

Maker = Callable[[Mapping[str, Any], Draw, int], Any]
DEPTH = 20
MOST = 1000
"""The most items, and the most characters of a text, that are made."""


def instance(schema: Any, draw: Draw, depth: int = 0) -> Any:
    """A value that is probably valid under a schema (draft 4 to 2020-12); `None` beyond a depth that means no good."""
    if not isinstance(schema, dict) or depth > DEPTH:
        return "x" if schema is True else None
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    for key in ("enum", "examples"):
        if isinstance(schema.get(key), list) and schema[key]:
            return draw.one_of(schema[key])
    for key in ("allOf", "anyOf", "oneOf"):
        if isinstance(schema.get(key), list) and schema[key] and isinstance(schema[key][0], dict):
            return instance({**without(schema, key), **schema[key][0]}, draw, depth + 1)
    make: Maker = MAKERS.get(kind_of(schema), a_text)
    return make(schema, draw, depth)


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type that is asked for, said or to be seen from the keywords."""
    given = schema.get("type")
    given = given[0] if isinstance(given, list) and given else given
    if isinstance(given, str):
        return given
    if {"properties", "required"} & schema.keys():
        return "object"
    return "array" if {"items", "minItems"} & schema.keys() else "string"


def without(schema: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The same without one keyword."""
    return {name: each for name, each in schema.items() if name != key}


def an_object(schema: Mapping[str, Any], draw: Draw, depth: int) -> dict[str, Any]:
    """An object with what it must have."""
    properties = schema.get("properties")
    known = properties if isinstance(properties, dict) else {}
    required = schema.get("required")
    names = [each for each in (required if isinstance(required, list) else known) if isinstance(each, str)]
    return {name: instance(known.get(name, True), draw, depth + 1) for name in names}


def an_array(schema: Mapping[str, Any], draw: Draw, depth: int) -> list[Any]:
    """As many items as there must be, one at least where there may be."""
    least = number(schema, "minItems", 1 if schema.get("maxItems") != 0 else 0)
    return [instance(schema.get("items", True), draw, depth + 1) for _ in range(min(int(least), MOST))]


def a_text(schema: Mapping[str, Any], draw: Draw, _depth: int) -> str:
    """A text of its pattern or format, long enough."""
    least = min(int(number(schema, "minLength", 1)), MOST)
    pattern, form = schema.get("pattern"), schema.get("format")
    if isinstance(pattern, str) and (text := text_of(pattern, draw, least)) is not None:
        return text
    return FORMATS.get(form, "x" * least) if isinstance(form, str) else "x" * least


def a_number(schema: Mapping[str, Any], _draw: Draw, _depth: int) -> int | float:
    """The least number, or the greatest, or one."""
    for key, more in (("minimum", 0), ("exclusiveMinimum", 1), ("maximum", 0), ("exclusiveMaximum", -1)):
        if type(schema.get(key)) in {int, float}:
            found: int | float = schema[key] + more
            return found
    return 1


def number(schema: Mapping[str, Any], key: str, otherwise: int) -> int:
    """A number among the keywords."""
    return schema[key] if type(schema.get(key)) is int else otherwise


FORMATS = {
    "date": "2024-06-03",
    "date-time": "2024-06-03T09:00:00Z",
    "time": "09:00:00Z",
    "email": "contact@ville.example",
    "uri": "https://www.ville.example/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
MAKERS: dict[str, Maker] = {
    "object": an_object,
    "array": an_array,
    "string": a_text,
    "integer": a_number,
    "number": a_number,
    "boolean": lambda _schema, draw, _depth: draw.falls(0.5),
    "null": lambda _schema, _draw, _depth: None,
}
