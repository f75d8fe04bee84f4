"""Which charters and profiles there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beffroi.model.charter import Charter
from beffroi.showing.words import Words
from beffroi.visible import prose, visible

Listed = tuple[Charter, tuple[str, ...]]
"""A charter, and all its versions."""


def text(listed: Sequence[Listed], lang: str) -> str:
    """A line each: id, version, title, what it extends, its status where it is not in use, its other versions."""
    words = Words("charter_list", lang)
    rows = [(visible(each.id), visible(each.version), described(each, versions, words)) for each, versions in listed]
    if not rows:
        return words("none") + "\n"
    widths = [max(len(row[index]) for row in rows) for index in range(2)]
    return "".join(f"{name:{widths[0]}}  {version:{widths[1]}}  {rest}\n" for name, version, rest in rows)


def described(charter: Charter, versions: Sequence[str], words: Words) -> str:
    """The title, and what is to be known of it."""
    facts = [words("count", count=len(charter.requirements))]
    if charter.extends:
        facts.append(words("extends", name=charter.extends.name))
    if charter.status != "active":
        facts.append(status(charter, words))
    if others := [each for each in versions if each != charter.version]:
        facts.append(words("versions", names=", ".join(others)))
    return f"{prose(charter.title[words.lang])} ({', '.join(facts)})"


def status(charter: Charter, words: Words) -> str:
    """A status in words."""
    known = {"draft": words("draft"), "deprecated": words("deprecated"), "retired": words("retired")}
    return known.get(charter.status, charter.status)


def values(listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """One object each."""
    return [
        {
            "id": each.id,
            "version": each.version,
            "versions": list(versions),
            "title": dict(each.title),
            "status": each.status,
            "extends": each.extends.name if each.extends else None,
            "requirements": len(each.requirements),
            "path": each.path,
            "sha256": each.sha256,
        }
        for each, versions in listed
    ]
