"""The wording of a text as licences are compared: its words, without what differs between two copies of one licence.

Folded away are capitals, accents, punctuation, line wrapping, markup, web addresses, copyright notices, British and
American spellings, and the numbers and letters of lists; the numbers of versions stay.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from beffroi.values import dataclass

TILE = 5
"""How many words following each other are compared as one."""
BREAK = "\ue000"
"""Stands where the words of two copies may differ: what is before it and what is behind it are not compared as one."""

MARKUP = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|font|h\d|head|hr|html|i|li|link|main|meta"
    r"|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul)(?:\s[^<>]{0,200})?/?>"
)
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>]+")
YEARS = r"(?:19|20)\d\d(?:[\s,–—-]+(?:(?:19|20)?\d\d\b|present))*"
HOLDER = r"[\[{<][^\[\]{}<>\n]{1,60}[\]}>]"
COPYRIGHT = re.compile(
    rf"copyright[\s:]*(?:(?:©|\(c\))\s*(?:{YEARS}|{HOLDER})?|{YEARS}|{HOLDER})"
    rf"|(?:©|\(c\))\s*(?:copyright\s*)?(?:{YEARS}|{HOLDER})"
    r"|\b(?:all|some) rights reserved\b|\btous droits reserves\b"
)
HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010][ \t]*(?:\r?\n[ \t>*#/;]*)?(?=[^\W\d_])|\u00ad")
TOKEN = re.compile(rf"{BREAK}|\d+(?:\.\d+)+|[^\W_]+")
NUMERAL = re.compile(r"x{0,2}(?:i{1,3}|iv|vi{0,3}|ix)")
VERSION = frozenset({"version", "versions", "v"})
SPELT = {
    "acknowledgement": "acknowledgment", "acknowledgements": "acknowledgments", "authorisation": "authorization",
    "authorise": "authorize", "authorised": "authorized", "favour": "favor", "fulfil": "fulfill", "honour": "honor",
    "judgement": "judgment", "labour": "labor", "licence": "license", "licenced": "licensed", "licences": "licenses",
    "merchantibility": "merchantability", "organisation": "organization", "organisations": "organizations",
    "recognise": "recognize", "recognised": "recognized", "sublicence": "sublicense", "utilisation": "utilization",
}  # fmt: skip
"""Words that are spelt in two ways (SPDX specification, annex B, "varietal word spelling")."""
YEAR = 4
"""The fewest digits of a number that does not merely count."""


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of a text in order; `breaks` are the places before which a break stands."""

    words: tuple[str, ...]
    breaks: frozenset[int]

    @property
    def runs(self) -> Iterator[tuple[int, int]]:
        """Where the words between two breaks begin and end."""
        yield from pairwise(sorted({0, *self.breaks, len(self.words)}))

    @property
    def shingles(self) -> Iterator[tuple[int, int]]:
        """All that can be compared: the place of each word that others follow, and the hash of them all."""
        for start, end in self.runs:
            yield from ((place, self.hash_at(place)) for place in range(start, end - TILE + 1))

    @property
    def tiles(self) -> Iterator[tuple[int, int]]:
        """The shingles that, laid side by side, cover every word; the last one before a break overlaps another."""
        for start, end in self.runs:
            yield from ((place, self.hash_at(place)) for place in places(start, end))

    def hash_at(self, place: int) -> int:
        """A number of 32 bits for the words at a place, the same on every machine."""
        words = " ".join(self.words[place : place + TILE])
        return int.from_bytes(blake2b(words.encode(), digest_size=4).digest(), "big")


def places(start: int, end: int) -> Iterator[int]:
    """Where tiles are laid between two breaks; none where there are too few words for one."""
    if end - start >= TILE:
        yield from range(start, end - TILE + 1, TILE)
        if (end - start) % TILE:
            yield end - TILE


def wording(text: str) -> Wording:
    """The wording of a text; a `BREAK` in it is a break."""
    words: list[str] = []
    breaks: set[int] = set()
    for token in tokens(text):
        if token == BREAK:
            breaks.add(len(words))
        else:
            words.append(token)
    return Wording(words=tuple(words), breaks=frozenset(breaks))


def tokens(text: str) -> Iterator[str]:
    """The words of a text that count, and the breaks between them."""
    plain = COPYRIGHT.sub(BREAK, bare(html.unescape(text).replace("&", " and ")))
    plain = HYPHEN.sub("", ADDRESS.sub(" ", MARKUP.sub(" ", plain)))
    before, end = "", 0
    for found in TOKEN.finditer(plain):
        token = found[0]
        if token == BREAK or counts(token, before if plain[end : found.start()].isspace() else ""):
            yield SPELT.get(token, token)
        before, end = token, found.end()


def bare(text: str) -> str:
    """A text without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


def counts(token: str, before: str) -> bool:
    """Whether a word counts that directly follows the one before: no letter and no number of a list does."""
    if token.isdecimal() and len(token) < YEAR:
        return before in VERSION
    return len(token) > 1 and not NUMERAL.fullmatch(token)
