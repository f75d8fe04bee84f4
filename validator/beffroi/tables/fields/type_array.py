"""`array`: a JSON array; `arrayItem`, which French schemas took from frictionless, describes its items as a field."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from beffroi.model.standard import Field
from beffroi.tables.fields import structured
from beffroi.tables.fields.contract import BASIC, LENGTHS, FieldType, Reader, not_of_type

if TYPE_CHECKING:
    from beffroi.model.faults import Defect

OF_ITEMS = ("decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues")


def reader(field: Field) -> Reader:
    """Read a `list`."""
    wrong, bad_item = not_of_type(field), not_of_type(field, "bad-item")
    given = field.options.get("arrayItem")
    passes, defects = item_judge(field, given) if isinstance(given, dict) else (None, ())

    def read(text: str) -> Any:
        value = structured.parsed(text)
        if not isinstance(value, list):
            return wrong
        return value if passes is None or all(passes(each) for each in value) else bad_item

    return Reader(read=read, canonical=structured.canonical, defects=tuple(each.fault for each in defects))


def item_judge(field: Field, given: dict[str, Any]) -> tuple[Callable[[Any], bool], tuple[Defect, ...]]:
    """Whether an item is valid under `arrayItem`, and what is wrong with that."""
    from beffroi.tables.plans import compile_plan

    constraints = given.get("constraints")
    item = Field(
        name=field.name,
        type=str(given.get("type", "string")),
        format=str(given.get("format") or "default"),
        constraints=constraints if isinstance(constraints, dict) else {},
        options={key: given[key] for key in OF_ITEMS if key in given},
    )
    plan, defects = compile_plan(item, ())
    return lambda value: not plan.judged(value if isinstance(value, str) else json.dumps(value)), defects


TYPE = FieldType(reader=reader, constraints=(*BASIC, *LENGTHS, "jsonSchema"))
