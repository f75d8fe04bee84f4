"""The form of an answer: what `schemas/beffroi.schema.json` says of the place that a question is about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema
from beffroi.projects.declaration import described, resolved
from beffroi.values import dataclass


class Kind(StrEnum):
    """What an answer is: a text in a language, a word as it is, and so on; or a mapping that is asked key by key."""

    TEXT = "text"
    WORD = "word"
    CHOICE = "choice"
    YES_NO = "yes-no"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    EMAIL = "email"
    ADDRESS = "url"
    PATH = "path"
    MAPPING = "mapping"


NAMED = {
    "text": Kind.TEXT,
    "date": Kind.DATE,
    "period": Kind.PERIOD,
    "email": Kind.EMAIL,
    "url": Kind.ADDRESS,
    "path": Kind.PATH,
}
"""What the definitions of the schema are asked as."""
TYPED = {"boolean": Kind.YES_NO, "integer": Kind.WHOLE, "number": Kind.NUMBER, "object": Kind.MAPPING}


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form of the value at `pointer`: one of a kind, or `many` of them.

    `choices` are the values of an enumeration; `keys` those of a mapping, `required` those that it cannot do without.
    """

    pointer: str
    kind: Kind
    many: bool = False
    choices: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    description: str = ""

    @property
    def is_list(self) -> bool:
        """Whether it is a list of mappings, asked item by item."""
        return self.many and self.kind is Kind.MAPPING

    @property
    def is_mapping(self) -> bool:
        """Whether it is one mapping."""
        return not self.many and self.kind is Kind.MAPPING


def form_at(pointer: str) -> Form | None:
    """The form of the value at a JSON Pointer, in which `-` is any item of a list; `None` where nothing may stand."""
    return cached_form(as_first(pointer))


@cache
def cached_form(pointer: str) -> Form | None:
    """The same, each once."""
    if pointer.startswith("/project/flags/"):
        return Form(pointer=pointer, kind=Kind.YES_NO)
    found = described_at(pointer)
    if found is None:
        return None
    name, schema = found
    description = schema.get("description", "")
    if schema.get("type") != "array":
        return form(pointer, name, schema, description)
    item_name, item = named(schema["items"])
    return form(f"{pointer}/0", item_name, item, description, many=pointer)


def form(pointer: str, name: str, schema: Mapping[str, Any], description: str, many: str = "") -> Form:
    """The form of one value, or of `many` of them at a pointer of their own."""
    kind = NAMED.get(name) or (Kind.CHOICE if "enum" in schema else TYPED.get(schema.get("type", ""), Kind.WORD))
    return Form(
        pointer=many or pointer,
        kind=kind,
        many=bool(many),
        choices=tuple(map(str, schema.get("enum", ()))),
        keys=tuple(schema.get("properties", ())),
        required=tuple(schema.get("required", ())),
        description=description,
    )


def described_at(pointer: str) -> tuple[str, Mapping[str, Any]] | None:
    """The name of the definition that describes a value, if it has one, and the schema."""
    above, _, key = pointer.rpartition("/")
    holder = described(whole(), whole(), above)
    schema = holder.get("items") if key.isdecimal() else holder.get("properties", {}).get(key)
    if schema is None:
        return None
    name, value = named(schema)
    described_by = {} if name in NAMED else {"description": value.get("description", "")}
    return name, {**value, "description": "", **described_by, **schema}


def named(schema: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name of the definition that a schema refers to, if it does, and what it says."""
    return str(schema.get("$ref", "")).rpartition("/")[2], resolved(whole(), schema)


@cache
def whole() -> Mapping[str, Any]:
    """The JSON Schema of a declaration."""
    return form_of("beffroi")


@cache
def schema_for(pointer: str) -> JsonSchema:
    """The compiled schema of one value of a form: an item, where there may be many."""
    found = cached_form(pointer)
    place = f"{pointer}/0" if found and found.many else pointer
    return JsonSchema({"$defs": whole()["$defs"], **described(whole(), whole(), place)})


def as_first(pointer: str) -> str:
    """A pointer with the first item in place of any."""
    return "/".join("0" if part == "-" or part.isdecimal() else part for part in pointer.split("/"))


def as_any(pointer: str) -> str:
    """A pointer with `-` in place of each number of an item."""
    return "/".join("-" if part.isdecimal() else part for part in pointer.split("/"))
