"""Numbers near their example and within their bounds, with as many decimals as the example has; coordinates near it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.tables.fields.numbers import canonical, option
from beffroi.values import dataclass

FEW = 5
"""How far from an example near nought values lie at most."""
USUAL = 100
"""How many steps lie between the bounds where only one is known."""
FINER = (0, 2, 6, 15)
"""How many decimals more are tried where there are no values between the bounds."""
FINEST = 15
"""The most decimals that are taken over from an example."""
HUGE = 40
"""Numbers with more digits are not heeded."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """The numbers from `low` to `high`, counted in units of the last of `decimals`; either may be open."""

    decimals: int
    low: int | None
    high: int | None

    @property
    def holds_any(self) -> bool:
        """Whether there is a number in it."""
        return self.low is None or self.high is None or self.low <= self.high

    def kept(self, number: int) -> int:
        """The number, or the end of the range that is nearest to it."""
        least = number if self.low is None else max(number, self.low)
        return least if self.high is None else min(least, self.high)


def sources(wanted: Wanted) -> Iterator[Source]:
    """Near the example, then anywhere."""
    found = range_of(wanted)
    centre = centre_of(wanted, found)
    if wanted.distinct:
        yield lambda draw: in_steps(wanted, found, counted(found, centre + draw.number))
    elif isinstance(wanted.example_value, int | Decimal) and (axis := axis_of(wanted)):
        yield lambda draw: in_steps(wanted, found, centre + round(getattr(draw, axis) * 10**found.decimals))
    yield lambda draw: in_steps(wanted, found, near(draw, found, centre))
    yield lambda draw: in_steps(wanted, found, anywhere(draw, found, centre))


def axis_of(wanted: Wanted) -> str | None:
    """The way in which a coordinate goes, by the field's name."""
    return "north" if wanted.name.tells("latitude") else "east" if wanted.name.tells("longitude") else None


def range_of(wanted: Wanted) -> Range:
    """What the bounds allow, with decimals fine enough that there is something between them."""
    fine = 0 if wanted.field.type == "integer" else decimals_of(wanted)
    ranges = [with_decimals(wanted, fine + more) for more in (FINER if wanted.field.type == "number" else (0,))]
    return next((each for each in ranges if each.holds_any), ranges[0])


def decimals_of(wanted: Wanted) -> int:
    """How many decimals the example has; two where there is none."""
    value = scaled(wanted.example_value, 0)
    return 2 if value is None else min(len(format(Decimal(wanted.example_value), "f").partition(".")[2]), FINEST)


def with_decimals(wanted: Wanted, decimals: int) -> Range:
    """What the bounds allow with so many decimals."""
    low = [scaled(wanted.limit("minimum"), decimals), above(scaled(wanted.limit("exclusiveMinimum"), decimals))]
    high = [scaled(wanted.limit("maximum"), decimals), below(scaled(wanted.limit("exclusiveMaximum"), decimals))]
    return Range(
        decimals=decimals,
        low=max((ceil(each) for each in low if each is not None), default=None),
        high=min((floor(each) for each in high if each is not None), default=None),
    )


def scaled(value: Any, decimals: int) -> Fraction | None:
    """A number in steps; `None` for one that is not finite, or too large to matter."""
    if value is None or not Decimal(value).is_finite() or abs(Decimal(value).adjusted()) > HUGE:
        return None
    steps: int = 10**decimals
    return Fraction(value) * steps


def above(bound: Fraction | None) -> int | None:
    """The next whole number above a bound."""
    return None if bound is None else floor(bound) + 1


def below(bound: Fraction | None) -> int | None:
    """The next whole number below a bound."""
    return None if bound is None else ceil(bound) - 1


def centre_of(wanted: Wanted, found: Range) -> int:
    """The example in steps; without one, the end of the range that is nearest to nought."""
    return found.kept(int(scaled(wanted.example_value, found.decimals) or 0))


def counted(found: Range, number: int) -> int:
    """A number of the range for each number; beyond its end they begin again at its start."""
    if found.high is None or number <= found.high:
        return number
    low = min(found.high - USUAL, found.high) if found.low is None else found.low
    return low + (number - low) % max(found.high - low + 1, 1)


def near(draw: Draw, found: Range, centre: int) -> int:
    """A number within half of the example's size from it, on its side of nought."""
    width = max(abs(centre) // 2, FEW) * draw.reach
    low, high = centre - width, centre + width
    low, high = (max(low, 0), high) if centre >= 0 else (low, min(high, 0))
    return draw.between(found.kept(low), found.kept(high))


def anywhere(draw: Draw, found: Range, centre: int) -> int:
    """Any number of the range."""
    low = found.low if found.low is not None else min(centre, found.kept(centre) - USUAL * draw.reach)
    high = found.high if found.high is not None else max(low, centre) + USUAL * draw.reach
    return draw.between(min(low, high), max(low, high))


def in_steps(wanted: Wanted, found: Range, steps: int) -> str | None:
    """A number that is counted in steps, as text."""
    return written(wanted, Decimal(steps).scaleb(-found.decimals) if found.decimals else steps)


def written(wanted: Wanted, value: Any) -> str | None:
    """A number without exponent, with the field's decimal character."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        return None
    if wanted.field.type == "integer":
        return str(int(value)) if value == int(value) else None
    text = format(value, "f") if isinstance(value, Decimal) else canonical(value)
    return text.replace(".", option(wanted.field, "decimalChar", "."))


FAMILY = Family(sources=sources, written=written)
