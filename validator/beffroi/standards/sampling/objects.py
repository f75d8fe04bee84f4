"""JSON objects: the example, or what the field's JSON Schema asks for."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Family, Source, Wanted
from beffroi.standards.sampling.geometries import as_json
from beffroi.standards.sampling.json_schemas import instance
from beffroi.standards.sampling.texts import word


def sources(wanted: Wanted) -> Iterator[Source]:
    """The example, what the JSON Schema asks for, then as many words as it must have members."""
    example, schema = wanted.example_value, wanted.constraint("jsonSchema")
    if example is not None and not wanted.distinct:
        yield lambda _draw: as_json(example)
    if isinstance(schema, dict):
        yield lambda draw: as_json(instance({"type": "object", **schema}, draw))
    least = wanted.length("minLength")
    count = 1 if least is None else min(least, 1000)

    def made_up(draw: Draw) -> str:
        return as_json({f"{word(wanted.lang, draw)}_{number}": draw.between(1, 100) for number in range(count)})

    yield made_up
    yield lambda _draw: "{}"


FAMILY = Family(sources=sources, written=lambda _wanted, value: as_json(value))
