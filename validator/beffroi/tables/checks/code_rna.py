"""Every value is a number of the national register of associations (RNA): W, then nine characters.

Why: the RNA number is the only key of associations that have no SIRET. The nine characters are digits; the second is a
letter for Corsica and overseas (W2A…, W9R…). That the number was ever given out is not checked.

Source: https://associations.gouv.fr/le-rna-repertoire-national-des-associations.html; frformat `CodeRNA`.
"""

import re
from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

RNA = re.compile("W[0-9][0-9A-Z][0-9]{7}")


def not_an_rna(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not an RNA number."""
    text = cells[0].text
    if text is None or RNA.fullmatch(text):
        return None
    tidy = re.sub(r"[\s.-]", "", text).upper()
    return fault("code-rna", "other-spelling", tidy) if RNA.fullmatch(tidy) else fault("code-rna")


CHECK = Check(run=not_an_rna, options=field_and(), surely=lambda: (RNA.pattern,))
