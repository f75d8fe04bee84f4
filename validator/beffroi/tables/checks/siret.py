"""Every value is a SIRET: 14 digits whose check digit holds.

Why: the SIRET joins grants, contracts and facilities across datasets; one wrong digit breaks the join silently. Spaces
and dots between the digits are accepted, as the national validator does, and so are the establishments of La Poste,
which have a rule of their own. That the number was ever given out is not checked.

Source: https://www.insee.fr/fr/metadonnees/definition/c1841; schema.data.gouv.fr `french-siret-value`, `siret`.
"""

from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options
from beffroi.tables.checks._options import field_and
from beffroi.tables.checks._sirene import not_a, surely_siret


def not_siret(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not a SIRET."""
    return not_a("siret", cells[0].text)


CHECK = Check(run=not_siret, options=field_and(), surely=surely_siret)
