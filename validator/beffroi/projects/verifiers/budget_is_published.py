"""The budget of each year of the project is told, planned and spent, and was published lately.

Looks at `project.budget`: every entry has what was `planned`, and those of past years what was `spent`; there is one
for each year since `project.startDate`, up to `endDate` or this year; the newest date `published` is past, and not
longer ago than `maxAge`. Whether the amounts are right is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/budget"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the years, their amounts, and when they were published."""
    budget = {at: each for at, each in project.declaration.each(AT) if each.get("year")}
    if not budget:
        yield lacking("no-budget", at=AT, method=Method.DECLARED)
        return
    gaps = [*years_missing(project, budget), *amounts_missing(project, budget)]
    years = sorted({each["year"] for each in budget.values()})
    yield from gaps or [met("told", at=AT, first=years[0], last=years[-1])]
    yield published(project, budget, options.get("maxAge"))


def years_missing(project: Project, budget: Mapping[str, Any]) -> Iterator[Observation]:
    """Years of the project without an entry."""
    start, end = project.declaration.day("/project/startDate"), project.declaration.day("/project/endDate")
    last = min(end, project.today) if end else project.today
    told = {each["year"] for each in budget.values()}
    wanted = range(start.year, last.year + 1) if start else ()
    if missing := [each for each in wanted if each not in told]:
        yield lacking("years-missing", at=AT, years=", ".join(map(str, missing)))


def amounts_missing(project: Project, budget: Mapping[str, Any]) -> Iterator[Observation]:
    """Years of which it is not told what was planned, or not what was spent though they are over."""
    unplanned = [at for at, each in budget.items() if each.get("planned") is None]
    past = [at for at, each in budget.items() if each["year"] < project.today.year]
    unspent = [at for at in past if budget[at].get("spent") is None]
    for key, found in (("not-planned", unplanned), ("not-spent", unspent)):
        if found:
            years = ", ".join(dict.fromkeys(str(budget[at]["year"]) for at in found))
            yield lacking(key, at=found[0], years=years, method=Method.DECLARED)


def published(project: Project, budget: Mapping[str, Any], age: str | None) -> Observation:
    """When the newest of it was published."""
    days = {at: each["published"] for at, each in budget.items() if each.get("published")}
    if not days:
        return lacking("not-published", at=AT, method=Method.DECLARED)
    return dated(project, f"{max(days, key=lambda at: days[at])}/published", age)


VERIFIER = Verifier(
    run=run,
    options={"type": "object", "additionalProperties": False, "properties": {"maxAge": PERIOD}},
)
