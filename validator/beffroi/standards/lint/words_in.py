"""The words that a name is made of: `dateMaj`, `DATE_MAJ` and `date-maj` are all `date`, `maj`."""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def words_in(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case and without accents."""
    plain = unicodedata.normalize("NFD", name)
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(each.lower() for each in WORD.findall(plain))
