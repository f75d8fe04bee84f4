"""Reads a Table Schema leniently: what is wrong with it is told, and what can be understood is kept."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
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
    "unit",
    *OF_TYPES,
)
FLAGS = ("required", "unique")
OF_SCHEMAS = ("fields", "primaryKey", "foreignKeys", "uniqueKeys", "missingValues", "fieldsMatch")
MATCHES = ("exact", "equal", "subset", "superset", "partial")
OTHER_NAMES = {
    "texte": "string",
    "text": "string",
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
}


Line = Callable[[str], int | None]
PREFIXES = ("x-", "x_", "_")


def own_addition(key: str) -> bool:
    """Whether a key is plainly an addition: `x-…`, a name of linked data (`skos:exactMatch`), or `title@fr`."""
    return key.startswith(PREFIXES) or ":" in key or key.partition("@")[0] in {"title", "description"}


def text_of(given: Any) -> str | None:
    """A text, or nothing."""
    return given if isinstance(given, str) and given else None


class SchemaReader:
    """Reads one descriptor, collecting the defects on the way."""

    def __init__(self, descriptor: Mapping[str, Any], pointer: str, line: Line, file: str | None) -> None:
        self.descriptor = descriptor
        self.pointer = pointer
        self.line = line
        self.file = file
        self.defects: list[Defect] = []

    def defect(
        self, pointer: str, rule: str, cause: str | None = None, *, field: str | None = None, **details: object
    ) -> None:
        """Note a defect at `pointer` below this schema."""
        found = fault(rule, cause, None, **details)
        where = self.pointer + pointer
        self.defects.append(Defect(fault=found, pointer=where, field=field, file=self.file, line=self.line(where)))

    def read(self) -> TableSchema:
        """The schema, with its defects."""
        fields = tuple(self.fields())
        if self.descriptor.get("fields") == []:
            self.defect("/fields", "standard-bad-key", key="fields")
        self.misspelt_keys()
        names = {each.name for each in fields}
        missing = self.missing_values(self.descriptor, "")
        return TableSchema(
            fields=fields,
            fields_match=self.fields_match(),
            missing_values=("",) if missing is None else missing,
            primary_key=self.key("primaryKey", names),
            unique_keys=tuple(self.unique_keys(names)),
            foreign_keys=tuple(self.foreign_keys(names)),
            defects=tuple(self.defects),
            file=self.file,
            descriptor=self.descriptor,
            line=self.line,
        )

    def misspelt_keys(self) -> None:
        """Tell keys of the schema itself that are so near to a known one that it must be meant."""
        for key in self.descriptor:
            near = difflib.get_close_matches(key, OF_SCHEMAS, n=1, cutoff=0.8)
            if near and key not in OF_SCHEMAS and near[0] not in self.descriptor and not own_addition(key):
                self.defect(f"/{key}", "standard-unknown-key", "did-you-mean", key=key, meant=near[0])

    def listed(self, key: str) -> list[Any]:
        """What a key of the schema lists; nothing where it is absent or no list."""
        given = self.descriptor.get(key)
        if given is not None and not isinstance(given, list):
            self.defect(f"/{key}", "standard-bad-key", key=key)
        return given if isinstance(given, list) else []

    def fields(self) -> Iterator[Field]:
        """Every field that has a name; a second one of the same name is told and left out."""
        seen: set[str] = set()
        for index, each in enumerate(self.listed("fields")):
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
            format=self.format(given),
            title=given.get("title"),
            description=given.get("description"),
            example=given.get("example"),
            unit=text_of(given.get("unit")),
            constraints=self.constraints(given, name, pointer),
            options={key: given[key] for key in OF_TYPES if key in given},
            missing_values=self.missing_values(given, pointer),
            pointer=self.pointer + pointer,
        )

    def type(self, given: Mapping[str, Any], name: str, pointer: str) -> str:
        """The type; a near word is understood. A field without type holds text: `string` in version 1, which reads any
        text as `any` of version 2 does, and has the constraints that authors of such fields write.
        """
        kind = "string" if given.get("type") is None else given["type"]
        if isinstance(kind, str) and kind in OTHER_NAMES:
            self.defect(
                f"{pointer}/type", "standard-unknown-type", "understood", field=name, type=kind, meant=OTHER_NAMES[kind]
            )
            return OTHER_NAMES[kind]
        return kind if isinstance(kind, str) else str(kind)

    @staticmethod
    def format(given: Mapping[str, Any]) -> str:
        """The format, without the `fmt:` that version 0 put before it."""
        found = given.get("format")
        return (found.removeprefix("fmt:") if isinstance(found, str) else "") or "default"

    def unknown_keys(self, given: Mapping[str, Any], name: str, pointer: str) -> None:
        """Tell keys that no engine heeds: misspelt ones, and constraints outside `constraints`."""
        for key in given:
            if key in OF_FIELDS or own_addition(key):
                continue
            if key in CONSTRAINTS:
                self.defect(f"{pointer}/{key}", "standard-misplaced-constraint", field=name, key=key)
            else:
                self.unknown_key(f"{pointer}/{key}", key, name, (*OF_FIELDS, *CONSTRAINTS))

    def constraints(self, given: Mapping[str, Any], name: str, pointer: str) -> dict[str, Any]:
        """The constraints known to the specification."""
        found = {} if given.get("constraints") is None else given["constraints"]
        if not isinstance(found, dict):
            self.defect(f"{pointer}/constraints", "standard-bad-field", "constraints", field=name, name=name)
            return {}
        kept: dict[str, Any] = {}
        for key, value in found.items():
            here = f"{pointer}/constraints/{key}"
            if key not in CONSTRAINTS:
                self.unknown_key(here, key, name, CONSTRAINTS)
            elif key not in FLAGS:
                kept[key] = value
            elif str(value).lower() in {"true", "false"}:
                kept[key] = str(value).lower() == "true"
            else:
                self.defect(here, "standard-bad-constraint", field=name, constraint=key, given=value)
        return kept

    def unknown_key(self, pointer: str, key: str, name: str, known: tuple[str, ...]) -> None:
        """Tell a key of a field that no engine heeds, and which one it may stand for."""
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.8)
        cause, meant = ("did-you-mean", {"meant": near[0]}) if near else (None, {})
        self.defect(pointer, "standard-unknown-key", cause, field=name, key=key, **meant)

    def missing_values(self, given: Mapping[str, Any], pointer: str) -> tuple[str, ...] | None:
        """Texts that mean "no value", written alone or with a label."""
        values = given.get("missingValues")
        if values is None:
            return None
        if not isinstance(values, list):
            self.defect(f"{pointer}/missingValues", "standard-bad-key", key="missingValues")
            return None
        texts = [each.get("value") if isinstance(each, dict) else each for each in values]
        if not all(isinstance(each, str) for each in texts):
            self.defect(f"{pointer}/missingValues", "standard-bad-key", key="missingValues")
        return tuple("" if each is None else str(each) for each in texts)

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

    def names(self, given: Any, pointer: str, names: set[str] | None) -> tuple[str, ...]:
        """One name or a list of names of fields; nothing where one is unknown (`None`: any may be)."""
        listed = [given] if isinstance(given, str) else given
        key = pointer.split("/")[1]
        if not isinstance(listed, list) or not listed or not all(isinstance(each, str) for each in listed):
            self.defect(pointer, "standard-bad-key", key=key)
            return ()
        unknown = [each for each in listed if names is not None and each not in names]
        for each in unknown:
            self.defect(pointer, "standard-unknown-field", name=each, key=key)
        return () if unknown else tuple(listed)

    def unique_keys(self, names: set[str]) -> Iterator[tuple[str, ...]]:
        """`uniqueKeys`: each a list of fields."""
        for index, each in enumerate(self.listed("uniqueKeys")):
            if found := self.names(each, f"/uniqueKeys/{index}", names):
                yield found

    def foreign_keys(self, names: set[str]) -> Iterator[ForeignKey]:
        """`foreignKeys`: fields of this table that must exist in another, or in itself."""
        for index, each in enumerate(self.listed("foreignKeys")):
            pointer = f"/foreignKeys/{index}"
            reference = each.get("reference") if isinstance(each, dict) else None
            if not isinstance(reference, dict):
                self.defect(pointer, "standard-bad-key", key="foreignKeys")
                continue
            own = self.names(each.get("fields"), f"{pointer}/fields", names)
            resource = str(reference.get("resource") or "")
            known = None if resource else names
            theirs = self.names(reference.get("fields"), f"{pointer}/reference/fields", known)
            if own and len(theirs) == len(own):
                yield ForeignKey(fields=own, resource=resource, reference_fields=theirs, pointer=self.pointer + pointer)
            elif own and theirs:
                self.defect(pointer, "standard-bad-key", key="foreignKeys")


def read_table_schema(
    descriptor: Mapping[str, Any], pointer: str = "", *, line: Line = lambda _pointer: None, file: str | None = None
) -> TableSchema:
    """Read a Table Schema descriptor; never raises for what is written in it.

    `line` gives the line of a JSON Pointer; `file` names the file where it is another than that of the standard.
    """
    return SchemaReader(descriptor, pointer, line, file).read()
