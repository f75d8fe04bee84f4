"""Points in France, where the example is not one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.columns import Used
from beffroi.standards.sampling.families import Source, Wanted, family
from beffroi.standards.sampling.points import USUAL
from beffroi.standards.sampling.records import Record
from beffroi.tables.plans import Plan, compile_plan

METRE = Decimal("0.00001")


def texts(wanted: Wanted, _options: Options) -> Iterator[Source]:
    """Points near the example, then near the middle of Paris."""
    points = family(wanted.field.type).sources
    yield from points(wanted)
    yield from points(replace(wanted, plan=without_example(wanted)))


def without_example(wanted: Wanted) -> Plan:
    """The field without its example."""
    return compile_plan(replace(wanted.field, example=None), tuple(wanted.plan.missing_values))[0]


def mend(record: Record, used: Used) -> None:
    """Set the columns of longitude and latitude to a place near the middle of Paris; draw a point anew."""
    if len(used.judged) == 1:
        record.redraw(used.judged[0])
        return
    for name, middle, away in zip(used.judged, USUAL, (record.draw.east, record.draw.north), strict=True):
        record.assign(name, middle + Decimal(away).quantize(METRE))


HOOK = Hook(texts=texts, mend=mend)
