"""Columns that are filled together: all of them, or none where that is left."""

from __future__ import annotations

from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.columns import Used
from beffroi.standards.sampling.records import Record


def mend(record: Record, used: Used) -> None:
    """Fill what is empty; where something cannot be filled, or now and then, empty what is filled."""
    columns = used.options["columns"]
    if record.attempts > 1 and all(record.may_clear(each) for each in columns):
        for each in columns:
            record.clear(each)
    else:
        for each in columns:
            if record.cells[each] is None:
                record.redraw(each)


HOOK = Hook(mend=mend)
