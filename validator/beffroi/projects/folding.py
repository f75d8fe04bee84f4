"""Words as they are compared: without accents, capitals and punctuation."""

from __future__ import annotations

import re
import unicodedata

MARK = re.compile(r"[\u0300-\u036f]+")
WORD = re.compile(r"[^\W_]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """The words of a text, with one space between two: `Réversibilité & coûts` is `reversibilite couts`."""
    plain = MARK.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(LIGATURES)
    return " ".join(WORD.findall(plain))


def says(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand one after the other in a text; both are folded."""
    return bool(phrase) and f" {phrase} " in f" {text} "
