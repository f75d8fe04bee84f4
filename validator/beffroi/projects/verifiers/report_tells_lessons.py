"""A public report tells what helped and what hindered, whether the pilot went well or not.

Looks at `project.evaluation`: the document `report` is in the project, can be opened and is not empty; its `license`
is one that a policy of the register accepts; `levers` and `obstacles` each name one thing at least; its `date` is not
to come. What the report says is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.policies import accepted_ids, is_among
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/evaluation"
LESSONS = ("levers", "obstacles")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the report, its licence, and what it is said to tell."""
    if not project.declaration.get(f"{AT}/report"):
        yield lacking("no-report", at=AT, method=Method.DECLARED)
        return
    yield report(project)
    found = [*untold(project), *unlicensed(project), *to_come(project)]
    yield from found or [told(project)]


def report(project: Project) -> Observation:
    """Whether the report is there."""
    found = opened(project, f"{AT}/report")
    if isinstance(found, Observation):
        return found
    return met("there", at=f"{AT}/report", looked=found.looked, path=found.path, bytes=found.looked.bytes)


def untold(project: Project) -> Iterator[Observation]:
    """Lessons of which none is named."""
    missing = [each for each in LESSONS if not project.declaration.items(f"{AT}/{each}")]
    if missing:
        yield lacking("no-lessons", at=AT, missing=", ".join(f"project.evaluation.{each}" for each in missing))


def unlicensed(project: Project) -> Iterator[Observation]:
    """A licence that is missing, or not known to be open."""
    licence = project.declaration.get(f"{AT}/license")
    if not licence:
        yield lacking("no-licence", at=AT, method=Method.DECLARED)
    elif not is_among(licence, accepted_ids(project.register.policies, project.register), project.register):
        yield lacking("licence-not-open", at=f"{AT}/license", licence=licence)


def to_come(project: Project) -> Iterator[Observation]:
    """A day of the report that is yet to come."""
    day = project.declaration.day(f"{AT}/date")
    if day and day > project.today:
        yield contradicted("to-come", at=f"{AT}/date", date=day)


def told(project: Project) -> Observation:
    """What is said of the report."""
    counts = {each: len(project.declaration.items(f"{AT}/{each}")) for each in LESSONS}
    return met("lessons", at=AT, licence=project.declaration.get(f"{AT}/license"), **counts)


VERIFIER = Verifier(run=run)
