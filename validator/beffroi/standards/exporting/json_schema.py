"""JSON Schema (2020-12) of a table's records: one record, an array of them, or the features of a GeoJSON file.

Each is also to be had alone, under `$defs`: `record`, `records`, and where the standard accepts GeoJSON,
`featureCollection`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field as default
from itertools import chain
from math import isfinite
from typing import Any

from beffroi.documents import DIALECT, json_schema_validator, references_in
from beffroi.model.standard import Field, ResourceRules, TableSchema
from beffroi.standards.exporting._about import checks_lost, language_lost, rules_lost
from beffroi.standards.exporting._export import Export, Order, Remark, as_json, as_text, filled, remark, schema_of
from beffroi.standards.exporting._expressions import for_ecma
from beffroi.standards.exporting._geometries import DEFINITIONS, feature, feature_collection
from beffroi.standards.exporting._schemas import categories, constraints_of, rule_of
from beffroi.standards.exporting._values import TYPES, Schema, given_value
from beffroi.tables.fields import field_type
from beffroi.tables.fields.contract import BOUNDS, LENGTHS
from beffroi.tables.names import folded
from beffroi.tables.sources.geojson import GEOMETRY
from beffroi.values import dataclass

NUMBERS = {"integer", "number", "year"}
COUNTED = {
    "string": {"minLength": "minLength", "maxLength": "maxLength"},
    "array": {"minLength": "minItems", "maxLength": "maxItems"},
    "object": {"minLength": "minProperties", "maxLength": "maxProperties"},
    "geojson": {"minLength": "minProperties", "maxLength": "maxProperties"},
}
"""What the length of a value is called."""
CLOSED = {"exact", "equal", "superset"}
"""The ways of matching that let no other columns in."""


def export(order: Order) -> Export:
    """A JSON Schema for each table."""
    writers = [RecordWriter(order=order, rules=rules) for rules in order.resources]
    bodies = [each.definitions() for each in writers]
    lost = [*chain(*(each.remarks for each in writers)), *checks_lost(order), *rules_lost(order), *language_lost(order)]
    files = {
        f"{order.name_of(each.rules)}.json-schema.json": as_json(whole(order, each.rules, own, lost))
        for each, own in zip(writers, bodies, strict=True)
    }
    return Export(files=files, lost=tuple(lost))


def whole(order: Order, rules: ResourceRules, definitions: Schema, lost: list[Remark]) -> Schema:
    """The schema with what is to be known of it, and the three things that it may judge."""
    told = [each.line(order.lang) for each in lost if each.resource in (None, order.place(rules))]
    about = {
        "$schema": DIALECT,
        "title": order.title_of(rules),
        "description": order.description_of(rules),
        "$comment": "\n".join([order.standard.name, order.words("in-json"), *told]),
    }
    record: Schema = {"$ref": "#/$defs/record"}
    if "featureCollection" in definitions:
        collection = {"required": ["type"], "properties": {"type": {"const": "FeatureCollection"}}}
        record = {"if": collection, "then": {"$ref": "#/$defs/featureCollection"}, "else": record}
    return {
        **filled(about),
        "type": ["array", "object"],
        "if": {"type": "array"},
        "then": {"$ref": "#/$defs/records"},
        "else": record,
        "$defs": definitions,
    }


@dataclass(kw_only=True)
class RecordWriter:
    """Writes the JSON Schema of one table's records."""

    order: Order
    rules: ResourceRules
    remarks: list[Remark] = default(default_factory=list)

    @property
    def schema(self) -> TableSchema:
        """The Table Schema of the records."""
        return schema_of(self.rules)

    def remark(self, kind: str, field: str | None = None, **details: Any) -> None:
        """Note what cannot be said."""
        self.remarks.append(remark(kind, resource=self.order.place(self.rules), field=field, **details))

    def definitions(self) -> Schema:
        """The schemas of one record, of several, and of features where the standard accepts them."""
        fields = {each.name: self.field(each) for each in self.schema.fields}
        self.keys()
        found = {"record": self.record(fields), "records": {"type": "array", "items": {"$ref": "#/$defs/record"}}}
        if "geojson" in self.rules.formats:
            found.update(self.features(fields))
        if "geojson" in {*self.rules.formats, *(each.type for each in self.schema.fields)}:
            found.update(DEFINITIONS)
        return found

    def features(self, fields: Mapping[str, Schema]) -> Schema:
        """The schemas of features: what the column of the geometry holds stands beside the properties."""
        column = next((each for each in self.schema.fields if folded(each.name) == GEOMETRY), None)
        properties = {name: each for name, each in fields.items() if column is None or name != column.name}
        needed = column is not None and self.order.needs(column)
        return {
            "featureCollection": feature_collection(),
            "feature": feature(self.record(properties), needed=needed),
        }

    def record(self, fields: Mapping[str, Schema]) -> Schema:
        """The schema of one object with these fields."""
        needed = [each.name for each in self.schema.fields if each.name in fields and self.order.needs(each)]
        closed = self.rules.columns == "exact" or self.schema.fields_match in CLOSED
        closed = closed or (self.schema.fields_match is None and self.order.is_must("extra-column"))
        return {
            "type": "object",
            **filled({"required": needed}),
            "properties": dict(fields),
            **({"additionalProperties": False} if closed else {}),
        }

    def keys(self) -> None:
        """Note the keys: they are about several records."""
        alone = ((each.name,) for each in self.schema.fields if each.constraints.get("unique") is True)
        for names in dict.fromkeys([*alone, self.schema.primary_key, *self.schema.unique_keys]):
            if names:
                self.remark("key", columns=", ".join(names))
        for key in self.schema.foreign_keys:
            there = f"{key.resource or self.rules.name} ({', '.join(key.reference_fields)})"
            self.remark("reference", columns=", ".join(key.fields), other=there)

    def field(self, field: Field) -> Schema:
        """The schema of one value."""
        make = TYPES.get(field.type)
        asked: list[Schema] = [make(field) if make else {}]
        for name, given in constraints_of(field).items():
            asked.extend(self.constraint(field, name, given))
        if {"itemType", "arrayItem"} & field.options.keys() or (field.format == "any" and "pattern" not in asked[0]):
            self.remark("notation", field.name)
        told = {
            "title": self.order.told(field.title),
            "description": self.order.told(field.description),
            "examples": [] if field.example is None else [given_value(field, field.example)],
            "x-unit": field.unit,
            "x-categories": categories(self.order, field),
        }
        judged = self.present(field, together(asked)) if self.order.needs(field) else or_null(together(asked))
        return {**filled(told), **judged}

    def present(self, field: Field, asked: Schema) -> Schema:
        """The same for a field that must hold a value: a text that stands for none is none."""
        missing = self.schema.missing_values if field.missing_values is None else field.missing_values
        if not asked:
            return {"not": {"type": "null"}}
        if asked.get("type") != "string":
            return asked
        words = sorted(each for each in missing if each)
        least = {"minLength": max(1, asked.get("minLength", 0))} if "" in missing else {}
        return {**asked, **least, **({"not": {"enum": words}} if words else {})}

    def constraint(self, field: Field, name: str, given: Any) -> Iterator[Schema]:
        """One constraint, or a remark that it cannot be said."""
        kind = field_type(field.type)
        if name in {"required", "unique"} or kind is None or name not in kind.constraints:
            return
        asked = self.order.is_must(rule_of(field, name))
        found = said(field, name, given) if asked else None
        if found is None:
            self.remark("unsaid" if asked else "recommended", field.name, constraint=name, value=as_text(given))
        else:
            yield found


