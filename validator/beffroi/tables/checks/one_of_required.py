"""At least one of the given columns holds a value in each record; zero is a value.

Why: a beneficiary without any of its identifiers (SIRET or RNA) cannot be recognised.

Source: schema.data.gouv.fr `one-of-required`.
"""

from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import COLUMNS, all_of


def all_missing(cells: Sequence[Cell], options: Options) -> Fault | None:
    """A fault where none of the cells is filled."""
    if any(cell.text is not None for cell in cells):
        return None
    alone = "one-column" if len(options["columns"]) == 1 else None
    return fault("one-of-required", alone, columns=", ".join(options["columns"]))


CHECK = Check(run=all_missing, columns=("columns",), options=all_of(columns=COLUMNS), needs="any", by_presence=True)
