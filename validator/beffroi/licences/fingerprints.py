"""Fingerprints of licence texts: hashes of five words each, which tell a text again and hold no sentence of it.

The tiles of a fingerprint, laid side by side, cover every word of the licence, so that a changed word is seen anywhere.
"""

from __future__ import annotations

import base64
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from beffroi.catalogue.definitions import bundled_root
from beffroi.documents import read_document
from beffroi.licences.wording import TILE, Wording, places
from beffroi.values import dataclass

FILE = "licence-fingerprints.yaml"


class Kind(StrEnum):
    """What the text is: a licence, the notice by which one is applied, or one much like a licence that we know."""

    TEXT = "text"
    NOTICE = "notice"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """A text as it can be told again.

    `licences` are those whose text it is; that of another licence has none, and a `name`. `gaps` are the places where
    copies differ (names, years). From the word `first` to the word `last` stand its terms: what is before tells of the
    licence, what is behind how to apply it, and copies often leave that out. `part` tells that only part is known.
    """

    licences: tuple[str, ...] = ()
    name: str = ""
    kind: Kind = Kind.TEXT
    lang: str
    words: int
    first: int = 0
    last: int
    gaps: tuple[int, ...] = ()
    part: bool = False
    tiles: tuple[int, ...]

    @cached_property
    def places(self) -> tuple[int, ...]:
        """The place of each tile."""
        runs = pairwise(sorted({0, *self.gaps, self.words}))
        return tuple(place for start, end in runs for place in places(start, end))

    @cached_property
    def size(self) -> int:
        """How many tiles its terms are."""
        return sum(map(self.counts, self.places))

    def counts(self, place: int) -> bool:
        """Whether the tile at a place is one of its terms."""
        return self.first <= place <= self.last - TILE


@dataclass(frozen=True, kw_only=True)
class Fingerprints:
    """All fingerprints that are known."""

    known: tuple[Fingerprint, ...]

    @classmethod
    def bundled(cls) -> Fingerprints:
        """Those that come with us."""
        return bundled_fingerprints()

    @cached_property
    def by_tile(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """The fingerprints that have a tile, by their number, each with its place there."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, each in enumerate(self.known):
            for tile, place in zip(each.tiles, each.places, strict=True):
                found[tile].append((number, place))
        return found


def fingerprint(wording: Wording, **described: Any) -> Fingerprint:
    """The fingerprint of a wording; `described` are what else a fingerprint holds."""
    gaps = tuple(sorted(each for each in wording.breaks if 0 < each < len(wording.words)))
    tiles = tuple(tile for _, tile in wording.tiles)
    size = len(wording.words)
    return Fingerprint(**{"last": size, **described}, words=size, gaps=gaps, tiles=tiles)


@cache
def bundled_fingerprints() -> Fingerprints:
    """Those that come with us, read once."""
    written = read_document(bundled_root() / "standards" / FILE, f"standards/{FILE}").value
    return Fingerprints(known=tuple(map(read, written["fingerprints"])))


def read(written: Mapping[str, Any]) -> Fingerprint:
    """A fingerprint as it is written in the file."""
    return Fingerprint(
        licences=tuple(written.get("licences", ())),
        name=written.get("name", ""),
        kind=Kind(written.get("kind", Kind.TEXT)),
        lang=written["lang"],
        words=written["words"],
        first=written.get("first", 0),
        last=written.get("last", written["words"]),
        gaps=tuple(written.get("gaps", ())),
        part=written.get("part", False),
        tiles=decoded(written["tiles"]),
    )


def write(given: Fingerprint) -> dict[str, Any]:
    """A fingerprint as it is written in the file; what is as usual is left out."""
    written = {
        "licences": list(given.licences),
        "name": given.name,
        "kind": "" if given.kind is Kind.TEXT else given.kind.value,
        "lang": given.lang,
        "words": given.words,
        "first": given.first,
        "last": given.last if given.last < given.words else 0,
        "gaps": list(given.gaps),
        "part": given.part,
        "tiles": encoded(given.tiles),
    }
    return {key: value for key, value in written.items() if value}


def encoded(tiles: Sequence[int]) -> str:
    """Hashes as Base64."""
    return base64.b64encode(struct.pack(f"<{len(tiles)}I", *tiles)).decode()


def decoded(text: str) -> tuple[int, ...]:
    """The hashes that are written as Base64."""
    raw = base64.b64decode(text)
    return struct.unpack(f"<{len(raw) // 4}I", raw)


def licences_of(fingerprints: Iterable[Fingerprint]) -> Iterator[str]:
    """The licences whose texts these are, each once."""
    return iter(dict.fromkeys(licence for each in fingerprints for licence in each.licences))
