"""Where a declaration writes codes: its JSON Schema says of which list they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import escaped
from beffroi.projects.declaration import Declaration, resolved
from beffroi.values import dataclass

TEXT = "#/$defs/text"


class Kind(StrEnum):
    """Of which list a code is, as descriptions of the JSON Schema begin."""

    CURRENCY = "ISO 4217"
    COUNTRY = "ISO 3166-1"
    LANGUAGE = "BCP 47"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A code as it is written at `pointer`."""

    kind: Kind
    code: str
    pointer: str


def written_codes(declaration: Declaration) -> Iterator[Written]:
    """Every code of a declaration, also those whose form is wrong."""
    yield from codes_in(declaration.document.value, form_of("beffroi"), "")


def codes_in(value: Any, schema: Mapping[str, Any], pointer: str) -> Iterator[Written]:
    """The codes in a value that a part of the JSON Schema describes."""
    if schema.get("$ref") == TEXT and isinstance(value, dict):
        for key in value:
            yield Written(kind=Kind.LANGUAGE, code=key, pointer=f"{pointer}/{escaped(key)}")
        return
    kind = next((each for each in Kind if schema.get("description", "").startswith(each)), None)
    schema = resolved(form_of("beffroi"), schema)
    for at, each, described in parts_of(value, schema, pointer):
        if kind and isinstance(each, str):
            yield Written(kind=kind, code=each, pointer=at)
        else:
            yield from codes_in(each, described, at)
    if kind and isinstance(value, str):
        yield Written(kind=kind, code=value, pointer=pointer)


def parts_of(value: Any, schema: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    """What a mapping or a list holds, each with its pointer and its part of the JSON Schema, where it has one."""
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from ((f"{pointer}/{escaped(key)}", each, known[key]) for key, each in value.items() if key in known)
    elif isinstance(value, list) and "items" in schema:
        yield from ((f"{pointer}/{index}", each, schema["items"]) for index, each in enumerate(value))
