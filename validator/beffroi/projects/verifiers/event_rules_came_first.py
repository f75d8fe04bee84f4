"""Whoever takes part in the event knows the rules before it begins.

Looks at `project.event`: it names the challenge, the criteria of the jury, the licence of what is made
(`outputLicense`) and that of the data lent (`dataTerms`), each accepted by one of the option `policies`; the rules are
a file of the project that is not empty, published (`rulesPublished`) on the day of the start (`startDate`) at the
latest. That they were online on that day, and what they say, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.policies import accepted_ids, is_among
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/event"
LICENCES = ("outputLicense", "dataTerms")
NEEDED = ("challenge", "rules", "rulesPublished", "judging", "startDate", *LICENCES)


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the rules, when they came, and the licences."""
    found = [*untold(project), *late(project), *refused(project, options["policies"])]
    yield from found or [first(project)]
    if project.declaration.get(f"{AT}/rules"):
        yield rules(project)


def untold(project: Project) -> Iterator[Observation]:
    """What is not said of the event."""
    missing = [each for each in NEEDED if not project.declaration.get(f"{AT}/{each}")]
    if missing:
        names = ", ".join(f"project.event.{each}" for each in missing)
        yield lacking("untold", at=AT, missing=names, method=Method.DECLARED)


def late(project: Project) -> Iterator[Observation]:
    """Rules that came after the start."""
    published, start = (project.declaration.day(f"{AT}/{each}") for each in ("rulesPublished", "startDate"))
    if published and start and published > start:
        yield lacking("late", at=f"{AT}/rulesPublished", published=published, start=start)


def refused(project: Project, policies: list[str]) -> Iterator[Observation]:
    """Licences that no policy accepts."""
    accepted = accepted_ids(policies, project.register)
    for each in LICENCES:
        licence = project.declaration.get(f"{AT}/{each}")
        if licence and not is_among(licence, accepted, project.register):
            told = {"place": f"project.event.{each}", "licence": licence, "policies": ", ".join(policies)}
            yield lacking("licence-not-accepted", at=f"{AT}/{each}", **told)


def first(project: Project) -> Observation:
    """When the rules came, and under which licences."""
    said = project.declaration.get(AT)
    days = {"published": said["rulesPublished"], "start": said["startDate"]}
    return met("first", at=AT, **days, output=said["outputLicense"], data=said["dataTerms"])


def rules(project: Project) -> Observation:
    """Whether the rules are there."""
    found = opened(project, f"{AT}/rules")
    if isinstance(found, Observation):
        return found
    return met("rules", at=f"{AT}/rules", looked=found.looked, path=found.path, bytes=found.looked.bytes)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["policies"],
        "properties": {"policies": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
)
