"""What a standard asks of a package's `datapackage.json`, in words as far as simple JSON Schema goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.showing.pages.blocks import Piece, Text, code, joined, plain, told
from beffroi.showing.pages.site import View
from beffroi.showing.words import Words, table

TOLD = {"type", "required", "properties", "allOf", "$schema", "$id", "title", "description"}
"""The keywords of an object that are told, or that ask for nothing."""
OF_A_KEY = {"type", "minLength", "minItems", "items", "enum", "const", "pattern", "title", "description"}
"""Those of one of its keys."""


def metadata(schema: Any, view: View) -> Iterator[Text]:
    """A line for each key that a descriptor must have, or that must be of a form if it is there."""
    objects = list(merged(schema))
    required = {str(key): True for each in objects for key in listed(each.get("required"))}
    rules: dict[str, list[Mapping[str, Any]]] = {key: [] for key in required}
    for each in objects:
        for key, rule in mapping(each.get("properties")).items():
            rules.setdefault(str(key), []).append(mapping(rule))
    for key, found in rules.items():
        yield line(key, found, view, required=key in required)
    if any(set(each) - TOLD for each in objects) or any(set(each) - OF_A_KEY for each in rules_of(rules)):
        yield plain(view.words("metadata-more"))


def merged(schema: Any) -> Iterator[Mapping[str, Any]]:
    """A JSON Schema and those that must hold too."""
    yield mapping(schema)
    for each in listed(mapping(schema).get("allOf")):
        yield mapping(each)


def rules_of(rules: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[Mapping[str, Any]]:
    """All rules of keys."""
    for found in rules.values():
        yield from found


def line(key: str, rules: list[Mapping[str, Any]], view: View, *, required: bool) -> Text:
    """What is asked of one key."""
    asked = [text for each in rules for text in conditions(each, view)]
    parts = [code(key), *([named(key, view)] if known(key) else [])]
    text = joined([joined(parts, " – "), *asked])
    return text if required else joined([text, plain(view.words("metadata-optional"))])


def conditions(rule: Mapping[str, Any], view: View) -> Iterator[Text]:
    """What a key must be, as far as there are words for it."""
    within = mapping(rule.get("items")).get("required")
    if names := [str(each) for each in listed(within)]:
        yield told(view.words, "metadata-items", keys=joined(keyed(each, view) for each in names))
    values = rule["enum"] if isinstance(rule.get("enum"), list) else [rule["const"]] if "const" in rule else []
    if values:
        shown = joined(code(str(each)) for each in values)
        yield told(Words("standard", view.lang), "one-of", values=shown)
    if isinstance(rule.get("pattern"), str):
        yield told(Words("fields", view.lang), "pattern", pattern=code(rule["pattern"]))


def keyed(key: str, view: View) -> Text:
    """A key with what it means."""
    return (*named(key, view), Piece(text=" ("), *code(key), Piece(text=")")) if known(key) else code(key)


def known(key: str) -> bool:
    """Whether there are words for a key."""
    return f"metadata {key}" in table("vocabulary")


def named(key: str, view: View) -> Text:
    """A key in words."""
    return plain(Words("vocabulary", view.lang)(f"metadata {key}"))


def mapping(given: Any) -> Mapping[str, Any]:
    """An object, or an empty one where something else stands."""
    return given if isinstance(given, Mapping) else {}


def listed(given: Any) -> list[Any]:
    """A list, or an empty one where something else stands."""
    return given if isinstance(given, list) else []
