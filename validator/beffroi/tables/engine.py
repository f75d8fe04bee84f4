"""One table against the rules for it: batches in, findings out, in one pass and bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs, Sample
from beffroi.model.standard import Field, ForeignKey, ResourceRules, TableSchema
from beffroi.tables.batches import Batch, Notice, Table
from beffroi.tables.header import match_columns
from beffroi.tables.keys import KeyIndex, Words, hashed_key
from beffroi.tables.native import in_notation
from beffroi.tables.plans import Plan, compile_plan
from beffroi.tables.row_checks import RowCheck, compile_check
from beffroi.tables.tally import Rows, Tally, Use
from beffroi.tables.texts import Mask, Texts

SCHEMALESS = TableSchema()
Progress = Callable[[float], None]
"""Called with the part of the table that has been read, from 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was found in one table. `stopped` says that reading ended before the end of the file."""

    tally: Tally
    rows: int
    read: ReadAs | None
    stopped: bool = False


@dataclass(frozen=True, kw_only=True)
class References:
    """What foreign keys refer to: an index for each, or `None` where the table is not there to look in."""

    indexes: Mapping[ForeignKey, KeyIndex | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Key:
    """Fields whose values together must not repeat, and the rule that says so."""

    rule: str
    fields: tuple[str, ...]
    index: KeyIndex


class TableJudge:
    """Judges the batches of one table. Not reusable: keys remember what they saw."""

    def __init__(self, table: Table, rules: ResourceRules | None, references: References, samples: int | None) -> None:
        self.table = table
        self.schema = (rules.schema if rules else None) or SCHEMALESS
        self.references = references
        self.tally = Tally(samples)
        self.match = match_columns(table.labels, self.schema, exact=bool(rules and rules.columns == "exact"))
        self.plans = self._plans()
        self.checks = self._checks(rules)
        self.keys = self._keys()
        self.rows = 0
        self.stopped = False

    def _plans(self) -> dict[str, Plan]:
        plans = {}
        for each in self.schema.fields:
            if each.name in self.match.columns:
                plans[each.name], _ = compile_plan(each, self.schema.missing_values)
        return plans

    def _checks(self, rules: ResourceRules | None) -> list[RowCheck]:
        found = []
        for use in rules.checks if rules else ():
            check, _ = compile_check(use, self.schema.names)
            if check:
                found.append(check)
        return found

    def _keys(self) -> list[Key]:
        single = [(each.name,) for each in self.schema.fields if each.constraints.get("unique") is True]
        wanted = [
            *(("unique", fields) for fields in single),
            *(("primary-key", fields) for fields in (self.schema.primary_key,) if fields),
            *(("unique-key", fields) for fields in self.schema.unique_keys),
        ]
        return [
            Key(rule=rule, fields=fields, index=KeyIndex())
            for rule, fields in wanted
            if all(name in self.plans for name in fields)
        ]

    def run(self, progress: Progress | None = None) -> Judged:
        """Judge the whole table."""
        self._header()
        for batch in self.table.batches():
            self._batch(batch)
            self.rows += batch.rows
            if progress and batch.part_read is not None:
                progress(batch.part_read)
            if self.stopped:
                break
        if not self.rows and not self.stopped:
            self.tally.once(fault("no-records"))
        return Judged(
            tally=self.tally,
            rows=self.rows,
            read=self.table.read,
            stopped=self.stopped,
        )

    def _header(self) -> None:
        self._notices(self.table.notices)
        for remark in self.match.remarks:
            label = self.table.labels[remark.column] if remark.column is not None else None
            sample = None if label is None else Sample(line=self.table.read.header, value=label)
            use = Use(level=remark.level)
            self.tally.once(remark.fault, name=remark.field, column=remark.column, use=use, sample=sample)
        for key in self.schema.foreign_keys:
            if key in self.references.indexes and self.references.indexes[key] is None:
                absent = fault("reference-not-there", resource=key.resource, fields=", ".join(key.fields))
                self.tally.once(absent, use=Use(about=key))

    def _notices(self, notices: tuple[Notice, ...]) -> None:
        for notice in notices:
            self.tally.notice(notice)
            self.stopped = self.stopped or notice.fatal

    def _batch(self, batch: Batch) -> None:
        self._notices(batch.notices)
        blank = blank_rows(batch, len(self.table.labels))
        self._structure(batch, blank)
        texts = {name: Texts(column_for(plan, batch, self.match.columns[name])) for name, plan in self.plans.items()}
        for name, plan in self.plans.items():
            self._cells(batch, name, plan, texts[name], blank)
        for check in self.checks:
            for rows, found, shown in check.faults_in(texts, self.plans, blank):
                name = next((each for each in check.columns if each in self.plans), check.columns[0])
                column = self.match.columns.get(name)
                self.tally.rows(found, rows, name=name, column=column, value=shown, use=check.use)
        if batch.rows:
            self._repeats(batch, texts, blank)
            self._orphans(texts, blank)
        self.tally.flush(batch)

    def _structure(self, batch: Batch, blank: Mask) -> None:
        if blank.any():
            self.tally.rows(fault("blank-row"), np.flatnonzero(blank), name=None, column=None)
        width = len(self.table.labels)
        rows, widths = ragged_rows(batch), np.fromiter(batch.ragged.values(), dtype=np.int64)
        for rule, wrong in (("missing-cell", widths < width), ("extra-cell", widths > width)):
            wrong &= ~blank[rows]
            if wrong.any():
                found = fault(rule, expected=width, found=widths[wrong][0])
                self.tally.rows(found, rows[wrong], name=None, column=None)

    def _cells(self, batch: Batch, name: str, plan: Plan, texts: Texts, blank: Mask) -> None:
        column = self.match.columns[name]
        missing = plan.missing(texts)
        if plan.field.required or name in self.schema.primary_key:
            absent = missing & ~blank
            ragged = ragged_rows(batch)
            absent[ragged] &= ~texts.nulls[ragged]
            if absent.any():
                self.tally.rows(fault("required"), np.flatnonzero(absent), name=name, column=column)
        for value, faults, rows in plan.faults_in(texts, ~missing & ~blank):
            for each in faults:
                self.tally.rows(each, rows, name=name, column=column, value=value)

    def _repeats(self, batch: Batch, texts: Mapping[str, Texts], blank: Mask) -> None:
        for key in self.keys:
            rows, hashes = keyed_rows(key.fields, self.plans, texts, blank)
            earlier = key.index.add(hashes, batch.first + rows)
            repeated = np.flatnonzero(earlier)
            if len(repeated):
                row = batch.shown_row(int(earlier[repeated[0]]))
                found = fault(key.rule, fields=", ".join(key.fields), row=row)
                self._report_key(found, key, rows[repeated], texts)

    def _orphans(self, texts: Mapping[str, Texts], blank: Mask) -> None:
        for key, index in self.references.indexes.items():
            if index is None or not all(name in self.plans for name in key.fields):
                continue
            rows, hashes = keyed_rows(key.fields, self.plans, texts, blank)
            orphans = rows[index.find(hashes) == 0]
            if len(orphans):
                cause = None if key.resource else "same-table"
                wrong = fault("foreign-key", cause, resource=key.resource, fields=", ".join(key.fields))
                self._report_key(wrong, key, orphans, texts)

    def _report_key(self, found: Fault, key: Key | ForeignKey, rows: Rows, texts: Mapping[str, Texts]) -> None:
        def shown(row: int) -> str:
            return ", ".join(texts[name].array[row].as_py() for name in key.fields)

        name = key.fields[0] if len(key.fields) == 1 else None
        column = self.match.columns[key.fields[0]]
        about = key if isinstance(key, ForeignKey) else key.fields
        self.tally.rows(found, rows, name=name, column=column, value=shown, use=Use(about=about))


def keyed_rows(
    fields: tuple[str, ...], plans: Mapping[str, Plan], texts: Mapping[str, Texts], blank: Mask
) -> tuple[npt.NDArray[np.int64], Words]:
    """The rows in which every part of a key has a value, and the hashes of their keys."""
    columns = []
    whole = ~blank
    for name in fields:
        column = plans[name].canonical(texts[name], ~plans[name].missing(texts[name]) & ~blank)
        whole &= column.is_valid().to_numpy(zero_copy_only=False)
        columns.append(column)
    rows = np.flatnonzero(whole)
    return rows, hashed_key([each.take(pa.array(rows)) for each in columns])


def column_for(plan: Plan, batch: Batch, column: int) -> pa.StringArray:
    """A column as the field's plan judges it."""
    native = batch.native.get(column)
    found = batch.columns[column]
    return found if native is None else in_notation(found, native, plan)


