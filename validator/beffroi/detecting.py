"""Which standard a table follows, told from the names of its columns and from its first values.

A column counts the more, the fewer standards have one of its name. What a table must have (the required fields) counts
most, then how much of the table the standard knows, then how much of the standard the table has; values that are not
what the standard asks for count against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from beffroi.judging import expected_of
from beffroi.model.faults import Fault
from beffroi.model.standard import Field, ResourceRules, Standard, TableSchema
from beffroi.tables.header import found_columns
from beffroi.tables.names import composed, folded
from beffroi.tables.sources import open_table
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Table
    from beffroi.tables.delivery import Delivered

LOOKED_AT = 200
"""How many records are looked at."""
REQUIRED, KNOWN, COMPLETE = 0.45, 0.35, 0.2
"""What each share of columns weighs."""
WRONG = 0.4
"""How much of its score a standard loses when every value is wrong."""
SURE = 0.6
"""From this score on, a table is said to follow a standard."""
COLUMNS = 2
"""A table that has fewer of a standard's columns follows it only if the standard has no more."""


@dataclass(frozen=True, kw_only=True)
class Guess:
    """How well a table fits one resource of a standard. `score` is from 0 to 1.

    `found` are the fields that have a column, `missing` the required ones that have none, `unknown` the columns that
    the standard does not know, `fitting` the share of the values looked at that are what the standard asks for.
    """

    standard: Standard
    resource: str
    score: float
    found: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    fitting: float

    @property
    def sure(self) -> bool:
        """Whether the table can be said to follow the standard."""
        rules = self.standard.resource(self.resource)
        asked = len(rules.schema.fields) if rules and rules.schema else 0
        return self.score >= SURE and len(self.found) >= min(COLUMNS, asked)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was seen of a table: its labels, and the first values of each column."""

    labels: tuple[str, ...]
    values: tuple[tuple[str | None, ...], ...]


class Detector:
    """Ranks standards for tables. Of each standard, only the version that fits best is named."""

    def __init__(self, standards: Iterable[Standard]) -> None:
        """`standards` come in the order of preference among equals: the current version before the older ones."""
        self.candidates = [
            (standard, rules)
            for standard in standards
            for rules in standard.resources
            if rules.schema is not None and rules.schema.fields
        ]
        holders = {
            (standard.id, folded(name))
            for standard, rules in self.candidates
            for name in (rules.schema.names if rules.schema else ())
        }
        self.shared = Counter(name for _, name in holders)

    def guesses(self, taken: Delivered) -> tuple[Guess, ...]:
        """Every standard that shares a column with a table, the likeliest first; none where there is no table."""
        seen = self.look(taken)
        if seen is None:
            return ()
        best: dict[str, Guess] = {}
        for standard, rules in self.candidates:
            guess = self.guess(seen, standard, rules)
            if guess.found and (standard.id not in best or guess.score > best[standard.id].score):
                best[standard.id] = guess
        return tuple(sorted(best.values(), key=lambda each: -each.score))

    def best(self, taken: Delivered) -> Guess | None:
        """The standard that a table follows, if one can be named."""
        return next((each for each in self.guesses(taken) if each.sure), None)

    def best_of(self, taken: Sequence[Delivered]) -> Standard | None:
        """The standard that several tables follow together: most of them, each another resource."""
        standards = {each.name: each for each, _ in self.candidates}
        told: dict[str, set[str]] = {}
        for each in taken:
            for guess in self.guesses(each):
                if guess.sure:
                    told.setdefault(guess.standard.name, set()).add(guess.resource)
        if not told:
            return None
        name = max(told, key=lambda each: len(told[each]))
        return standards[name] if 2 * len(told[name]) >= len(taken) else None

    def look(self, taken: Delivered) -> Look | None:
        """The columns of a table and their first values."""
        names = dict.fromkeys(name for _, rules in self.candidates for name in expected_of(rules).names)
        from beffroi.tables.batches import Expected

        opened = open_table(taken, Expected(names=tuple(names)))
        return None if isinstance(opened, Fault) else Look(labels=opened.labels, values=first_values(opened))

    def guess(self, seen: Look, standard: Standard, rules: ResourceRules) -> Guess:
        """How well what was seen fits one resource."""
        schema = rules.schema or TableSchema()
        columns = found_columns(seen.labels, schema)
        required = [each.name for each in schema.fields if each.required or each.name in schema.primary_key]
        known = set(columns.values())
        unknown = tuple(
            name for index, label in enumerate(seen.labels) if index not in known and (name := composed(label))
        )
        found = tuple(columns)
        weight = self.weight(found)
        shares = (
            (self.weight(each for each in required if each in columns), self.weight(required or schema.names)),
            (weight, weight + len(unknown)),
            (weight, self.weight(schema.names)),
        )
        if not required:
            shares = (shares[2], *shares[1:])
        parts = [part / whole if whole else 0.0 for part, whole in shares]
        fitting = share_that_fits(seen, schema, columns)
        fit = REQUIRED * parts[0] + KNOWN * parts[1] + COMPLETE * parts[2]
        return Guess(
            standard=standard,
            resource=rules.name,
            score=fit * (1 - WRONG * (1 - fitting)),
            found=found,
            missing=tuple(each for each in required if each not in columns),
            unknown=unknown,
            fitting=fitting,
        )

    def weight(self, names: Iterable[str]) -> float:
        """What columns of these names say: each the less, the more standards have it."""
        return sum(1 / self.shared[folded(name)] for name in names)


def first_values(table: Table) -> tuple[tuple[str | None, ...], ...]:
    """The first values of each column."""
    for part in islice(table.parts(), 1):
        batch = part.parse()
        return tuple(
            tuple(column[:LOOKED_AT]) if isinstance(column, list) else tuple(column.slice(0, LOOKED_AT).to_pylist())
            for column in batch.columns
        )
    return ()


def share_that_fits(seen: Look, schema: TableSchema, columns: Mapping[str, int]) -> float:
    """The share of values that are what their fields ask for, the mean of all columns that have any; 1 if none has."""
    fields = {each.name: each for each in schema.fields}
    shares = [
        fitting_of(fields[name], schema.missing_values, values)
        for name, index in columns.items()
        if index < len(seen.values) and (values := [each for each in seen.values[index] if each])
    ]
    return sum(shares) / len(shares) if shares else 1.0


def fitting_of(field: Field, missing: tuple[str, ...], values: Sequence[str]) -> float:
    """The share of a column's values that its field accepts."""
    from beffroi.tables.plans import compile_plan

    plan, _ = compile_plan(field, missing)
    blank = missing if field.missing_values is None else field.missing_values
    return sum(each in blank or not plan.judged(each) for each in values) / len(values)
