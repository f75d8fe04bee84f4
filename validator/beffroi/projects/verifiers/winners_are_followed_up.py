"""Every winner of the event went on as a declared project, or it is said why not.

Looks at `project.event.awards`: the `outcome` of each names a project, which is in the portfolio where one is given, or
a reason; not later than the option `within` after the end of the event. Until then, what is missing is not held
against the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.periods import later
from beffroi.projects.declaration import called
from beffroi.projects.neighbours import by_identifier
from beffroi.projects.observing import contradicted, inapplicable, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

EVENT = "/project/event"
AT = f"{EVENT}/awards"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at what became of each award."""
    awards = dict(project.declaration.each(AT))
    end = project.declaration.day(f"{EVENT}/endDate")
    if not awards:
        yield inapplicable("no-awards", at=EVENT)
    elif end is None:
        yield lacking("no-end", at=EVENT, method=Method.DECLARED)
    else:
        yield from followed(awards, later(end, options["within"]), project)


def followed(awards: Mapping[str, Any], due: date, project: Project) -> Iterator[Observation]:
    """What is missing, late or not so; or else what became of the winners."""
    waiting = [at for at, each in awards.items() if not told(each)]
    found = [*overdue(awards, waiting, due, project.today), *untrue(awards, project)]
    if found:
        yield from found
        return
    if waiting:
        yield inapplicable("not-due", at=waiting[0], winners=named(awards, waiting), due=due)
    if done := {at: each for at, each in awards.items() if at not in waiting}:
        yield reported(done, project)


def overdue(awards: Mapping[str, Any], waiting: list[str], due: date, today: date) -> Iterator[Observation]:
    """Winners of whom nothing is said in time."""
    if waiting and due < today:
        yield lacking("nothing-told", at=waiting[0], winners=named(awards, waiting), due=due)
    late = [at for at, each in awards.items() if at not in waiting and each["outcome"].get("date", "") > str(due)]
    if late:
        yield lacking("late", at=f"{late[0]}/outcome/date", winners=named(awards, late), due=due)


def untrue(awards: Mapping[str, Any], project: Project) -> Iterator[Observation]:
    """Projects that are named, and that the portfolio does not hold."""
    if project.portfolio is None:
        return
    others = by_identifier(project)
    for at, each in awards.items():
        name = (each.get("outcome") or {}).get("project")
        if name and name not in others:
            at = f"{at}/outcome/project"
            yield contradicted("no-such-project", at=at, project=name, count=len(others))


def reported(awards: Mapping[str, Any], project: Project) -> Observation:
    """What became of the winners."""
    projects = [name for each in awards.values() if (name := each["outcome"].get("project"))]
    if projects and project.portfolio is None:
        return met("not-compared", at=AT, projects=", ".join(projects), method=Method.DECLARED)
    counts = {"projects": len(projects), "closed": len(awards) - len(projects)}
    return met("followed-up", at=AT, **counts, method=Method.CONSISTENT if projects else Method.DECLARED)


def told(award: Mapping[str, Any]) -> bool:
    """Whether it is said what became of a winner."""
    outcome = award.get("outcome") or {}
    return bool(outcome.get("project") or outcome.get("reason"))


def named(awards: Mapping[str, Any], pointers: list[str]) -> str:
    """How some winners are called."""
    return ", ".join(awards[at].get("winner") or called(at) for at in pointers)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["within"],
        "properties": {"within": {"type": "string", "pattern": r"^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$"}},
    },
)
