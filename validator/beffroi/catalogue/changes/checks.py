"""What changed in the checks beyond the table schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beffroi.catalogue.changes.change import Change
from beffroi.catalogue.changes.sides import MUST, Tables, level_of_use, mentions
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse
from beffroi.values import dataclass

Asked = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Use:
    """A check that is asked for, and its level; `None` for one that nobody knows."""

    check: str
    options: Mapping[str, Any]
    when: Mapping[str, tuple[str, ...]]
    level: Level | None
    own: Level | None

    @property
    def field(self) -> str | None:
        """The one field that it is about."""
        given = self.options.get("field")
        return given if isinstance(given, str) else None

    @property
    def told(self) -> dict[str, Any]:
        """How a change tells it."""
        condition = {"when": {name: list(each) for name, each in self.when.items()}} if self.when else {}
        return {"options": dict(self.options), **condition, "level": self.level and self.level.value}


def check_changes(tables: Tables) -> Iterator[Change]:
    """Every check that is new, gone, or asked otherwise."""
    before, after = asked(tables, "before"), asked(tables, "after")
    gone = [use for key, use in before.items() if key not in after]
    for key, use in after.items():
        if key in before:
            yield from level_change(tables, before[key], use)
        elif was := likely(use, gone, tables):
            gone.remove(was)
            yield change(tables, "check-changed", was, use)
        else:
            yield change(tables, "check-added", None, use)
    for use in gone:
        yield change(tables, "check-removed", use, None)


def asked(tables: Tables, side: str) -> dict[Asked, Use]:
    """The checks of one side by what they ask; of one that is asked for twice, at its highest level."""
    standard, rules = getattr(tables.sides, side), getattr(tables, side)
    found: dict[Asked, Use] = {}
    for each in rules.checks:
        key = each.check, json.dumps([each.options, each.when], sort_keys=True, default=str)
        level = level_of_use(standard, each)
        use = Use(check=each.check, options=each.options, when=each.when, level=level, own=each.level)
        if key not in found or rank(use) < rank(found[key]):
            found[key] = use
    return found


def rank(use: Use) -> int:
    """0 for a `must`, growing as the level weakens."""
    return use.level.rank if use.level else len(Level)


def likely(use: Use, gone: Iterable[Use], tables: Tables) -> Use | None:
    """The check that is asked of the same field otherwise."""
    names = [each.name for schema in tables.schemas for each in schema.fields]
    about = fields_of(use, names)
    return next((each for each in gone if each.check == use.check and about & fields_of(each, names)), None)


def fields_of(use: Use, names: Iterable[str]) -> set[str]:
    """The fields that a check's options name."""
    plain = CheckUse(check=use.check, options=use.options, when=use.when)
    return {each for each in names if mentions(plain, each)}


def change(tables: Tables, named: str, before: Use | None, after: Use | None) -> Change:
    """A check that is asked for anew, no longer or otherwise; what it then refuses is not known."""
    use = after or before
    assert use is not None
    return Change(
        id=named,
        resource=tables.after.name,
        field=use.field,
        key=use.check,
        before=before.told if before else None,
        after=after.told if after else None,
        narrows=bool(after and after.level is MUST),
        widens=bool(before and before.level is MUST),
        remarks=any(each and each.level for each in (before, after)),
    )


def level_change(tables: Tables, before: Use, after: Use) -> Iterator[Change]:
    """The level at which the same check is asked for, where it is not that of the rule."""
    if before.level is after.level or not (before.own or after.own):
        return
    yield Change(
        id="check-level",
        resource=tables.after.name,
        field=after.field,
        key=after.check,
        before=before.level and before.level.value,
        after=after.level and after.level.value,
        narrows=after.level is MUST,
        widens=before.level is MUST,
        remarks=True,
    )
