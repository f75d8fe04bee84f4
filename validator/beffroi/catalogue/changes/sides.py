"""The two standards that are compared, and the two sets of rules for one table, with the levels that they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache, cached_property
from typing import Any

from beffroi.catalogue.changes.change import Change, Effect
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, Field, ResourceRules, Standard, TableSchema
from beffroi.rulebook import default_level, known_rules
from beffroi.values import dataclass

MUST = Level.MUST
NO_SCHEMA = TableSchema()
MODES: Mapping[str, tuple[Level | None, Level | None, Level | None]] = {
    "exact": (MUST, MUST, MUST),
    "equal": (MUST, MUST, None),
    "subset": (MUST, None, None),
    "superset": (None, MUST, None),
    "partial": (None, None, None),
}
"""What a way of matching columns makes of an optional column that is missing, of an unknown one, and of their order."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """At which level an optional column may not be missing, an unknown one not be there, and the order not differ."""

    missing: Level | None
    extra: Level | None
    order: Level | None


@dataclass(frozen=True, kw_only=True)
class Sides:
    """Two standards, or two versions of one."""

    before: Standard
    after: Standard

    def refuses(self, *rules: str) -> bool:
        """Whether the second refuses what breaks one of these rules."""
        return any(level_of(self.after, each) is MUST for each in rules)

    def refused(self, *rules: str) -> bool:
        """Whether the first does."""
        return any(level_of(self.before, each) is MUST for each in rules)

    def change(self, named: str, effect: Effect, *rules: str, **told: Any) -> Change:
        """A change of what `rules` accept; verdicts change where the side that refuses has one of them as a `must`."""
        narrows = Effect.NARROWS in effect and self.refuses(*rules)
        widens = Effect.WIDENS in effect and self.refused(*rules)
        return Change(id=named, narrows=narrows, widens=widens, remarks=bool(effect), **told)


def level_of(standard: Standard, rule: str) -> Level | None:
    """The level of a rule, or of a check; none for one that nobody knows, which is never told."""
    return standard.levels.get(rule) or usual_level(rule)


@cache
def usual_level(rule: str) -> Level | None:
    """The level of a rule that no standard changes, if there is such a rule."""
    return default_level(rule) if rule in known_rules() else None


def level_of_use(standard: Standard, use: CheckUse) -> Level | None:
    """The level at which a check is asked for."""
    return use.level or level_of(standard, use.check)


def mode_of(rules: ResourceRules) -> str | None:
    """How columns must match; `None` where each kind of difference has the level of its rule."""
    return "exact" if rules.columns == "exact" else schema_of(rules).fields_match


def header_of(standard: Standard, rules: ResourceRules) -> Header:
    """What is asked of the header of a table."""
    mode = mode_of(rules)
    usual = tuple(level_of(standard, each) for each in ("missing-optional-column", "extra-column", "column-order"))
    missing, extra, order = MODES[mode] if mode else usual
    return Header(missing=missing, extra=extra, order=order)


def schema_of(rules: ResourceRules) -> TableSchema:
    """The schema of a table; an empty one where only the structure is known."""
    return rules.schema or NO_SCHEMA


def must_be_there(rules: ResourceRules, each: Field) -> bool:
    """Whether a field may not be empty."""
    return each.required or each.name in schema_of(rules).primary_key


def mentions(use: CheckUse, name: str) -> bool:
    """Whether an option of a check is that name, or lists it, or its condition is about it."""
    return name in use.when or any(
        name in value if isinstance(value, list) else value == name for value in use.options.values()
    )


def in_keys(rules: ResourceRules, name: str) -> bool:
    """Whether more than the cell itself depends on a field: keys, references, checks."""
    schema = schema_of(rules)
    keys = (schema.primary_key, *schema.unique_keys, *(each.fields for each in schema.foreign_keys))
    return any(name in each for each in keys) or any(mentions(each, name) for each in rules.checks)


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The rules for one table on both sides, those `before` with the names that fields have `after`.

    `renamed` gives, by these names, the ones that they had.
    """

    sides: Sides
    before: ResourceRules
    after: ResourceRules
    renamed: Mapping[str, str] = field(default_factory=dict)

    def change(self, named: str, effect: Effect, *rules: str, **told: Any) -> Change:
        """A change of what `rules` accept in this table."""
        return self.sides.change(named, effect, *rules, resource=self.after.name, **told)

    @cached_property
    def headers(self) -> tuple[Header, Header]:
        """What is asked of the header before and after."""
        return header_of(self.sides.before, self.before), header_of(self.sides.after, self.after)

    @property
    def schemas(self) -> tuple[TableSchema, TableSchema]:
        """The schemas before and after."""
        return schema_of(self.before), schema_of(self.after)
