"""What is wrong with the metadata of a data package: by the specification, and by the standard that asks for more."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema, Problem, escaped, json_schema_validator, refused_pattern, shown
from beffroi.model.faults import Defect, fault
from beffroi.packages.paths import named
from beffroi.visible import quoted

RULE = "package-metadata"
PATHS = re.compile(r"/resources/\d+/path(/\d+)?")
PUBLISHED = ("https://specs.frictionlessdata.io/schemas/", "https://datapackage.org/profiles/")
LIMITS = ("minItems", "minLength", "minProperties")
OTHER_NAMES = {"licence": "licenses", "licences": "licenses", "license": "licenses", "ressources": "resources"}
NEAR = 0.88


def against_form(descriptor: Mapping[str, Any]) -> tuple[Defect, ...]:
    """What `descriptor` breaks of the Data Package specification, in the order of the document.

    Paths are left out: what is wrong with them is told where they are followed.
    """
    misspelt = tuple(misspelt_keys(descriptor))
    found = (
        as_defect(each, descriptor)
        for each in form().problems(descriptor)
        if not (each.keyword == "pattern" and PATHS.fullmatch(each.pointer))
    )
    return tuple(dict.fromkeys((*misspelt, *found)))


def against_standard(descriptor: Mapping[str, Any], fragment: Mapping[str, Any]) -> tuple[Defect, ...]:
    """What `descriptor` breaks of a standard's own `package:`, a JSON Schema.

    A fault that `against_form` tells too is told by an equal value. A schema that cannot be used is a defect of the
    standard; references to the published profiles of data packages are not followed, since `against_form` judges that.
    """
    own = without_published(fragment)
    if (refused := refused_pattern(own)) is not None:
        bad = fault("standard-bad-key", "unsafe-pattern", key="package", pattern=refused)
        return (Defect(fault=bad, pointer="/package"),)
    schema = json_schema_validator(own)
    problems = [Problem(pointer="", keyword="$ref", expected="", found="")]
    if schema:
        problems = list(schema.problems(descriptor))
    return tuple(
        dict.fromkeys(
            Defect(fault=fault("standard-bad-key", key="package"), pointer="/package")
            if each.keyword == "$ref"
            else as_defect(each, descriptor)
            for each in problems
        )
    )


@cache
def form() -> JsonSchema:
    """Our JSON Schema of a descriptor."""
    return JsonSchema(form_of("datapackage"))


@cache
def forms_by_pattern() -> Mapping[str, str]:
    """What our JSON Schema calls each form that it writes as a pattern."""
    return {each["pattern"]: name for name, each in form_of("datapackage")["$defs"].items() if "pattern" in each}


@cache
def known_keys() -> Mapping[str, tuple[str, ...]]:
    """The keys known at the top of a descriptor, and in a resource."""
    schema = form_of("datapackage")
    return {"package": tuple(schema["properties"]), "resource": tuple(schema["$defs"]["resource"]["properties"])}


def misspelt_keys(descriptor: Mapping[str, Any]) -> Iterator[Defect]:
    """Keys that nobody knows, so near to a known one that it must be meant."""
    yield from misspelt_in(descriptor, "package", "")
    resources = descriptor.get("resources")
    for index, each in enumerate(resources if isinstance(resources, list) else ()):
        if isinstance(each, dict):
            yield from misspelt_in(each, "resource", f"/resources/{index}")


def misspelt_in(given: Mapping[str, Any], kind: str, pointer: str) -> Iterator[Defect]:
    """The misspelt keys of one object."""
    for key in given:
        meant = meant_by(key, kind)
        if meant and meant not in given:
            yield misspelt(pointer, key, meant)


def meant_by(key: str, kind: str) -> str | None:
    """The known key that an unknown one is a slip of; `title_fr` is not one of `title`."""
    known = known_keys()[kind]
    if key in known or OTHER_NAMES.get(key) in known:
        return None if key in known else OTHER_NAMES[key]
    near = difflib.get_close_matches(key.lower(), known, n=1, cutoff=NEAR)
    return near[0] if near and not key.startswith(near[0]) else None


def misspelt(pointer: str, key: str, meant: str) -> Defect:
    """The defect of a key that was meant to be another."""
    return Defect(
        fault=fault(
            RULE, "did-you-mean", meant, place=named(f"{pointer}/{escaped(key)}"), found=named(key), expected=meant
        ),
        pointer=f"{pointer}/{escaped(key)}",
    )


def as_defect(problem: Problem, descriptor: Any) -> Defect:
    """A broken keyword of a JSON Schema in the words of the rule."""
    place = {"place": named(problem.pointer)} if problem.pointer else {}
    if problem.keyword == "required":
        return missing_key(problem, descriptor, place)
    cause, details = told(problem, found_text(value_at(descriptor, problem.pointer)))
    return Defect(fault=fault(RULE, cause, **place, **details), pointer=problem.pointer)


def missing_key(problem: Problem, descriptor: Any, place: Mapping[str, str]) -> Defect:
    """A key is not there, unless it is there under another name."""
    kind = "package" if not problem.pointer else "resource"
    for key in value_at(descriptor, problem.pointer):
        if meant_by(key, kind) == problem.expected:
            return misspelt(problem.pointer, key, problem.expected)
    return Defect(fault=fault(RULE, "missing-key", **place, expected=problem.expected), pointer=problem.pointer)


def found_text(value: Any) -> str:
    """What stands in a descriptor as a message shows it: a text between quotes, anything else as JSON."""
    return quoted(shown(value)) if isinstance(value, str) else shown(value)


def told(problem: Problem, value: str) -> tuple[str, dict[str, str]]:
    """The cause and the details of any other problem, with the value found."""
    found = {"found": value}
    if problem.keyword == "type":
        return "wrong-type", {**found, "expected": problem.expected}
    if problem.keyword in {"pattern", "format"}:
        form_name = forms_by_pattern().get(problem.expected)
        return "bad-form", {**found, **({"expected": form_name} if form_name else {})}
    if problem.keyword in LIMITS and problem.expected == "1":
        return "empty", {}
    if problem.keyword == "additionalProperties":
        return "unknown-key", {"found": problem.found}
    if problem.keyword in {"anyOf", "oneOf"} and (keys := required_in(problem.expected)):
        return "missing-one-of", {"expected": keys}
    if problem.keyword == "not" and (keys := required_in(f"[{problem.expected}]")):
        return "not-together", {"expected": keys}
    allowed = {"expected": problem.expected} if problem.keyword in {"enum", "const"} else {}
    return "bad-value", {**found, **allowed}


def required_in(text: str) -> str | None:
    """The keys that alternatives of the form `{"required": […]}` ask for."""
    try:
        alternatives = json.loads(text)
    except json.JSONDecodeError:
        return None
    if not all(
        isinstance(each, dict) and "required" in each and set(each) <= {"type", "required"} for each in alternatives
    ):
        return None
    return ", ".join(key for each in alternatives for key in each["required"])


def value_at(value: Any, pointer: str) -> Any:
    """The value at a JSON Pointer (RFC 6901)."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def without_published(schema: Any) -> Any:
    """A JSON Schema without its references to the published profiles of data packages."""
    if isinstance(schema, list):
        return [without_published(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_published(value)
        for key, value in schema.items()
        if not (key == "$ref" and isinstance(value, str) and value.startswith(PUBLISHED))
    }
