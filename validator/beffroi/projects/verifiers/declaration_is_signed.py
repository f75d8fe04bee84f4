"""The person who answers for the project has signed the declaration.

Looks at `project.accountable` and at `signoff`: an entry has the same name, a role, and a date that is past. One that
was signed before the last update (`lastUpdated`) is left to a person. Whether it was really they is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.dating import dated
from beffroi.projects.folding import folded
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT, ACCOUNTABLE = "/signoff", "/project/accountable"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look for the signature of whoever answers for the project."""
    name = project.declaration.get(f"{ACCOUNTABLE}/name")
    signed = {at: each["name"] for at, each in project.declaration.each(AT) if each.get("name")}
    own = [at for at in signed if name and folded(signed[at]) == folded(name)]
    if not name:
        yield lacking("nobody-accountable", at=ACCOUNTABLE, method=Method.DECLARED)
    elif not signed:
        yield lacking("not-signed", at=AT, name=name, method=Method.DECLARED)
    elif not own:
        yield lacking("signed-by-others", at=AT, name=name, signed=", ".join(dict.fromkeys(signed.values())))
    else:
        yield from signature(project, own[-1])


def signature(project: Project, at: str) -> Iterator[Observation]:
    """Look at one signature."""
    name, role = project.declaration.get(f"{at}/name"), project.declaration.get(f"{at}/role")
    day, updated = project.declaration.day(f"{at}/date"), project.declaration.day("/lastUpdated")
    when = dated(project, f"{at}/date")
    if not role:
        yield lacking("no-role", at=at, name=name, method=Method.DECLARED)
    if when.outcome.fails:
        yield when
    elif day and updated and day < updated:
        yield doubtful("changed-since", at=at, name=name, date=day, updated=updated)
    elif role:
        yield met("signed", at=at, name=name, role=role, date=day)


VERIFIER = Verifier(run=run)
