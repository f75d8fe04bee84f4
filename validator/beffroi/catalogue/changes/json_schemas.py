"""What a change of a JSON Schema does to the values that are valid under it: told for simple cases, else both ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from beffroi.catalogue.changes.change import Effect, mirrored, of_presence, of_sets

ABSENT = object()
LEAST = ("minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum")
MOST = ("maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum")
ASSERTIONS = (
    *("multipleOf", "pattern", "format", "const", "uniqueItems", "dependentRequired", "dependencies", "contains"),
    *("propertyNames", "patternProperties", "anyOf", "oneOf", "not", "dependentSchemas", "contentEncoding"),
    *("contentMediaType", "contentSchema", "prefixItems", "unevaluatedItems", "unevaluatedProperties"),
    *("disallow", "extends"),
)
"""What refuses values by itself: absent, it refuses nothing."""
ENTANGLED = (
    *("if", "then", "else", "additionalItems", "minContains", "maxContains", "$id", "id", "$anchor", "$dynamicAnchor"),
    *("$defs", "definitions", "$ref", "$dynamicRef", "$recursiveRef", "$recursiveAnchor", "$vocabulary"),
)
"""What depends on other keywords, or others on it."""
ACROSS = ("prefixItems", "unevaluatedItems", "unevaluatedProperties")
"""Where one of these is in a schema, any change of another keyword may change what it means."""
NAMED = ("properties", "patternProperties")
"""What names the properties that a closed schema accepts."""


def of_json_schemas(before: Any, after: Any) -> Effect:
    """What the change narrows and widens."""
    one, other = conjuncts(before), conjuncts(after)
    shared = {spelt(each) for each in one} & {spelt(each) for each in other}
    gone = [each for each in one if spelt(each) not in shared]
    new = [each for each in other if spelt(each) not in shared]
    if not gone or not new:
        return of_presence(before=bool(gone), after=bool(new))
    if len(gone) == len(new) == 1 and isinstance(gone[0], dict) and isinstance(new[0], dict):
        return of_keywords(gone[0], new[0])
    return Effect.BOTH


def conjuncts(schema: Any) -> list[Any]:
    """The schemas that must all hold, where a schema says no more than that, without those that refuse nothing."""
    if schema is True:
        return []
    if not isinstance(schema, dict):
        return [schema]
    asserting = {key: each for key, each in schema.items() if asserts(key)}
    if set(asserting) == {"allOf"} and isinstance(schema["allOf"], list):
        return [each for inner in schema["allOf"] for each in conjuncts(inner)]
    return [asserting] if asserting else []


def asserts(keyword: str) -> bool:
    """Whether values can be refused for a keyword; others are remarks."""
    return keyword in KEYWORDS or keyword in ASSERTIONS or keyword in ENTANGLED


def spelt(schema: Any) -> str:
    """One text for equal schemas."""
    return json.dumps(schema, sort_keys=True, default=str)


def of_keywords(before: Mapping[str, Any], after: Mapping[str, Any]) -> Effect:
    """The same of two schemas, keyword by keyword."""
    found = Effect.NONE
    for key in sorted({*before, *after}):
        one, other = before.get(key, ABSENT), after.get(key, ABSENT)
        if one is ABSENT or other is ABSENT or spelt(one) != spelt(other):
            found |= of_keyword(key, one, other, closed=is_closed(before) or is_closed(after))
    entangled = found is not Effect.NONE and any(each in schema for each in ACROSS for schema in (before, after))
    return Effect.BOTH if entangled else found


def is_closed(schema: Mapping[str, Any]) -> bool:
    """Whether a schema refuses properties that it does not name."""
    return schema.get("additionalProperties", True) not in (True, {})


def of_keyword(key: str, before: Any, after: Any, *, closed: bool) -> Effect:
    """The same of one keyword, which differs."""
    if key in ENTANGLED or (closed and key in NAMED):
        return Effect.BOTH
    if key not in KEYWORDS:
        missing = before is ABSENT or after is ABSENT
        return of_presence(before=before is not ABSENT, after=after is not ABSENT) if missing else Effect.BOTH
    return KEYWORDS[key](before, after)


def of_least(before: Any, after: Any) -> Effect:
    """Of a lower limit."""
    if before is ABSENT or after is ABSENT:
        return of_presence(before=before is not ABSENT, after=after is not ABSENT)
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in (before, after)):
        return Effect.BOTH
    return Effect.NONE if before == after else Effect.NARROWS if after > before else Effect.WIDENS


def of_most(before: Any, after: Any) -> Effect:
    """Of an upper limit."""
    return mirrored(of_least(before, after)) if ABSENT not in (before, after) else of_least(before, after)


def of_required(before: Any, after: Any) -> Effect:
    """Of properties that must be there."""
    one, other = (set() if each is ABSENT else each for each in (before, after))
    if not isinstance(one, list | set) or not isinstance(other, list | set):
        return Effect.BOTH
    return mirrored(of_sets({spelt(each) for each in one}, {spelt(each) for each in other}))


def of_listed(before: Any, after: Any) -> Effect:
    """Of the values or types that are accepted."""
    one, other = (each if isinstance(each, list) else [each] for each in (before, after))
    if before is ABSENT or after is ABSENT:
        return of_presence(before=before is not ABSENT, after=after is not ABSENT)
    return of_sets({spelt(each) for each in one}, {spelt(each) for each in other})


def of_type(before: Any, after: Any) -> Effect:
    """Of types; every integer is a number."""
    return of_listed(with_integers(before), with_integers(after))


def with_integers(given: Any) -> Any:
    """Types, with `integer` spelt out where there is `number`."""
    listed = given if isinstance(given, list) else [given]
    return given if given is ABSENT or "number" not in listed else [*listed, "integer"]


def of_properties(before: Any, after: Any) -> Effect:
    """Of the schemas of properties, where others are free."""
    one, other = ({} if each is ABSENT else each for each in (before, after))
    if not isinstance(one, dict) or not isinstance(other, dict):
        return Effect.BOTH
    found = Effect.NONE
    for key in sorted({*one, *other}):
        found |= of_json_schemas(one.get(key, True), other.get(key, True))
    return found


def of_inner(before: Any, after: Any) -> Effect:
    """Of a schema within."""
    return of_json_schemas(True if before is ABSENT else before, True if after is ABSENT else after)


def of_all(before: Any, after: Any) -> Effect:
    """Of schemas that must all hold."""
    listed = [[] if each is ABSENT else each for each in (before, after)]
    if not all(isinstance(each, list) for each in listed):
        return Effect.BOTH
    return of_json_schemas({"allOf": listed[0]}, {"allOf": listed[1]})


KEYWORDS: Mapping[str, Callable[[Any, Any], Effect]] = {
    **dict.fromkeys(LEAST, of_least),
    **dict.fromkeys(MOST, of_most),
    "required": of_required,
    "enum": of_listed,
    "type": of_type,
    "properties": of_properties,
    "additionalProperties": of_inner,
    "items": of_inner,
    "allOf": of_all,
}
