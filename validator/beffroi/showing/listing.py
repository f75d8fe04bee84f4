"""What standards a catalogue holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from beffroi.model.standard import Standard
from beffroi.showing.words import Words, in_language
from beffroi.visible import prose, visible


def text(standards: Sequence[Standard], lang: str) -> str:
    """A line each: id, version, title, and the status where it is not in use."""
    words = Words("listing", lang)
    rows = [(visible(each.id), visible(each.version or ""), described(each, words)) for each in standards]
    if not rows:
        return words("none") + "\n"
    widths = [max(len(row[index]) for row in rows) for index in range(2)]
    return "".join(f"{each:{widths[0]}}  {version:{widths[1]}}  {rest}\n" for each, version, rest in rows)


def described(standard: Standard, words: Words) -> str:
    """The title, and what is to be known of the status."""
    title = prose(in_language(standard.title, words.lang))
    if standard.status == "active":
        return title
    by = f", {words('replaced-by', name=standard.replaced_by)}" if standard.replaced_by else ""
    return f"{title} ({words(standard.status)}{by})"


def values(standards: Sequence[Standard]) -> list[dict[str, Any]]:
    """One object each."""
    return [
        {
            "id": each.id,
            "version": each.version,
            "title": each.title,
            "status": each.status,
            "theme": each.descriptor.get("theme"),
            "replacedBy": each.replaced_by,
            "extends": each.descriptor.get("extends"),
            "resources": [resource.name for resource in each.resources],
            "path": each.path,
            "sha256": each.sha256,
        }
        for each in standards
    ]
