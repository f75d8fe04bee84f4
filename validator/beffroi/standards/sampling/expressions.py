"""Texts that a regular expression matches, made from its syntax tree.

Places (`^`, `\\b`) and what must or must not follow (`(?=…)`, `(?!…)`) are passed over: whoever asks for a text sees
whether it matches, and asks again if not.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache, lru_cache

from beffroi.expressions.notation import of_python, understood
from beffroi.expressions.syntax import (
    Atomic,
    Choice,
    Member,
    Node,
    Reference,
    Repeat,
    Sequence,
    Text,
    nodes,
    parsed,
)
from beffroi.standards.sampling.draws import Draw
from beffroi.values import dataclass

LONGEST = 2000
"""Longer texts are not made."""
STEPS = 20_000
"""How many nodes are gone through for one text at most."""
SPREADS = (0, 0, 1, 1, 2, 4)
"""How often more than needed something may be repeated: one of these for each text, and more the further it may go."""
FAVOURED = (
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "0123456789",
    "-_. /'@,;:éèàç",
    '!#$%&()*+<=>?[]^{|}~"\\`',
)
"""Characters that are taken first, and others only where none of these will do."""


def text_of(pattern: str, draw: Draw, least: int = 0) -> str | None:
    """A text of the pattern, if possible of `least` characters; `None` where none can be made."""
    found = tree_of(pattern)
    if found is None:
        return None
    tree, referred = found
    spread = max(draw.one_of(SPREADS) * draw.reach, least if draw.falls(0.5) else 0)
    writer = Writer(draw=draw, spread=spread, groups=dict.fromkeys(referred, ""))
    pieces: list[str] = []
    length = 0
    for piece in writer.pieces(tree):
        length += len(piece)
        if length > LONGEST or writer.failed:
            return None
        pieces.append(piece)
    return None if writer.failed else "".join(pieces)


@lru_cache
def tree_of(pattern: str) -> tuple[Node, tuple[int, ...]] | None:
    """The syntax tree of a pattern, where it can be understood, and the identities of the groups it refers to."""
    expression, _ = understood(pattern)
    if expression is None:
        return None
    try:
        tree = parsed(expression)
    except RecursionError:
        return None
    return tree, tuple(id(each.group) for each in nodes(tree) if isinstance(each, Reference))


@dataclass(kw_only=True)
class Writer:
    """Writes one text. `groups` is what stands for the groups that are referred to, by the identity of their nodes."""

    draw: Draw
    spread: int
    groups: dict[int, str]
    steps: int = 0
    failed: bool = False

    def pieces(self, node: Node) -> Iterator[str]:
        """The pieces of the text of a node, from left to right; what takes too many steps has failed."""
        self.steps += 1
        self.failed = self.failed or self.steps > STEPS
        if self.failed:
            return
        if id(node) not in self.groups:
            yield from self.parts(node)
            return
        found = list(self.parts(node))
        self.groups[id(node)] = "".join(found)
        yield from found

    def parts(self, node: Node) -> Iterator[str]:
        """The pieces of what a node is made of."""
        match node:
            case Text(characters=characters):
                yield characters
            case Member(words=words, flags=flags):
                yield self.member(words, flags)
            case Sequence(items=items):
                for each in items:
                    yield from self.pieces(each)
            case Choice(branches=branches):
                yield from self.pieces(self.draw.one_of(branches))
            case Repeat(item=item, low=low, high=high):
                yield from self.repeated(item, low, high)
            case Atomic(item=item):
                yield from self.pieces(item)
            case Reference(group=group):
                yield self.groups[id(group)]

    def repeated(self, item: Node, low: int, high: float) -> Iterator[str]:
        """The pieces of a node that is repeated."""
        self.failed = self.failed or low > LONGEST
        for _ in range(0 if self.failed else self.draw.between(low, int(min(high, low + self.spread)))):
            yield from self.pieces(item)

    def member(self, words: str, flags: int) -> str:
        """One character of a set."""
        known = members(words, flags)
        if not known:
            self.failed = True
            return ""
        return self.draw.one_of(self.draw.one_of(known))


@cache
def members(words: str, flags: int) -> tuple[str, ...]:
    """Characters of a set, in groups: the favoured ones, letters and digits before signs, or else a few others."""
    matches = of_python(words, flags).fullmatch
    found = tuple(text for each in FAVOURED if (text := "".join(filter(matches, each))))
    if found:
        plain = tuple(each for each in found if each.isalnum())
        return plain or found
    return tuple(filter(matches, map(chr, range(160, sys.maxunicode + 1))))[:10]
