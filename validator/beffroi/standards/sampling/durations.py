"""Durations of the unit of the example, or usual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.standards.sampling.texts import counted

USUAL = ("PT15M", "PT1H", "P1D", "P7D", "P30D", "P1M", "P6M", "P1Y", "P5Y")
NUMBER = re.compile("[0-9]+")


def sources(wanted: Wanted) -> Iterator[Source]:
    """The example with other numbers, the usual ones, then any number of days, months or years."""
    example = wanted.example
    if example and wanted.distinct:
        yield lambda draw: counted(example, draw.number)
    if example and NUMBER.search(example):
        yield lambda draw: NUMBER.sub(lambda found: str(draw.between(1, 2 * int(found[0]) + 1)), example, count=1)
    yield lambda draw: draw.one_of(USUAL)
    yield lambda draw: f"P{draw.between(1, 10 ** draw.between(1, 4))}{draw.one_of('DMY')}"
    bounds = [text for name in BOUNDS if (text := wanted.constraint(name)) is not None]
    yield lambda draw: draw.one_of(bounds) if bounds else None


BOUNDS = ("minimum", "maximum")

FAMILY = Family(sources=sources)
