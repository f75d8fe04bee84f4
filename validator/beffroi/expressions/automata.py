"""Matches an expression in time that grows with the text alone, with the verdicts of `re`.

All ways are tried at once: a state is the set of positions in the expression that may be read next. Which conditions
hold where in a text (`^`, `\\b`, what stands ahead) is told before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableSequence, Sequence
from functools import reduce
from operator import or_

from beffroi.expressions import syntax
from beffroi.expressions.notation import of_python
from beffroi.expressions.positions import Positions, extent
from beffroi.expressions.syntax import Anchor, Atomic, Choice, Look, Member, Node, Reference, nodes

POSITIONS = 200_000
"""The most positions of an expression."""

EFFORT = 2_000_000
"""The most effort that one character may cost, in bits moved: about a tenth of a millisecond."""

STEP = 20_000
"""The effort of a step that moves hardly any bits."""

REMEMBERED = 20_000
"""The most steps from state to state that are remembered."""

REMEMBERED_BITS = 100_000_000
"""The most bits of states that are remembered."""


def automaton(tree: Node) -> Automaton | None:
    """What matches whole texts; `None` where an expression holds what only trying can tell, or is too large."""
    if not fits(tree):
        return None
    found = Automaton(without_ends(tree))
    return found if found.effort <= EFFORT else None


def automaton_anywhere(tree: Node) -> Automaton | None:
    """The same, of what searches texts."""
    found = Automaton(tree, anywhere=True) if fits(tree) else None
    return found if found and found.effort <= EFFORT else None


def fits(tree: Node) -> bool:
    """Whether an automaton can match an expression, and is not too large."""
    return expressible(tree) and extent(tree) <= POSITIONS


def expressible(tree: Node) -> bool:
    """Whether an automaton can match an expression."""
    return not any(
        isinstance(each, Atomic | Reference) or (isinstance(each, Choice) and each.decided) for each in nodes(tree)
    )


def without_ends(node: Node, *, first: bool = True, last: bool = True) -> Node:
    """An expression without the `^` and `$` around it, which always hold where the whole text is matched."""
    match node:
        case Anchor(words=words) if (first and words in {"^", r"\A"}) or (last and words in {"$", r"\Z", r"\z"}):
            return syntax.Sequence(())
        case Choice(branches=branches, decided=False):
            return Choice(tuple(without_ends(each, first=first, last=last) for each in branches))
        case syntax.Sequence(items=items) if items:
            end = len(items) - 1
            kept = (
                without_ends(each, first=first and number == 0, last=last and number == end)
                for number, each in enumerate(items)
            )
            return syntax.Sequence(tuple(kept))
    return node


class State(dict[tuple[str, int], "State"]):
    """Positions that may be read next; and by a character and the conditions that hold before it, the next state."""

    __slots__ = ("automaton", "pending")

    def __init__(self, automaton: Automaton, pending: int) -> None:
        self.automaton = automaton
        self.pending = pending

    def __missing__(self, key: tuple[str, int]) -> State:
        found = self.automaton.after(self.pending, *key)
        self[key] = found
        return found


class Automaton:
    """Matches an expression from the start of a text, or `anywhere`; `backwards` to tell what stands ahead."""

    def __init__(self, tree: Node, *, anywhere: bool = False, backwards: bool = False) -> None:
        self.order = -1 if backwards else 1
        self.positions = Positions(tree, backwards=backwards)
        self.always = self.positions.start if anywhere else 0
        self.looks = {
            each: Automaton(each.item, anywhere=True, backwards=each.ahead)
            for each in self.positions.conditions
            if isinstance(each, Look)
        }
        self.states: dict[int, State] = {}
        self.reads: dict[str, int] = {}
        self.remembered = 0

    @property
    def effort(self) -> int:
        """What one character can cost: a step, and another behind each condition that holds."""
        step = STEP + len(self.positions.links) * (STEP // 10 + self.positions.count)
        conditions = sum(each.bit_count() for each in self.positions.conditions.values())
        return (1 + conditions) * step + sum(each.effort for each in self.looks.values())

    def fullmatch(self, text: str, /) -> bool:
        """Whether the whole text matches."""
        marks = self.marks(text)
        state = self.state(self.positions.start)
        for key in zip(text, marks, strict=False):
            state = state[key]
            if not state.pending:
                return False
        return self.accepts(state, marks[-1])

    def search(self, text: str, /) -> bool:
        """Whether a part of the text matches, for what matches `anywhere`."""
        return 1 in self.ends(text)

    def ends(self, text: str) -> bytes:
        """Whether (0, 1) a match can end (read backwards: begin) at each place of the text."""
        marks = self.marks(text)[:: self.order]
        state = self.state(self.positions.start)
        found = bytearray([self.accepts(state, marks[0])])
        for char, before, behind in zip(text[:: self.order], marks, marks[1:], strict=False):
            state = state[char, before]
            found.append(self.accepts(state, behind))
        return bytes(found[:: self.order])

    def accepts(self, state: State, mark: int) -> bool:
        """Whether a match can end in a state, where these conditions hold."""
        return bool(self.settled(state.pending, mark) & self.positions.end)

    def after(self, pending: int, char: str, mark: int) -> State:
        """The state behind a character; when too much is remembered, all is forgotten."""
        self.remembered += 1
        bits = (len(self.states) + len(self.reads)) * self.positions.count
        if self.remembered > REMEMBERED or bits > REMEMBERED_BITS:
            self.forget()
        read = self.settled(pending, mark) & self.reading(char)
        return self.state(self.positions.following(read) | self.always)

    def state(self, pending: int) -> State:
        """The state of these positions."""
        if pending not in self.states:
            self.states[pending] = State(self, pending)
        return self.states[pending]

    def forget(self) -> None:
        """Begin anew with the states and what leads from one to another."""
        for each in self.states.values():
            each.clear()
        self.states.clear()
        self.reads.clear()
        self.remembered = 0

    def reading(self, char: str) -> int:
        """The positions that can read a character."""
        if char not in self.reads:
            readers = self.positions.readers
            sets = (
                positions
                for each, positions in readers.items()
                if isinstance(each, Member) and of_python(each.words, each.flags).fullmatch(char)
            )
            self.reads[char] = reduce(or_, sets, readers.get(char, 0))
        return self.reads[char]

    def settled(self, pending: int, mark: int) -> int:
        """Go on behind all conditions that hold."""
        conditions = enumerate(self.positions.conditions.values())
        holding = reduce(or_, (each for number, each in conditions if mark >> number & 1), 0) if mark else 0
        passed = 0
        while ready := pending & holding & ~passed:
            passed |= ready
            pending |= self.positions.following(ready)
        return pending

    def marks(self, text: str) -> Sequence[int]:
        """The conditions that hold at each place of the text, as bits."""
        conditions = self.positions.conditions
        marks: MutableSequence[int] = bytearray(len(text) + 1) if len(conditions) <= 8 else [0] * (len(text) + 1)
        for number, condition in enumerate(conditions):
            for place in self.where(condition, text):
                marks[place] |= 1 << number
        return marks

    def where(self, condition: Anchor | Look, text: str) -> Iterator[int]:
        """The places of the text where a condition holds."""
        if isinstance(condition, Anchor):
            return (found.start() for found in of_python(condition.words, condition.flags).finditer(text))
        ends = self.looks[condition].ends(text)
        return (place for place, holds in enumerate(ends) if holds == condition.wanted)
