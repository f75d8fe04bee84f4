"""A column that is the sum of others: it is set, or its parts are."""

from __future__ import annotations

from decimal import Decimal

from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.columns import Used
from beffroi.standards.sampling.records import Record
from beffroi.tables.checks._numbers import number


def mend(record: Record, used: Used) -> None:
    """Set the sum; else set the last part to what is left; else draw the parts anew, or leave the sum out."""
    total, parts = used.options["column"], used.options["columns"]
    values = [number(record.value(each)) for each in parts]
    if None in values or not parts:
        return
    known = [each for each in values if each is not None]
    if record.assign(total, as_number(sum(known, Decimal(0)))):
        return
    whole = number(record.value(total))
    if whole is not None and record.assign(parts[-1], as_number(whole - sum(known[:-1], Decimal(0)))):
        return
    for each in parts:
        record.redraw(each)
    if record.attempts > 2:
        record.clear(total)


def as_number(value: Decimal) -> int | Decimal:
    """A whole number as one."""
    return int(value) if value == int(value) else value


HOOK = Hook(mend=mend)
