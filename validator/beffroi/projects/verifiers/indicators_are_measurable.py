"""The project measures what it changes: indicators with a unit, a baseline and a target, one of an outcome among them.

Looks at `project.indicators`: there are as many as the option `least` asks for; each has a unit, a baseline and a
target, and an id of its own; one at least is of an outcome and not of an output; no value is of a day to come; and once
`project.endDate` is over, each has a value. A target that is its own baseline is for a person to look at. Whether the
values are true is not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/indicators"
NEEDED = ("unit", "baseline", "target")


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the indicators, each way of being wrong once."""
    indicators = dict(project.declaration.each(AT))
    found = [*as_a_whole(indicators, options["least"]), *of_each(indicators), *in_time(indicators, project)]
    values = sum(len(values_of(each)) for each in indicators.values())
    yield from found or [met("measurable", at=AT, count=len(indicators), values=values)]


def as_a_whole(indicators: Mapping[str, Any], least: int) -> Iterator[Observation]:
    """Too few, none of an outcome, two of the same id."""
    if len(indicators) < least:
        yield lacking("too-few", at=AT, count=len(indicators), least=least)
    if indicators and not any(each.get("type") == "outcome" for each in indicators.values()):
        yield lacking("no-outcome", at=AT)
    ids = Counter(name for each in indicators.values() if (name := each.get("id")))
    if twice := [name for name, count in ids.items() if count > 1]:
        yield lacking("same-id", at=AT, ids=", ".join(twice))


def of_each(indicators: Mapping[str, Any]) -> Iterator[Observation]:
    """Indicators that lack what makes them measurable, or that nothing is to change."""
    lacks = {
        at: unsaid for at, each in indicators.items() if (unsaid := [key for key in NEEDED if each.get(key) is None])
    }
    if lacks:
        told = ", ".join(f"{name(at, indicators[at])} ({', '.join(unsaid)})" for at, unsaid in lacks.items())
        yield lacking("incomplete", at=next(iter(lacks)), indicators=told)
    same = {at: each for at, each in indicators.items() if at not in lacks and each["baseline"] == each["target"]}
    if same:
        yield doubtful("no-change", at=next(iter(same)), indicators=named(same))


def in_time(indicators: Mapping[str, Any], project: Project) -> Iterator[Observation]:
    """Values of days to come, and indicators without a value when the project is over."""
    coming = {at: each for at, each in indicators.items() if any(day > str(project.today) for day in values_of(each))}
    if coming:
        yield contradicted("value-to-come", at=f"{next(iter(coming))}/values", indicators=named(coming))
    end = project.declaration.day("/project/endDate")
    unmeasured = {at: each for at, each in indicators.items() if not values_of(each)}
    if end and end < project.today and unmeasured:
        yield lacking("no-values", at=next(iter(unmeasured)), indicators=named(unmeasured), end=end)


def values_of(indicator: Mapping[str, Any]) -> list[str]:
    """The days of the values of an indicator."""
    values = [each for each in indicator.get("values", ()) if each]
    return [each["date"] for each in values if each.get("date") and each.get("value") is not None]


def named(indicators: Mapping[str, Any]) -> str:
    """How some indicators are called."""
    return ", ".join(name(at, each) for at, each in indicators.items())


def name(at: str, indicator: Mapping[str, Any]) -> str:
    """How an indicator is called."""
    return str(indicator.get("id") or called(at))


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["least"],
        "properties": {"least": {"type": "integer", "minimum": 1}},
    },
)
