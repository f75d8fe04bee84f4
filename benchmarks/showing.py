"""Writes what was measured: a row of a Markdown table a work, or JSON with every run."""

from __future__ import annotations

from typing import Any

from benchmarks.measuring import Measured
from benchmarks.quantities import Bound
from benchmarks.timing import Run, Spread


def table_row(*cells: str) -> str:
    """A row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def table_head(*columns: str) -> str:
    """The head of a Markdown table."""
    return f"{table_row(*columns)}\n|{'---|' * len(columns)}"


HEAD = table_head("work", "size", "beffroi", "beside", "median (least–most)", "at least", "aim", "reached")


def taken(each: Measured, side: int) -> str:
    """What a side took: its name, unless it is ours, median seconds, rows a second, and peak memory."""
    given, name = each.work.sides[side].given, each.work.sides[side].name
    seconds = each.seconds(side)
    size = f", {given}" if given.size != each.work.sides[0].given.size else ""
    rate = f", {given.size / seconds:,.0f}/s" if given.size else ""
    return f"{f'{name}{size}: ' if side else ''}{seconds:.3g} s{rate}, {each.peak(side):,.0f} MB"


def spread(bound: Bound, figures: Spread) -> str:
    """A figure with its least and its most."""
    figure = bound.quantity.written.format(figures.median)
    return f"{figure} ({figures.least:.3g}–{figures.most:.3g})"


def reached(each: Measured) -> str:
    """Which of the bounds are reached."""
    work = each.work
    if not work.least.reached(each.turns):
        return "**no**"
    return "yes" if work.aim is None else "yes, and the aim" if work.aim.reached(each.turns) else "yes, not the aim"


def row(each: Measured) -> str:
    """The row of a work."""
    work = each.work
    head = [f"{work.id}: {work.measures}", str(work.sides[0].given)]
    bounds = [str(work.least), "" if work.aim is None else str(work.aim)]
    if each.failure:
        return table_row(*head, f"**{each.failure}**", "", "", *bounds, "**no**")
    beside = "<br>".join(taken(each, side) for side in range(1, len(work.sides)))
    return table_row(*head, taken(each, 0), beside, spread(work.least, each.figure(work.least)), *bounds, reached(each))


def described(each: Measured) -> dict[str, Any]:
    """The work as a value for JSON: its sides, with what every run took."""
    sides = [
        {"name": side.name, "rows": side.given.size, "runs": [took(turn[place]) for turn in each.turns]}
        for place, side in enumerate(each.work.sides)
    ]
    return {"work": each.work.id, "at_least": str(each.work.least), "failure": each.failure, "sides": sides}


def took(run: Run) -> dict[str, float]:
    """What a run took."""
    return {"seconds": run.seconds, "cpu": run.cpu, "peak": run.peak}
