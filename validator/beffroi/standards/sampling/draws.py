"""Chance, and what the values of one record have in common: when they are, and where."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

from beffroi.values import dataclass

Item = TypeVar("Item")

DAYS = 730
"""How far before their examples the moments of a record lie at most."""
DEGREES = 0.02
"""How far from their examples its places do."""
WIDEST = 50
"""How often these may be at most, where values must be found that have not been taken yet."""


@dataclass(frozen=True, kw_only=True)
class Draw:
    """What one record is drawn from. `number` counts records from 0, `attempt` how often it was tried before.

    All moments of a record are `days` and `hours` from their examples, all places `east` and `north` in degrees, so
    that they stand to each other as the examples do.
    """

    chance: Random
    number: int
    attempt: int = 0
    days: int = 0
    hours: int = 0
    east: float = 0.0
    north: float = 0.0

    @property
    def first(self) -> bool:
        """Whether it is the record that holds the examples."""
        return self.number == 0 and self.attempt == 0

    @property
    def reach(self) -> int:
        """How much further than usual values may lie from their examples."""
        return min(1 + self.attempt, WIDEST)

    def again(self) -> Draw:
        """Another draw for the same record."""
        return draw(self.chance, self.number, self.attempt + 1)

    def one_of(self, values: Sequence[Item]) -> Item:
        """One of these."""
        return values[int(self.chance.random() * len(values))]

    def some_of(self, values: Sequence[Item], least: int, most: int) -> list[Item]:
        """A few of these in their order, none twice."""
        count = min(self.between(least, max(least, most)), len(values))
        return [values[index] for index in sorted(self.chance.sample(range(len(values)), count))]

    def between(self, low: int, high: int) -> int:
        """A number from `low` to `high`."""
        return self.chance.randint(low, high)

    def falls(self, probability: float) -> bool:
        """Whether something happens."""
        return self.chance.random() < probability


def draw(chance: Random, number: int, attempt: int = 0) -> Draw:
    """A draw for a record."""
    if number == 0 and attempt == 0:
        return Draw(chance=chance, number=number)
    reach = min(1 + attempt, WIDEST)
    return Draw(
        chance=chance,
        number=number,
        attempt=attempt,
        days=-chance.randint(0, DAYS * reach),
        hours=chance.randint(-12, 12),
        east=chance.uniform(-DEGREES, DEGREES) * reach,
        north=chance.uniform(-DEGREES, DEGREES) * reach,
    )
