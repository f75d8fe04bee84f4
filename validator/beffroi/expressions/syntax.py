"""The syntax of Python's regular expressions as a tree.

Only what `re` has compiled is read, so that nothing is checked twice. A set of characters and a place in the text keep
the words in which they are written: what these mean is asked of `re` itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, TypeAlias

FLAGS = {"a": re.A, "i": re.I, "m": re.M, "s": re.S, "u": re.U, "x": re.X}
QUANTIFIERS = {"*": (0, math.inf), "+": (1, math.inf), "?": (0, 1)}
DEPTH = 100
"""How deep groups may nest; Python itself gives up at a depth that depends on where it is called from."""

SYNTAX = r"""
    (?P<skipped>\(\?\#[^)]*\)|\(\?[a-zA-Z]+\)%(skipped)s)
    |(?P<text>[^\\\[(){}|*+?.^$%(not_text)s]+)
    |(?P<repeat>[*+?]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\})(?P<mode>[?+]?)
    |(?P<set>\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\\[dDsSwWafnrtv]|\\0[0-7]{0,2}|\\[0-7]{3}
        |\\x..|\\u.{4}|\\U.{8}|\\N\{[^}]*\})
    |(?P<anchor>[\^$]|\\[AbBzZ])
    |\\(?P<number>[1-9][0-9]?)|\(\?P=(?P<name>\w+)\)
    |(?P<open>\((?:\?(?:P<(?P<named>\w+)>|<?[=!]|>|\((?P<condition>\w+)\)|(?P<on>[a-z]*)(?:-(?P<off>[a-z]+))?:))?)
    |(?P<close>\))|(?P<bar>\|)
    |\\?(?P<other>.)
"""


class Text(NamedTuple):
    """These characters, one after the other."""

    characters: str


class Member(NamedTuple):
    """One character of a set, as `re` understands the words."""

    words: str
    flags: int


class Anchor(NamedTuple):
    """A place in the text, as `re` understands the words."""

    words: str
    flags: int


class Sequence(NamedTuple):
    """One after the other."""

    items: tuple[Node, ...]


class Choice(NamedTuple):
    """One of these; where `decided`, by what an earlier group has matched."""

    branches: tuple[Node, ...]
    decided: bool = False


class Repeat(NamedTuple):
    """The same from `low` to `high` times."""

    item: Node
    low: int
    high: float


class Look(NamedTuple):
    """What must (or must not) stand ahead or behind, and is not read."""

    item: Node
    ahead: bool
    wanted: bool


class Atomic(NamedTuple):
    """The first way in which it matches, and no other."""

    item: Node


class Reference(NamedTuple):
    """The text that an earlier group has matched."""

    group: Node
    flags: int


Node: TypeAlias = Text | Member | Anchor | Sequence | Choice | Repeat | Look | Atomic | Reference


@cache
def syntax(flags: int) -> re.Pattern[str]:
    """What reads the next token; blanks and comments mean nothing where the flags say so."""
    spaced = {"skipped": r"|[ \t\n\r\v\f]+|\#[^\n]*", "not_text": r" \t\n\r\v\f#"}
    plain = {"skipped": "", "not_text": ""}
    return re.compile(SYNTAX % (spaced if flags & re.X else plain), re.VERBOSE | re.DOTALL)


@lru_cache
def parsed(expression: re.Pattern[str]) -> Node:
    """The tree of a compiled expression; raises `RecursionError` where it nests too deeply."""
    return as_choice(Reader(expression.pattern).branches(expression.flags))


def nodes(node: Node) -> Iterator[Node]:
    """A node and all that is in it; a group that is referred to stands in its own place only."""
    yield node
    match node:
        case Sequence(items=within) | Choice(branches=within):
            for each in within:
                yield from nodes(each)
        case Repeat(item=item) | Look(item=item) | Atomic(item=item):
            yield from nodes(item)


class Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.depth = 0
        self.count = 0
        self.groups: dict[str, Node] = {}

    def branches(self, flags: int) -> tuple[Node, ...]:
        """What stands between bars, up to the bracket that closes or to the end."""
        found: list[list[Node]] = [[]]
        tokens = syntax(flags & re.X)
        while token := tokens.match(self.pattern, self.place):
            self.place = token.end()
            kind = token.lastgroup
            if kind == "close":
                break
            if kind == "bar":
                found.append([])
            elif kind == "mode":
                found[-1].extend(repeated(found[-1].pop(), token))
            elif kind != "skipped":
                found[-1].extend(self.items(token, flags))
        return tuple(as_sequence(items) for items in found)

    def items(self, token: re.Match[str], flags: int) -> list[Node]:
        """What a token stands for."""
        if token["open"]:
            return [self.group(token, flags)]
        if token["set"]:
            return [Member(token["set"], flags & (re.A | re.I | re.S))]
        if token["anchor"]:
            return [Anchor(token["anchor"], flags & (re.A | re.M))]
        if referred := token["number"] or token["name"]:
            return [Reference(self.groups[referred], flags)]
        text = token["text"] or token["other"]
        if flags & re.I:
            return [Member(re.escape(each), flags & (re.A | re.I)) for each in text]
        return [Text(text)]

    def group(self, token: re.Match[str], flags: int) -> Node:
        """What stands in brackets, by what opens them."""
        opening = token["open"]
        names = self.names_of(token)
        self.depth += 1
        if self.depth > DEPTH:
            raise RecursionError
        branches = self.branches(scoped(flags, token["on"] or "", token["off"] or ""))
        self.depth -= 1
        found = as_choice(branches)
        self.groups.update(dict.fromkeys(names, found))
        if token["condition"]:
            return Choice((*branches, Sequence(()))[:2], decided=True)
        if opening == "(?>":
            return Atomic(found)
        if opening.endswith(("=", "!")):
            return Look(found, ahead="<" not in opening, wanted=opening.endswith("="))
        return Sequence((found,)) if isinstance(found, Text) else found

    def names_of(self, token: re.Match[str]) -> list[str]:
        """The number and the name of a group that is kept; none for one that is not."""
        if token["open"] != "(" and not token["named"]:
            return []
        self.count += 1
        return [each for each in (str(self.count), token["named"]) if each]


def scoped(flags: int, on: str, off: str) -> int:
    """The flags within a group that switches some on or off."""
    if set(on) & {"a", "u"}:
        flags &= ~(re.A | re.U)
    for letter in on:
        flags |= FLAGS[letter]
    for letter in off:
        flags &= ~FLAGS[letter]
    return flags


def repeated(last: Node, token: re.Match[str]) -> list[Node]:
    """What a quantifier makes of the item before it; of a text, it repeats only the last character."""
    before: list[Node] = []
    if isinstance(last, Text) and len(last.characters) > 1:
        before, last = [Text(last.characters[:-1])], Text(last.characters[-1])
    low, high = QUANTIFIERS.get(token["repeat"]) or bounds(token["repeat"])
    found = Repeat(last, low, high)
    return [*before, Atomic(found) if token["mode"] == "+" else found]


def bounds(words: str) -> tuple[int, float]:
    """The least and the most that `{2}`, `{2,}`, `{,3}` or `{2,3}` allows."""
    low, comma, high = words[1:-1].partition(",")
    return int(low or 0), int(high) if high else math.inf if comma else int(low)


def as_sequence(items: list[Node]) -> Node:
    """Items as one node."""
    return items[0] if len(items) == 1 else Sequence(tuple(items))


def as_choice(branches: tuple[Node, ...]) -> Node:
    """Branches as one node."""
    return branches[0] if len(branches) == 1 else Choice(branches)
