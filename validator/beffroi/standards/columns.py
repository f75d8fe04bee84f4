"""What the name of a column tells of its values: an identifier, a count, a person's data… The words: `columns.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection
from functools import cache, cached_property
from pathlib import Path

from beffroi.tables.fields.type_string import is_email
from beffroi.values import dataclass

LIKE_IDENTIFIER = re.compile("(id|code|num|ref|siret|siren|insee)[a-z]+|[a-z]+(id|code|num|ref|siret|siren|insee)")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
PERSONAL = ("mail", "phone", "secret", "address", "text")
PHONE = re.compile(r"(\+33|0033|0)\s?[1-9]([ .-]?[0-9]{2}){4}")
SHORT = 80
"""Longer texts with spaces are free ones, in which anybody may be named."""


@cache
def words() -> dict[str, frozenset[str]]:
    """The words of each kind."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {kind: frozenset(listed.split()) for kind, listed in tomllib.loads(text).items()}


@dataclass(frozen=True)
class Name:
    """The name of a column."""

    written: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in small letters without accents: `codeINSEE` is `code`, `insee`."""
        letters = unicodedata.normalize("NFKD", CAMEL.sub(" ", self.written.replace("°", " ")))
        bare = "".join(each for each in letters if not unicodedata.combining(each)).casefold()
        return tuple(re.findall("[a-z]+|[0-9]+", bare))

    @property
    def readable(self) -> str:
        """The name as a title: words instead of underscores, a capital first."""
        spaced = " ".join(CAMEL.sub(" ", self.written).replace("_", " ").split())
        small = spaced.lower() if spaced.isupper() else spaced
        return small[:1].upper() + small[1:]

    def tells(self, *kinds: str) -> bool:
        """Whether one of its words is of one of the kinds."""
        return any(not words()[kind].isdisjoint(self.words) for kind in kinds)

    @property
    def is_identifier(self) -> bool:
        """Whether its values name something, so that their digits make no number."""
        like = (LIKE_IDENTIFIER.fullmatch(each) and each not in words()["no-identifier"] for each in self.words)
        return not self.tells("count") and (self.tells("identifier") or any(like))

    @property
    def person(self) -> str | None:
        """What of a person its values may tell: `mail`, `phone`, `secret`, `address`, `text` or `name`."""
        found = next((kind for kind in PERSONAL if self.tells(kind)), None)
        if found == "address" and self.is_identifier:  # adresse_code_insee
            return None
        return found or ("name" if self.tells("name") and not self.tells("thing") else None)


def personal(name: Name, texts: Collection[str]) -> str | None:
    """What of a person the values of a column may tell, by its name or by themselves; `None` for nothing."""
    if name.person:
        return name.person
    if any("@" in each and is_email(each.strip()) for each in texts):
        return "mail"
    if texts and all(PHONE.fullmatch(each.strip()) for each in texts):
        return "phone"
    return "text" if any(len(each) > SHORT and " " in each for each in texts) else None
