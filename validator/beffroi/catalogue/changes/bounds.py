"""What changed in the bounds of a field's values, and in the bounds of their length."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from beffroi.catalogue.changes.change import Change, Effect
from beffroi.catalogue.changes.sides import Tables
from beffroi.catalogue.changes.types import heeded, kind_of
from beffroi.model.standard import Field
from beffroi.values import dataclass

NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,5})?")
WRITTEN = {"integer": re.compile(r"[+-]?[0-9]+"), "year": re.compile(r"[0-9]{4,9}")}
"""How a text writes a whole number or a year, of which a number may be written otherwise."""
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
ISO = {"date": re.compile(DAY), "time": re.compile(CLOCK), "datetime": re.compile(f"{DAY}T{CLOCK}")}
SIGNIFICANT = 1_000
"""The most characters of a number that is compared."""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A bound as written under `key`, and what it is compared by; `None` where that cannot be told."""

    key: str
    given: Any
    rank: Any

    @property
    def excludes(self) -> bool:
        """Whether the bound itself is refused."""
        return self.key.startswith("exclusive")

    @property
    def told(self) -> Any:
        """How a change tells it."""
        return {self.key: self.given} if self.excludes else self.given


def minimum_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """The change of the least value."""
    limits = bound_of(before, upper=False), bound_of(after, upper=False)
    yield from limit_change(tables, "minimum", limits, field=after.name, upper=False)


def maximum_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """The change of the greatest value."""
    limits = bound_of(before, upper=True), bound_of(after, upper=True)
    yield from limit_change(tables, "maximum", limits, field=after.name, upper=True)


def min_length_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """The change of the least length."""
    limits = length_of(before, "minLength"), length_of(after, "minLength")
    yield from limit_change(tables, "min-length", limits, field=after.name, upper=False)


def max_length_change(tables: Tables, before: Field, after: Field) -> Iterator[Change]:
    """The change of the greatest length."""
    limits = length_of(before, "maxLength"), length_of(after, "maxLength")
    yield from limit_change(tables, "max-length", limits, field=after.name, upper=True)


Limits = tuple["Limit | None", "Limit | None"]


def limit_change(tables: Tables, noun: str, limits: Limits, *, field: str, upper: bool) -> Iterator[Change]:
    """The change of one limit, before and after."""
    before, after = limits
    limit = after or before
    if limit is None or (before and after and (before.key, before.given) == (after.key, after.given)):
        return
    ending, effect = compared(before, after, upper=upper)
    told = {"before": before and before.told, "after": after and after.told}
    rules = {f"exclusive-{noun}" if each.excludes else noun for each in limits if each}
    yield tables.change(f"{noun}-{ending}", effect, *rules, field=field, key=limit.key, **told)


def compared(before: Limit | None, after: Limit | None, *, upper: bool) -> tuple[str, Effect]:
    """How a limit has changed, and what that does."""
    if before is None or after is None:
        return ("added", Effect.NARROWS) if after else ("removed", Effect.WIDENS)
    if before.rank is None or after.rank is None or type(before.rank) is not type(after.rank):
        return "changed", Effect.BOTH
    old, new = ((each.rank, each.excludes is not upper) for each in (before, after))
    if old == new:
        return "changed", Effect.NONE
    raised = new > old
    return "raised" if raised else "lowered", Effect.WIDENS if raised is upper else Effect.NARROWS


def bound_of(field: Field, *, upper: bool) -> Limit | None:
    """The bound on one side: the stricter one of two."""
    asked = heeded(field)
    keys = ("maximum", "exclusiveMaximum") if upper else ("minimum", "exclusiveMinimum")
    limits = [Limit(key=key, given=asked[key], rank=rank(field, asked[key])) for key in keys if key in asked]
    if len(limits) < 2:
        return limits[0] if limits else None
    if any(each.rank is None for each in limits):
        return Limit(key=keys[0], given={each.key: each.given for each in limits}, rank=None)
    pick = min if upper else max
    return pick(limits, key=lambda each: (each.rank, each.excludes is not upper))


def length_of(field: Field, key: str) -> Limit | None:
    """A bound of length; one that is no whole number is not heeded."""
    given = heeded(field).get(key)
    whole = isinstance(given, int) and not isinstance(given, bool) and given >= 0
    return Limit(key=key, given=given, rank=given) if whole else None


def rank(field: Field, given: Any) -> Any:
    """What a bound is compared by, for the types whose values are surely so understood; `None` for others."""
    kind, form = kind_of(field)
    text = given if isinstance(given, str) else json.dumps(given)
    if kind in ("integer", "number", "year"):
        return number(field, given)
    if kind == "yearmonth":
        return text if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) else None
    if kind in ("date", "time", "datetime"):
        return moment(kind, form, text)
    return None


def number(field: Field, given: Any) -> Decimal | None:
    """A number as the field reads it."""
    text = given if isinstance(given, str) else json.dumps(given)
    point = field.options.get("decimalChar") or "."
    plain = text.replace(point, ".") if isinstance(point, str) and not field.options.get("groupChar") else text
    mixed = plain != text and "." in text
    known = WRITTEN.get(kind_of(field)[0]) if isinstance(given, str) else None
    if len(text) > SIGNIFICANT or mixed or not NUMBER.fullmatch(plain) or (known and not known.fullmatch(text)):
        return None
    found = Decimal(plain)
    return found if kind_of(field)[0] == "number" or found == found.to_integral_value() else None


def moment(kind: str, form: str, text: str) -> Any:
    """A date or time, in the field's notation or as in ISO 8601; those without time zone are taken for UTC."""
    if "%" in form and text.isascii():
        with contextlib.suppress(ValueError):
            found = datetime.strptime(text, form).replace(tzinfo=UTC)
            return {"date": found.date(), "time": found.timetz()}.get(kind, found)
    if not ISO[kind].fullmatch(text):
        return None
    with contextlib.suppress(ValueError):
        if kind == "date":
            return date.fromisoformat(text)
        return aware((time if kind == "time" else datetime).fromisoformat(text))
    return None


def aware(value: Any) -> Any:
    """The same with a time zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
