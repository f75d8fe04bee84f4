"""The given columns are filled together: in each record all of them hold a value, or none does.

Why: half an answer (a prefecture's reference without its date) cannot be used, and looks complete when counted.

Source: schema.data.gouv.fr `cohesive-columns-value`.
"""

from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import COLUMNS, all_of


def partly_filled(cells: Sequence[Cell], options: Options) -> Fault | None:
    """A fault where some of the cells are filled and some are not."""
    filled = sum(cell.text is not None for cell in cells)
    if filled in (0, len(cells)):
        return None
    return fault("cohesive-columns", columns=", ".join(options["columns"]))


CHECK = Check(run=partly_filled, columns=("columns",), options=all_of(columns=COLUMNS), needs="any", by_presence=True)
