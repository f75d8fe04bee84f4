"""What was made up for a standard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from beffroi.model.standard import Standard
from beffroi.showing.words import Words
from beffroi.standards.sampling.tables import MadeTable
from beffroi.visible import visible


def text(standard: Standard, tables: Sequence[MadeTable], path: Path, lang: str) -> str:
    """Where it is, what could not be filled, and how to check it."""
    words = Words("sample", lang)
    place = visible(path.as_posix())
    several = len(tables) > 1
    lines = [words("written" if several else "rows", place=place, rows=len(tables[0].records))]
    left = [f"{each.rules.name}.{name}" if several else name for each in tables for name in each.left_empty]
    if left:
        lines.append(words("left-empty", names=", ".join(map(visible, left))))
    lines.append(words("check", place=place, name=visible(standard.name)))
    return "".join(f"{line}\n" for line in lines)
