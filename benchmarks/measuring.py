"""Measures works: makes what is given, runs the sides in turn, and keeps every run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.quantities import Bound, Turn
from benchmarks.timing import RunFailed, Spread, in_turn
from benchmarks.works import Work


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A work with its turns, or with the reason why it could not be measured."""

    work: Work
    turns: tuple[Turn, ...] = ()
    failure: str = ""

    def seconds(self, side: int) -> float:
        """The median wall time of a side."""
        return Spread.of([turn[side].seconds for turn in self.turns]).median

    def peak(self, side: int) -> float:
        """The largest peak memory of a side, in MB."""
        return max(turn[side].peak for turn in self.turns) / 1e6

    def figure(self, bound: Bound) -> Spread:
        """What the quantity of a bound came to."""
        return bound.quantity.spread(self.turns)


def measured(work: Work, folder: Path, turns: int | None) -> Measured:
    """The work, measured with its data in a folder."""
    commands = [side.command(side.given.made(folder)) for side in work.sides]
    try:
        return Measured(work=work, turns=tuple(in_turn(commands, turns or work.turns, work.timeout)))
    except RunFailed as failure:
        return Measured(work=work, failure=str(failure))
