"""Everybody can know who looks after the software, until when, and how to take part in it.

Looks at `project.software[].maintenance` of the project's own software: its `type`; a `contact`; where it rests on a
contract, a day `until` which it runs that is not over. And at the file `contributing`, or CONTRIBUTING beside it: that
it is there and says something. Whether anybody answers is not tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.projects.observing import contradicted, doubtful, lacking, met, unusable
from beffroi.projects.project import Project
from beffroi.projects.software import Software, beside, none_of, own_software
from beffroi.projects.verifiers import Options, Verifier

NAMES = ("CONTRIBUTING", "CONTRIBUER")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at each piece of the project's own software."""
    own = own_software(project)
    if not own:
        yield none_of(project)
    for each in own:
        yield maintained(each, project.today)
        yield contribution(project, each)


def maintained(software: Software, today: date) -> Observation:
    """Who looks after it, and until when."""
    given: dict[str, Any] = software.value.get("maintenance") or {}
    kind, until, contact = (given.get(each) for each in ("type", "until", "contact"))
    at, said = software.at("maintenance"), {"software": software.name}
    if not kind:
        return lacking("untold", at=at, **said)
    if kind == "none":
        return doubtful("nobody", at=f"{at}/type", **said)
    if kind == "contract" and not until:
        return lacking("no-end", at=at, **said)
    if until and date.fromisoformat(until) < today:
        return lacking("over", at=f"{at}/until", until=until, **said)
    if not contact:
        return lacking("no-contact", at=at, **said)
    if until:
        return met("maintained-until", at=at, type=kind, until=until, contact=contact, **said)
    return met("maintained", at=at, type=kind, contact=contact, **said)


def contribution(project: Project, software: Software) -> Observation:
    """Whether it is told how to take part."""
    named = software.value.get("contributing")
    located = project.locate(named) if named else beside(project, software, NAMES)
    at = software.at("contributing")
    if located is None:
        return lacking("no-contributing", at=at, software=software.name)
    if located.file is None or not located.file.is_file():
        return unusable(located.path, located.fault or reason("missing-file"), at)
    text = project.text(located)
    if isinstance(text, Fault):
        return unusable(located.path, text, at)
    looked, said = project.looked(located), {"software": software.name, "path": located.path}
    words = len(text.split())
    if not words:
        return contradicted("empty-contributing", at=at, looked=looked, **said)
    return met("contributing", at=at, looked=looked, words=words, **said)


VERIFIER = Verifier(run=run)
