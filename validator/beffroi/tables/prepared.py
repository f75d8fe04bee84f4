"""A table's rules made ready: what judges each column, its records and its keys. Any number of threads may use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault
from beffroi.model.standard import ForeignKey, ResourceRules, TableSchema
from beffroi.tables.header import Match, match_columns
from beffroi.tables.plans import Plan, compile_plan
from beffroi.tables.row_checks import RowCheck, compile_check
from beffroi.tables.tally import Tally, Use
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Notice
    from beffroi.tables.keys import BatchKeys, Keys

SCHEMALESS = TableSchema()


@dataclass(frozen=True, kw_only=True)
class Key:
    """Fields whose values together must not repeat, and the rule that says so."""

    rule: str
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The rules of one table, for columns as they stand in one file.

    `keys` must not repeat; `references` are looked up in the keys of other tables. `samples` places are wanted of each
    finding, all if it is `None`.
    """

    width: int
    schema: TableSchema
    match: Match
    plans: Mapping[str, Plan]
    checks: tuple[RowCheck, ...] = ()
    keys: tuple[Key, ...] = ()
    references: Mapping[ForeignKey, Keys] = field(default_factory=dict)
    samples: int | None = None

    def must_be_there(self, name: str) -> bool:
        """Whether a field may not be empty."""
        return self.plans[name].field.required or name in self.schema.primary_key

    @property
    def later(self) -> tuple[ForeignKey, ...]:
        """The references that can be looked up only when all of the table has been read."""
        return tuple(key for key, known in self.references.items() if not known.told_at_once)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found in a batch: a tally of its own, and the keys to compare: those of `keys`, then of `later`."""

    tally: Tally
    keys: tuple[BatchKeys, ...] = ()
    notices: tuple[Notice, ...] = ()


def prepared(
    labels: tuple[str, ...], rules: ResourceRules | None, references: Mapping[ForeignKey, Keys], samples: int | None
) -> Prepared:
    """Make the rules ready for a table with these labels."""
    schema = (rules.schema if rules else None) or SCHEMALESS
    match = match_columns(labels, schema, exact=bool(rules and rules.columns == "exact"))
    fields = (each for each in schema.fields if each.name in match.columns)
    plans = {each.name: compile_plan(each, schema.missing_values)[0] for each in fields}
    return Prepared(
        width=len(labels),
        schema=schema,
        match=match,
        plans=plans,
        checks=tuple(checks_of(rules, schema)),
        keys=tuple(each for each in keys_of(schema) if all(name in plans for name in each.fields)),
        references={key: each for key, each in references.items() if all(name in plans for name in key.fields)},
        samples=samples,
    )


def checks_of(rules: ResourceRules | None, schema: TableSchema) -> Iterator[RowCheck]:
    """The checks that can run."""
    for use in rules.checks if rules else ():
        check, _ = compile_check(use, schema.names)
        if check:
            yield check


def keys_of(schema: TableSchema) -> Iterator[Key]:
    """Every key of a schema: single fields, the primary key, unique keys."""
    for each in schema.fields:
        if each.constraints.get("unique") is True:
            yield Key(rule="unique", fields=(each.name,))
    if schema.primary_key:
        yield Key(rule="primary-key", fields=schema.primary_key)
    for fields in schema.unique_keys:
        yield Key(rule="unique-key", fields=fields)


def tell_orphans(
    tally: Tally, key: ForeignKey, rows: Sequence[int], rules: Prepared, shown: Callable[[int], str]
) -> None:
    """Put records that refer to one that is not there into a tally; `shown` gives what a record holds."""
    if len(rows):
        name = key.fields[0] if len(key.fields) == 1 else None
        column = rules.match.columns[key.fields[0]]
        tally.rows(orphan_fault(key), rows, name=name, column=column, value=shown, use=use_of(key))


def tell_structure(tally: Tally, ragged: Mapping[int, int], blank: Sequence[int], width: int) -> None:
    """Put records that are blank, too short or too long into a tally; a blank one is nothing else."""
    if blank:
        tally.rows(fault("blank-row"), blank, name=None, column=None)
    without = set(blank)
    short = [row for row, found in ragged.items() if found < width and row not in without]
    long = [row for row, found in ragged.items() if found > width and row not in without]
    for rule, rows in (("missing-cell", short), ("extra-cell", long)):
        if rows:
            tally.rows(fault(rule, expected=width, found=ragged[rows[0]]), rows, name=None, column=None)


def orphan_fault(key: ForeignKey) -> Fault:
    """A record refers to one that is not there."""
    cause = None if key.resource else "same-table"
    return fault("foreign-key", cause, resource=key.resource, fields=", ".join(key.fields))


def use_of(key: Key | ForeignKey) -> Use:
    """What tells the findings of two keys apart."""
    return Use(about=key if isinstance(key, ForeignKey) else key.fields)
