"""One table against the rules for it: its parts judged on all cores, in one pass and bounded memory.

Parts are judged independently of each other and joined in their order, so that neither their size nor the number of
workers changes anything in the result.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import field, replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs, Sample
from beffroi.model.standard import Field, ForeignKey, ResourceRules
from beffroi.tables import by_rows
from beffroi.tables.batches import Batch, Place, PlainBatch, Table
from beffroi.tables.header import match_columns
from beffroi.tables.keys import Compared, Keys
from beffroi.tables.pipeline import cores, in_order
from beffroi.tables.plans import compile_plan
from beffroi.tables.prepared import SCHEMALESS, Found, Key, Prepared, orphan_fault, prepared, use_of
from beffroi.tables.tally import Tally, Use, shortened
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Part
    from beffroi.tables.by_scan import Scanning
    from beffroi.tables.keys import BatchKeys

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
    """What foreign keys refer to: the keys for each, or `None` where the table is not there to look in."""

    keys: Mapping[ForeignKey, Keys | None] = field(default_factory=dict)


class TableJudge:
    """Judges one table. Not reusable: it gathers what it saw. `jobs` is how many threads may work (0: one a core)."""

    def __init__(
        self, table: Table, rules: ResourceRules | None, references: References, samples: int | None, jobs: int = 0
    ) -> None:
        there = {key: each for key, each in references.keys.items() if each is not None}
        self.table = table
        self.absent = [key for key, each in references.keys.items() if each is None]
        self.rules = prepared(table.labels, rules, there, samples)
        self.jobs = jobs or cores()
        self.tally = Tally(samples)
        self.keys = [
            *(Keys(most=samples) for _ in self.rules.keys),
            *(Keys(most=samples, distinct=False) for _ in self.rules.later),
        ]
        self.place = table.begin
        self.places: list[tuple[Place, int]] = []
        self.stopped = False
        self.scanned: Scanning | None = None
        self.lock = Lock()

    def run(self, progress: Progress | None = None) -> Judged:
        """Judge the whole table."""
        self.header()
        with ExitStack() as stack:
            for each in self.keys:
                stack.callback(each.close)
            if not self.stopped:
                self.body(progress)
            self.compare()
        rows = self.place.record
        if not rows and not self.stopped:
            self.tally.once(fault("no-records"))
        return Judged(tally=self.tally, rows=rows, read=self.table.read, stopped=self.stopped)

    def header(self) -> None:
        """What is noticed before the first record."""
        for notice in self.table.notices:
            self.tally.notice(notice)
            self.stopped = self.stopped or notice.fatal
        for remark in self.rules.match.remarks:
            label = self.table.labels[remark.column] if remark.column is not None else None
            sample = None if label is None else Sample(line=self.table.read.header, value=label)
            use = Use(level=remark.level)
            self.tally.once(remark.fault, name=remark.field, column=remark.column, use=use, sample=sample)
        for key in self.absent:
            if not self.rules.match.columns.keys() >= set(key.fields):
                continue
            absent = fault("reference-not-there", resource=key.resource, fields=", ".join(key.fields))
            self.tally.once(absent, use=Use(about=key))

    def body(self, progress: Progress | None) -> None:
        """Judge the records."""
        for part, (batch, found) in in_order(self.table.parts(), self.judged, self.jobs):
            self.join(batch, found)
            if progress and part.read is not None:
                progress(part.read)
            if self.stopped:
                return

    def judged(self, part: Part) -> tuple[Batch | PlainBatch, Found]:
        """One part, judged by itself, in any thread."""
        tally = Tally(self.rules.samples, self.tally)
        if part.block and (scanning := self.scanning(part.block.delimiter)):
            from beffroi.tables import by_scan

            return by_scan.judge(part.block, scanning, tally)
        batch = part.parse()
        if isinstance(batch, PlainBatch):
            return batch, by_rows.judge(batch, self.rules, tally)
        from beffroi.tables import by_columns

        return batch, by_columns.judge(batch, self.rules, tally)

    def scanning(self, delimiter: str) -> Scanning | None:
        """How blocks are scanned, where there is a scanner; the same for all of them."""
        from beffroi.tables import by_scan, scanner

        with self.lock:
            if self.scanned is None and scanner.available():
                self.scanned = by_scan.scanning(self.rules, delimiter)
            return self.scanned

    def join(self, batch: Batch | PlainBatch, found: Found) -> None:
        """Add what was found in the next batch."""
        for notice in found.notices:
            self.tally.notice(notice, self.place)
            self.stopped = self.stopped or notice.fatal
        self.tally.join(found.tally, self.place)
        for keys, each in zip(self.keys, found.keys, strict=True):
            keys.add(each, self.place.record)
        self.places.append((self.place, batch.rows))
        self.place = self.place.after(batch)

    def compare(self) -> None:
        """Find the keys that repeat or are not there, where that was not known before the end."""
        compared: list[tuple[Key | ForeignKey, Compared]] = [
            *((key, keys.repeats) for key, keys in zip(self.rules.keys, self.keys, strict=False)),
            *(
                (key, keys.orphans(self.rules.references[key]))
                for key, keys in zip(self.rules.later, self.keys[len(self.rules.keys) :], strict=True)
            ),
        ]
        wrong = [(key, each) for key, each in compared if each.count]
        shown = self.shown({record for _, each in wrong for record in each.records}, [key for key, _ in wrong])
        for key, each in wrong:
            name = key.fields[0] if len(key.fields) == 1 else None
            column = self.rules.match.columns[key.fields[0]]
            samples = [shown[key.fields][record] for record in each.records]
            self.tally.several(self.about(key, each), each.count, samples, name=name, column=column, use=use_of(key))

    def about(self, key: Key | ForeignKey, compared: Compared) -> Fault:
        """The fault of records that break the rule of a key."""
        if isinstance(key, ForeignKey):
            return orphan_fault(key)
        row = self.table.begin.shown(compared.originals[0]) if compared.originals else None
        return fault(key.rule, fields=", ".join(key.fields), row=row)

    def shown(self, records: set[int], keys: list[Key | ForeignKey]) -> dict[tuple[str, ...], dict[int, Sample]]:
        """What reports show of some records, for each key: their parts of the table are read again."""
        found: dict[tuple[str, ...], dict[int, Sample]] = {key.fields: {} for key in keys}
        places = zip(self.table.parts(), self.places, strict=False) if records else ()
        wanted = sorted(records)
        for part, (place, rows) in places:
            here = wanted[bisect(wanted, place.record) : bisect(wanted, place.record + rows)]
            if not here:
                continue
            shown, line = self.look(part)
            for fields, samples in found.items():
                column = self.rules.match.columns[fields[0]]
                for record in here:
                    index = record - place.record - 1
                    samples[record] = Sample(
                        cell=place.cell(index, column),
                        row=record,
                        line=None if place.line is None else place.physical(line(index)),
                        value=shortened(shown(fields, index)),
                    )
        return found

    def look(self, part: Part) -> tuple[Callable[[tuple[str, ...], int], str], Callable[[int], int]]:
        """Two functions that tell of a record of a part what it holds in some fields, and its line in the part."""
        if part.block and (scanning := self.scanning(part.block.delimiter)):
            from beffroi.tables import by_scan

            block = by_scan.scanned(part.block, scanning)
            return block.shown, lambda row: block.lines([row])[0]
        batch = part.parse()
        if isinstance(batch, PlainBatch):
            return partial(by_rows.shown, batch, self.rules), batch.lines.__getitem__
        from beffroi.tables import by_columns

        return partial(by_columns.shown, by_columns.texts_of(batch, self.rules)), batch.lines.__getitem__


def add_keys(keys: Keys, table: Table, rules: ResourceRules | None, fields: tuple[str, ...], jobs: int = 0) -> bool:
    """Add the keys that a table holds in `fields` to `keys`; whether it has such columns.

    A column that no schema describes is taken as text.
    """
    schema = (rules.schema if rules else None) or SCHEMALESS
    known = {each.name: each for each in schema.fields}
    wanted = tuple(known.get(name, Field(name=name)) for name in fields)
    match = match_columns(table.labels, replace(schema, fields=wanted))
    if len(match.columns) < len(wanted):
        return False
    plans = {each.name: compile_plan(each, schema.missing_values)[0] for each in wanted}
    only = Prepared(width=len(table.labels), schema=schema, match=match, plans=plans)

    def keys_in(part: Part) -> tuple[Batch | PlainBatch, BatchKeys]:
        batch = part.parse()
        if isinstance(batch, PlainBatch):
            return batch, by_rows.keys_in(fields, only, batch, set(by_rows.blank_rows(batch, only.width)))
        from beffroi.tables import by_columns

        return batch, by_columns.keys_of(fields, only, batch)

    record = 0
    for _, (batch, found) in in_order(table.parts(), keys_in, jobs or cores()):
        keys.add(found, record)
        record += batch.rows
    return True
