"""Every way in which a `standard.yaml` is not of the form of one, with the key that was perhaps meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import Document, JsonSchema, Problem, escaped
from beffroi.model.faults import Defect, Fault, fault

NEAR = 0.75


def misfits(document: Document) -> Iterator[Defect]:
    """Every place where a `standard.yaml` is not what its JSON Schema says."""
    for problem in JsonSchema(form_of("standard")).problems(document.value):
        for key in problem.unknown:
            pointer = f"{problem.pointer}/{escaped(key)}"
            yield Defect(fault=unknown_key(key, problem.pointer), pointer=pointer, line=document.line(pointer))
        if not problem.unknown:
            line = document.line(problem.pointer)
            yield Defect(fault=misfit(problem), pointer=problem.pointer, line=line)


def misfit(problem: Problem) -> Fault:
    """The fault of one place."""
    place, expected, found = problem.pointer or "/", problem.expected, problem.found
    if problem.keyword == "required":
        return fault("standard-form", "missing-key", place=place, key=expected)
    if problem.keyword == "type":
        return fault("standard-form", "wrong-type", place=place, expected=expected, found=found)
    if problem.keyword == "enum":
        return fault("standard-form", "not-listed", place=place, expected=expected, found=found)
    return fault("standard-form", place=place, found=found)


def unknown_key(key: str, place: str) -> Fault:
    """The fault of a key that nobody knows there: misspelt, or misplaced."""
    where = place or "/"
    if key in known_keys():
        return fault("standard-form", "misplaced", place=where, key=key)
    near = difflib.get_close_matches(key, known_keys(), n=1, cutoff=NEAR)
    if near:
        return fault("standard-form", "did-you-mean", place=where, key=key, meant=near[0])
    return fault("standard-form", "unknown-key", place=where, key=key)


@cache
def known_keys() -> tuple[str, ...]:
    """Every key of the form of a standard, wherever it stands."""
    return tuple(sorted(set(keys_in(form_of("standard")))))


def keys_in(schema: Any) -> Iterator[str]:
    """The keys that a JSON Schema and its parts give a form to."""
    if isinstance(schema, Mapping):
        yield from schema.get("properties", ())
    for part in schema.values() if isinstance(schema, Mapping) else schema if isinstance(schema, list) else ():
        yield from keys_in(part)
