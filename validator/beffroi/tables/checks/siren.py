"""Every value is a SIREN: 9 digits whose check digit holds.

Why: the SIREN joins a company or an association across datasets; one wrong digit breaks the join silently. Spaces and
dots between the digits are accepted, as the national validator does. That the number was ever given out is not checked.

Source: https://www.insee.fr/fr/metadonnees/definition/c2047; schema.data.gouv.fr `french-siren-value`, `siren`.
"""

from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options
from beffroi.tables.checks._options import field_and
from beffroi.tables.checks._sirene import not_a, surely_siren


def not_siren(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not a SIREN."""
    return not_a("siren", cells[0].text)


CHECK = Check(run=not_siren, options=field_and(), surely=surely_siren)
