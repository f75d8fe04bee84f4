"""Standards and table schemas as values: what is asked of data, after lenient loading."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from beffroi.model.faults import Defect
from beffroi.model.levels import Level
from beffroi.model.report import StandardReference
from beffroi.values import dataclass

Text = str | Mapping[str, str] | None


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a table schema (Data Package v2, Table Schema).

    `unit` is the unit of measure of its numbers (UCUM, or the ISO 4217 code of a currency), our own addition.
    `options` holds what belongs to the type (`decimalChar`, `trueValues`, `delimiter`, `categories` …) as written;
    `missing_values` replaces the schema's when the field has its own.
    """

    name: str
    type: str = "any"
    format: str = "default"
    title: Text = None
    description: Text = None
    example: Any = None
    unit: str | None = None
    constraints: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    missing_values: tuple[str, ...] | None = None
    pointer: str = ""

    @property
    def required(self) -> bool:
        """Whether every record must have a value."""
        return self.constraints.get("required") is True


@dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """Values of `fields` must exist in `reference_fields` of `resource`; an empty `resource` is the table itself."""

    fields: tuple[str, ...]
    resource: str
    reference_fields: tuple[str, ...]
    pointer: str = ""


@dataclass(frozen=True, kw_only=True)
class TableSchema:
    """What is asked of one table.

    `fields_match` is `None` when the schema does not say: columns are then matched by name, and each kind of
    difference has its own rule and level. `line` gives the line of a JSON Pointer in the file that holds the schema;
    `file` is that file where it is another than the standard's own. `descriptor` is the Table Schema as written, or
    as it is after a standard has been extended.
    """

    fields: tuple[Field, ...] = ()
    fields_match: str | None = None
    missing_values: tuple[str, ...] = ("",)
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    defects: tuple[Defect, ...] = ()
    file: str | None = None
    descriptor: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    line: Callable[[str], int | None] = field(default=lambda _pointer: None, compare=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields' names, in the schema's order."""
        return tuple(each.name for each in self.fields)


@dataclass(frozen=True, kw_only=True)
class CheckUse:
    """A check beyond the table schema, as a standard asks for it; `level` replaces the rule's own.

    `when` names columns, each with the texts of which it must hold one for a record to be judged.
    """

    check: str
    options: Mapping[str, Any] = field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    level: Level | None = None
    pointer: str = ""


@dataclass(frozen=True, kw_only=True)
class ResourceRules:
    """What a standard asks of one resource (one table). `schema` is `None` where only the structure is known."""

    name: str
    title: Text = None
    description: Text = None
    schema: TableSchema | None
    required: bool = True
    formats: tuple[str, ...] = ()
    columns: str = "by-name"
    checks: tuple[CheckUse, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A versioned set of rules for one kind of municipal dataset. `path` is the file that defines it.

    `descriptor` is what that file says, after extension; `folder` holds the standard's examples and changelog, where it
    has a folder of its own. `extends` is the standard that it builds upon, as resolved.
    `unjudged` names the parts of it that `check` does not judge, so that a report can say so.
    """

    id: str
    version: str | None
    path: str
    sha256: str
    resources: tuple[ResourceRules, ...]
    status: str = "active"
    title: Text = None
    levels: Mapping[str, Level] = field(default_factory=dict)
    package: Mapping[str, Any] | None = None
    unjudged: tuple[str, ...] = ()
    defects: tuple[Defect, ...] = ()
    descriptor: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    folder: Path | None = None
    extends: StandardReference | None = None

    @property
    def reference(self) -> StandardReference:
        """How a report names this standard."""
        return StandardReference(id=self.id, version=self.version, sha256=self.sha256)

    @property
    def name(self) -> str:
        """Its id with its version, as `--standard` takes it."""
        return f"{self.id}@{self.version}" if self.version else self.id

    @property
    def replaced_by(self) -> str | None:
        """Which standard to use instead of a deprecated or retired one."""
        return self.descriptor.get("replacedBy")

    @property
    def is_package(self) -> bool:
        """Whether the standard asks for several tables."""
        return len(self.resources) > 1

    def resource(self, name: str) -> ResourceRules | None:
        """The rules of the resource of that name."""
        return next((each for each in self.resources if each.name == name), None)
