"""Where the text of a licence stands in a text, and what differs there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from beffroi.licences.fingerprints import Fingerprint, Fingerprints
from beffroi.licences.wording import TILE, Wording
from beffroi.values import dataclass

CONSIDERED = 0.5
"""The least share of the tiles of a licence that must be there for a place to be considered."""
APART = 60
"""More words between two tiles than the licence has there, and they belong to two copies."""
REPEATED = 40
"""How often the same words may be met in one text; they are passed over where they come again."""
NAME = 25
"""How many words may fill a gap: names, years."""


class Hit(NamedTuple):
    """A tile of a licence that is found in a text: its place there, and here."""

    there: int
    here: int

    @property
    def offset(self) -> int:
        """How much later it stands here."""
        return self.here - self.there


@dataclass(frozen=True, kw_only=True)
class Change:
    """Words here, from one place to another, that are not those of the licence: how many more or fewer they are.

    `terms` tells whether they stand among its terms; what fills a gap does not.
    """

    start: int
    end: int
    more: int
    terms: bool = True


@dataclass(frozen=True, kw_only=True)
class Match:
    """A place in a text where a licence stands, from one word to another: the tiles of it that are there, in order."""

    fingerprint: Fingerprint
    hits: tuple[Hit, ...]
    start: int
    end: int

    @property
    def share(self) -> float:
        """The part of its terms that is there."""
        return 1 - self.missing / TILE / self.fingerprint.size

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every place between its first and its last word that differs."""
        given = self.fingerprint
        inside = (change(given, one, other) for one, other in pairwise(self.hits))
        first, last = self.hits[0].here, self.hits[-1].here + TILE
        head = Change(start=self.start, end=first, more=0, terms=given.counts(given.places[0]))
        tail = Change(start=last, end=self.end, more=0, terms=given.counts(given.places[-1]))
        ends = [each for each in (head, tail) if each.start < each.end]
        return tuple(each for each in (*inside, *ends) if each)

    @property
    def added(self) -> int:
        """How many words are added to its terms."""
        return sum(max(0, each.more) for each in self.changes if each.terms)

    @property
    def dropped(self) -> int:
        """How many words of its terms are left out, but for the first and the last ones."""
        return sum(max(0, -each.more) for each in self.changes if each.terms)

    @cached_property
    def covered(self) -> int:
        """How many words of the text are those of the licence."""
        return TILE + sum(min(TILE, other.here - one.here) for one, other in pairwise(self.hits))

    @cached_property
    def missing(self) -> int:
        """How many words of its terms are not there, or changed."""
        return TILE * (self.fingerprint.size - sum(self.fingerprint.counts(each.there) for each in self.hits))

    def overlaps(self, other: Match) -> bool:
        """Whether half of the shorter of two places is shared."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return shared * 2 >= min(self.end - self.start, other.end - other.start)


def matches(text: Wording, fingerprints: Fingerprints) -> tuple[Match, ...]:
    """All places of a text where licences stand, those first that account for most of it."""
    found = [
        match
        for number, hits in hits_of(text, fingerprints).items()
        for match in matches_of(text, fingerprints.known[number], hits)
        if match.share >= CONSIDERED
    ]
    return tuple(sorted(found, key=lambda each: (-each.covered, each.missing, each.start)))


def hits_of(text: Wording, fingerprints: Fingerprints) -> Mapping[int, Sequence[Hit]]:
    """What the text has in common with each fingerprint, by its number; those with too little left out."""
    found: dict[int, list[Hit]] = defaultdict(list)
    by_tile = fingerprints.by_tile
    seen: Counter[int] = Counter()
    for here, tile in text.shingles:
        seen[tile] += 1
        for number, there in by_tile.get(tile, ()) if seen[tile] <= REPEATED else ():
            found[number].append(Hit(there, here))
    known = fingerprints.known
    return {number: hits for number, hits in found.items() if len(hits) >= CONSIDERED * len(known[number].tiles)}


def matches_of(text: Wording, fingerprint: Fingerprint, hits: Sequence[Hit]) -> Iterator[Match]:
    """Each copy of a licence."""
    for copy in copies(hits):
        run = densest(longest_run(copy))
        head, tail = edges(fingerprint, run)
        start, end = max(0, run[0].here - head), min(len(text.words), run[-1].here + TILE + tail)
        yield Match(fingerprint=fingerprint, hits=run, start=start, end=end)


def copies(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """Hits by the copy that they belong to: those of one are about equally late."""
    order = sorted(hits, key=lambda each: each.offset)
    start = 0
    for index, (one, other) in enumerate(pairwise(order), start=1):
        if other.offset - one.offset > APART:
            yield order[start:index]
            start = index
    yield order[start:]


def longest_run(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The most hits that follow each other in the same order in both texts."""
    order = sorted(hits, key=lambda each: (each.there, -each.here))
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, hit in enumerate(order):
        length = bisect_left(ends, hit.here)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [hit.here], [index]
    run = []
    index = last[-1]
    while index >= 0:
        run.append(order[index])
        index = before[index]
    return tuple(run[::-1])


def densest(run: Sequence[Hit]) -> tuple[Hit, ...]:
    """The part of a run with the most hits, less the words between them that are too many."""
    best = start = 0
    best_part = (0, 1)
    score = 1
    for index, (one, other) in enumerate(pairwise(run), start=1):
        score -= max(0, other.offset - one.offset) // TILE
        if score < 0:
            start, score = index, 0
        score += 1
        if score > best:
            best, best_part = score, (start, index + 1)
    return tuple(run[slice(*best_part)])


def change(fingerprint: Fingerprint, one: Hit, other: Hit) -> Change | None:
    """What differs between two hits that follow each other; `None` where nothing does."""
    start, end = one.here + TILE, max(one.here + TILE, other.here)
    more = other.offset - one.offset
    between = other.there - one.there - TILE
    gaps = bisect_right(fingerprint.gaps, other.there) - bisect_left(fingerprint.gaps, one.there + TILE)
    if gaps and between < TILE and -between <= more <= NAME * gaps:
        return Change(start=start, end=end, more=0, terms=False) if start < end else None
    if more == 0 and start == end:
        return None
    inside = fingerprint.first <= one.there and other.there + TILE <= fingerprint.last
    return Change(start=start, end=end, more=max(0, more - NAME * gaps) if more > 0 else more, terms=inside)


def edges(fingerprint: Fingerprint, hits: Sequence[Hit]) -> tuple[int, int]:
    """How many words of a tile are missing at the beginning and at the end, where it is no more than one."""
    head = hits[0].there - fingerprint.places[0]
    tail = fingerprint.places[-1] - hits[-1].there
    return (head if head <= TILE else 0, tail if tail <= TILE else 0)
