"""What a standard asks for, and its files as they are after extension."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.model.standard import Field, ResourceRules, Standard
from beffroi.showing import fields as field_words
from beffroi.showing.listing import described
from beffroi.showing.words import Words, in_language
from beffroi.standards.writing import as_yaml
from beffroi.visible import prose, visible

WIDTH = 100
VALUES = 12
"""How many listed values are shown."""


def text(standard: Standard, versions: Sequence[str], lang: str) -> str:
    """The standard for a person at a terminal; `versions` are those that the catalogue holds."""
    return "\n".join(line.rstrip() for line in lines(standard, versions, Words("standard", lang))) + "\n"


def lines(standard: Standard, versions: Sequence[str], words: Words) -> Iterator[str]:
    """What it is, then its tables, then the rest."""
    yield f"{visible(standard.name)} — {described(standard, Words('listing', words.lang))}"
    yield from paragraph(in_language(standard.descriptor.get("description"), words.lang), "  ")
    for key, value in facts(standard, versions):
        yield f"  {words(key)} {visible(value)}"
    for each in standard.resources:
        yield ""
        yield from table(each, words)
    for key, listed in (("levels", levels(standard, words)), ("sources", sources(standard))):
        if listed:
            yield ""
            yield words(key)
            for told in listed:
                yield from paragraph(told, "  • ")


def facts(standard: Standard, versions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Short facts, each with the key of its label."""
    descriptor = standard.descriptor
    accepted = accepted_licences(standard)
    known = {
        "theme": descriptor.get("theme"),
        "extends": standard.extends and f"{standard.extends.id}@{standard.extends.version}",
        "replaced-by": standard.replaced_by,
        "versions": ", ".join(versions) if len(versions) > 1 else None,
        "licences": ", ".join(accepted),
        "modified": descriptor.get("modified"),
        "file": standard.path,
        "sha256": standard.sha256,
    }
    return ((key, str(value)) for key, value in known.items() if value)


def accepted_licences(standard: Standard) -> tuple[str, ...]:
    """The licences that it accepts, or the name of the rule that lists them."""
    accepted = (standard.descriptor.get("licences") or {}).get("accept", ())
    return (accepted,) if isinstance(accepted, str) else tuple(accepted)


def table(rules: ResourceRules, words: Words) -> Iterator[str]:
    """One table: its fields, its keys, its checks."""
    title = in_language(rules.title, words.lang)
    yield words("table", name=visible(rules.name), title=prose(title)) if title else words("bare", name=rules.name)
    if rules.formats:
        yield f"  {words('formats')} {', '.join(rules.formats)}"
    for field in rules.schema.fields if rules.schema else ():
        yield from column(field, words)
    asked = [*(field_words.keys(rules.schema, words.lang) if rules.schema else ())]
    for each in [*asked, *(field_words.check(use, words.lang) for use in rules.checks)]:
        yield from paragraph(each, "  • ")


def column(field: Field, words: Words) -> Iterator[str]:
    """One field: its name, whether it is required, what it holds."""
    mark = words("required") if field.required else words("optional")
    notation = field_words.notation(field, words.lang)
    held = [field_words.kind(field, words.lang), *([notation] if notation else [])]
    title = in_language(field.title, words.lang)
    yield f"  {visible(field.name)} ({mark}) — {prose(title)}" if title else f"  {visible(field.name)} ({mark})"
    yield from paragraph(words("semicolon").join([*held, *field_words.conditions(field, words.lang)]), "      ")
    listed = [f"{value} ({label})" if label else value for value, label in field_words.allowed(field, words.lang)]
    if listed:
        more = [words("more", count=len(listed) - VALUES)] if len(listed) > VALUES else []
        yield from paragraph(words("one-of", values=", ".join([*listed[:VALUES], *more])), "      ")


def levels(standard: Standard, words: Words) -> list[str]:
    """The rules whose level the standard changes, with the reasons."""
    changed = standard.descriptor.get("levels", {})
    reasons = {key: value.get("reason") if isinstance(value, dict) else None for key, value in changed.items()}
    told = {key: in_language(reason, words.lang) for key, reason in reasons.items()}
    return [f"{key}: {level}{f' ({told[key]})' if told.get(key) else ''}" for key, level in standard.levels.items()]


def sources(standard: Standard) -> list[str]:
    """The laws and standards that it rests upon."""
    return [
        " ".join(str(each[key]) for key in ("title", "version", "path") if each.get(key))
        for each in standard.descriptor.get("sources", ())
        if isinstance(each, dict)
    ]


def paragraph(told: str, indent: str) -> list[str]:
    """A text in lines that fit a terminal."""
    return textwrap.wrap(
        prose(told),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_long_words=False,
        break_on_hyphens=False,
    )


def values(standard: Standard, versions: Sequence[str]) -> dict[str, Any]:
    """The standard as plain values: its own descriptor, its schemas, and what is known of it."""
    return {
        "id": standard.id,
        "version": standard.version,
        "versions": list(versions),
        "status": standard.status,
        "path": standard.path,
        "sha256": standard.sha256,
        **files(standard),
    }


def files(standard: Standard) -> dict[str, Any]:
    """What the standard's files say, after all that it extends."""
    return {
        "standard": dict(standard.descriptor),
        "schemas": {each.name: dict(each.schema.descriptor) for each in standard.resources if each.schema},
    }


def resolved(standard: Standard) -> str:
    """The standard's files as YAML, one document each, after all that it extends."""
    schemas = ((f"{each.name}.schema.yaml", each.schema.descriptor) for each in standard.resources if each.schema)
    documents = [("standard.yaml", standard.descriptor), *schemas]
    return "\n".join(f"---\n# {name}\n{as_yaml(dict(value))}" for name, value in documents)
