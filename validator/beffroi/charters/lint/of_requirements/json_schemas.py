"""The JSON Schemas of a requirement are valid, and their patterns can be searched for in time.

Why: a schema that cannot be used stops every project's check, or judges by something else than what was voted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.charters.lint.seen import Asked
from beffroi.documents import json_schema_validator, refers_within, refused_pattern
from beffroi.model.faults import Defect, Fault, fault

PLACES = (("when", "declaration"), ("declare",))


def defects(asked: Asked) -> Iterator[Defect]:
    """What is wrong with `declare` and `when.declaration`."""
    for pointer, schema in schemas_of(asked):
        if found := unusable(schema):
            yield asked.located(found, pointer)


def schemas_of(asked: Asked) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The JSON Schemas of a requirement, their parameters filled in, each with its pointer."""
    for path in PLACES:
        value: Any = asked.value
        for key in path:
            value = value.get(key, {})
        if value:
            yield "".join(f"/{key}" for key in path), asked.filled(value)


def unusable(schema: Mapping[str, Any]) -> Fault | None:
    """Why a JSON Schema cannot be used."""
    if (refused := refused_pattern(schema)) is not None:
        return fault("charter-bad-json-schema", "unsafe-pattern", pattern=refused)
    if not refers_within(schema):
        return fault("charter-bad-json-schema", "refers-out")
    if json_schema_validator(schema) is None:
        return fault("charter-bad-json-schema")
    return None
