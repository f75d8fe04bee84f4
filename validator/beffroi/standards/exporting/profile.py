"""A Data Package profile: a JSON Schema (draft-07, as the published profiles are) for a delivery's `datapackage.json`.

It asks for all that the published profile of version 2 asks for, for the metadata that the standard asks for, and for
its tables. Descriptors are judged, not data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.standard import ResourceRules
from beffroi.standards.exporting._about import checks_lost, files_lost, language_lost, licence_rule
from beffroi.standards.exporting._export import Export, Order, Remark, as_json, filled, remark, schema_of
from beffroi.standards.exporting.data_package import PROFILE

DRAFT = "http://json-schema.org/draft-07/schema#"
METADATA = "#/definitions/metadata"
NEWER = {"minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$anchor"}
"""Keywords that draft-07 does not have, and that cannot be said in it."""

OWN = {"$schema", "$id"}
"""Keywords that only stand at the top of a JSON Schema."""


def export(order: Order) -> Export:
    """The profile, one file."""
    lost = list(losses(order))
    return Export(files={f"{order.name}.profile.json": as_json(profile(order, lost))}, lost=tuple(lost))


def losses(order: Order) -> Iterator[Remark]:
    """What no descriptor tells."""
    yield remark("cells")
    yield from checks_lost(order)
    if newer := sorted(newer_keywords(order.standard.package)):
        yield remark("keywords", keywords=", ".join(newer))
    if listed := licence_rule(order):
        yield remark("licences", accepted=listed)
    yield from files_lost(order)
    yield from language_lost(order)


def profile(order: Order, lost: list[Remark]) -> dict[str, Any]:
    """The whole JSON Schema."""
    package = order.standard.package
    metadata = {"metadata": in_draft_07(package)} if package else {}
    told = {
        "$schema": DRAFT,
        "title": order.title,
        "description": order.told(order.standard.descriptor.get("description")),
        "$comment": "\n".join([order.standard.name, *(each.line(order.lang) for each in lost)]),
    }
    parts = [{"$ref": PROFILE}, *([{"$ref": METADATA}] if package else []), tables(order)]
    return {**filled(told), "allOf": parts, **filled({"definitions": metadata})}


def tables(order: Order) -> dict[str, Any]:
    """The tables that must be there, and what each must be; a standard of one table takes it under any name."""
    if not order.standard.is_package:
        rules = [{"contains": one_table(order, order.resources[0])}]
    else:
        named = [(named_so(each.name), each) for each in order.resources]
        there = [{"contains": name} for name, each in named if each.required]
        rules = [*there, *({"items": {"if": name, "then": one_table(order, each)}} for name, each in named)]
    return {"properties": {"resources": {"allOf": rules}}}


def named_so(name: str) -> dict[str, Any]:
    """What has this name."""
    return {"type": "object", "required": ["name"], "properties": {"name": {"const": name}}}


def one_table(order: Order, rules: ResourceRules) -> dict[str, Any]:
    """A resource whose schema, where it stands in the descriptor itself, has the fields of the standard."""
    fields = schema_of(rules).fields
    needed = [{"contains": named_so(each.name)} for each in fields if order.needs(each)]
    typed = [
        {"items": {"if": named_so(each.name), "then": {"properties": {"type": {"const": each.type}}}}}
        for each in fields
        if each.type != "any"
    ]
    judged = {"type": "object", "properties": {"fields": {"allOf": [*needed, *typed]}}} if fields else {}
    return {"type": "object", **filled({"properties": {"schema": {"anyOf": [{"type": "string"}, judged]}}})}


def in_draft_07(value: Any, key: str = "") -> Any:
    """A JSON Schema of 2020-12 in draft-07, where it stands within another; what that cannot say is left out."""
    if isinstance(value, list):
        return [in_draft_07(each) for each in value]
    if not isinstance(value, Mapping):
        return f"{METADATA}{value[1:]}" if key == "$ref" and isinstance(value, str) and value.startswith("#") else value
    left_out = {key for key, each in value.items() if key in NEWER or (key in OWN and isinstance(each, str))}
    found = {key: in_draft_07(each, key) for key, each in value.items() if key not in left_out}
    if "prefixItems" in found:
        found.update({"additionalItems": found.get("items", True), "items": found.pop("prefixItems")})
    dependencies = {**found.pop("dependentSchemas", {}), **found.pop("dependentRequired", {})}
    return {**found, **({"dependencies": dependencies} if dependencies else {})}


def newer_keywords(value: Any) -> set[str]:
    """The keywords of a JSON Schema that draft-07 cannot say."""
    if isinstance(value, list):
        return {each for item in value for each in newer_keywords(item)}
    if not isinstance(value, Mapping):
        return set()
    return {key for key in value if key in NEWER} | {each for item in value.values() for each in newer_keywords(item)}


TARGET = export
