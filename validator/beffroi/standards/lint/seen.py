"""Standards and tables as the rules of lint see them."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from beffroi.documents import Document
from beffroi.model.faults import Defect, Fault
from beffroi.model.standard import Field, ResourceRules, Standard, TableSchema
from beffroi.standards.lint.targets import Target
from beffroi.values import dataclass


class Kind(StrEnum):
    """Who wrote a standard, and in which form."""

    OWN = "own"
    SCHEMA = "schema"
    PACKAGE = "package"
    PROFILE = "profile"


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rules for one table, as the rules of lint see it; `beside` are those of the tables that it may refer to."""

    kind: Kind
    rules: ResourceRules
    schema: TableSchema
    beside: tuple[ResourceRules, ...] = ()

    def located(self, found: Fault, place: Field | str, below: str = "") -> Defect:
        """A fault of a field, or of what stands at a pointer of the schema."""
        if isinstance(place, Field):
            pointer, name = f"{place.pointer}{below}", place.name
        else:
            pointer, name = f"{self.pointer}{place}", None
        return Defect(fault=found, pointer=pointer, field=name, file=self.schema.file, line=self.schema.line(pointer))

    @property
    def pointer(self) -> str:
        """Where the schema itself stands in its file."""
        return self.schema.fields[0].pointer.rpartition("/fields/")[0] if self.schema.fields else ""

    def written(self, field: Field) -> dict[str, Any]:
        """A field as the schema writes it."""
        number = int(field.pointer.rpartition("/")[2])
        found: dict[str, Any] = self.schema.descriptor["fields"][number]
        return found


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A standard as the rules of lint see it; `document` is its file as written."""

    target: Target
    kind: Kind
    document: Document
    standard: Standard

    def located(self, found: Fault, pointer: str = "") -> Defect:
        """A fault of what stands at `pointer` in its file."""
        return Defect(fault=found, pointer=pointer, line=self.document.line(pointer) if pointer else None)

    def takes_over(self, table: Table, defect: Defect) -> bool:
        """Whether a defect stands in what the standard that this one extends has written of a table."""
        if self.standard.extends is None or defect.file is None:
            return False
        written = {each["name"] for each in self.document.value.get("resources", ()) if each.get("schema")}
        return table.rules.name not in written or defect.line is None
