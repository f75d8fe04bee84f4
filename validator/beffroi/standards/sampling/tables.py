"""The tables of a standard, made up: those first that others refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from beffroi.errors import CannotSample
from beffroi.model.standard import ForeignKey, ResourceRules, Standard, TableSchema
from beffroi.standards.sampling.columns import Column, Columns, Used
from beffroi.standards.sampling.draws import Draw, draw
from beffroi.standards.sampling.families import Wanted
from beffroi.standards.sampling.keys import Reference, Taken, counting
from beffroi.standards.sampling.records import FILLED, Record
from beffroi.tables.plans import compile_plan
from beffroi.tables.prepared import Key, keys_of
from beffroi.tables.row_checks import compile_check
from beffroi.values import dataclass

Cells = Mapping[str, str | None]
VARIED = 2_000
"""How many records of a table are made from nothing; each further one is like one of them but for what must differ."""
TRIES = 100
"""How often a record is made anew that does not pass a check."""
MOST_TRIES = 20_000
"""How often one at most whose key is taken."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """How many rows of each table are wanted, by what chance, in which language."""

    rows: int
    seed: int = 0
    lang: str = "en"


@dataclass(frozen=True, kw_only=True)
class MadeTable:
    """A table that was made up: the texts of each record by field, `None` for an empty cell.

    `absent` is how an empty cell is written. `left_empty` are the optional fields that no value was found for.
    """

    rules: ResourceRules
    schema: TableSchema
    records: Sequence[Cells]
    absent: Mapping[str, str]
    left_empty: tuple[str, ...] = ()


def made_up(standard: Standard, order: Order) -> tuple[MadeTable, ...]:
    """The tables of a standard, in its order. Raises `CannotSample` where rows that pass cannot be found."""
    made: dict[str, MadeTable] = {}
    if not standard.resources:
        raise CannotSample("sample-no-fields", where=standard.path, table="-")
    for each in in_order(standard):
        made[each.name] = TableMaker(standard, each, order, made).make()
    return tuple(made[each.name] for each in standard.resources)


def in_order(standard: Standard) -> Iterator[ResourceRules]:
    """The resources, each behind those that it refers to. Raises `CannotSample` for a circle."""
    left = list(standard.resources)
    while left:
        waiting = {each.name for each in left}
        ready = [each for each in left if not needs(each) & (waiting - {each.name})]
        if not ready:
            raise CannotSample("sample-circle", where=standard.path, tables=", ".join(sorted(waiting)))
        yield from ready
        left = [each for each in left if each not in ready]


def needs(rules: ResourceRules) -> set[str]:
    """The tables that a table refers to."""
    return {each.resource for each in rules.schema.foreign_keys} if rules.schema else set()


class TableMaker:
    """Makes up one table."""

    def __init__(self, standard: Standard, rules: ResourceRules, order: Order, made: Mapping[str, MadeTable]) -> None:
        if rules.schema is None or not rules.schema.fields:
            raise CannotSample("sample-no-fields", where=standard.path, table=rules.name)
        self.place: dict[str, Any] = {"where": standard.path, "table": rules.name}
        self.rules = rules
        self.schema = rules.schema
        self.order = order
        self.keys = tuple(keys_of(self.schema))
        self.used = tuple(used_by(rules, self.schema))
        every = {each.field.name: each for each in self.every_column()}
        first = draw(Random(order.seed), 0)  # noqa: S311 - nothing secret
        self.columns = Columns(by_name={name: each for name, each in every.items() if each.text(first) is not None})
        self.absent = {name: each.absent for name, each in every.items()}
        self.left_empty = tuple(name for name in every if name not in self.columns.by_name)
        self.refuse([every[name] for name in self.left_empty if every[name].required or not self.columns.by_name])
        self.across = [each for each in self.used if not each.is_of_one]
        self.records: list[Cells] = []
        self.differing = {name for key in self.keys for name in key.fields}
        moving = self.differing | {name for key in self.schema.foreign_keys for name in key.fields}
        self.touched = [each for each in self.across if moving & set(each.columns)]
        self.references = [
            Reference(key, made[key.resource].records, self.columns)
            for key in self.schema.foreign_keys
            if key.resource in made and set(key.reference_fields) <= set(made[key.resource].schema.names)
        ]
        self.own = [key for key in self.schema.foreign_keys if key.resource in {"", rules.name, "self"} - made.keys()]

    def every_column(self) -> Iterator[Column]:
        """A column for each field."""
        checked = {name for each in self.used if each.is_of_one for name in each.columns}
        distinct = counting(self.schema, self.keys, checked)
        for each in self.schema.fields:
            plan, _ = compile_plan(each, self.schema.missing_values)
            wanted = Wanted(plan=plan, lang=self.order.lang, distinct=each.name in distinct)
            yield Column(wanted, self.used, required=each.required or each.name in self.schema.primary_key)

    def refuse(self, columns: Sequence[Column]) -> None:
        """Raise `CannotSample` for the first of the columns that need a value and have none."""
        for each in columns:
            raise self.no_value(each)

    def no_value(self, column: Column) -> CannotSample:
        """That there is no value for a field, with what is asked of it."""
        constraints = {"format": column.field.format, **column.field.constraints}
        asked = [f"{name} {given}" for name, given in constraints.items() if given is not True and given != "default"]
        told = "; ".join([column.field.type, *asked, *column.asked])
        return CannotSample("sample-no-value", **self.place, field=column.field.name, asked=told)

    def make(self) -> MadeTable:
        """The table."""
        chance = Random(f"{self.order.seed}/{self.rules.name}")  # noqa: S311 - nothing secret
        taken = Taken(self.held_keys(), self.columns)
        for number in range(self.order.rows):
            self.records.append(self.record(draw(chance, number), taken))
        return MadeTable(
            rules=self.rules,
            schema=self.schema,
            records=self.records,
            absent=self.absent,
            left_empty=self.left_empty,
        )

    def held_keys(self) -> list[Key]:
        """The keys all of whose fields have values."""
        return [each for each in self.keys if set(each.fields) <= self.columns.by_name.keys()]

    def record(self, drawn: Draw, taken: Taken) -> Cells:
        """One record that passes all checks and whose keys are new. Raises `CannotSample`."""
        broken, repeated = 0, 0
        while True:
            model = self.like(drawn)
            found = Record(self.columns, drawn, self.fixed(drawn), model)
            self.refuse_exhausted(found)
            if failing := self.mended(found, self.touched if model else self.across):
                broken += 1
                if broken > TRIES:
                    columns = ", ".join(failing.columns)
                    raise CannotSample("sample-no-record", **self.place, check=failing.id, columns=columns)
            else:
                cells = self.whole(found)
                key = taken.repeated(cells)
                if key is None:
                    return cells
                repeated += 1
                if repeated > min(TRIES + 10 * drawn.number, MOST_TRIES):
                    raise self.too_few(key.fields)
            drawn = drawn.again()

    def mended(self, record: Record, used: Sequence[Used]) -> Used | None:
        """Mend a record that may break some of the checks, and the others only if it had to be changed."""
        failing = record.mended(used)
        return record.mended(self.across) if failing is None and record.attempts else failing

    def refuse_exhausted(self, record: Record) -> None:
        """Raise `CannotSample` where a column has no more values."""
        for name, each in self.columns.by_name.items():
            if record.cells[name] is None and each.required and name not in record.fixed:
                raise self.too_few((name,)) if each.wanted.distinct else self.no_value(each)

    def too_few(self, fields: Sequence[str]) -> CannotSample:
        """That no further values are found for fields that must differ in each record."""
        made, wanted = len(self.records), self.order.rows
        return CannotSample("sample-few-keys", **self.place, fields=", ".join(fields), made=made, wanted=wanted)

    def like(self, drawn: Draw) -> Cells:
        """The cells that a record has in common with an earlier one."""
        if drawn.number < VARIED or drawn.attempt:
            return {}
        model = self.records[drawn.between(0, VARIED - 1)]
        return {name: model[name] for name in self.columns.by_name if name not in self.differing}

    def fixed(self, drawn: Draw) -> dict[str, str | None]:
        """The cells that refer to other records. Raises `CannotSample` where they must and cannot."""
        fixed: dict[str, str | None] = {}
        for each in self.references:
            values = each.choose(drawn, fixed) if self.is_needed(each.key) or drawn.falls(FILLED) else None
            fixed.update(values or self.empty(each.key, fixed))
        for key in self.own:
            values = Reference(key, self.records[-TRIES:], self.columns).choose(drawn, fixed)
            fixed.update(values or self.empty(key, fixed))
        return fixed

    def is_needed(self, key: ForeignKey) -> bool:
        """Whether one of its cells must not be empty."""
        return any(self.columns.by_name[name].required for name in key.fields if name in self.columns.by_name)

    def empty(self, key: ForeignKey, fixed: Mapping[str, str | None]) -> dict[str, str | None]:
        """Empty cells instead of a reference. Raises `CannotSample` where they must not be."""
        if self.is_needed(key) and key not in self.own:
            fields = ", ".join(key.fields)
            other = key.resource or self.rules.name
            raise CannotSample("sample-no-reference", **self.place, fields=fields, other=other)
        return {name: None for name in key.fields if name not in fixed}

    def whole(self, record: Record) -> Cells:
        """The cells of a record, one of them filled at least; what refers to the record itself is set now."""
        cells = {**dict.fromkeys(self.schema.names), **record.cells}
        for key in self.own:
            if self.is_needed(key) and None in [cells[name] for name in key.fields]:
                there = (cells[name] for name in key.reference_fields)
                cells.update(zip(key.fields, there, strict=True))
        if any(text is not None for text in cells.values()):
            return cells
        if not any(record.redraw(name) for name in record.cells):
            self.refuse(list(self.columns.by_name.values()))
        return {**cells, **record.cells}


def used_by(rules: ResourceRules, schema: TableSchema) -> Iterator[Used]:
    """The checks that can run, by id."""
    for each in rules.checks:
        check, _ = compile_check(each, schema.names)
        if check:
            yield Used(id=each.check, check=check, judged=check.check.column_names(each.options))
