"""Columns one of which at least is filled."""

from __future__ import annotations

from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.columns import Used
from beffroi.standards.sampling.records import Record


def mend(record: Record, used: Used) -> None:
    """Fill one of them, or else the next."""
    columns = list(used.options["columns"])
    record.draw.chance.shuffle(columns)
    any(record.redraw(each) for each in columns)


HOOK = Hook(mend=mend)
