"""When two column names are the same name."""

from __future__ import annotations

import unicodedata


def composed(name: str) -> str:
    """The name without surrounding space, accents composed (NFC): what must be equal."""
    return unicodedata.normalize("NFC", name.strip().strip("\ufeff"))


def folded(name: str) -> str:
    """The name regardless of case too: what is nearly equal."""
    return composed(name).casefold()
