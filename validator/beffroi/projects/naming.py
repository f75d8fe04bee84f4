"""How messages name columns and other things of which there may be many, and when names of columns are alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST = 6
"""How many names a message lists."""


def few(names: Iterable[str], most: int = MOST) -> str:
    """The first names, each once, and a sign that there are more."""
    once = list(dict.fromkeys(names))
    return ", ".join([*once[:most], *(["…"] if len(once) > most else [])])


def plain(label: str) -> str:
    """The name of a column in small letters without accents, its words between underscores: `_date_naissance_`."""
    split = re.sub(r"([a-z])([A-Z])", r"\1_\2", label)
    letters = "".join(each for each in unicodedata.normalize("NFD", split) if not unicodedata.combining(each))
    return f"_{re.sub(r'[^a-z0-9]+', '_', letters.lower()).strip('_')}_"
