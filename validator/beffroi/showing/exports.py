"""What an export wrote, what its format cannot say, and what is left to whoever uses it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from beffroi.model.standard import Standard
from beffroi.showing.words import Words
from beffroi.standards.exporting._export import Export, Remark
from beffroi.visible import prose, visible

WIDTH = 100


def text(export: Export, place: Path | None, lang: str) -> str:
    """The same for a person at a terminal; `place` is where the files are, unless they were printed."""
    words = Words("exports", lang)
    lines = [words("written", place=visible(place.as_posix()))] if place else []
    if place and export.is_folder:
        lines.extend(f"  {path}" for path in export.files)
    lines.extend(listed(words("lost", count=len(export.lost)), export.lost, lang))
    lines.extend(listed(words("to-complete", count=len(export.to_complete)), export.to_complete, lang))
    return "".join(f"{line}\n" for line in lines)


def listed(title: str, remarks: Sequence[Remark], lang: str) -> Iterator[str]:
    """Remarks below a title; nothing where there are none."""
    if remarks:
        yield title
    for each in remarks:
        yield from textwrap.wrap(
            prose(each.line(lang)),
            WIDTH,
            initial_indent="  • ",
            subsequent_indent="    ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def values(export: Export, standard: Standard, target: str, place: Path | None) -> dict[str, Any]:
    """The same for programs."""
    return {
        "standard": standard.name,
        "sha256": standard.sha256,
        "target": target,
        "path": place.as_posix() if place else None,
        "files": list(export.files),
        "lost": [as_value(each) for each in export.lost],
        "toComplete": [as_value(each) for each in export.to_complete],
    }


def as_value(remark: Remark) -> dict[str, Any]:
    """One remark."""
    return {"kind": remark.kind, "resource": remark.resource, "field": remark.field, "text": dict(remark.text)}
