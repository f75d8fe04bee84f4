"""Bounds that leave no value: a least value above the greatest, a least length above the greatest.

Why: every value of the column breaks one of the two, so that no file can conform.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.tables.constraints import Subject, as_text, is_nan
from beffroi.tables.plans import with_known_type

EMPTY: tuple[tuple[str, str, Callable[[Any, Any], Any]], ...] = (
    ("minimum", "maximum", operator.gt),
    ("exclusiveMinimum", "maximum", operator.ge),
    ("minimum", "exclusiveMaximum", operator.ge),
    ("exclusiveMinimum", "exclusiveMaximum", operator.ge),
)
"""Pairs of bounds, and how they compare when nothing is left between them."""


def defects(table: Table) -> Iterator[Defect]:
    """Bounds and lengths that no value can be between."""
    for field in table.schema.fields:
        for low, high in impossible(field):
            found = fault(
                "standard-impossible-bounds",
                low=low,
                high=high,
                least=as_text(field.constraints[low]),
                most=as_text(field.constraints[high]),
            )
            yield table.located(found, field, f"/constraints/{low}")


def impossible(field: Field) -> Iterator[tuple[str, str]]:
    """The names of bounds that leave nothing between them."""
    shortest, longest = (field.constraints.get(each) for each in ("minLength", "maxLength"))
    if isinstance(shortest, int) and isinstance(longest, int) and shortest > longest:
        yield "minLength", "maxLength"
    for low, high, empty in EMPTY:
        if {low, high} <= field.constraints.keys() and leave_nothing(field, low, high, empty):
            yield low, high


def leave_nothing(field: Field, low: str, high: str, empty: Callable[[Any, Any], Any]) -> bool:
    """Whether two bounds, as the field's type understands them, leave nothing between them."""
    field, kind, _ = with_known_type(field)
    subject = Subject(field=field, kind=kind, reader=kind.reader(field))
    least, most = (subject.understood(field.constraints[each]) for each in (low, high))
    if any(isinstance(each, Fault) or is_nan(each) for each in (least, most)):
        return False
    return bool(empty(least, most))
