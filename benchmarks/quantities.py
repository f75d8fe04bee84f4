"""Quantities that a turn of runs gives, ours first, and bounds on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.timing import Run, Spread

Turn = tuple[Run, ...]


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A figure of each turn, how to write it, and whether more of it is better."""

    of: Callable[[Turn], float]
    written: str
    more_is_better: bool = False

    def spread(self, turns: Sequence[Turn]) -> Spread:
        """The median over the turns, with the least and the most."""
        return Spread.of([self.of(turn) for turn in turns])


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What a quantity must come to."""

    quantity: Quantity
    limit: float

    def __str__(self) -> str:
        """The bound in words: `≥ 80 ×`."""
        sign = "≥" if self.quantity.more_is_better else "≤"
        return f"{sign} {self.quantity.written.format(self.limit)}"

    def reached(self, turns: Sequence[Turn]) -> bool:
        """Whether the median of the turns is within the bound."""
        figure = self.quantity.spread(turns).median
        return figure >= self.limit if self.quantity.more_is_better else figure <= self.limit


def rate(turn: Turn) -> float:
    """Our rows a second, as a multiple of theirs."""
    ours, theirs = turn
    return ours.rate / theirs.rate


def share(turn: Turn) -> float:
    """Our wall time, as a multiple of the quickest of theirs."""
    ours, *theirs = turn
    return ours.seconds / min(each.seconds for each in theirs)


def beyond(turn: Turn) -> float:
    """The seconds that we take more than they do."""
    ours, theirs = turn
    return ours.seconds - theirs.seconds


def seconds(turn: Turn) -> float:
    """Our wall time."""
    return turn[0].seconds


def peak(turn: Turn) -> float:
    """Our peak memory in MB."""
    return turn[0].peak / 1e6


def row_cost(turn: Turn) -> float:
    """Our wall time a row, as a multiple of the time a row that the next smaller table takes."""
    ours, smaller, *_ = turn
    return smaller.rate / ours.rate


def work_done(turn: Turn) -> float:
    """Our processor time, as a multiple of what half the size takes."""
    ours, half = turn
    return ours.cpu / half.cpu


RATE = Quantity(of=rate, written="{:.3g} ×", more_is_better=True)
SHARE = Quantity(of=share, written="{:.2f} of its time")
BEYOND = Quantity(of=beyond, written="{:.2f} s more")
SECONDS = Quantity(of=seconds, written="{:.2f} s")
PEAK = Quantity(of=peak, written="{:.0f} MB")
ROW_COST = Quantity(of=row_cost, written="{:.2f} × a row")
WORK_DONE = Quantity(of=work_done, written="{:.2f} × the processor time")
