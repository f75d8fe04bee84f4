"""Every way in which a file of a charter is not of its form, with the key that was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import Document, JsonSchema, Problem, escaped
from beffroi.model.faults import Defect, Fault, fault
from beffroi.settings import LANGUAGES

NEAR = 0.7


def misfits(document: Document, kind: str, file: str | None = None) -> Iterator[Defect]:
    """Every place where a file is not what the JSON Schema of its kind says; `file` is how its charter calls it."""
    for problem in form(kind).problems(document.value):
        for key in problem.unknown:
            pointer = f"{problem.pointer}/{escaped(key)}"
            found = unknown_key(key, problem.pointer or "/", kind)
            yield Defect(fault=found, pointer=pointer, file=file, line=document.line(pointer))
        if not problem.unknown:
            line = document.line(problem.pointer)
            yield Defect(fault=misfit(problem, kind), pointer=problem.pointer, file=file, line=line)


def misfit(problem: Problem, kind: str) -> Fault:
    """The fault of one place."""
    place, expected, found = problem.pointer or "/", problem.expected, problem.found
    if problem.keyword == "required" and expected in LANGUAGES:
        return fault("charter-no-translation", place=place, lang=expected)
    if problem.keyword == "required":
        return fault("charter-form", "missing-key", place=place, key=expected, form=kind)
    if problem.keyword == "type":
        return fault("charter-form", "wrong-type", place=place, expected=expected, found=found)
    if problem.keyword == "enum":
        return fault("charter-form", "not-listed", place=place, expected=expected, found=found)
    return fault("charter-form", place=place, found=found, form=kind)


def unknown_key(key: str, place: str, kind: str) -> Fault:
    """The fault of a key that nobody knows there."""
    near = difflib.get_close_matches(key, known_keys(kind), n=1, cutoff=NEAR)
    if near and near[0] != key:
        return fault("charter-form", "did-you-mean", place=place, key=key, meant=near[0])
    return fault("charter-form", "unknown-key", place=place, key=key, form=kind)


@cache
def form(kind: str) -> JsonSchema:
    """The JSON Schema of a kind of file."""
    return JsonSchema(form_of(kind))


@cache
def known_keys(kind: str) -> tuple[str, ...]:
    """Every key of the form of a kind of file, wherever it stands."""
    return tuple(sorted(set(keys_in(form_of(kind)))))


def keys_in(schema: Any) -> Iterator[str]:
    """The keys that a JSON Schema and its parts give a form to."""
    if isinstance(schema, Mapping):
        yield from schema.get("properties", ())
    for part in schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ():
        yield from keys_in(part)
