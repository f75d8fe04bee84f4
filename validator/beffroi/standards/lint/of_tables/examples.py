"""Each field has an example, and the example is a value that the field lets pass.

Why: an example is what people copy first; one that fails means that it or the rule is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.tables.constraints import as_text
from beffroi.tables.plans import Plan, compile_plan

NATIVE = {
    bool: {"boolean"},
    int: {"integer", "number", "year"},
    float: {"integer", "number"},
    list: {"array", "list", "geopoint"},
    dict: {"object", "geojson", "geopoint"},
}
"""The types of which a value of JSON is one, however the cells of the field are written."""
SPEAK_FOR_THEMSELVES = {"boolean"}


def defects(table: Table) -> Iterator[Defect]:
    """Fields without an example, and examples that their field does not let pass."""
    for field in table.schema.fields:
        given = examples(table.written(field), field.type)
        if not given and field.type not in SPEAK_FOR_THEMSELVES and not field.constraints.get("enum"):
            yield table.located(fault("standard-no-example"), field)
        if given:
            plan, _ = compile_plan(field, table.schema.missing_values)
            for key, example in given:
                yield from failing(table, field, plan, key, example)


def examples(written: dict[str, Any], kind: str) -> list[tuple[str, Any]]:
    """The examples of a field, each with the pointer to it. Some schemas list several under `example`."""
    found: list[tuple[str, Any]] = []
    for key in ("example", "examples"):
        given = written.get(key)
        if isinstance(given, list) and (key == "examples" or kind not in NATIVE[list]):
            found += [(f"/{key}/{index}", each) for index, each in enumerate(given)]
        else:
            found.append((f"/{key}", given))
    return [(key, each) for key, each in found if each not in (None, "")]


def failing(table: Table, field: Field, plan: Plan, key: str, example: Any) -> Iterator[Defect]:
    """The defect of an example that its field does not let pass."""
    text = as_text(example)
    wrong = () if text in plan.missing_values else plan.faults(text)
    if wrong and not (wrong[0].rule == "type" and field.type in NATIVE.get(type(example), ())):
        found = fault("standard-example-fails", None, wrong[0].suggestion, example=text, broken=wrong[0].rule)
        yield table.located(found, field, key)
