"""A Table Schema in one language, as engines other than ours read it: frictionless 5.21, Validata.

What an engine would refuse the whole schema for is set aside under keys with `x-`, which all of them ignore; what it
ignores in silence (`categories`) is said in another way too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import field as default
from typing import Any

from beffroi.catalogue.table_schema import OF_FIELDS, own_addition
from beffroi.model.standard import Field, ForeignKey, ResourceRules, TableSchema
from beffroi.standards.exporting._export import Order, Remark, as_text, filled, remark, schema_of
from beffroi.standards.exporting._expressions import for_python
from beffroi.tables.constraints import CATEGORISED
from beffroi.tables.fields import field_type
from beffroi.tables.fields.contract import BOUNDS
from beffroi.tables.fields.moments import strptime_pattern
from beffroi.tables.plans import compile_plan
from beffroi.values import dataclass

CARRIED = {"rdfType", "examples"}
CAPITAL = re.compile("[A-Z]")
MOMENTS = {"date", "time", "datetime"}
EXCLUSIVE = {"exclusiveMinimum": ("minimum", 1), "exclusiveMaximum": ("maximum", -1)}
"""The bounds of version 2, with those of version 1 and how far the next whole number is."""
MODES = {(True, True): "partial", (True, False): "superset", (False, True): "subset", (False, False): "equal"}
"""Which `fieldsMatch` it is where columns may be missing, and where others may be there."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition of Table Schema: its profile, the types that it does not have, whether bounds may be exclusive."""

    profile: str
    unknown: frozenset[str] = frozenset()
    exclusive: bool = True


V1 = Edition(
    profile="https://specs.frictionlessdata.io/schemas/table-schema.json", unknown=frozenset({"list"}), exclusive=False
)
V2 = Edition(profile="https://datapackage.org/profiles/2.0/tableschema.json")


@dataclass(kw_only=True)
class SchemaWriter:
    """Writes the Table Schema of one table; `beside` are the tables that foreign keys may lead to."""

    order: Order
    rules: ResourceRules
    edition: Edition = V2
    beside: Collection[str] = ()
    remarks: list[Remark] = default(default_factory=list)

    @property
    def schema(self) -> TableSchema:
        """What is to be written."""
        return schema_of(self.rules)

    def remark(self, kind: str, field: str | None = None, **details: Any) -> None:
        """Note what cannot be said."""
        self.remarks.append(remark(kind, resource=self.order.place(self.rules), field=field, **details))

    def structure(self) -> dict[str, Any]:
        """The fields, what must be unique, and what refers to another table; under `x-` keys what must not be asked."""
        fields = [self.field(each) for each in self.schema.fields]
        keys = {
            **self.keys("primaryKey", list(self.schema.primary_key), "primary-key"),
            **self.keys("uniqueKeys", [list(each) for each in self.schema.unique_keys], "unique-key"),
            **self.foreign_keys(),
        }
        return {"fields": fields, **filled(keys), "missingValues": list(self.schema.missing_values)}

    def keys(self, key: str, given: list[Any], rule: str) -> dict[str, Any]:
        """A key of the schema, or one with `x-` where the standard only recommends what it says."""
        if given and not self.order.is_must(rule):
            self.remark("recommended", constraint=key, value=as_text(given))
            return {f"x-{key}": given}
        for each in given if rule == "unique-key" else ():
            self.remark("unique-key", columns=", ".join(each))
        return {key: given}

    def fields_match(self) -> str:
        """How columns and fields must match: what is not forbidden here is allowed there, though nobody remarks it."""
        if self.schema.fields_match:
            return self.schema.fields_match
        if self.rules.columns == "exact":
            return "exact"
        fine = [not self.order.is_must(rule) for rule in ("missing-optional-column", "extra-column")]
        if any(fine):
            self.remark("columns")
        return MODES[fine[0], fine[1]]

    def foreign_keys(self) -> dict[str, Any]:
        """The foreign keys that can be followed, and the others, for which engines would refuse the whole table."""
        near: list[dict[str, Any]] = []
        far: list[dict[str, Any]] = []
        for each in self.schema.foreign_keys:
            written = foreign_key(each)
            if each.resource and each.resource not in self.beside:
                far.append(written)
                there = f"{each.resource} ({', '.join(each.reference_fields)})"
                self.remark("foreign-key", columns=", ".join(each.fields), other=there)
            else:
                near.append(written)
        return {"foreignKeys": near, "x-foreignKeys": far}

    def field(self, field: Field) -> dict[str, Any]:
        """One field."""
        kept, aside = self.constraints(field)
        kind, form = self.type(field), notation(field)
        good = is_own_example(field, self.schema)
        own = {} if field.missing_values is None else {"missingValues": list(field.missing_values)}
        written = {
            "name": field.name,
            "title": self.order.told(field.title),
            "description": self.order.told(field.description),
            "type": kind,
            "format": form,
            "x-type": None if kind == field.type else field.type,
            "x-format": field.format if form is None and field.format != "default" else None,
            "example" if good else "x-example": field.example,
            "unit": field.unit,
            **field.options,
            "categories": categories(self.order, field),
            "constraints": kept,
            "x-constraints": aside,
            **self.additions(field),
        }
        return {**filled(written), **own}

    def type(self, field: Field) -> str:
        """The type, or text where there is no such type."""
        if field_type(field.type) and field.type not in self.edition.unknown:
            return field.type
        self.remark("type", field.name, type=field.type)
        return "string"

    def additions(self, field: Field) -> dict[str, Any]:
        """What stands in the schema beside what we know: links to vocabularies, keys of others."""
        written = self.schema.descriptor["fields"][int(field.pointer.rpartition("/")[2])]
        return {
            key: each for key, each in written.items() if key in CARRIED or (own_addition(key) and key not in OF_FIELDS)
        }

    def constraints(self, field: Field) -> tuple[dict[str, Any], dict[str, Any]]:
        """The constraints that engines understand, and those that are set aside."""
        kept: dict[str, Any] = {}
        aside: dict[str, Any] = {}
        for name, given in constraints_of(field).items():
            asked = self.order.is_must(rule_of(field, name))
            found, whole = self.understood(field, name, given) if asked else ({}, False)
            kept.update(found)
            if not whole:
                aside[name] = given
                kind = "bound" if found else "constraint" if asked else "recommended"
                other = next(iter(found), "")
                self.remark(kind, field.name, constraint=name, value=as_text(given), other=other)
        return kept, aside

    def understood(self, field: Field, name: str, given: Any) -> tuple[dict[str, Any], bool]:
        """What engines understand of one constraint, and whether it is all of it."""
        kind = field_type(field.type)
        if kind is None or field.type in self.edition.unknown or name not in kind.constraints:
            return ({name: given}, True) if name in ("required", "unique") else ({}, False)
        if name == "pattern":
            pattern = for_python(given) if isinstance(given, str) else None
            return ({}, False) if pattern is None else ({name: pattern}, True)
        if name in EXCLUSIVE and not self.edition.exclusive:
            return inclusive(field, name, given)
        refused = name == "jsonSchema" or (field.type == "duration" and name in BOUNDS)
        return ({}, False) if refused else ({name: given}, True)


