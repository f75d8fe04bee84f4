"""Descriptions of APIs: which kind a document is, and whether it has the essentials of that kind.

OpenAPI 2.0 and 3, AsyncAPI 2 and 3, and the landing and conformance pages of OGC API (19-072, 7). What each must have
is in `schemas/api-description.schema.json`; that it names a licence is our own rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from beffroi.catalogue.definitions import form_of
from beffroi.documents import JsonSchema, Problem, escaped
from beffroi.model.faults import Fault, reason
from beffroi.projects.declaration import MISSING, found_at
from beffroi.projects.publiccode.flaw import dotted
from beffroi.values import dataclass

KINDS = {
    "openapi": ("openapi-3", "OpenAPI"),
    "swagger": ("openapi-2", "OpenAPI"),
    "asyncapi": ("asyncapi", "AsyncAPI"),
    "conformsTo": ("ogc-conformance", "OGC API"),
    "links": ("ogc-landing", "OGC API"),
}
"""By the key that tells a kind: its part of the JSON Schema, and what it is called."""
DESCRIBING = {"service-desc", "service-doc", "conformance", "data"}
"""Relations by which the landing page of an OGC API leads on."""
MOST_REFERENCES = 10_000


@dataclass(frozen=True, kw_only=True)
class Interface:
    """A description of an API: its `kind`, how that is `called`, and how many `parts` (paths, channels) it has."""

    kind: str
    called: str
    version: str
    title: str
    parts: int
    value: Mapping[str, Any]

    @property
    def has_licence(self) -> bool:
        """Whether it says under which licence it is."""
        if self.kind.startswith("ogc"):
            links = self.value.get("links")
            return any(isinstance(each, dict) and each.get("rel") == "license" for each in links or ())
        return bool(found_at(self.value, "/info/license") not in (MISSING, None))


def interface(value: Any) -> Interface | None:
    """The description that a document is; `None` for a document of another kind."""
    key = next((each for each in KINDS if isinstance(value, dict) and each in value), None)
    if key is None or (key == "links" and not is_landing(value)):
        return None
    kind, called = KINDS[key]
    version = value[key] if isinstance(value[key], str) else ""
    title = found_at(value, "/info/title" if kind not in {"ogc-landing", "ogc-conformance"} else "/title")
    title = title if isinstance(title, str) else ""
    return Interface(kind=kind, called=called, version=version, title=title, parts=parts_of(value, kind), value=value)


def is_landing(value: Mapping[str, Any]) -> bool:
    """Whether a document that has links is the landing page of an OGC API."""
    links = value["links"] if isinstance(value["links"], list) else ()
    return any(isinstance(each, dict) and str(each.get("rel", "")).rpartition("/")[2] in DESCRIBING for each in links)


def parts_of(value: Mapping[str, Any], kind: str) -> int:
    """How many paths, channels, links or conformance classes a document has."""
    keys = {"asyncapi": ("channels",), "ogc-landing": ("links",), "ogc-conformance": ("conformsTo",)}
    found = (value.get(key) for key in keys.get(kind, ("paths", "webhooks")))
    return sum(sum(not str(each).startswith("x-") for each in part) for part in found if isinstance(part, dict | list))


def faults_of(given: Interface) -> Iterator[Fault]:
    """What a description lacks of its kind: keys, forms, and what its references lead to."""
    for problem in form_of_kind(given.kind).problems(given.value):
        yield told(problem)
    if not given.parts:
        yield reason("nothing-described")
    for reference in islice(broken(given.value), MOST_REFERENCES):
        yield reason("broken-reference", reference=reference)


def told(problem: Problem) -> Fault:
    """A problem as a fault."""
    if problem.keyword == "required":
        return reason("missing", key=dotted(f"{problem.pointer}/{escaped(problem.expected)}"))
    return reason("malformed", key=dotted(problem.pointer), found=problem.found)


@cache
def form_of_kind(kind: str) -> JsonSchema:
    """The JSON Schema of a kind of description."""
    whole = form_of("api-description")
    return JsonSchema({"$schema": whole["$schema"], "$ref": f"#/$defs/{kind}", "$defs": whole["$defs"]})


def broken(value: Any) -> Iterator[str]:
    """The references within a document that lead nowhere in it, each once."""
    seen: set[str] = set()
    rest = [value]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            reference = each.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/") and reference not in seen:
                seen.add(reference)
                if found_at(value, pointer_in(reference)) is MISSING:
                    yield reference
            rest.extend(each.values())
        elif isinstance(each, list):
            rest.extend(each)


def pointer_in(reference: str) -> str:
    """The JSON Pointer of a reference within a document (RFC 6901, 6)."""
    from urllib.parse import unquote

    return unquote(reference.removeprefix("#"))
