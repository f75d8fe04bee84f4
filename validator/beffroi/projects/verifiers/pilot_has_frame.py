"""The pilot says what it is to find out, where, from when, and until when.

Looks at `project.hypotheses`, `project.site`, `project.startDate` and `project.endDate`: all are there, and the end
does not come before the start. Where the end is over, `project.evaluation.report` names a report that is in the
project; what it says is looked at by `report-tells-lessons`.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

NEEDED = ("hypotheses", "site", "startDate", "endDate")
REPORT = "/project/evaluation/report"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the frame of the pilot, and whether it is reported on once it is over."""
    found = [*incomplete(project), *out_of_time(project)]
    yield from found or [framed(project)]


def incomplete(project: Project) -> Iterator[Observation]:
    """What is not said."""
    said = project.declaration
    missing = [each for each in NEEDED if not (said.items if each == "hypotheses" else said.get)(f"/project/{each}")]
    if missing:
        names = ", ".join(f"project.{each}" for each in missing)
        yield lacking("incomplete", at="/project", missing=names, method=Method.DECLARED)


def out_of_time(project: Project) -> Iterator[Observation]:
    """Days that cannot be, and an end that is over without a report."""
    start, end = (project.declaration.day(f"/project/{each}") for each in ("startDate", "endDate"))
    if start and end and end < start:
        yield lacking("ends-before-start", at="/project/endDate", start=start, end=end)
    if not end or end >= project.today:
        return
    if not project.declaration.get(REPORT):
        yield lacking("overdue", at="/project/endDate", end=end)
    elif isinstance(found := opened(project, REPORT), Observation):
        yield found


def framed(project: Project) -> Observation:
    """What is said."""
    said = project.declaration
    days = {"start": said.get("/project/startDate"), "end": said.get("/project/endDate")}
    count = len(said.items("/project/hypotheses"))
    return met("framed", at="/project", count=count, site=said.get("/project/site"), **days)


VERIFIER = Verifier(run=run)
