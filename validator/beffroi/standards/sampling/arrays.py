"""JSON arrays: some of the example's items, items under `arrayItem`, or what the field's JSON Schema asks for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from beffroi.model.standard import Field
from beffroi.standards.sampling import choices
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.standards.sampling.geometries import as_json
from beffroi.standards.sampling.json_schemas import instance
from beffroi.standards.sampling.lists import FEW, further, source_of
from beffroi.tables.fields.type_array import OF_ITEMS
from beffroi.tables.plans import compile_plan


def sources(wanted: Wanted) -> Iterator[Source]:
    """Items of the example, what the JSON Schema asks for, then items that are made up."""
    least, most = wanted.length("minLength") or 1, wanted.length("maxLength")
    if wanted.example_value and not wanted.distinct:
        items = tuple(wanted.example_value)
        yield lambda draw: as_json(draw.some_of(items, least, most or len(items)))
    schema = wanted.constraint("jsonSchema")
    if isinstance(schema, dict):
        yield lambda draw: as_json(instance({"type": "array", **schema}, draw))
    item = item_maker(wanted)
    many = min(most if most is not None else max(FEW, least), 10 * FEW + least)

    def made_up(draw: Draw) -> str:
        return as_json([item(each) for each in further(draw, draw.between(least, max(least, many)))])

    yield made_up
    yield lambda _draw: "[]"


def item_maker(wanted: Wanted) -> Callable[[Draw], Any]:
    """What makes up one item, as a JSON value."""
    given = wanted.field.options.get("arrayItem")
    given = given if isinstance(given, dict) else {}
    constraints = given.get("constraints")
    field = Field(
        name=wanted.field.name,
        type=str(given.get("type", "string")),
        format=str(given.get("format") or "default"),
        constraints=constraints if isinstance(constraints, dict) else {},
        options={key: given[key] for key in OF_ITEMS if key in given},
    )
    item = replace(wanted, plan=compile_plan(field, ())[0], distinct=False)
    listed = choices.listed(item)
    source = choices.among(listed, item) if listed else source_of(item)

    def make(draw: Draw) -> Any:
        text = source(draw)
        return text if item.field.type in {"string", "any"} or text is None else as_value(text)

    return make


def as_value(text: str) -> Any:
    """The JSON value that a text is, or the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


FAMILY = Family(sources=sources, written=lambda _wanted, value: as_json(value))
