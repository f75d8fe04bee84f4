"""Numbers like those of the Sirene register, of a range from which none is given out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted
from beffroi.tables.checks._sirene import sums_up

UNUSED = "9999"
MANY = 10_000
FEW = 50
"""How many different ones a table has, where its rows may share them."""


def with_check_digit(digits: str) -> str:
    """The digits with the one behind them that makes them sum up (Luhn)."""
    return next(whole for last in "0123456789" if sums_up(whole := digits + last))


def siren(number: int) -> str:
    """A SIREN for each number below ten thousand."""
    return with_check_digit(f"{UNUSED}{number % MANY:04}")


def siret(number: int) -> str:
    """A SIRET for each number."""
    return with_check_digit(f"{siren(number)}{number // MANY % MANY:04}")


def numbered(number_of: Callable[[int], str]) -> Hook:
    """The hook of a check of such numbers."""
    return Hook(texts=partial(texts, number_of))


def texts(number_of: Callable[[int], str], wanted: Wanted, _options: Options) -> Iterator[Source]:
    """One for each record where they must be distinct, else one of a few."""

    def pick(draw: Draw) -> str:
        if wanted.distinct and not draw.attempt:
            return number_of(draw.number)
        if wanted.example and not draw.attempt and draw.falls(0.5):
            return wanted.example
        return number_of(draw.between(1, FEW if draw.attempt < FEW else MANY))

    yield pick
