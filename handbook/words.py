"""The words of the pages of reference, beside those of what they are about."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from beffroi.showing.pages.site import TONGUES

__all__ = ["TONGUES", "words"]


@cache
def table() -> dict[str, dict[str, str]]:
    """All words: key → language → text."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def words(lang: str, key: str) -> str:
    """The text of that key."""
    return table()[key][lang]
