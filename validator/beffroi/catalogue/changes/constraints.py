"""What changed in the constraints of a field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from beffroi.catalogue.changes.bounds import max_length_change, maximum_change, min_length_change, minimum_change
from beffroi.catalogue.changes.change import Change, Effect, of_presence
from beffroi.catalogue.changes.json_schemas import of_json_schemas
from beffroi.catalogue.changes.patterns import of_patterns, usable
from beffroi.catalogue.changes.sides import Tables
from beffroi.catalogue.changes.types import heeded
from beffroi.catalogue.changes.values import value_changes
from beffroi.model.standard import Field


def pattern_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Another pattern, where the type has one that can be matched."""
    old, new = (given if usable(given := heeded(each).get("pattern")) else None for each in (before, after))
    if old != new:
        if old is None or new is None:
            effect = of_presence(before=old is not None, after=new is not None)
        else:
            effect = of_patterns(old, new)
        yield given_change(tables, "pattern", effect, field=after.name, before=old, after=new)


def json_schema_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Another JSON Schema for the objects or arrays of a column."""
    old, new = (
        given if isinstance(given := heeded(each).get("jsonSchema"), dict) else None for each in (before, after)
    )
    if old != new:
        effect = of_json_schemas({} if old is None else old, {} if new is None else new)
        yield given_change(tables, "json-schema", effect, field=after.name, before=old, after=new)


def not_heeded(tables: Tables, field: str, key: str, before: Any, after: Any) -> Change:
    """A change of what nothing depends on, such as a pattern of numbers."""
    return tables.change("not-heeded", Effect.NONE, field=field, key=key, before=before, after=after)


def given_change(tables: Tables, noun: str, effect: Effect, **told: Any) -> Change:
    """A constraint that is given, taken away or given otherwise."""
    ending = "added" if told["before"] is None else "removed" if told["after"] is None else "changed"
    return tables.change(f"{noun}-{ending}", effect, noun, key=KEYS[noun], **told)


KEYS = {"pattern": "pattern", "json-schema": "jsonSchema"}
FAMILIES: Mapping[tuple[str, ...], Callable[[Tables, Field, Field], Iterator[Change]]] = {
    ("minimum", "exclusiveMinimum"): minimum_change,
    ("maximum", "exclusiveMaximum"): maximum_change,
    ("minLength",): min_length_change,
    ("maxLength",): max_length_change,
    ("pattern",): pattern_change,
    ("jsonSchema",): json_schema_change,
    ("enum", "categories"): value_changes,
}
"""What tells the changes of which constraints."""


def constraint_changes(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """Every change of a constraint, but for those that can be told of any type; and those that nothing depends on."""
    for keys, told in FAMILIES.items():
        found = list(told(tables, before, after))
        yield from found
        given = [{**each.constraints, **each.options} for each in (before, after)]
        differing = [key for key in keys if given[0].get(key) != given[1].get(key)]
        if differing and not found:
            key = differing[0]
            yield not_heeded(tables, after.name, key, given[0].get(key), given[1].get(key))
