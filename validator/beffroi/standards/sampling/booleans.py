"""Words for true and false: the first of each, as most people will write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.tables.fields.type_boolean import FALSE, TRUE, words


def sources(wanted: Wanted) -> Iterator[Source]:
    """Either, in the words of the example where it is one of the field's words."""
    both = [each for value in (True, False) if (each := written(wanted, value))]

    def either(draw: Draw) -> str | None:
        if not both:
            return None
        return both[draw.number % len(both)] if wanted.distinct and not draw.attempt else draw.one_of(both)

    yield either


def written(wanted: Wanted, value: Any) -> str | None:
    """The word for a truth value that stands where the example's does in its list, or else the first."""
    true, false = words(wanted.field, "trueValues", TRUE), words(wanted.field, "falseValues", FALSE)
    given = wanted.field.example
    place = next((each.index(given) for each in (true, false) if given in each), 0)
    meant = true if value else false
    return meant[place] if place < len(meant) else meant[0] if meant else None


FAMILY = Family(sources=sources, written=written)
