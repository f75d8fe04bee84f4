"""Reads a Table Schema leniently: what is wrong with it is told, and what can be understood is kept."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import Field, ForeignKey, TableSchema

CONSTRAINTS = (
    "required",
    "unique",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "pattern",
    "enum",
    "jsonSchema",
)
OF_TYPES = (
    "decimalChar",
    "groupChar",
    "bareNumber",
    "trueValues",
    "falseValues",
    "delimiter",
    "itemType",
    "arrayItem",
    "categories",
    "categoriesOrdered",
)
OF_FIELDS = (
    "name",
    "type",
    "format",
    "title",
    "description",
    "example",
    "examples",
    "constraints",
    "missingValues",
    "rdfType",
    *OF_TYPES,
)
MATCHES = ("exact", "equal", "subset", "superset", "partial")
OTHER_NAMES = {
    "texte": "string",
    "text": "string",
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


class SchemaReader:
    """Reads one descriptor, collecting the defects on the way."""

    def __init__(self, descriptor: Mapping[str, Any], pointer: str = "") -> None:
        self.descriptor = descriptor
        self.pointer = pointer
        self.defects: list[Defect] = []

    def defect(
        self, pointer: str, rule: str, cause: str | None = None, *, field: str | None = None, **details: object
    ) -> None:
        """Note a defect at `pointer` below this schema."""
        self.defects.append(Defect(fault=fault(rule, cause, **details), pointer=self.pointer + pointer, field=field))

    def read(self) -> TableSchema:
        """The schema, with its defects."""
        fields = tuple(self.fields())
        names = {each.name for each in fields}
        return TableSchema(
            fields=fields,
            fields_match=self.fields_match(),
            missing_values=self.missing_values(self.descriptor, "") or (("",) if self.unsaid() else ()),
            primary_key=self.key("primaryKey", names),
            unique_keys=tuple(self.unique_keys(names)),
            foreign_keys=tuple(self.foreign_keys(names)),
            defects=tuple(self.defects),
        )

    def unsaid(self) -> bool:
        """Whether the schema leaves its missing values to the default."""
        return not isinstance(self.descriptor.get("missingValues"), list)

    def fields(self) -> Iterator[Field]:
        """Every field that has a name; a second one of the same name is told and left out."""
        seen: set[str] = set()
        given = self.descriptor.get("fields")
        for index, each in enumerate(given if isinstance(given, list) else ()):
            pointer = f"/fields/{index}"
            name = each.get("name") if isinstance(each, dict) else None
            if not isinstance(name, str | int | float) or isinstance(name, bool) or not str(name).strip():
                self.defect(pointer, "standard-bad-field", "no-name", number=index + 1)
            elif str(name) in seen:
                self.defect(pointer, "standard-bad-field", "same-name", field=str(name), name=name)
            else:
                seen.add(str(name))
                yield self.field(each, str(name), pointer)

    def field(self, given: Mapping[str, Any], name: str, pointer: str) -> Field:
        """One field."""
        self.unknown_keys(given, name, pointer)
        return Field(
            name=name,
            type=self.type(given, name, pointer),
            format=given["format"] if isinstance(given.get("format"), str) and given["format"] else "default",
            title=given.get("title"),
            description=given.get("description"),
            example=given.get("example"),
            constraints=self.constraints(given, name, pointer),
            options={key: given[key] for key in OF_TYPES if key in given},
            missing_values=self.missing_values(given, pointer),
            pointer=self.pointer + pointer,
        )

    def type(self, given: Mapping[str, Any], name: str, pointer: str) -> str:
        """The type; without one a field holds text, as in the specification; a near word is understood."""
        kind = given.get("type", "string")
        if isinstance(kind, str) and kind in OTHER_NAMES:
            self.defect(
                f"{pointer}/type", "standard-unknown-type", "understood", field=name, type=kind, meant=OTHER_NAMES[kind]
            )
            return OTHER_NAMES[kind]
        return kind if isinstance(kind, str) else str(kind)

    def unknown_keys(self, given: Mapping[str, Any], name: str, pointer: str) -> None:
        """Tell keys that no engine heeds: misspelt ones, and constraints outside `constraints`."""
        for key in given:
            if key in OF_FIELDS or key.startswith(("x-", "x_", "_")):
                continue
            if key in CONSTRAINTS:
                self.defect(f"{pointer}/{key}", "standard-misplaced-constraint", field=name, key=key)
                continue
            near = difflib.get_close_matches(key, (*OF_FIELDS, *CONSTRAINTS), n=1, cutoff=0.8)
            self.defect(
                f"{pointer}/{key}",
                "standard-unknown-key",
                "did-you-mean" if near else None,
                field=name,
                key=key,
                **({"meant": near[0]} if near else {}),
            )

    def constraints(self, given: Mapping[str, Any], name: str, pointer: str) -> dict[str, Any]:
        """The constraints known to the specification."""
        found = given.get("constraints", {})
        if not isinstance(found, dict):
            self.defect(f"{pointer}/constraints", "standard-bad-field", "constraints", field=name, name=name)
            return {}
        kept: dict[str, Any] = {}
        for key, value in found.items():
            if key in CONSTRAINTS:
                kept[key] = self.flag(key, value) if key in {"required", "unique"} else value
                continue
            near = difflib.get_close_matches(key, CONSTRAINTS, n=1, cutoff=0.8)
            meant = {"meant": near[0]} if near else {}
            cause = "did-you-mean" if near else None
            self.defect(f"{pointer}/constraints/{key}", "standard-unknown-key", cause, field=name, key=key, **meant)
        return kept

    @staticmethod
    def flag(_key: str, value: Any) -> bool:
        """A yes or no, also where it was written as text."""
        return value if isinstance(value, bool) else str(value).lower() == "true"

    def missing_values(self, given: Mapping[str, Any], pointer: str) -> tuple[str, ...] | None:
        """Texts that mean "no value", written alone or with a label."""
        values = given.get("missingValues")
        if values is None:
            return None
        if not isinstance(values, list):
            self.defect(f"{pointer}/missingValues", "standard-bad-key", key="missingValues")
            return None
        return tuple(str(each.get("value", "")) if isinstance(each, dict) else str(each) for each in values)

    def fields_match(self) -> str | None:
        """How columns and fields must match, where the schema says it."""
        given = self.descriptor.get("fieldsMatch")
        if isinstance(given, list) and len(given) == 1:
            given = given[0]
        if given is not None and given not in MATCHES:
            self.defect("/fieldsMatch", "standard-bad-key", key="fieldsMatch")
            return None
        return given

    def key(self, key: str, names: set[str]) -> tuple[str, ...]:
        """A key's fields, all of which must exist."""
        return self.names(self.descriptor.get(key), f"/{key}", names) if self.descriptor.get(key) else ()

    def names(self, given: Any, pointer: str, names: set[str]) -> tuple[str, ...]:
        """One name or a list of names of fields; nothing where one is unknown."""
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            self.defect(pointer, "standard-bad-key", key=pointer.strip("/").split("/")[0])
            return ()
        for unknown in (each for each in listed if each not in names):
            self.defect(pointer, "standard-unknown-field", name=unknown, key=pointer.strip("/").split("/")[0])
            return ()
        return tuple(listed)

    def unique_keys(self, names: set[str]) -> Iterator[tuple[str, ...]]:
        """`uniqueKeys`: each a list of fields."""
        given = self.descriptor.get("uniqueKeys")
        for index, each in enumerate(given if isinstance(given, list) else ()):
            if found := self.names(each, f"/uniqueKeys/{index}", names):
                yield found

    def foreign_keys(self, names: set[str]) -> Iterator[ForeignKey]:
        """`foreignKeys`: fields of this table that must exist in another, or in itself."""
        given = self.descriptor.get("foreignKeys")
        for index, each in enumerate(given if isinstance(given, list) else ()):
            pointer = f"/foreignKeys/{index}"
            reference = each.get("reference") if isinstance(each, dict) else None
            if not isinstance(reference, dict):
                self.defect(pointer, "standard-bad-key", key="foreignKeys")
                continue
            own = self.names(each.get("fields"), f"{pointer}/fields", names)
            resource = str(reference.get("resource") or "")
            theirs = reference.get("fields")
            theirs = [theirs] if isinstance(theirs, str) else theirs
            if resource == "" and own:
                theirs = self.names(theirs, f"{pointer}/reference/fields", names)
            if own and isinstance(theirs, list | tuple) and len(theirs) == len(own):
                yield ForeignKey(
                    fields=own, resource=resource, reference_fields=tuple(theirs), pointer=self.pointer + pointer
                )
            elif own and theirs:
                self.defect(pointer, "standard-bad-key", key="foreignKeys")


def read_table_schema(descriptor: Mapping[str, Any], pointer: str = "") -> TableSchema:
    """Read a Table Schema descriptor; never raises for what is written in it."""
    return SchemaReader(descriptor, pointer).read()
