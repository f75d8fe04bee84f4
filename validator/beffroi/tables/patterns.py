"""Regular expressions of standards: compiled once, matched in full, never for long, and what they cannot tell apart."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, Protocol

from beffroi.model.faults import Fault, fault
from beffroi.tables.automata import automaton
from beffroi.tables.backtracking import ASCII, harmless, members
from beffroi.tables.expressions import Anchor, Member, Node, Reference, Text, nodes, of_python, parsed

PROPERTY = re.compile(r"\\(?P<not>P|p)\{(?P<category>[A-Z][a-z]?)\}")
SEEN_BY = {"^": r"\n", "$": r"\n", r"\b": r"\w", r"\B": r"\w"}


class Expression(Protocol):
    """What tells whether a whole text matches: by `re`, or in our own way with the same verdicts."""

    def fullmatch(self, text: str, /) -> Any:
        """Something true where it does."""


def compiled(pattern: str) -> tuple[Expression | None, Fault | None]:
    r"""The compiled pattern, and what is wrong with it; `None` when it cannot be understood or be kept from hanging.

    `\p{L}` and its like, which XML Schema has and Python has not, are understood.
    """
    expression, problem = understood(pattern)
    if expression is None:
        return None, problem
    bounded = kept_from_hanging(expression)
    return bounded, problem if bounded else fault("standard-unsafe-pattern", pattern=pattern)


def kept_from_hanging(expression: re.Pattern[str]) -> Expression | None:
    """The expression itself where it is harmless, else what gives the same verdicts in time; `None` for neither."""
    try:
        tree = parsed(expression)
        return expression if harmless(tree) else automaton(tree)
    except RecursionError:
        return None


@lru_cache
def understood(pattern: str) -> tuple[re.Pattern[str] | None, Fault | None]:
    """The pattern as Python understands it, and what is wrong with its notation."""
    try:
        return of_python(pattern), None
    except (re.error, RecursionError, OverflowError) as error:
        problem = str(error)
    try:
        spelt_out = of_python(with_categories(pattern))
    except (re.error, RecursionError, OverflowError):
        return None, fault("standard-bad-pattern", pattern=pattern, problem=problem)
    return spelt_out, fault("standard-bad-pattern", "unicode-class", pattern=pattern, problem=problem)


def with_categories(pattern: str) -> str:
    r"""The pattern with each `\p{…}` spelt out, within a class or on its own."""
    parts = []
    for token in re.finditer(rf"(?P<members>\[\^?\]?(?:\\.|[^\]\\])*\])|{PROPERTY.pattern}|\\.|.", pattern, re.DOTALL):
        if token["members"]:
            parts.append(PROPERTY.sub(lambda each: members_of(each["category"], each["not"]), token[0]))
        elif token["category"]:
            parts.append(f"[{members_of(token['category'], token['not'])}]")
        else:
            parts.append(token[0])
    return "".join(parts)


@cache
def members_of(category: str, sense: str) -> str:
    """The characters of a Unicode category (`p`) or all others (`P`), as ranges of a class."""
    wanted = sense == "p"
    runs = groupby(
        range(sys.maxunicode + 1), key=lambda code: unicodedata.category(chr(code)).startswith(category) == wanted
    )
    ranges = []
    for inside, codes in runs:
        if inside:
            first, *rest = codes
            ranges.append(rf"\U{first:08x}-\U{(rest[-1] if rest else first):08x}")
    return "".join(ranges)


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


def digit_blind(pattern: str) -> bool:
    """Whether the pattern surely treats all ASCII digits alike, so that one text stands for all of its signature."""
    table = classes(pattern)
    return table is not None and len(set(table[ord("0") : ord("9") + 1])) == 1
