"""The data is delivered in a rhythm, and getting it back was tried lately, with success.

Looks at `project.delivery.rhythm`, and at the newest entry of `project.retrievalTests`: its date is past, and not
longer ago than `maxAge`; its result is complete; what was retrieved (`path`) is in the project, and not empty. Whether
it is all of the data is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.faults import reason
from beffroi.model.project import Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.observing import contradicted, lacking, met, unusable
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

RHYTHM, AT = "/project/delivery/rhythm", "/project/retrievalTests"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the rhythm, and at the newest trial."""
    rhythm = project.declaration.get(RHYTHM)
    if rhythm in {None, "never", "irregular"}:
        yield lacking("no-rhythm", at=RHYTHM, method=Method.DECLARED)
    trials = [(at, each) for at, each in project.declaration.each(AT) if each.get("date")]
    if not trials:
        yield lacking("never-tried", at=AT, method=Method.DECLARED)
        return
    at, newest = max(trials, key=lambda each: each[1]["date"])
    retrieved = what_came(project, at, newest)
    yield retrieved
    yield dated(project, f"{at}/date", options.get("maxAge"), retrieved.looked)


def what_came(project: Project, at: str, trial: dict[str, Any]) -> Observation:
    """Look at the result of a trial, and at what was retrieved."""
    day, result, path = trial["date"], trial.get("result"), trial.get("path")
    if result != "complete":
        return lacking("not-complete", at=at, date=day, result=result or "?")
    if not path:
        return met("said", at=at, date=day, method=Method.DECLARED)
    return what_is_at(project, f"{at}/path", day)


def what_is_at(project: Project, at: str, day: str) -> Observation:
    """Look at the file that was retrieved."""
    path = project.declaration.get(at)
    located = project.locate(path)
    if located.file is None or not located.file.is_file():
        return unusable(path, located.fault or reason("is-folder"), at)
    looked = project.looked(located)
    if looked.bytes is None:
        return unusable(path, reason("damaged-document"), at)
    if not looked.bytes:
        return contradicted("empty-file", at=at, looked=looked, path=path)
    return met("retrieved", at=at, looked=looked, date=day, path=path, bytes=looked.bytes)


VERIFIER = Verifier(
    run=run,
    options={"type": "object", "additionalProperties": False, "properties": {"maxAge": PERIOD}},
)
