"""A project declaration (`beffroi.yaml`), read leniently: what has not the right form is told, and left out."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import Document, JsonSchema, Problem, escaped, read_document
from beffroi.errors import UnusableFile
from beffroi.model.faults import Defect, fault
from beffroi.values import dataclass

NAME = "beffroi.yaml"
FAULTS = {
    "required": "missing-key",
    "type": "wrong-type",
    "enum": "not-listed",
    "pattern": "not-of-the-form",
    "format": "not-of-the-form",
}
"""What a broken keyword of the JSON Schema is told as; the others as `other`."""
MISSING = object()


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A declaration as it is written in `document`; `path` is how reports call it.

    `value` is what it says, without what has not the right form: whoever reads it finds the types that the JSON Schema
    promises, or nothing. An item of a list that is left out is `None`, so that pointers still hold.
    """

    path: str
    document: Document

    @classmethod
    def read(cls, file: Path, name: str | None = None) -> Declaration:
        """The declaration of a file; raises `CannotRead`, or `UnusableFile` for one that holds no mapping."""
        document = read_document(file, name)
        if not isinstance(document.value, dict):
            raise UnusableFile("not-a-declaration", where=document.path)
        return cls(path=document.path, document=document)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Every place where it is not as `schemas/beffroi.schema.json` says."""
        return tuple(form().problems(self.document.value))

    @cached_property
    def defects(self) -> tuple[Defect, ...]:
        """The same as defects, and keys that stand twice, each with its line."""
        found = [each for problem in self.problems for each in defects_of(problem)]
        twice = [
            Defect(fault=fault("declaration-repeated-key", key=pointer.rpartition("/")[2]), pointer=pointer, line=line)
            for pointer, line in self.document.repetitions()
        ]
        return (*(self.placed(each) for each in found), *twice)

    def placed(self, defect: Defect) -> Defect:
        """A defect with its line."""
        line = self.document.line(defect.pointer)
        return Defect(fault=defect.fault, pointer=defect.pointer, line=line)

    @cached_property
    def value(self) -> Mapping[str, Any]:
        """What it says, without what has not the right form."""
        usable: dict[str, Any] = copy.deepcopy(self.document.value)
        for problem in self.problems:
            if problem.keyword == "additionalProperties":
                for key in problem.unknown:
                    left_out(usable, f"{problem.pointer}/{escaped(key)}")
            elif problem.keyword not in {"required", "dependentRequired"}:
                left_out(usable, problem.pointer)
        return usable

    @cached_property
    def complete(self) -> Mapping[str, Any]:
        """The same without the places of items that were left out; pointers may lead to a neighbour."""
        found: Mapping[str, Any] = without_gaps(self.value)
        return found

    def get(self, pointer: str, default: Any = None) -> Any:
        """What stands at a JSON Pointer."""
        found = found_at(self.value, pointer)
        return default if found is MISSING or found is None else found

    def each(self, pointer: str) -> Iterator[tuple[str, Any]]:
        """The items of the list at a pointer, each with its own pointer."""
        for index, item in enumerate(self.get(pointer, [])):
            if item is not None:
                yield f"{pointer}/{index}", item

    def items(self, pointer: str) -> list[Any]:
        """The items of the list at a pointer."""
        return [item for _, item in self.each(pointer)]

    def day(self, pointer: str) -> date | None:
        """The day at a pointer."""
        found = self.get(pointer)
        return date.fromisoformat(found) if found else None

    def flag(self, name: str) -> bool | None:
        """Whether a flag is set; `None` where the declaration does not say."""
        found: bool | None = self.get(f"/project/flags/{escaped(name)}")
        return found

    def place(self, pointer: str) -> tuple[int, int] | tuple[None, None]:
        """Line and column of what stands at a pointer, or of the nearest that holds it."""
        places = self.document.places
        while pointer and pointer not in places:
            pointer = pointer.rpartition("/")[0]
        return places.get(pointer, (None, None))

    def text(self, pointer: str, lang: str) -> str:
        """The text at a pointer in a language, or in the first that it is written in."""
        return text_in(self.get(pointer, ""), lang)


def text_in(text: str | Mapping[str, str], lang: str) -> str:
    """A text in a language, or in the first that it is written in."""
    return text if isinstance(text, str) else text.get(lang) or next(iter(text.values()))


@cache
def form() -> JsonSchema:
    """The JSON Schema of a declaration."""
    return JsonSchema(form_of("beffroi"))


def found_at(value: Any, pointer: str) -> Any:
    """What stands at a JSON Pointer; `MISSING` where there is nothing."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return MISSING
    return value


def without_gaps(value: Any) -> Any:
    """A value without items of lists that are `None`."""
    if isinstance(value, dict):
        return {key: without_gaps(each) for key, each in value.items()}
    return [without_gaps(each) for each in value if each is not None] if isinstance(value, list) else value


def left_out(value: dict[str, Any], pointer: str) -> None:
    """Take out what stands at a pointer; an item of a list becomes `None`."""
    above, _, last = pointer.rpartition("/")
    holder = found_at(value, above)
    key = last.replace("~1", "/").replace("~0", "~")
    if not pointer:
        value.clear()
    elif isinstance(holder, dict):
        holder.pop(key, None)
    elif isinstance(holder, list) and key.isdecimal() and int(key) < len(holder):
        holder[int(key)] = None


def defects_of(problem: Problem) -> Iterator[Defect]:
    """What is wrong at one place, as faults: an unknown key is advice, with the nearest one that is known."""
    place = called(problem.pointer)
    if problem.keyword == "additionalProperties":
        for key in problem.unknown:
            near = difflib.get_close_matches(key, known_keys(problem.pointer), n=1, cutoff=0.6)
            meant = near[0] if near else ""
            cause = "did-you-mean" if near else None
            found = fault("declaration-unknown-key", cause, place=place, key=key, meant=meant)
            yield Defect(fault=found, pointer=f"{problem.pointer}/{escaped(key)}")
        return
    cause = FAULTS.get(problem.keyword, "other")
    found = fault("declaration-form", cause, place=place, expected=problem.expected, found=problem.found)
    yield Defect(fault=found, pointer=problem.pointer)


def called(pointer: str) -> str:
    """How people name a place of the declaration: `project.phase`, `datasets[2].license`."""
    told = ""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        told += f"[{int(key) + 1}]" if key.isdecimal() else f".{key}"
    return told.removeprefix(".") or NAME


@cache
def known_keys(pointer: str) -> tuple[str, ...]:
    """The keys that may stand in the mapping at a pointer."""
    whole = form_of("beffroi")
    return tuple(described(whole, whole, pointer).get("properties", ()))


def described(whole: Mapping[str, Any], schema: Mapping[str, Any], pointer: str) -> Mapping[str, Any]:
    """The part of the JSON Schema that describes the value at a pointer."""
    for part in pointer.split("/")[1:]:
        schema = resolved(whole, schema)
        schema = schema.get("items", {}) if part.isdecimal() else schema.get("properties", {}).get(part, {})
    return resolved(whole, schema)


def resolved(whole: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference within the whole leads to."""
    reference = schema.get("$ref")
    return found_at(whole, reference.removeprefix("#")) if reference else schema
