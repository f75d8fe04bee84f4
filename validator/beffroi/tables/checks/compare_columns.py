"""Two values of a record stand in the given order, such as an end that is not before its beginning.

Why: a ballot with more votes than voters, or roadworks that end before they start, is a slip that no single column
shows. Numbers compare as numbers (texts that look like numbers too), dates as dates, other texts letter by letter.

Source: schema.data.gouv.fr `compare-columns-value`, to which `!=` is added.
"""

import operator
from collections.abc import Callable, Sequence
from decimal import InvalidOperation
from typing import Any

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._numbers import number
from beffroi.tables.checks._options import COLUMN, all_of

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "<=": operator.le,
    "<": operator.lt,
    "!=": operator.ne,
}


def not_in_order(cells: Sequence[Cell], options: Options) -> Fault | None:
    """A fault where the first value does not stand to the second as `operator` says, or cannot be set against it."""
    first, second = (cell.value for cell in cells)
    if first is None or second is None:
        return None
    holds = _holds(first, second, OPERATORS[options["operator"]])
    if holds:
        return None
    return fault("compare-columns", "not-comparable" if holds is None else None, **options)


def _holds(first: Any, second: Any, compare: Callable[[Any, Any], bool]) -> bool | None:
    """Whether the comparison holds; `None` for values of kinds that have no common order."""
    left, right = number(first), number(second)
    if left is not None and right is not None:
        return compare(left, right)
    if type(first) is not type(second):
        return None
    try:
        return compare(first, second)
    except (TypeError, InvalidOperation):
        return None


COLUMN_OPTIONS = all_of(column=COLUMN, operator={"enum": list(OPERATORS)}, other=COLUMN)

CHECK = Check(run=not_in_order, columns=("column", "other"), options=COLUMN_OPTIONS)
