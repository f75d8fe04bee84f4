"""Every value names a subject of the Actes nomenclature: its family, a slash, the subject.

Why: deliberations are classed, sent to the prefecture and compared by these nine families. The family may be written
without capitals or accents; what follows the slash is free.

Source: SCDL délibérations, nomenclature @CTES; schema.data.gouv.fr `nomenclature-actes-value`, `nomenclature-acte`.
"""

import difflib
import unicodedata
from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

FAMILIES = (
    "Commande publique",
    "Urbanisme",
    "Domaine et patrimoine",
    "Fonction publique",
    "Institutions et vie politique",
    "Libertés publiques et pouvoirs de police",
    "Finances locales",
    "Domaines de compétences par thèmes",
    "Autres domaines de compétences",
)


def not_an_act(cells: Sequence[Cell], _options: Options) -> Fault | None:
    """A fault where the text is not `family/subject`."""
    text = cells[0].text
    if text is None or _accepted(text):
        return None
    family, slash, subject = text.partition("/")
    if not slash:
        return fault("nomenclature-acte", "missing-slash")
    tidy = "/".join(part.strip() for part in text.split("/"))
    if _accepted(tidy):
        return fault("nomenclature-acte", "stray-spaces", tidy)
    return fault("nomenclature-acte", "unknown-family", _nearest(family, subject))


def _accepted(text: str) -> bool:
    family, slash, _ = text.partition("/")
    return bool(slash) and "/ " not in text and _plain(family) in PLAIN


def _nearest(family: str, subject: str) -> str | None:
    near = difflib.get_close_matches(_plain(family.strip()), PLAIN, n=1, cutoff=0.85)
    return f"{PLAIN[near[0]]}/{subject.strip()}" if near else None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


PLAIN = {_plain(family): family for family in FAMILIES}

CHECK = Check(run=not_an_act, options=field_and())
