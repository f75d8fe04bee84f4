"""A value is the sum of the values of other columns, to the last decimal.

Why: a total that its parts do not give means that one of them is wrong, and nobody can tell which once it is published.
Records where one of the values is missing are not judged.

Source: schema.data.gouv.fr `sum-columns-value`.
"""

from collections.abc import Sequence
from decimal import Context
from functools import reduce

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._numbers import number
from beffroi.tables.checks._options import COLUMN, COLUMNS, all_of

# Exact for what fits in a hundred digits; beyond that it rounds rather than fill the memory on a hostile 1E+999999.
EXACT = Context(prec=100, traps=[])


def not_the_sum(cells: Sequence[Cell], options: Options) -> Fault | None:
    """A fault where the first value is not the sum of the others, or one of them is not a number."""
    if any(cell.value is None for cell in cells):
        return None
    details = {"column": options["column"], "columns": ", ".join(options["columns"])}
    total, *parts = (number(cell.value) for cell in cells)
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts):
        return fault("sum-columns", "not-a-number", **details)
    return None if reduce(EXACT.add, known) == total else fault("sum-columns", **details)


CHECK = Check(run=not_the_sum, columns=("column", "columns"), options=all_of(column=COLUMN, columns=COLUMNS))
