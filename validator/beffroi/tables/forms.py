"""Forms: regular expressions of the texts that are surely valid, and one automaton over bytes for all those of a field.

A form may leave out valid texts but holds no invalid one, so that what it does not hold is still to be judged. In a
pattern, only ASCII is taken for sure; a list of texts may hold any.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from beffroi.expressions.automata import Automaton as Expression
from beffroi.expressions.automata import automaton
from beffroi.expressions.notation import of_python
from beffroi.expressions.syntax import parsed
from beffroi.tables.fields.contract import ANYTHING
from beffroi.tables.scanner import Automaton
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.fields.contract import Form

STATES = 4_000
"""The most states of an automaton."""
LISTED_BYTES = 100_000
ALL_BYTES = range(256)


class Way(Protocol):
    """How a form is read byte by byte: from `start`, each byte leads from a state to another, or to `None`, no text."""

    @property
    def start(self) -> Hashable:
        """The state before the first byte."""

    def step(self, state: Hashable, byte: int) -> Hashable | None:
        """The state behind a byte."""

    def accepts(self, state: Hashable) -> bool:
        """Whether a text may end here."""

    def kind(self, byte: int) -> Hashable:
        """What bytes that always lead to the same state have in common."""


@dataclass(frozen=True)
class ByPattern:
    """A regular expression, by the set of the places in it that may be read next."""

    expression: Expression

    @property
    def start(self) -> int:
        """The places that may be read first."""
        return self.expression.positions.start

    def step(self, state: Hashable, byte: int) -> int | None:
        """The places that may be read behind a byte."""
        assert isinstance(state, int)
        return self.expression.positions.following(state & self.kind(byte)) or None

    def accepts(self, state: Hashable) -> bool:
        """Whether the end is among the places."""
        assert isinstance(state, int)
        return bool(state & self.expression.positions.end)

    def kind(self, byte: int) -> int:
        """The places that read a byte."""
        return self.expression.reading(chr(byte)) if byte < 128 else 0


@dataclass(frozen=True)
class ByList:
    """Texts, by what has been read of them; or all others."""

    texts: frozenset[bytes]
    others: bool = False

    @property
    def start(self) -> bytes:
        """Nothing has been read."""
        return b""

    @cached_property
    def beginnings(self) -> frozenset[bytes]:
        """What a text may begin with."""
        return frozenset(text[:end] for text in self.texts for end in range(len(text) + 1))

    @cached_property
    def written(self) -> frozenset[int]:
        """The bytes that occur."""
        return frozenset(byte for text in self.texts for byte in text)

    def step(self, state: Hashable, byte: int) -> Hashable | None:
        """What has been read, as long as a text may come of it."""
        assert isinstance(state, bytes | str)
        if isinstance(state, bytes) and (found := state + bytes([byte])) in self.beginnings:
            return found
        return "another" if self.others else None

    def accepts(self, state: Hashable) -> bool:
        """Whether a text ends here."""
        return (state in self.texts) is not self.others

    def kind(self, byte: int) -> int:
        """The byte itself, if it occurs."""
        return byte if byte in self.written else -1


@dataclass(frozen=True)
class ByCheckDigit:
    """Numbers of `length` digits, of the first `checked` of which the last is a check digit (Luhn's, ISO/IEC 7812-1).

    A state is how many digits have been read, and their sum.
    """

    checked: int
    length: int

    @property
    def start(self) -> tuple[int, int]:
        """No digit has been read."""
        return 0, 0

    def step(self, state: Hashable, byte: int) -> tuple[int, int] | None:
        """One digit more."""
        assert isinstance(state, tuple)
        count, total = state
        digit = self.kind(byte)
        if digit < 0 or count == self.length:
            return None
        if count >= self.checked:
            return count + 1, 0
        twice = (self.checked - count) % 2 == 0
        total = (total + (sum(divmod(2 * digit, 10)) if twice else digit)) % 10
        return None if total and count + 1 == self.checked else (count + 1, total)

    def accepts(self, state: Hashable) -> bool:
        """Whether there are digits enough."""
        assert isinstance(state, tuple)
        return bool(state[0] == self.length)

    def kind(self, byte: int) -> int:
        """The digit, or -1."""
        return byte - ord("0") if ord("0") <= byte <= ord("9") else -1


def way_of(form: Form | Way) -> Way | None:
    """How a form is read; `None` for one that cannot be read byte by byte."""
    if not isinstance(form, str | tuple):
        return form
    if isinstance(form, tuple):
        texts = frozenset(text.encode("utf-8", "replace") for text in form)
        return ByList(texts) if sum(map(len, texts)) <= LISTED_BYTES else None
    expression = automaton(parsed(of_python(form)))
    return ByPattern(expression) if expression and not expression.positions.conditions else None


def compiled(forms: Iterable[Form | Way | None], excluded: Iterable[str] = ()) -> Automaton | None:
    """One automaton of the texts that are in every form and not among those excluded; `None` where there is none."""
    return compiled_once(tuple(forms), tuple(excluded))


@lru_cache(maxsize=1000)
def compiled_once(forms: tuple[Form | Way | None, ...], excluded: tuple[str, ...]) -> Automaton | None:
    """The same; the columns of a wide table are often alike."""
    ways: list[Way] = []
    for form in forms:
        if form == ANYTHING:
            continue
        way = None if form is None else way_of(form)
        if way is None:
            return None
        ways.append(way)
    if excluded:
        ways.append(ByList(frozenset(text.encode("utf-8", "replace") for text in excluded), others=True))
    return product(ways)


def holds_everything(found: Automaton) -> bool:
    """Whether an automaton accepts every text."""
    return len(found.accepts) == 2 and all(found.accepts[1:]) and set(found.next[found.width :]) == {1}


def product(ways: Sequence[Way]) -> Automaton | None:
    """One automaton that goes all ways at once; `None` where it has too many states."""
    kinds: dict[Hashable, int] = {}
    classes = bytes(kinds.setdefault(tuple(way.kind(byte) for way in ways), len(kinds)) for byte in ALL_BYTES)
    examples = [classes.index(number) for number in range(len(kinds))]
    start = tuple(way.start for way in ways)
    numbers: dict[tuple[Hashable, ...] | None, int] = {None: 0, start: 1}
    following, pending = [0] * len(kinds), [start]
    for state in pending:
        for byte in examples:
            parts = tuple(way.step(part, byte) for way, part in zip(ways, state, strict=True))
            after = None if None in parts else parts
            if after not in numbers:
                numbers[after] = len(numbers)
                pending.append(parts)
            following.append(numbers[after])
        if len(numbers) > STATES:
            return None
    accepts = bytes([0, *(all(way.accepts(part) for way, part in zip(ways, state, strict=True)) for state in pending)])
    return Automaton(classes=classes, width=len(kinds), next=following, start=1, accepts=accepts)
