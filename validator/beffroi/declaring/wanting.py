"""What a requirement asks a declaration for: keys that its JSON Schema requires, or that its verifiers look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.documents import escaped
from beffroi.model.charter import Outcome, Requirement
from beffroi.projects.applying import hindrances, schema_of
from beffroi.projects.declaration import Declaration

ALTERNATIVES = ("anyOf", "oneOf")


def applies(requirement: Requirement, declaration: Declaration) -> bool:
    """Whether a requirement surely applies, by what is declared so far."""
    return next(hindrances(requirement.applies, declaration), None) is None


def open_flags(requirement: Requirement, declaration: Declaration) -> tuple[str, ...]:
    """The flags that decide whether a requirement applies, where nothing else stands in its way."""
    found = list(hindrances(requirement.applies, declaration))
    if any(each.outcome is Outcome.NOT_APPLICABLE or each.because.rule != "flags-untold" for each in found):
        return ()
    return requirement.applies.flags


def wanted(requirement: Requirement, declaration: Declaration) -> Iterator[str]:
    """The pointers of what a requirement asks a declaration for; `-` stands for any item of a list."""
    if requirement.declare is not None:
        schema, value = requirement.declare, declaration.value
        fits = next(schema_of(schema).problems(value), None) is None
        yield from required(schema, value, "", alternatives=not fits)
    for use in requirement.verify:
        pointer = use.options.get("pointer")
        if isinstance(pointer, str):
            yield pointer


def required(schema: Any, value: Any, at: str, *, alternatives: bool) -> Iterator[str]:
    """The pointers of keys that a JSON Schema requires in a value; of `alternatives`, all, or none once one is met."""
    if not isinstance(schema, Mapping):
        return
    held = value if isinstance(value, Mapping) else {}
    for key in schema.get("required", ()):
        yield f"{at}/{escaped(key)}"
    for key, keys in schema.get("dependentRequired", {}).items():
        yield from (f"{at}/{escaped(each)}" for each in keys if key in held)
    for key, below in schema.get("properties", {}).items():
        yield from required(below, held.get(key), f"{at}/{escaped(key)}", alternatives=alternatives)
    for below in (schema.get("items"), schema.get("contains")):
        yield from required(below, first(value), f"{at}/-", alternatives=alternatives)
    for below in same_place(schema, value, alternatives=alternatives):
        yield from required(below, value, at, alternatives=alternatives)


def same_place(schema: Mapping[str, Any], value: Any, *, alternatives: bool) -> Iterator[Any]:
    """The schemas that hold for the same value: all that must, alternatives, and what a condition asks."""
    yield from schema.get("allOf", ())
    for keyword in ALTERNATIVES if alternatives else ():
        yield from schema.get(keyword, ())
    if isinstance(schema.get("if"), Mapping):
        holds = next(schema_of(schema["if"]).problems(value), None) is None
        yield schema.get("then" if holds else "else")


def first(value: Any) -> Any:
    """The first item of a list."""
    return value[0] if isinstance(value, list) and value else None
