"""Every value is an identifier of the national register of buildings (RNB): twelve characters without 0, I, L, O or U.

Why: the RNB identifier joins permits, energy ratings and addresses of one building. That it was ever given out is not
checked.

Source: https://github.com/fab-geocommuns/RNB-coeur (`rnb_id.py`), by frformat `IdRNB`.
"""

import re
from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

RNB = re.compile("[1-9A-HJKMNP-TV-Z]{12}")


def not_an_rnb(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not an RNB identifier."""
    text = cells[0].text
    if text is None or RNB.fullmatch(text):
        return None
    tidy = re.sub(r"[\s-]", "", text).upper()
    return fault("id-rnb", "other-spelling", tidy) if RNB.fullmatch(tidy) else fault("id-rnb")


CHECK = Check(run=not_an_rnb, options=field_and())