def ragged_rows(batch: Batch) -> npt.NDArray[np.int64]:
    """The records of another width, as indices in the batch."""
    return np.fromiter(batch.ragged, dtype=np.int64, count=len(batch.ragged))


def blank_rows(batch: Batch, width: int) -> Mask:
    """Records in which every cell is empty; one with more cells than columns is not."""
    blank = np.ones(batch.rows, dtype=bool)
    for column in batch.columns:
        blank &= Texts(column).lengths == 0
        if not blank.any():
            return blank
    blank[[index for index, found in batch.ragged.items() if found > width]] = False
    return blank


def add_keys(index: KeyIndex, table: Table, rules: ResourceRules | None, fields: tuple[str, ...]) -> bool:
    """Add the keys that a table holds in `fields` to `index`; whether it has such columns.

    A column that no schema describes is taken as text.
    """
    schema = (rules.schema if rules else None) or SCHEMALESS
    known = {each.name: each for each in schema.fields}
    wanted = tuple(known.get(name, Field(name=name)) for name in fields)
    match = match_columns(table.labels, replace(schema, fields=wanted))
    if len(match.columns) < len(wanted):
        return False
    plans = {each.name: compile_plan(each, schema.missing_values)[0] for each in wanted}
    for batch in table.batches():
        texts = {name: Texts(column_for(plan, batch, match.columns[name])) for name, plan in plans.items()}
        rows, hashes = keyed_rows(fields, plans, texts, np.zeros(batch.rows, dtype=bool))
        index.add(hashes, batch.first + rows)
    return True
