"""Which characters an expression cannot tell apart."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from beffroi.expressions.backtracking import ASCII, members
from beffroi.expressions.notation import understood
from beffroi.expressions.syntax import Anchor, Member, Node, Reference, Text, nodes, parsed

SEEN_BY = {"^": r"\n", "$": r"\n", r"\b": r"\w", r"\B": r"\w"}


@lru_cache
def classes(pattern: str) -> bytes | None:
    """A table for `bytes.translate` that gives each ASCII character the first one which the pattern treats alike.

    A text in UTF-8 and its translation get the same verdict. `None` where that cannot be known.
    """
    expression, _ = understood(pattern)
    try:
        parts = list(nodes(parsed(expression))) if expression else []
    except RecursionError:
        parts = []
    if not parts or any(isinstance(each, Reference) for each in parts):
        return None
    told_apart = {inside for each in parts for inside in ascii_sets(each)}
    kinds = [tuple(inside >> code & 1 for inside in told_apart) for code in range(len(ASCII))]
    return bytes(map(kinds.index, kinds)) + bytes(range(len(ASCII), 256))


def ascii_sets(part: Node) -> Iterable[int]:
    """The sets of ASCII characters, as bits, that a part tells from others."""
    match part:
        case Text(characters=text):
            return {1 << ord(char) for char in text if char.isascii()}
        case Member():
            return {members(part, ASCII)}
        case Anchor(words=words, flags=flags) if words in SEEN_BY:
            return {members(Member(SEEN_BY[words], flags), ASCII)}
    return ()
