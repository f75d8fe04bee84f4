"""The project was chosen by a public call, whose criteria were known, before it began.

Looks at `project.programme`: the address of the call, its day (`callDate`), the day of the choice (`selectionDate`,
where it is given) and the document with the criteria, which must be in the project and not be empty; and that these
days and `project.startDate` follow one another. The address of the call is not visited.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/programme"
NEEDED = (f"{AT}/call", f"{AT}/callDate", f"{AT}/criteria", "/project/startDate")
ORDER = (f"{AT}/callDate", f"{AT}/selectionDate", "/project/startDate")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the call, the order of the days, and the criteria."""
    declaration = project.declaration
    missing = [each for each in NEEDED if not declaration.get(each)]
    if missing:
        names = ", ".join(each.removeprefix("/").replace("/", ".") for each in missing)
        yield lacking("untold", at=AT, missing=names, method=Method.DECLARED)
    wrong = list(disorder(project))
    yield from wrong
    if not missing and not wrong:
        days = {"call": declaration.get(ORDER[0]), "start": declaration.get(ORDER[2])}
        yield met("first", at=AT, **days)
    if declaration.get(f"{AT}/criteria"):
        yield criteria(project)


def disorder(project: Project) -> Iterator[Observation]:
    """Days that do not follow one another, and a call that is yet to come."""
    days = [(each, day) for each in ORDER if (day := project.declaration.day(each))]
    for (at, first), (_, then) in pairwise(days):
        if first > then:
            key = "late-call" if at == ORDER[0] else "late-choice"
            yield lacking(key, at=at, day=first, then=then)
    if days and days[0][0] == ORDER[0] and days[0][1] > project.today:
        yield lacking("call-to-come", at=ORDER[0], day=days[0][1])


def criteria(project: Project) -> Observation:
    """Whether the criteria are there."""
    found = opened(project, f"{AT}/criteria")
    if isinstance(found, Observation):
        return found
    return met("criteria", at=f"{AT}/criteria", looked=found.looked, path=found.path, bytes=found.looked.bytes)


VERIFIER = Verifier(run=run)
