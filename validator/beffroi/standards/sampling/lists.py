"""Lists: some of the example's items, or items that are made up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted, family
from beffroi.tables.fields.type_list import ITEM_TYPES
from beffroi.tables.plans import compile_plan

FEW = 3


def sources(wanted: Wanted) -> Iterator[Source]:
    """Items of the example, then others."""
    delimiter = wanted.field.options.get("delimiter")
    delimiter = delimiter if isinstance(delimiter, str) and delimiter else ","
    least, most = wanted.length("minLength") or 1, wanted.length("maxLength")
    if wanted.example and not wanted.distinct:
        items = tuple(dict.fromkeys(wanted.example.split(delimiter)))
        yield lambda draw: delimiter.join(draw.some_of(items, least, most or len(items)))
    make = item_source(wanted)
    many = min(most if most is not None else max(FEW, least), 10 * FEW + least)

    def made_up(draw: Draw) -> str | None:
        found = [make(each) for each in further(draw, draw.between(least, max(least, many)))]
        return delimiter.join(each for each in found if each)

    yield made_up


def item_source(wanted: Wanted) -> Source:
    """What makes up one item."""
    asked = wanted.field.options.get("itemType", "string")
    item = replace(
        wanted.field,
        type=asked if asked in ITEM_TYPES else "string",
        format="default",
        constraints={},
        options={},
        example=None,
    )
    return source_of(replace(wanted, plan=compile_plan(item, ())[0], distinct=False))


def source_of(wanted: Wanted) -> Source:
    """What makes up one value in the most natural way."""
    return next(family(wanted.field.type).sources(wanted))


def further(draw: Draw, count: int) -> Iterator[Draw]:
    """So many draws."""
    for _ in range(count):
        draw = draw.again()
        yield draw


FAMILY = Family(sources=sources)
