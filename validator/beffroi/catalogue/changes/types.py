"""What is known of types: which constraints, formats and notations they heed, and which take all texts of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beffroi.catalogue.changes.change import Effect
from beffroi.model.standard import Field

LENGTHS = ("minLength", "maxLength")
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
CONSTRAINTS: Mapping[str, tuple[str, ...]] = {
    "any": (),
    "string": (*LENGTHS, "pattern"),
    "integer": BOUNDS,
    "number": BOUNDS,
    "boolean": (),
    "date": BOUNDS,
    "time": BOUNDS,
    "datetime": BOUNDS,
    "year": BOUNDS,
    "yearmonth": BOUNDS,
    "duration": BOUNDS,
    "geopoint": (),
    "geojson": LENGTHS,
    "array": (*LENGTHS, "jsonSchema"),
    "object": (*LENGTHS, "jsonSchema"),
    "list": LENGTHS,
}
"""The constraints of each type, beside `required`, `unique` and `enum` that all have."""
FORMATS: Mapping[str, tuple[str, ...]] = {
    "string": ("default", "email", "uri", "binary", "uuid"),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}
ANY_FORMAT = ("date", "time", "datetime")
"""Types that have any format; those that are not named here have none but `default`."""
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "integer": ("groupChar", "bareNumber"),
    "number": ("decimalChar", "groupChar", "bareNumber"),
    "boolean": ("trueValues", "falseValues"),
    "list": ("delimiter", "itemType"),
    "array": ("arrayItem",),
}
CATEGORISED = ("string", "integer")
TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")
Kind = tuple[str, str]
FREE: tuple[Kind, ...] = (("any", "default"), ("string", "default"))
"""Kinds that take any text."""
WITHIN: tuple[tuple[Kind, Kind], ...] = (
    (("integer", "default"), ("number", "default")),
    (("geojson", "default"), ("object", "default")),
    (("geojson", "topojson"), ("object", "default")),
    (("date", "default"), ("date", "%Y-%m-%d")),
    (("date", "default"), ("date", "any")),
)
"""The second takes all texts of the first, and understands them as the same values."""


def kind_of(field: Field) -> Kind:
    """The type and format by which a field is read: an unknown type as `any`, an unknown format as `default`."""
    if field.type not in CONSTRAINTS or field.type == "any":
        return FREE[0]
    heeded = field.type in ANY_FORMAT or field.format in FORMATS.get(field.type, ())
    return field.type, field.format if heeded else "default"


def is_free(field: Field) -> bool:
    """Whether any text is of the type."""
    return kind_of(field) in FREE


def heeded(field: Field) -> dict[str, Any]:
    """The constraints that apply to the field's type, beside `required` and `unique`."""
    known = ("enum", *CONSTRAINTS[kind_of(field)[0]])
    return {name: given for name, given in field.constraints.items() if name in known}


def options_of(field: Field) -> tuple[str, ...]:
    """The notations that the field's type heeds."""
    return OPTIONS.get(kind_of(field)[0], ())


def of_types(before: Field, after: Field) -> Effect:
    """What a change of type or format does to the texts that are of it."""
    kinds = kind_of(before), kind_of(after)
    if kinds[0] == kinds[1] or all(each in FREE for each in kinds):
        return Effect.NONE
    if kinds[1] in FREE or (within(*kinds) and plain(before) and plain(after)):
        return Effect.WIDENS
    if kinds[0] in FREE or (within(*reversed(kinds)) and plain(before) and plain(after)):
        return Effect.NARROWS
    return Effect.BOTH


def within(one: Kind, other: Kind) -> bool:
    """Whether the second kind is known to take all texts of the first."""
    return (one, other) in WITHIN


def plain(field: Field) -> bool:
    """Whether numbers are written without group characters and units, which types do not set aside alike."""
    return not field.options.get("groupChar") and field.options.get("bareNumber") is not False


def same_values(before: Field, after: Field) -> bool:
    """Whether a text that is of both types is the same value in both."""
    kinds = kind_of(before), kind_of(after)
    return kinds[0][0] == kinds[1][0] or {*kinds} <= {*FREE} or within(*kinds) or within(*reversed(kinds))


def words(field: Field) -> dict[str, bool]:
    """The texts that a field takes for true and for false."""
    found: dict[str, bool] = {}
    for option, otherwise, value in (("trueValues", TRUE, True), ("falseValues", FALSE, False)):
        given = field.options.get(option)
        listed = given if isinstance(given, list) else otherwise
        found |= {str(each).lower() if isinstance(each, bool) else str(each).strip(): value for each in listed}
    return found
