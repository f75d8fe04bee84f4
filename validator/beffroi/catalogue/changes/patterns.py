"""Whether all texts of one pattern are texts of another, where that can be told surely and in time."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from beffroi.catalogue.changes.change import Effect
from beffroi.expressions import kept_from_hanging
from beffroi.expressions.automata import Automaton, State, automaton
from beffroi.expressions.notation import of_python, understood
from beffroi.expressions.positions import NOTHING
from beffroi.expressions.syntax import Anchor, Look, Member, parsed

EFFORT = 20_000_000_000
"""The most effort that is made, as automata count it: about a second."""
STARTS = ("^", r"\A")
ENDS = ("$", r"\Z", r"\z")


def usable(pattern: object) -> bool:
    """Whether a pattern can be understood and matched; one that cannot is not heeded."""
    expression = understood(pattern)[0] if isinstance(pattern, str) else None
    return expression is not None and kept_from_hanging(expression) is not None


def of_patterns(before: str, after: str) -> Effect:
    """What a change of pattern does to the texts that match; both, where it cannot be told."""
    if before == after:
        return Effect.NONE
    automata = of_pattern(before), of_pattern(after)
    if automata[0] is None or automata[1] is None:
        return Effect.BOTH
    return of_automata(automata[0], automata[1])


@lru_cache(maxsize=100)
def of_pattern(pattern: str) -> Automaton | None:
    """What matches a pattern that asks nothing of what stands around but where the text ends; `None` for others."""
    expression, _ = understood(pattern)
    if expression is None:
        return None
    try:
        found = automaton(parsed(expression))
    except RecursionError:
        return None
    return found if found and all(is_end(each) for each in found.positions.conditions) else None


def is_end(condition: Anchor | Look) -> bool:
    """Whether a condition is the start or the end of the text."""
    return isinstance(condition, Anchor) and condition.words in (*STARTS, *ENDS) and not condition.flags & re.M


class Place(NamedTuple):
    """Where a text has led both automata; `first` before its first character, `last` behind a line break at its end.

    As `$` holds before such a break too, one that is not `last` is followed by more.
    """

    before: State
    after: State
    first: bool = False
    last: bool = False
    more: bool = False

    @property
    def key(self) -> tuple[int, int, bool, bool, bool]:
        """What tells it from others."""
        return self.before.pending, self.after.pending, self.first, self.last, self.more

    @property
    def effect(self) -> Effect:
        """What the text that leads here tells, if it may end here."""
        if self.more:
            return Effect.NONE
        matched, matches = (each.automaton.accepts(each, mark(each, self.first, ENDS)) for each in self[:2])
        return Effect.NONE if matched == matches else Effect.NARROWS if matched else Effect.WIDENS

    def following(self, sign: str) -> Iterator[Place]:
        """Where one more character leads, unless nothing can be matched from there."""
        for breaks in (False, True) if sign == "\n" else (False,):
            ends = ("$",) if breaks else ()
            before, after = (each[sign, mark(each, self.first, ends)] for each in self[:2])
            if before.pending or after.pending:
                yield Place(before, after, last=breaks, more=sign == "\n" and not breaks)


def mark(state: State, first: bool, ends: Iterable[str]) -> int:  # noqa: FBT001 - what a place says
    """The conditions that hold at a place, as bits."""
    words = (*(STARTS if first else ()), *ends)
    conditions = enumerate(state.automaton.positions.conditions)
    return sum(1 << number for number, each in conditions if isinstance(each, Anchor) and each.words in words)


def of_automata(before: Automaton, after: Automaton) -> Effect:
    """What texts only one of them matches: both are led to all states that a text can lead them to."""
    signs = representatives([*before.positions.readers, *after.positions.readers, "\n"])
    most = EFFORT // ((before.effort + after.effort) * (len(signs) + 1))
    start = Place(before.state(before.positions.start), after.state(after.positions.start), first=True)
    pending, seen, found = [start], {start.key}, Effect.NONE
    while pending and found is not Effect.BOTH:
        place = pending.pop()
        found |= place.effect
        for each in () if place.last else (each for sign in signs for each in place.following(sign)):
            if each.key not in seen:
                seen.add(each.key)
                pending.append(each)
        if len(seen) > most:
            return Effect.BOTH
    return found


def representatives(readers: Iterable[str | Member]) -> tuple[str, ...]:
    """One character for all those that none of the readers tells apart."""
    read = {each for each in readers if each != NOTHING}
    inside = [runs_of(each.words, each.flags) if isinstance(each, Member) else run(each) for each in read]
    starts = sorted({0, *(bound for runs in inside for bound in runs)})
    kinds = {tuple(bisect_right(runs, start) % 2 for runs in inside): start for start in starts if start < LAST}
    return tuple(map(chr, kinds.values()))


LAST = sys.maxunicode + 1


def run(character: str) -> tuple[int, int]:
    """Where a run of one character begins and ends."""
    return ord(character), ord(character) + 1


@cache
def every_character() -> str:
    """All characters in their order."""
    return "".join(map(chr, range(LAST)))


@lru_cache(maxsize=200)
def runs_of(words: str, flags: int) -> tuple[int, ...]:
    """Where the runs of characters of a set begin and end, in turn."""
    found = of_python(f"(?:{words})+", flags).finditer(every_character())
    return tuple(bound for each in found for bound in each.span())
