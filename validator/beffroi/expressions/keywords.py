"""JSON Schemas that others write: each of their patterns is searched for by what never takes long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import ValidationError, validators

from beffroi.expressions import searched

REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


def refused_pattern(schema: Mapping[str, Any]) -> str | None:
    """The first pattern that cannot be understood, or be searched for in time.

    Where jsonschema might judge a part by its own keywords, each pattern must be one that `re` itself may search for.
    """
    by_python = leads_away(schema)
    for each in patterns_in(schema):
        found = searched(each)
        if found is None or (by_python and not isinstance(found, re.Pattern)):
            return each
    return None


def patterns_in(value: Any) -> Iterator[str]:
    """Whatever may be meant as a pattern."""
    for each in objects_in(value):
        if isinstance(each.get("pattern"), str):
            yield each["pattern"]
        if isinstance(each.get("patternProperties"), Mapping):
            yield from each["patternProperties"]


def leads_away(schema: Mapping[str, Any]) -> bool:
    """Whether jsonschema might judge a part of the schema by its own keywords.

    They are chosen anew by a `$schema`, also by that of a published schema which refers back to this one; and there is
    none of ours for `unevaluatedProperties`.
    """
    for number, each in enumerate(objects_in(schema)):
        references = (each.get(key) for key in REFERENCES)
        if any(isinstance(to, str) and not to.startswith("#") for to in references):
            return True
        if "unevaluatedProperties" in each or (number and isinstance(each.get("$schema"), str)):
            return True
    return False


def objects_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every object in a value, the outermost first."""
    if isinstance(value, Mapping):
        yield value
    for child in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from objects_in(child)


def bounded(kind: Any) -> Any:
    """A kind of validator of jsonschema, with its keywords on patterns replaced by ours."""
    stock = kind.VALIDATORS["additionalProperties"]

    def additional_properties(validator: Any, given: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[Any]:
        if validator.is_type(value, "object"):
            patterns = schema.get("patternProperties", ())
            rest = {key: each for key, each in value.items() if not any(holds(words, key) for words in patterns)}
            yield from stock(validator, given, rest, {**schema, "patternProperties": {}})

    ours = {
        "pattern": pattern,
        "patternProperties": pattern_properties,
        "additionalProperties": additional_properties,
    }
    return validators.extend(kind, ours)  # type: ignore[no-untyped-call]


def pattern(validator: Any, words: str, value: Any, _schema: Any) -> Iterator[Any]:
    """A text holds what matches."""
    if validator.is_type(value, "string") and not holds(words, value):
        yield ValidationError(f"{value!r} does not match {words!r}")


def pattern_properties(validator: Any, given: Mapping[str, Any], value: Any, _schema: Any) -> Iterator[Any]:
    """What stands under a key that holds what matches is valid."""
    for words, schema in given.items() if validator.is_type(value, "object") else ():
        for key, each in value.items():
            if holds(words, key):
                yield from validator.descend(each, schema, path=key, schema_path=words)


def holds(words: str, text: str) -> bool:
    """Whether a part of the text matches a pattern that was not refused."""
    expression = searched(words)
    assert expression is not None
    return bool(expression.search(text))