def said(field: Field, name: str, given: Any) -> Schema | None:
    """A constraint in the keywords of JSON Schema; `None` where it has none."""
    if name == "enum":
        listed = [each for each in given if each is not None] if isinstance(given, list) else []
        return {"enum": [given_value(field, each) for each in listed]} if listed else None
    if name == "pattern":
        pattern = for_ecma(given) if isinstance(given, str) else None
        return None if pattern is None else {"pattern": pattern}
    if name in BOUNDS and field.type in NUMBERS:
        bound = given_value(field, given)
        return {name: bound} if type(bound) in (int, float) and isfinite(bound) else None
    if name in LENGTHS and field.type in COUNTED:
        return {COUNTED[field.type][name]: given} if type(given) is int and given >= 0 else None
    return {"allOf": [dict(given)]} if name == "jsonSchema" and can_stand_within(given) else None


def can_stand_within(schema: Any) -> bool:
    """Whether a JSON Schema means the same as a part of another one."""
    if not isinstance(schema, Mapping) or schema.keys() & {"$schema", "$id"} or any(references_in(schema)):
        return False
    return json_schema_validator(schema) is not None


def together(asked: list[Schema]) -> Schema:
    """Schemas as one; what two of them say by the same keyword is asked by both."""
    found: Schema = {}
    for each in asked:
        twice = {key: value for key, value in each.items() if key in found}
        found = {**found, **{key: value for key, value in each.items() if key not in twice}}
        if twice:
            found["allOf"] = [*found.get("allOf", []), twice]
    return found


def or_null(asked: Schema) -> Schema:
    """The same for a field that may hold nothing."""
    if "anyOf" in asked:
        return {**asked, "anyOf": [*asked["anyOf"], {"type": "null"}]}
    found = {**asked, "type": [asked["type"], "null"]} if "type" in asked else asked
    return {**found, "enum": [*found["enum"], None]} if "enum" in found else found


TARGET = export
