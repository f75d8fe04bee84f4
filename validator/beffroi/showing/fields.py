"""What a field asks for, in an officer's words: the same words that findings use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Fault
from beffroi.model.standard import CheckUse, Field, TableSchema
from beffroi.rulebook import known_rules, rule
from beffroi.showing.words import Words, in_language
from beffroi.tables.plans import compile_plan
from beffroi.visible import visible

BOUNDS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum", "minLength", "maxLength")
COLUMNS = ("field", "longitude", "latitude", "column", "columns", "other")
"""The options of checks that name columns."""
SIGNS = {"sum-columns": (" = ", " + ")}
"""The signs between the columns of a check, before the second and before the others."""
NONSENSE = "\x00"
"""A text that is of no type, so that readers say what they expect."""


def kind(field: Field, lang: str) -> str:
    """What a value is: "a whole number", "a date"; "text" for what may be any."""
    known = rule("type").words["words"]["type"]
    name = field.format if field.type == "string" else field.type
    return str(known[name][lang]) if name in known else Words("fields", lang)("text")


def notation(field: Field, lang: str) -> str:
    """How a value is written; empty where any text will do."""
    plan, _ = compile_plan(field, ())
    refused = plan.reader.read(NONSENSE)
    details = dict(refused.details) if isinstance(refused, Fault) else {}
    if details.get("true") and details.get("false"):
        return Words("fields", lang)("boolean", true=details["true"], false=details["false"])
    known = rule("type").words["words"]["expected"]
    expected = details.get("expected", "")
    if expected == "pattern" and details.get("example"):
        return Words("fields", lang)("such-as", example=details["example"])
    return str(known[expected][lang]) if expected in known else expected


def conditions(field: Field, lang: str) -> Iterator[str]:
    """What a value must be beyond its type, each condition by itself, but for the values that are listed."""
    words = Words("fields", lang)
    unit = f" {field.unit}" if field.unit else ""
    return (words(key, **{"unit": unit, **details}) for key, details in conditions_of(field))


def conditions_of(field: Field) -> Iterator[tuple[str, dict[str, str]]]:
    """The same before they are words: the key of each, and what fills it."""
    if field.constraints.get("unique") is True:
        yield "unique", {}
    for each in BOUNDS:
        if each in field.constraints:
            yield each, {"limit": str(field.constraints[each])}
    if "pattern" in field.constraints:
        yield "pattern", {"pattern": str(field.constraints["pattern"])}


def allowed(field: Field, lang: str) -> list[tuple[str, str]]:
    """The values that are listed (`enum`, `categories`), each with its label; an empty label where it has none."""
    given: Any = field.constraints.get("enum") or field.options.get("categories") or ()
    return [
        (str(each["value"]), in_language(each.get("label"), lang)) if isinstance(each, dict) else (str(each), "")
        for each in given
    ]


def keys(schema: TableSchema, lang: str) -> Iterator[str]:
    """What must be unique in a table, and what refers to another."""
    words = Words("fields", lang)
    for key, details in keys_of(schema):
        yield words(key, **{name: ", ".join(names) for name, names in details.items()})


def keys_of(schema: TableSchema) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """The same before they are words: the key of each, and the names that fill it."""
    if schema.primary_key:
        yield "primary-key", {"fields": schema.primary_key}
    for names in schema.unique_keys:
        yield "unique-key", {"fields": names}
    for key in schema.foreign_keys:
        known = "foreign-key" if key.resource else "own-key"
        yield known, {"fields": key.fields, "resource": (key.resource,), "there": key.reference_fields}


def check(use: CheckUse, lang: str) -> str:
    """What a check beyond the table schema asks, and of which columns."""
    columns = "".join(f"{sign}{name}" for sign, name in columns_of(use))
    return f"{title(use, lang)} ({columns})" if columns else title(use, lang)


def title(use: CheckUse, lang: str) -> str:
    """What a check claims; its name where nobody knows it."""
    return str(rule(use.check).words["title"][lang]) if use.check in known_rules() else visible(use.check)


def columns_of(use: CheckUse) -> Iterator[tuple[str, str]]:
    """The columns that a check is about, each with the sign before it: `start <= end`, `total = part + part`."""
    named = [use.options.get(key) for key in COLUMNS]
    lists = [each if isinstance(each, list | tuple) else [each] for each in named]
    columns = [each for names in lists for each in names if isinstance(each, str)]
    first, others = SIGNS.get(use.check, (", ", ", "))
    first = f" {use.options['operator']} " if "operator" in use.options else first
    return zip(("", first, *(others for _ in columns)), columns, strict=False)
