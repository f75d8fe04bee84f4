"""Whether `re` is sure to match an expression in time that grows with the text alone.

`re` tries one way after another. That is harmless where the next character always tells which way to go (XML Schema
asks this of content models: each is "deterministic", 1.0 part 1, 3.8.6), and where it does not, but the ways are few.
"""

from __future__ import annotations

import math
import re
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from beffroi.expressions.notation import of_python
from beffroi.expressions.syntax import (
    Anchor,
    Atomic,
    Choice,
    Look,
    Member,
    Node,
    Reference,
    Repeat,
    Sequence,
    Text,
    nodes,
)

STEPS = 1_000
"""The most steps that a character of the text may cost."""

STEPS_OF_SHORT = 100_000
"""The same where the text that can match is short: a list of ten thousand codes is tried one by one."""

SHORT = 1_000
ASCII = "".join(map(chr, range(128)))
EVERYTHING = -1
NARROW = re.compile(r"\[(?!\^)(?:[^\\]|\\[^DSWuUNx0-7])*\]|\\[dswafnrtv]")
SPACELESS = re.compile(r"\\S|\[\^(?:[^\\]|\\[^s])*\\s")


class Shape(NamedTuple):
    """What is known of all ways to match a part; characters are the bits of an alphabet.

    `first` are the characters it can begin with; `more` those by which it can go on where it may also stop, which is so
    in at most `stops` places; `endless` the same where there is no most. `width` is the longest text that it matches,
    `ways` how many ways lead on from one place, `steps` how many steps they take for each character.
    """

    empty: bool = True
    first: int = 0
    more: int = 0
    stops: float = 0
    endless: int = 0
    width: float = 0
    ways: float = 1
    steps: float = 1

    def ends_before(self, first: int) -> float:
        """How many places there are to end where one of these characters follows, and could be read as well."""
        return math.inf if self.endless & first else self.stops + 1 if self.more & first else 1


def harmless(tree: Node) -> bool:
    """Whether `re` never takes long, whatever the text."""
    shape = Shapes(tree).of(tree)
    return shape.steps <= (STEPS_OF_SHORT if shape.width <= SHORT else STEPS)


def harmless_anywhere(tree: Node) -> bool:
    """Whether `re` never takes long to search a text, where it tries at each place."""
    shape = Shapes(tree).of(tree)
    return shape.steps * (shape.width + 1) <= STEPS or (harmless(tree) and given_up_after(tree) <= STEPS)


def given_up_after(node: Node) -> float:
    """How many steps it takes to see that no match begins behind the start of a text; infinitely many if one can."""
    match node:
        case Anchor(words=words, flags=flags) if words == r"\A" or (words == "^" and not flags & re.M):
            return 1
        case Sequence(items=items) if items:
            return given_up_after(items[0])
        case Choice(branches=branches, decided=False):
            return sum(map(given_up_after, branches))
    return math.inf


class Shapes:
    """The shapes of an expression's parts, over the characters that it tells apart."""

    def __init__(self, tree: Node) -> None:
        written = {char for each in nodes(tree) if isinstance(each, Text) for char in each.characters}
        self.alphabet = ASCII + "".join(sorted(written - set(ASCII)))
        self.groups: dict[int, Shape] = {}

    def of(self, node: Node) -> Shape:
        """The shape of a part."""
        match node:
            case Text(characters=text):
                return Shape(empty=False, first=1 << self.alphabet.index(text[0]), width=float(len(text)))
            case Member():
                return Shape(empty=False, first=members(node, self.alphabet), width=1)
            case Sequence(items=items):
                return reduce(followed, map(self.of, items), Shape())
            case Choice(branches=branches, decided=decided):
                return chosen([self.of(each) for each in branches], decided=decided)
            case Repeat(item=item, low=low, high=high):
                return repeated(self.of(item), low, high)
            case Look(item=item):
                within = self.of(item)
                return Shape(steps=within.steps * (within.width + 1))
            case Atomic(item=item):
                return self.of(item)._replace(more=0, stops=0, endless=0, ways=1)
            case Reference(group=group, flags=flags):
                copied = self.groups.get(id(group)) or self.groups.setdefault(id(group), self.of(group))
                first = EVERYTHING if flags & re.I else copied.first
                return Shape(empty=copied.empty, first=first, width=copied.width)
            case Anchor():
                return Shape()


def followed(one: Shape, other: Shape) -> Shape:
    """One part behind another."""
    ways = one.ways * one.ends_before(other.first)
    return Shape(
        empty=one.empty and other.empty,
        first=one.first | (other.first if one.empty else 0),
        more=other.more | (one.more if other.empty else 0),
        stops=other.stops + (one.stops if other.empty else 0),
        endless=other.endless | (one.endless if other.empty else 0),
        width=one.width + other.width,
        ways=ways * other.ways,
        steps=one.steps + ways * other.steps,
    )


def chosen(branches: list[Shape], *, decided: bool) -> Shape:
    """One part or another: a real choice where two can begin alike, or with nothing."""
    first, shared, empty = 0, 0, sum(each.empty for each in branches)
    for each in branches:
        shared |= first & each.first
        first |= each.first
    tried = not decided and (shared or empty > 1)
    return Shape(
        empty=empty > 0,
        first=first,
        more=reduce(or_, (each.more for each in branches), first if empty and not decided else 0),
        stops=max(each.stops for each in branches) + 1,
        endless=reduce(or_, (each.endless for each in branches)),
        width=max(each.width for each in branches),
        ways=(sum if tried else max)(each.ways for each in branches),
        steps=sum(each.steps for each in branches),
    )


def repeated(item: Shape, low: int, high: float) -> Shape:
    """A part many times over: each time it goes on in as many ways as it can be matched and left."""
    if high == 0:
        return Shape()
    again = item.first if low < high else 0
    each = item.ways * (item.ends_before(item.first) if high > 1 else 1)
    ways = power(each + (item.empty and low < high), high)
    endless = high == math.inf
    return Shape(
        empty=item.empty or low == 0,
        first=item.first,
        more=0 if endless else item.more | again,
        stops=0 if endless else high * (item.stops + 1),
        endless=item.endless | (item.more | again if endless else 0),
        width=item.width * high if item.width else 0,
        ways=ways,
        steps=item.steps * ways,
    )


def power(ways: float, times: float) -> float:
    """`ways` to the power of `times`, or infinity where that is beyond counting."""
    return 1 if ways == 1 else math.inf if times * math.log2(ways) > math.log2(STEPS_OF_SHORT) else float(ways**times)


@cache
def members(member: Member, alphabet: str) -> int:
    """Which characters of the alphabet, as bits, are in a set; two more bits are spaces and other characters beyond."""
    inside = sum(1 << found.start() for found in of_python(member.words, member.flags).finditer(alphabet))
    return inside | beyond(member) << len(alphabet)


def beyond(member: Member) -> int:
    """Whether spaces (1) and others (2) that an expression does not write can be in a set; yes if in doubt."""
    if SPACELESS.match(member.words) and not member.flags & (re.A | re.I):
        return 2
    if member.flags & re.I or not (member.words.isascii() and NARROW.fullmatch(member.words)):
        return 3
    ascii_only = member.flags & re.A
    return 0 if ascii_only else (r"\s" in member.words) | (r"\d" in member.words or r"\w" in member.words) << 1
