"""The keys of a Table Schema itself are known ones, or those that French national schemas have besides.

Why: tools pass over what they do not know without a word, so a misspelt rule is never applied.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from beffroi.catalogue.table_schema import CONSTRAINTS, OF_SCHEMAS, own_addition
from beffroi.documents import escaped
from beffroi.model.faults import Defect, Fault, fault
from beffroi.standards.lint.seen import Table

DESCRIPTIVE = (
    "$schema", "profile", "name", "title", "description", "homepage", "path", "version", "created", "lastModified",
    "countryCode", "keywords", "image", "contributors", "resources", "sources", "licenses", "custom_checks", "encoding",
    "example", "examples", "rdfType", "$id", "id",
)  # fmt: skip
NEAR = 0.8


def defects(table: Table) -> Iterator[Defect]:
    """Keys of the schema that nobody knows. Misspelt rules are told where the schema is read."""
    for key in table.schema.descriptor:
        if key in (*OF_SCHEMAS, *DESCRIPTIVE) or own_addition(key):
            continue
        if found := unknown(table, key):
            yield table.located(found, f"/{escaped(key)}")


def unknown(table: Table, key: str) -> Fault | None:
    """The fault of one unknown key."""
    if key in ("constraints", *CONSTRAINTS):
        return fault("standard-unknown-key", "misplaced", key=key)
    near = difflib.get_close_matches(key, (*OF_SCHEMAS, *DESCRIPTIVE), n=1, cutoff=NEAR)
    if near and near[0] in OF_SCHEMAS and near[0] not in table.schema.descriptor:
        return None
    if near:
        return fault("standard-unknown-key", "did-you-mean", key=key, meant=near[0])
    return fault("standard-unknown-key", "descriptive", key=key)
