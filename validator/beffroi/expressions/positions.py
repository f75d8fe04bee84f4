"""The positions of an expression, and which may follow which (Glushkov's construction), as the bits of integers.

A position reads one character, or is a condition that holds at a place in the text and reads none. What is repeated a
number of times is written out as often.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from beffroi.expressions.syntax import Anchor, Atomic, Choice, Look, Member, Node, Reference, Repeat, Sequence, Text

COPIED = 10_000
"""The most positions of a part that is written out more than once, but for a single character."""

NOTHING = ""
"""What a condition reads."""


class Part(NamedTuple):
    """A part of an expression: whether it can match nothing, and its first and last positions."""

    empty: bool = True
    first: int = 0
    last: int = 0


class Positions:
    """The positions of an expression, or of its mirror image where it is read `backwards`.

    `readers`: the positions that read a character, or one of a set. `chain`: those that the next one follows.
    `links`: positions, by those which follow each of them. `end`: the one reached behind a match.
    """

    def __init__(self, tree: Node, *, backwards: bool) -> None:
        self.order = -1 if backwards else 1
        self.count = 0
        self.chain = 0
        self.links: dict[int, int] = defaultdict(int)
        self.conditions: dict[Anchor | Look, int] = defaultdict(int)
        self._read: dict[str | Member, list[int]] = defaultdict(list)
        whole = self.part(tree)
        self.end = 1 << self.count
        self.link(whole.last, self.end)
        self.start = whole.first | (self.end if whole.empty else 0)
        self.readers = {each: as_bits(positions) for each, positions in self._read.items()}

    def following(self, read: int) -> int:
        """The positions that may follow any of these."""
        found = (read & self.chain) << 1
        for first, last in self.links.items():
            if read & last:
                found |= first
        return found

    def link(self, last: int, first: int) -> None:
        """Let each position of `first` follow each of `last`."""
        if first == last << 1 and last.bit_count() == 1:
            self.chain |= last
        elif first and last:
            self.links[first] |= last

    def part(self, node: Node) -> Part:
        """Give a part of the expression its positions."""
        match node:
            case Text(characters=text):
                return self.row(text[:: self.order])
            case Member():
                return self.row([node])
            case Anchor() | Look():
                self.conditions[node] |= 1 << self.count
                return self.row([NOTHING])
            case Sequence(items=items):
                return reduce(self.joined, map(self.part, items[:: self.order]), Part())
            case Choice(branches=branches):
                empty, first, last = zip(*map(self.part, branches), strict=True)
                return Part(any(empty), reduce(or_, first), reduce(or_, last))
            case Repeat():
                return self.repeated(node)
            case Atomic() | Reference():
                raise NotImplementedError("only trying can tell what matches")

    def row(self, readers: Iterable[str | Member]) -> Part:
        """Positions one behind another, by what each of them reads."""
        first = self.count
        for self.count, reader in enumerate(readers, first + 1):
            self._read[reader].append(self.count - 1)
        last = 1 << self.count - 1
        self.chain |= last - (1 << first)
        return Part(empty=False, first=1 << first, last=last)

    def joined(self, one: Part, other: Part) -> Part:
        """One part behind another."""
        self.link(one.last, other.first)
        return Part(
            one.empty and other.empty,
            one.first | (other.first if one.empty else 0),
            other.last | (one.last if other.empty else 0),
        )

    def repeated(self, node: Repeat) -> Part:
        """A part written out as often as it must be told apart; the last copy is repeated where there is no most."""
        count = copies(node)
        if not count:
            return Part()
        if reader := only_reader(node.item):
            _, first, last = self.row([reader] * count)
            empty, lasts, again = False, (last << 1) - (first << max(node.low, 1) - 1), last
        else:
            parts = self.copied(node.item, count)
            empty, first, _ = parts[0]
            lasts = reduce(or_, (each.last for each in parts[0 if empty else max(node.low, 1) - 1 :]))
            _, again, last = parts[-1]
        if node.high == math.inf:
            self.link(last, again)
        return Part(empty or node.low == 0, first, lasts)

    def copied(self, item: Node, count: int) -> list[Part]:
        """A part so many times, one behind another; one that can match nothing need not be skipped."""
        parts = [self.part(item) for _ in range(count)]
        for one, other in pairwise(parts):
            self.link(one.last, other.first)
        return parts


def extent(node: Node) -> float:
    """How many positions, and parts without any, an expression has; infinitely many where too much is written out."""
    match node:
        case Text(characters=text):
            return len(text)
        case Sequence(items=within) | Choice(branches=within):
            return 1 + sum(map(extent, within))
        case Repeat(item=item):
            count, once = copies(node), extent(item)
            few = count <= 1 or only_reader(item) or count * once <= COPIED
            return 1 + count * once if few else math.inf
        case Look(item=item):
            return 1 + extent(item)
    return 1


def copies(node: Repeat) -> int:
    """How often a repeated part is written out."""
    return max(node.low, 1) if node.high == math.inf else int(node.high)


def only_reader(node: Node) -> str | Member | None:
    """What reads the only character of a part that is no more than that."""
    if isinstance(node, Text) and len(node.characters) == 1:
        return node.characters
    return node if isinstance(node, Member) else None


def as_bits(positions: list[int]) -> int:
    """Numbers of positions as the bits of an integer."""
    found = bytearray(positions[-1] // 8 + 1)
    for each in positions:
        found[each // 8] |= 1 << each % 8
    return int.from_bytes(found, "little")
