"""Identifiers are text, and dates are dates.

Why: a number loses the zeros in front of a postcode or telephone number; a date that is text can be written in any way.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.standards.lint.words_in import words_in

IDENTIFIERS = {
    "siret", "siren", "rna", "insee", "codeinsee", "codepostal", "postcode", "zipcode", "telephone", "tel", "phone",
    "fax", "finess", "uai", "iban", "fantoir", "rivoli", "naf",
}  # fmt: skip
CODES = {"postal", "commune", "departement", "dep", "region", "canton", "pays", "epci"}
"""What makes the name of an identifier together with `code`."""
AMOUNTS = {"nb", "nombre", "number", "count", "total", "taux", "part", "rate", "share", "has", "population"}
DATES = {"date", "datetime"}
ABOUT_DATES = {
    "type", "mode", "precision", "format", "source", "statut", "status", "comment", "commentaire", "text", "texte",
    "libelle", "label", "description", "info", "qualite", "unite",
}  # fmt: skip


def defects(table: Table) -> Iterator[Defect]:
    """Identifiers that are numbers, and dates that are any text."""
    for field in table.schema.fields:
        if is_identifier(field) and field.type in {"integer", "number"}:
            yield table.located(fault("standard-number-for-identifier", type=field.type), field, "/type")
        elif is_free_date(field):
            yield table.located(fault("standard-text-for-date"), field, "/type")


def is_identifier(field: Field) -> bool:
    """Whether a field is called like an identifier made of digits."""
    words = set(words_in(field.name))
    return not words & AMOUNTS and bool(words & IDENTIFIERS or ("code" in words and words & CODES))


def is_free_date(field: Field) -> bool:
    """Whether a field is called like a date, and takes any text."""
    words = set(words_in(field.name))
    free = field.type == "string" and not {"pattern", "enum"} & field.constraints.keys()
    return free and bool(words & DATES) and not words & ABOUT_DATES
