"""The roadmap leads on: stages in order, each with what decides on it, and with resources that there are.

Looks at `project.milestones`: there are as many as the option `least` asks for, in the order of their days, each with
criteria; one of them is still to come; none is still planned for a day that is over, or reached on a day to come. The
resources that they name are ids in `project.resources`, and are there on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.inventory import Resource, resources
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/milestones"
DONE = ("reached", "missed", "dropped")


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the milestones, each way of being wrong once."""
    stages = dict(project.declaration.each(AT))
    days = {at: day for at in stages if (day := project.declaration.day(f"{at}/date"))}
    found = [
        *too_little(stages, options["least"]),
        *out_of_time(stages, days, project.today),
        *without_resources(stages, days, project),
    ]
    yield from found or [met("consistent", at=AT, count=len(stages), last=max(days.values()))]


def too_little(stages: Mapping[str, Any], least: int) -> Iterator[Observation]:
    """Too few milestones, and those without a day or criteria."""
    if len(stages) < least:
        yield lacking("too-few", at=AT, count=len(stages), least=least)
    undecided = [at for at, each in stages.items() if not each.get("criteria")]
    if undecided:
        yield lacking("no-criteria", at=undecided[0], stages=named(undecided), method=Method.DECLARED)
    undated = [at for at, each in stages.items() if not each.get("date")]
    if undated:
        yield lacking("no-date", at=undated[0], stages=named(undated), method=Method.DECLARED)


def out_of_time(stages: Mapping[str, Any], days: Mapping[str, date], today: date) -> Iterator[Observation]:
    """Milestones out of order, reached before their day, or planned and over; and no way ahead."""
    if turned := next((at for (_, first), (at, then) in pairwise(days.items()) if then < first), None):
        yield lacking("out-of-order", at=turned, stage=called(turned), date=days[turned])
    early = [at for at, day in days.items() if stages[at].get("status") == "reached" and day > today]
    if early:
        yield contradicted("reached-to-come", at=early[0], stages=named(early), date=today)
    late = [at for at, day in days.items() if stages[at].get("status") not in DONE and day < today]
    if late:
        yield lacking("overdue", at=late[0], stages=named(late), date=today)
    if days and max(days.values()) < today:
        yield lacking("nothing-ahead", at=AT, last=max(days.values()))


def without_resources(stages: Mapping[str, Any], days: Mapping[str, date], project: Project) -> Iterator[Observation]:
    """Resources that a milestone needs and that there are not, or not on its day."""
    known = {each.id: each for each in resources(project.declaration) if each.id}
    uses = [(at, name) for at, each in stages.items() for name in each.get("resources", ()) if name]
    if unknown := [(at, name) for at, name in uses if name not in known]:
        yield lacking("unknown-resource", at=f"{unknown[0][0]}/resources", resources=used(unknown))
    absent = [(at, name) for at, name in uses if name in known and at in days and not is_there(known[name], days[at])]
    if absent:
        yield lacking("resource-not-there", at=f"{absent[0][0]}/resources", resources=used(absent))


def is_there(resource: Resource, day: date) -> bool:
    """Whether a resource can be used on a day."""
    return (resource.start or day) <= day <= (resource.end or day)


def named(pointers: list[str]) -> str:
    """How some milestones are called."""
    return ", ".join(map(called, pointers))


def used(uses: list[tuple[str, str]]) -> str:
    """Resources, each with the milestone that needs it."""
    return ", ".join(f"{name} ({called(at)})" for at, name in uses)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["least"],
        "properties": {"least": {"type": "integer", "minimum": 1}},
    },
)
