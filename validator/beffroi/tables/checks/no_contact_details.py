"""No text holds an e-mail address or a telephone number.

Why: whoever reports a pothole or fills in a form writes "call me on 06 …" into the free text; published, it is personal
data that nobody can take back. What is found may be an office's, or another long number: somebody has to read it.
Reports do not quote it.

Source: Regulation (EU) 2016/679, articles 4(1) and 5(1)(c).
"""

import re
from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

AROUND = 64
"""How much of a text on either side of an @ can be an address."""
ADDRESS = re.compile(r"[^\s@<>(),;:]@[\w-]+(\.[\w-]+)+")
SEPARATOR = r"[ \u00a0\u202f./-]?"
NATIONAL = re.compile(
    rf"(?<![0-9])(?:(?:\+|00){SEPARATOR}33{SEPARATOR}(?:\(0\))?|0)[1-9](?:{SEPARATOR}[0-9][0-9]){{4}}(?![0-9])"
)
ABROAD = re.compile(rf"(?<![0-9])(?:\+|00)[1-9][0-9]{{0,2}}(?:{SEPARATOR}[0-9]){{6,12}}(?![0-9])")


def holds_contact_details(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text holds an e-mail address or a telephone number."""
    text = cells[0].text or ""
    if any(ADDRESS.search(text, max(0, place - 1), place + AROUND) for place in places_of("@", text)):
        return fault("no-contact-details", "e-mail-address")
    if NATIONAL.search(text) or ABROAD.search(text):
        return fault("no-contact-details", "telephone-number")
    return None


def places_of(sign: str, text: str) -> list[int]:
    """Where a sign stands in a text."""
    return [match.start() for match in re.finditer(re.escape(sign), text)]


CHECK = Check(run=holds_contact_details, options=field_and(), private=True)
