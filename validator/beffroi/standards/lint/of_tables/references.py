"""Foreign keys lead to a table and to columns that there are; the fields of a primary key are required.

Why: a key that leads nowhere checks nothing, although the standard seems to ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import ForeignKey
from beffroi.standards.lint.seen import Kind, Table

LISTED = 12
"""How many of the tables that there are a finding names."""


def defects(table: Table) -> Iterator[Defect]:
    """Keys that lead nowhere, and fields of a primary key that may be empty."""
    for key in table.schema.foreign_keys:
        yield from nowhere(table, key)
    for field in table.schema.fields:
        if field.name in table.schema.primary_key and not field.required:
            yield table.located(fault("standard-optional-key"), field)


def nowhere(table: Table, key: ForeignKey) -> Iterator[Defect]:
    """What is wrong with where a foreign key leads."""
    place = f"{key.pointer.removeprefix(table.pointer)}/reference"
    resources = {each.name: each for each in table.beside}
    if key.resource in ("", "self", table.rules.name):
        return
    if table.kind is Kind.SCHEMA:
        yield table.located(fault("standard-unknown-resource", "alone", resource=key.resource), place)
    elif key.resource not in resources:
        known = ", ".join(list(resources)[:LISTED]) + (" …" if len(resources) > LISTED else "")
        yield table.located(fault("standard-unknown-resource", resource=key.resource, known=known), place)
    elif schema := resources[key.resource].schema:
        for name in (each for each in key.reference_fields if each not in schema.names):
            yield table.located(fault("standard-unknown-field", name=name, key="foreignKeys"), f"{place}/fields")
