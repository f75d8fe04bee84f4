"""Two columns whose values stand in an order: the values are exchanged, or one is set by the other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.columns import Used
from beffroi.standards.sampling.records import Record

AGAIN = 10
EQUAL = {"==", "<=", ">="}
BELOW = {"<": 1, ">": -1, "!=": 1}
"""By how many steps the second may differ from the first, where they must."""


def mend(record: Record, used: Used) -> None:
    """Exchange the values, set one by the other, draw one anew, or leave one out; the first that helps."""
    first, second, operator = (used.options[each] for each in ("column", "other", "operator"))
    if operator not in {"==", "!="} and exchanged(record, first, second) and not record.breaks(used):
        return
    step = 0 if operator in EQUAL else BELOW[operator]
    for one, other, away in ((second, first, step), (first, second, -step)):
        if record.assign(one, stepped(record.value(other), away)) and not record.breaks(used):
            return
    for each in (second, first) * AGAIN:
        if record.redraw(each) and not record.breaks(used):
            return
    if not record.clear(second):
        record.clear(first)


def exchanged(record: Record, first: str, second: str) -> bool:
    """Exchange two values, if both are valid there."""
    one, other = record.value(first), record.value(second)
    before = record.cells[first]
    if not record.assign(first, other):
        return False
    if record.assign(second, one):
        return True
    record.cells[first] = before
    return False


def stepped(value: Any, away: int) -> Any:
    """A value, or the one so many steps behind it where values have steps."""
    if not away:
        return value
    if isinstance(value, int | Decimal):
        return value + away
    return value + timedelta(days=away) if isinstance(value, date) else None


HOOK = Hook(mend=mend)
