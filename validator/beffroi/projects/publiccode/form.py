"""What in a publiccode.yml is not as `schemas/publiccode.schema.json` says."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema, Problem, escaped, shown
from beffroi.projects.declaration import found_at
from beffroi.projects.publiccode.flaw import Flaw, error, warning
from beffroi.projects.publiccode.formats import ALIAS, aliases, checker

SOUGHT = 100
"""For how many unknown words it is looked for what may be meant."""
LONGEST = 60
"""How many characters of a word are compared."""
TYPES = {"string": "not-text", "array": "not-list", "object": "not-mapping", "boolean": "not-true-or-false"}


@cache
def form() -> JsonSchema:
    """The JSON Schema, with our formats and keywords."""
    from jsonschema import Draft202012Validator, validators

    ours = {"deprecated": deprecated, "deprecatedIf": deprecated_if}
    extend: Any = validators.extend
    return JsonSchema(form_of("publiccode"), extend(Draft202012Validator, ours, format_checker=checker()))


def deprecated(_validator: Any, value: Any, _instance: Any, _schema: Any) -> Iterator[Any]:
    """The keyword of JSON Schema that marks what is to be no longer used."""
    from jsonschema import ValidationError

    if value:
        yield ValidationError("deprecated")


def deprecated_if(validator: Any, value: Any, instance: Any, _schema: Any) -> Iterator[Any]:
    """The same for values that a schema describes."""
    from jsonschema import ValidationError

    if validator.evolve(schema=value).is_valid(instance):
        yield ValidationError("deprecated")


def misshapen(value: Mapping[str, Any], written: Mapping[str, str]) -> Iterator[Flaw]:
    """What has not the right form; `written` are the numbers as they are written, by pointer.

    A number where a text should be lacks but its quotes, and is judged as the text that it is.
    """
    problems = tuple(form().problems(value))
    unquoted = [each.pointer for each in problems if is_unquoted(each, value)]
    yield from (warning("number-for-text", each, found=written.get(each, "")) for each in unquoted)
    quoted = with_texts(value, {each: written.get(each, "") for each in unquoted})
    for number, problem in enumerate(form().problems(quoted) if unquoted else problems):
        yield from flaws_of(problem, quoted, sought=SOUGHT - number)


def is_unquoted(problem: Problem, value: Mapping[str, Any]) -> bool:
    """Whether a number stands where a text should."""
    found = found_at(value, problem.pointer)
    texts = problem.keyword == "type" and problem.expected.startswith("string")
    return texts and isinstance(found, int | float) and not isinstance(found, bool)


def with_texts(value: Any, texts: Mapping[str, str], pointer: str = "") -> Any:
    """A value with some texts in it, by pointer."""
    if pointer in texts:
        return texts[pointer]
    if isinstance(value, dict):
        return {key: with_texts(each, texts, f"{pointer}/{escaped(key)}") for key, each in value.items()}
    if isinstance(value, list):
        return [with_texts(each, texts, f"{pointer}/{index}") for index, each in enumerate(value)]
    return value


def flaws_of(problem: Problem, value: Mapping[str, Any], sought: int) -> Iterator[Flaw]:
    """What is wrong at one place; what may be meant by unknown words is looked for `sought` times."""
    at = problem.pointer
    if problem.keyword == "additionalProperties":
        for number, key in enumerate(problem.unknown):
            yield unknown_key(f"{at}/{escaped(key)}", key, value, search=number < sought)
    elif problem.keyword == "required":
        yield error("missing", f"{at}/{escaped(problem.expected)}")
    elif problem.keyword == "not":
        yield error("italy-twice" if at == "/it" else "contractors-without-contract", at)
    elif problem.keyword in {"deprecated", "deprecatedIf"}:
        yield ageing(problem)
    elif problem.keyword == "format":
        yield unlike(problem)
    elif problem.keyword == "type":
        yield error(TYPES[problem.expected.split(", ")[0]], at, found=problem.found)
    else:
        yield out_of_bounds(problem, found_at(value, at), search=sought > 0)


def unknown_key(pointer: str, key: str, value: Mapping[str, Any], *, search: bool) -> Flaw:
    """A key that does not belong there: one of version 0, a misspelt one, or another."""
    if str(value.get("publiccodeYmlVersion", "")).startswith("1") and key in keys_of("v0"):
        return error("gone-in-version-1", pointer)
    meant = meant_key(key) if search else ""
    return error("misspelt-key", pointer, meant=meant) if meant else error("unknown-key", pointer)


def meant_key(key: str) -> str:
    """The key that may be meant: the same in other letters, or the nearest one."""
    same = [each for each in keys_of("v0") if each.casefold() == key.casefold() and each != key and each != "it"]
    near = same or difflib.get_close_matches(key[:LONGEST], keys_of("v0") - {key}, n=1, cutoff=0.75)
    return near[0] if near else ""


@cache
def keys_of(version: str) -> frozenset[str]:
    """All keys that a version knows, wherever they stand."""
    parts = form_of("publiccode")["$defs"]
    other = {"v0": "V1", "v1": "V0"}[version]
    return frozenset(
        key
        for name, part in parts.items()
        if name != other.lower() and not name.endswith(other)
        for key in properties_in(part)
    )


def properties_in(schema: Any) -> Iterator[str]:
    """The keys that a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for each in schema.values():
            yield from properties_in(each)


def ageing(problem: Problem) -> Flaw:
    """What is deprecated: a key, or what stands there."""
    if problem.keyword == "deprecated":
        return warning("deprecated-key", problem.pointer)
    older = problem.pointer == "/publiccodeYmlVersion"
    return warning("older-version" if older else "small-letters", problem.pointer, found=problem.found)


def unlike(problem: Problem) -> Flaw:
    """A text that is not what it must be."""
    kind = problem.expected.removesuffix("-any-case")
    if problem.pointer == "/description":
        return error("not-language", f"{problem.pointer}/{escaped(problem.found)}", found=problem.found)
    if kind == "supported" and problem.found.startswith(ALIAS):
        return error("not-alias", problem.pointer, found=problem.found, known=shown(list(aliases())))
    return error(f"not-{kind}", problem.pointer, found=problem.found)


def out_of_bounds(problem: Problem, found: Any, *, search: bool) -> Flaw:
    """What is not listed, too short, too long or empty."""
    at, expected = problem.pointer, problem.expected
    if problem.keyword == "enum":
        return not_listed(problem, search=search)
    if problem.keyword == "maxLength":
        return error("too-long", at, length=len(found), most=expected)
    if problem.keyword == "minLength" and found.strip():
        return error("too-short", at, length=len(found), least=expected)
    return error("empty", at)


def not_listed(problem: Problem, *, search: bool) -> Flaw:
    """A value that is not in its list; of a long list, the nearest one is named."""
    listed = listed_in(problem.pointer)
    if not listed:
        return error("not-listed", problem.pointer, found=problem.found, expected=problem.expected)
    near = difflib.get_close_matches(problem.found[:LONGEST], listed, n=1, cutoff=0.6) if search else []
    if near:
        return error("not-in-list-but-near", problem.pointer, found=problem.found, meant=near[0])
    return error("not-in-list", problem.pointer, found=problem.found)


def listed_in(pointer: str) -> list[str]:
    """The values of the long lists of the standard, by where they stand."""
    kind = "category" if pointer.startswith("/categories/") else "scope" if "/scope/" in pointer else None
    values: list[str] = form_of("publiccode")["$defs"][kind]["enum"] if kind else []
    return values
