"""What a JSON Schema of a charter speaks of: keys and values of a declaration, beside what its form knows there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import escaped
from beffroi.expressions.keywords import holds
from beffroi.projects.declaration import found_at
from beffroi.values import dataclass

SAME = ("allOf", "anyOf", "oneOf")
ALSO = ("not", "if", "then", "else")
ITEMS = ("items", "contains", "unevaluatedItems")
BELOW = ("properties", "dependentSchemas")
Form = tuple[Mapping[str, Any], ...]
"""The parts of the declaration's form that describe one place: several where it may be of several forms."""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One thing that is spoken of at `pointer` of a JSON Schema: a `key`, or some `values`, at a `place`.

    `known` are the keys of that place, `None` where any may stand; `allowed` the values, where the form lists them.
    """

    pointer: str
    place: str
    key: str | None = None
    known: tuple[str, ...] | None = None
    values: tuple[Any, ...] = ()
    allowed: tuple[Any, ...] = ()


def spoken(schema: Mapping[str, Any]) -> Iterator[Spoken]:
    """Everything that a JSON Schema on declarations speaks of."""
    return walked(schema, (whole_form(),), "", "")


def walked(schema: Any, form: Form, pointer: str, place: str) -> Iterator[Spoken]:
    """The same of a part of it, about what stands at a place of the declaration."""
    if not isinstance(schema, Mapping):
        return
    known = keys_of(form)
    for key, at in keys_named(schema):
        if not is_own(key, form):
            yield Spoken(pointer=f"{pointer}{at}", place=place, key=key, known=known)
    if values := values_named(schema):
        yield Spoken(pointer=pointer, place=place, values=values, allowed=values_of(form))
    for each, of, at, where in parts_of(schema, form, place):
        yield from walked(each, of, f"{pointer}{at}", where)


def parts_of(schema: Mapping[str, Any], form: Form, place: str) -> Iterator[tuple[Any, Form, str, str]]:
    """The parts of a JSON Schema, each with the form of what it is about, its pointer, and the place."""
    for key in ALSO:
        yield schema.get(key), form, f"/{key}", place
    for key in SAME:
        yield from ((each, form, f"/{key}/{index}", place) for index, each in enumerate(schema.get(key, ())))
    for key in ITEMS:
        yield schema.get(key), items_of(form), f"/{key}", f"{place}/0"
    for name, each in schema.get("properties", {}).items():
        yield each, property_of(form, name), f"/properties/{escaped(name)}", f"{place}/{escaped(name)}"
    for name, each in schema.get("dependentSchemas", {}).items():
        yield each, form, f"/dependentSchemas/{escaped(name)}", place


def keys_named(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The keys that one part of a JSON Schema names, each with its pointer there."""
    for index, name in enumerate(schema.get("required", ())):
        yield name, f"/required/{index}"
    for key in BELOW:
        for name in schema.get(key, {}):
            if name not in schema.get("required", ()):
                yield name, f"/{key}/{escaped(name)}"
    for name, others in schema.get("dependentRequired", {}).items():
        at = f"/dependentRequired/{escaped(name)}"
        yield name, at
        yield from ((other, f"{at}/{index}") for index, other in enumerate(others))


def values_named(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """The texts of which one is asked for."""
    given = [schema["const"]] if "const" in schema else schema.get("enum", ())
    return tuple(each for each in given if isinstance(each, str))


@cache
def whole_form() -> Mapping[str, Any]:
    """The JSON Schema of a declaration."""
    return form_of("beffroi")


def resolved(form: Form) -> Form:
    """The parts that references lead to, and those of which one holds."""
    found: list[Mapping[str, Any]] = []
    for each in form:
        if "$ref" in each:
            found.extend(resolved((found_at(whole_form(), each["$ref"].removeprefix("#")),)))
            continue
        found.append(each)
        for key in SAME:
            found.extend(resolved(tuple(each.get(key, ()))))
    return tuple(found)


def keys_of(form: Form) -> tuple[str, ...] | None:
    """The keys that may stand in a place; `None` where any may, or nothing is known."""
    parts = [each for each in resolved(form) if each.get("type") == "object"]
    if not parts or any(each.get("additionalProperties") is not False for each in parts):
        return None
    return tuple(dict.fromkeys(name for each in parts for name in each.get("properties", ())))


def is_own(key: str, form: Form) -> bool:
    """Whether a key is one that anybody may add to a place (`x-…`)."""
    patterns = (words for each in resolved(form) for words in each.get("patternProperties", ()))
    return any(holds(words, key) for words in patterns)


def values_of(form: Form) -> tuple[Any, ...]:
    """The values that may stand in a place, where they are listed."""
    parts = [each for each in resolved(form) if "$ref" not in each]
    return tuple(value for each in parts for value in each.get("enum", ()))


def items_of(form: Form) -> Form:
    """What describes the items of a list."""
    return tuple(each["items"] for each in resolved(form) if isinstance(each.get("items"), Mapping))


def property_of(form: Form, name: str) -> Form:
    """What describes the value of a key."""
    return tuple(each["properties"][name] for each in resolved(form) if name in each.get("properties", {}))
