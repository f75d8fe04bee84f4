"""What changed from one standard to another, for officers, and which version that asks for.

As JSON: `before` and `after` (`id`, `version`, `path`, `sha256`); `counts` of `breaking`, `compatible` and `editorial`
changes; `bump` (`major`, `minor`, `patch`, or null without changes), the version `asked` for at least, and `version`:
whether that of the second is `fine`, `too-low`, or `cannot-tell`; `changes`, each with its `id` and place as in
`beffroi.catalogue.changes`, its `kind`, what it does (`narrows`, `widens`, `remarks`), `before`, `after`, `message`.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.changes import KINDS, Change
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, Field, Standard
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.rulebook import known_rules, rule
from beffroi.showing import fields as field_words
from beffroi.showing.words import Words
from beffroi.standards.comparing import Comparison
from beffroi.visible import clipped, prose, visible

WIDTH = 100
LISTED = 12
"""How many values of a list are shown."""
LONGEST = 300
"""How many characters of one value are shown."""
FORMS = ("default", "email", "uri", "binary", "uuid", "any")
KNOWN_KEYS = ("title", "description", "example", "examples", "unit", "sources", "contributors", "status")
"""Keys that have words of their own."""


def text(comparison: Comparison, lang: str) -> str:
    """The changes by kind, a sentence each, then the version that they ask for."""
    words = Words("changes", lang)
    return "\n".join(lines(comparison, words)) + "\n"


def lines(comparison: Comparison, words: Words) -> Iterator[str]:
    """The lines of the answer."""
    names = [each.name for each in (comparison.before, comparison.after)]
    if names[0] == names[1]:
        names = [f"{each.name} ({each.path})" for each in (comparison.before, comparison.after)]
    yield words("compared", before=visible(names[0]), after=visible(names[1]))
    for kind in KINDS:
        found = [each for each in comparison.changes if each.kind == kind]
        if found:
            yield ""
            yield words(kind, count=len(found))
            for each in sentences(found, comparison, words):
                yield from wrapped(each, "  • ")
    yield ""
    yield from verdict(comparison, words)


def verdict(comparison: Comparison, words: Words) -> Iterator[str]:
    """Which version the changes ask for, and whether the second states it."""
    before, after = (visible(each.version or "") for each in (comparison.before, comparison.after))
    if comparison.bump is None:
        yield words("nothing")
        return
    asked = words("asked" if comparison.asked else "asked-of-none", bump=words(comparison.bump), asked=comparison.asked)
    if comparison.is_backwards:
        yield from wrapped(words("backwards", before=before, after=after), "")
    elif comparison.version == "cannot-tell":
        yield asked
    else:
        yield from wrapped(words(comparison.version, asked=asked, version=after), "")


def wrapped(told: str, indent: str) -> list[str]:
    """A text in lines that fit a terminal."""
    behind = " " * len(indent)
    return textwrap.wrap(
        told, WIDTH, initial_indent=indent, subsequent_indent=behind, break_long_words=False, break_on_hyphens=False
    )


def sentences(changes: list[Change], comparison: Comparison, words: Words) -> Iterator[str]:
    """A sentence each; what is the same for several places, or several keys of the standard, is said once."""
    several = comparison.before.is_package or comparison.after.is_package
    places: dict[str, list[str]] = {}
    keys: list[str] = []
    for each in changes:
        place = place_of(each, several=several)
        if each.id == "metadata" and not place:
            keys.append(key_words(each.key or "", words))
        else:
            places.setdefault(sentence(each, words), []).append(place)
    if keys:
        yield words("metadata", what=", ".join(dict.fromkeys(keys)))
    for told, where in places.items():
        named = ", ".join(each for each in where if each)
        yield words("at", place=named, told=told) if named else told


def place_of(change: Change, *, several: bool) -> str:
    """The table and the columns that a change is about; the only table of a standard is not named."""
    table = change.resource if several or "resource" in change.id else None
    columns = change.field or columns_of(change.after) or columns_of(change.before)
    return ".".join(visible(each) for each in (table, columns) if each)


def columns_of(told: Any) -> str | None:
    """The columns of a key, as a change tells it."""
    return ", ".join(told.get("fields", ())) if isinstance(told, Mapping) else None


def sentence(change: Change, words: Words) -> str:
    """What changed, in words."""
    told = {side: value(getattr(change, side), change, words) for side in ("before", "after")}
    details = {"what": key_words(change.key or "", words), "sense": sense(change, words)}
    if change.id.startswith("check-"):
        asked = change.after or change.before or {}
        level = asked.get("level") if isinstance(asked, Mapping) else asked
        details |= {"check": check(change, words), "level": level_words(level, words)}
    return prose(words(change.id, **told, **details))


def sense(change: Change, words: Words) -> str:
    """In which sense a rule is another."""
    key = {(True, False): "stricter", (False, True): "looser", (True, True): "other"}
    return words(key.get((change.narrows, change.widens), "same"))


def key_words(key: str, words: Words) -> str:
    """What a key is called."""
    return words(key) if key in KNOWN_KEYS else visible(key)


def level_words(given: Any, words: Words) -> str:
    """A level in words; unknown for a rule or check that nobody knows."""
    return REPORT_WORDS[words.lang][Level(given)] if given else words("unheeded")


def check(change: Change, words: Words) -> str:
    """What a check asks; its name where nobody knows it."""
    told = change.after if isinstance(change.after, Mapping) else change.before
    options = told.get("options", {}) if isinstance(told, Mapping) else {}
    others = {key: each for key, each in options.items() if key != "field"}
    if change.key not in known_rules():
        return visible(change.key or "")
    return field_words.check(CheckUse(check=change.key, options=others), words.lang)


def value(given: Any, change: Change, words: Words) -> str:
    """A value of a standard as a sentence tells it."""
    if change.id in ("level", "check-level"):
        return level_words(given, words)
    if change.id == "type" and isinstance(given, str):
        return type_words(given, words)
    if change.id == "format" and given == "default":
        return words("default")
    if change.id.startswith("foreign-key") and isinstance(given, Mapping):
        return visible(".".join(each for each in (given["resource"], ", ".join(given["reference"])) if each))
    if change.id == "columns":
        return words(f"columns-{given}")
    if change.id == "check-changed" and isinstance(given, Mapping):
        return options({**given.get("options", {}), "level": given.get("level")}, words)
    return plain(given, words)


def plain(given: Any, words: Words) -> str:
    """Any value: a list item by item, an object as its keys, a text as it is."""
    if given is None:
        return words("none")
    if isinstance(given, Mapping):
        excluded = next((each for key, each in given.items() if str(key).startswith("exclusive")), None)
        return options(given, words) if excluded is None else words("excluded", limit=plain(excluded, words))
    if isinstance(given, list | tuple):
        return listed([plain(labelled(each), words) for each in given], words)
    if given == "":
        return words("empty")
    return visible(clipped(given if isinstance(given, str) else json.dumps(given, ensure_ascii=False), LONGEST))


def labelled(given: Any) -> Any:
    """The value of a category that has a label."""
    return given["value"] if isinstance(given, dict) and "value" in given else given


def listed(texts: list[str], words: Words) -> str:
    """Texts, the first of many."""
    more = [words("more", count=len(texts) - LISTED)] if len(texts) > LISTED else []
    return ", ".join([*texts[:LISTED], *more]) or words("none")


def options(given: Mapping[str, Any], words: Words) -> str:
    """An object as its keys and values."""
    return ", ".join(f"{visible(str(key))} = {plain(each, words)}" for key, each in given.items() if each is not None)


def type_words(given: str, words: Words) -> str:
    """A type in an officer's words, with its format where it has one."""
    kind, _, form = given.partition(" ")
    format_ = form.strip("()") or "default"
    known = rule("type").words["words"]["type"]
    if kind not in known and kind not in ("string", "any"):
        return visible(given)
    told = field_words.kind(Field(name="", type=kind, format=format_), words.lang)
    return told if format_ == "default" or kind == "string" else f"{told} ({visible(format_)})"


def values(comparison: Comparison, lang: str) -> dict[str, Any]:
    """The comparison as plain values; messages are in the language."""
    words = Words("changes", lang)
    return {
        "before": reference(comparison.before),
        "after": reference(comparison.after),
        "counts": comparison.counts,
        "bump": comparison.bump,
        "asked": comparison.asked,
        "version": comparison.version,
        "changes": [change_values(each, words) for each in comparison.changes],
    }


def reference(standard: Standard) -> dict[str, Any]:
    """Which standard it is."""
    return {"id": standard.id, "version": standard.version, "path": standard.path, "sha256": standard.sha256}


def change_values(change: Change, words: Words) -> dict[str, Any]:
    """One change."""
    return {
        "id": change.id,
        "kind": change.kind,
        "narrows": change.narrows,
        "widens": change.widens,
        "remarks": change.remarks,
        "resource": change.resource,
        "field": change.field,
        "key": change.key,
        "before": change.before,
        "after": change.after,
        "message": sentence(change, words),
    }