def inclusive(field: Field, name: str, given: Any) -> tuple[dict[str, Any], bool]:
    """A bound that does not belong to the range as one that does: the same of whole numbers, and nearly of others."""
    other, step = EXCLUSIVE[name]
    if other in field.constraints:
        return {}, False
    if field.type == "integer" and isinstance(given, int):
        return {other: given + step}, True
    return {other: given}, False


def rule_of(field: Field, name: str) -> str:
    """The rule that a constraint is judged by."""
    if name == "enum" and "enum" not in field.constraints:
        return "categories"
    return CAPITAL.sub(lambda letter: f"-{letter[0].lower()}", name)


def categories(order: Order, field: Field) -> list[Any]:
    """The categories, their labels in the language."""
    given = field.options.get("categories")
    return [
        {**each, "label": order.told(each["label"])} if isinstance(each, Mapping) and "label" in each else each
        for each in (given if isinstance(given, list) else ())
    ]


def constraints_of(field: Field) -> dict[str, Any]:
    """The constraints of a field, with its categories among them: engines that do not know these know `enum`."""
    found = dict(field.constraints)
    given = field.options.get("categories")
    if field.type in CATEGORISED and isinstance(given, list):
        values = [each.get("value") if isinstance(each, Mapping) else each for each in given]
        listed = found.get("enum")
        found["enum"] = [each for each in listed if each in values] if isinstance(listed, list) else values
    return found


def notation(field: Field) -> str | None:
    """The format, if the type has it; of a date written out (`YYYY-MM-DD`), as `strptime` has it."""
    kind = field_type(field.type)
    if field.format == "default" or kind is None or field.format not in (kind.formats or (field.format,)):
        return None
    if field.type in MOMENTS and field.format != "any":
        return strptime_pattern(field.format)[0]
    return field.format


def is_own_example(field: Field, schema: TableSchema) -> bool:
    """Whether the example of a field is valid: engines refuse a schema of which one is not."""
    if field.example is None:
        return True
    plan, _ = compile_plan(field, schema.missing_values)
    return not plan.judged(as_text(field.example))


def foreign_key(key: ForeignKey) -> dict[str, Any]:
    """A foreign key; one into the table itself names the resource "", which both versions understand."""
    return {
        "fields": list(key.fields),
        "reference": {"resource": key.resource, "fields": list(key.reference_fields)},
    }
