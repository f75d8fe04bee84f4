"""Each value of a list can be used: the field's other constraints let it pass, and it does not mean "no value".

Why: what a list promises and another constraint refuses cannot be delivered at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.tables.constraints import as_text
from beffroi.tables.plans import compile_plan

MOST = 50
"""How many values of one list are told of at the most."""


def defects(table: Table) -> Iterator[Defect]:
    """What is wrong with the values of the fields' lists."""
    for field in table.schema.fields:
        texts = listed(field)
        for found in islice(faults_of(table, field, texts), MOST):
            yield table.located(found, field, "/constraints/enum")


def listed(field: Field) -> list[str]:
    """The values of a field's list, as cells hold them."""
    given = field.constraints.get("enum")
    return [as_text(each) for each in given if each is not None] if isinstance(given, list) else []


def faults_of(table: Table, field: Field, texts: list[str]) -> Iterator[Fault]:
    """What is wrong with the values of one list."""
    others = {name: given for name, given in field.constraints.items() if name != "enum"}
    plan, _ = compile_plan(replace(field, constraints=others), table.schema.missing_values)
    for text, count in Counter(texts).items():
        if count > 1:
            yield fault("standard-bad-enum-value", "repeated", listed=text)
        if text in plan.missing_values:
            yield fault("standard-bad-enum-value", "missing-value", listed=text)
        elif text != text.strip():
            yield fault("standard-bad-enum-value", "stray-space", listed=text)
        elif broken := [each.rule for each in plan.judged(text) if each.rule not in {"type", "stray-space"}]:
            yield fault("standard-bad-enum-value", "breaks-constraint", listed=text, constraint=broken[0])
