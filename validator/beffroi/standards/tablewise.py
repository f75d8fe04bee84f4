"""A table of a draft: its columns, its key, what it refers to, and how it gives way where the samples break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.model.report import Finding
from beffroi.standards.columnwise import FieldDraft
from beffroi.standards.guesses import Remark
from beffroi.standards.made_up import Example
from beffroi.standards.sampled import SampledTable
from beffroi.values import dataclass

FEW_ROWS = 20
FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "parquet", "json", "ndjson", "geojson")
USUAL = ("csv", "xlsx", "ods")


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column whose values stand in the key of another table."""

    column: str
    resource: str
    key: str

    @property
    def value(self) -> dict[str, Any]:
        """The foreign key of a Table Schema."""
        return {"fields": [self.column], "reference": {"resource": self.resource, "fields": [self.key]}}


@dataclass(frozen=True, kw_only=True)
class TableDraft:
    """One table of a draft: its fields, the columns of its key, and those that refer to the key of another table.

    `read_as` are formats that its samples are taken for once their columns are known.
    """

    name: str
    table: SampledTable
    fields: tuple[FieldDraft, ...]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    read_as: tuple[str, ...] = ()

    @property
    def own_key(self) -> FieldDraft | None:
        """The field that is the key, where one is enough."""
        return next((each for each in self.fields if self.key == (each.column.name,)), None)

    @property
    def file(self) -> str:
        """The file of its schema."""
        return f"{self.name}.schema.yaml"

    @property
    def samples(self) -> str:
        """The names of its samples."""
        return ", ".join(Path(each.taken.name).name for each in self.table.samples)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The texts that mean "no value" in every column where they stand."""
        found = {text for each in self.fields for text in each.guess.missing}
        common = (
            text
            for text in sorted(found)
            if all(text in each.guess.missing or text not in each.column.texts for each in self.fields)
        )
        return ("", *common)

    @property
    def formats(self) -> list[str]:
        """The formats of the samples, and those that hold the same kind of table."""
        read = (*(each.format for each in self.table.samples), *self.read_as)
        seen = dict.fromkeys(each for each in read if each in FORMATS)
        return list(seen if set(seen) == {"geojson"} else dict.fromkeys((*seen, *USUAL)))

    def values(self, lang: str) -> list[dict[str, Any]]:
        """The fields of its Table Schema."""
        return [each.value(lang, self.missing) for each in self.fields]

    @cached_property
    def remarks(self) -> tuple[tuple[str, Remark], ...]:
        """All remarks, each with the JSON Pointer of what it is about in the schema."""
        return (*self.on_fields(), *self.on_table())

    def on_table(self) -> Iterator[tuple[str, Remark]]:
        """Those on the table as a whole."""
        if self.table.rows < FEW_ROWS:
            yield "/fields", Remark(key="few-rows", details={"rows": self.table.rows})
        yield "/primaryKey" if self.key else "/missingValues", Remark(key="primary-key" if self.key else "no-key")
        for index, each in enumerate(self.references):
            yield f"/foreignKeys/{index}", Remark(key="reference", details={"resource": each.resource})

    def on_fields(self) -> Iterator[tuple[str, Remark]]:
        """Those on one of its fields."""
        for index, each in enumerate(self.fields):
            pointer = f"/fields/{index}"
            for remark in each.remarks:
                common = remark.at == "missingValues" and set(each.guess.missing) <= set(self.missing)
                yield "/missingValues" if common else f"{pointer}/{remark.at}", remark
            if each.example.instead and each.example.text:
                yield f"{pointer}/example", Remark(key="made-up")

    def referring(self, references: tuple[Reference, ...], examples: Mapping[str, Example]) -> TableDraft:
        """The same with references, the examples of their columns being those of the keys."""
        given = {each.column: examples[each.resource] for each in references}
        fields = tuple(replace(each, given=given.get(each.column.name)) for each in self.fields)
        return replace(self, references=references, fields=fields)

    def giving_way(self, findings: Sequence[Finding]) -> TableDraft:
        """The same without what the samples break."""
        broken = {name: [each for each in findings if each.field == name] for name in {each.field for each in findings}}
        fields = []
        for each in self.fields:
            for finding in broken.get(each.column.name, ()):
                each = each.giving_way(finding)
            fields.append(each)
        keyless = any(
            each.rule == "primary-key" or (each.rule == "required" and each.field in self.key) for each in findings
        )
        formats = {each.details["format"] for each in findings if each.rule == "format-not-accepted"}
        dangling = {each.field for each in findings if each.rule in {"foreign-key", "reference-not-there"}}
        return replace(
            self,
            fields=tuple(fields),
            key=() if keyless else self.key,
            references=tuple(each for each in self.references if each.column not in dangling),
            read_as=(*self.read_as, *sorted(formats)),
        )
