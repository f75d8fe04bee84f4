"""A Data Package descriptor, version 2, as a template: a vendor puts the data beside it and fills in what is open."""

from __future__ import annotations

from itertools import chain
from typing import Any

from beffroi.model.standard import ResourceRules
from beffroi.standards.exporting._about import (
    accepted,
    checks_lost,
    language_lost,
    licence,
    licence_rule,
    origin,
    rules_lost,
)
from beffroi.standards.exporting._export import Export, Order, Remark, as_json, filled, remark
from beffroi.standards.exporting._schemas import SchemaWriter

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "geojson": "application/geo+json",
}
TEXTUAL = {"csv", "tsv", "json", "ndjson", "geojson"}


def export(order: Order) -> Export:
    """The descriptor, and beside it a Table Schema for each table."""
    names = {each.name for each in order.resources}
    writers = [SchemaWriter(order=order, rules=rules, beside=names) for rules in order.resources]
    schemas = {f"{order.stems[each.rules.name]}.schema.json": as_json(schema(each)) for each in writers}
    lost = [*chain(*(each.remarks for each in writers)), *checks_lost(order), *rules_lost(order), *language_lost(order)]
    files = {"datapackage.json": as_json(descriptor(order, lost)), **schemas}
    return Export(files=files, lost=tuple(lost), to_complete=tuple(open_places(order)))


def schema(writer: SchemaWriter) -> dict[str, Any]:
    """The Table Schema of one table."""
    about = {
        "$schema": writer.edition.profile,
        "title": writer.order.title_of(writer.rules),
        "description": writer.order.description_of(writer.rules),
    }
    return {**filled(about), **writer.structure(), "fieldsMatch": writer.fields_match()}


def descriptor(order: Order, lost: list[Remark]) -> dict[str, Any]:
    """The `datapackage.json`, with what a vendor must write marked as such."""
    mark = order.words("to-complete")
    licences = [licence(each) for each in accepted(order)[:1]]
    return {
        "$schema": PROFILE,
        "name": order.name,
        "title": f"{mark} – {order.title}",
        "description": f"{mark} – {order.words('what-delivery')}",
        "version": "1.0.0",
        **filled({"licenses": licences}),
        "contributors": [{"title": f"{mark} – {order.words('publisher')}", "roles": ["publisher"]}],
        "sources": [{"title": f"{mark} – {order.words('origin-of-data')}"}],
        "resources": [resource(order, each) for each in order.resources],
        "x-beffroi": origin(order, lost),
    }


def resource(order: Order, rules: ResourceRules) -> dict[str, Any]:
    """One table: where its data go, and what they must be."""
    form = next(iter(each for each in rules.formats if each == "csv"), (*rules.formats, "csv")[0])
    stem = order.stems[rules.name]
    return filled(
        {
            "name": rules.name,
            "type": "table",
            "path": f"{stem}.{form}",
            "title": order.title_of(rules),
            "description": order.description_of(rules),
            "format": form,
            "mediatype": MEDIA_TYPES.get(form),
            "encoding": "utf-8" if form in TEXTUAL else None,
            "schema": f"{stem}.schema.json",
        }
    )


def open_places(order: Order) -> list[Remark]:
    """What a vendor must write, put beside or take away."""
    optional = ", ".join(each.name for each in order.resources if not each.required)
    asked = (order.standard.package or {}).get("required")
    created = isinstance(asked, list) and "created" in asked
    return [
        remark("complete-texts"),
        remark("complete-licence", accepted=licence_rule(order) or "…"),
        *([remark("complete-created")] if created else []),
        remark("complete-data", files=", ".join(resource(order, each)["path"] for each in order.resources)),
        *([remark("complete-optional", tables=optional)] if optional else []),
    ]


TARGET = export
