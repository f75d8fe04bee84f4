"""Table Schema, version 2: a file for each table."""

from __future__ import annotations

from itertools import chain
from typing import Any

from beffroi.model.standard import ResourceRules
from beffroi.standards.exporting._about import (
    checks_lost,
    contributors,
    language_lost,
    origin,
    rules_lost,
    sources,
)
from beffroi.standards.exporting._export import Export, Order, Remark, as_json, filled
from beffroi.standards.exporting._schemas import SchemaWriter


def export(order: Order) -> Export:
    """One Table Schema for each table, each usable alone: foreign keys into the others are set aside."""
    writers = [SchemaWriter(order=order, rules=rules) for rules in order.resources]
    bodies = [body(each) for each in writers]
    lost = [*chain(*(each.remarks for each in writers)), *checks_lost(order), *rules_lost(order), *language_lost(order)]
    files = {
        f"{order.name_of(each.rules)}.schema.json": as_json(whole(order, each.rules, own, lost))
        for each, own in zip(writers, bodies, strict=True)
    }
    return Export(files=files, lost=tuple(lost))


def body(writer: SchemaWriter) -> dict[str, Any]:
    """What is asked of the table."""
    return {**writer.structure(), "fieldsMatch": writer.fields_match()}


def whole(order: Order, rules: ResourceRules, own: dict[str, Any], lost: list[Remark]) -> dict[str, Any]:
    """The schema with what is to be known of it."""
    about = {
        "$schema": SchemaWriter.edition.profile,
        "name": order.name_of(rules),
        "title": order.title_of(rules),
        "description": order.description_of(rules),
        "version": order.standard.version,
        "created": order.standard.descriptor.get("created"),
        "sources": sources(order),
        "contributors": contributors(order),
    }
    told = [each for each in lost if each.resource in (None, order.place(rules))]
    return {**filled(about), **own, "x-beffroi": origin(order, told)}


TARGET = export
