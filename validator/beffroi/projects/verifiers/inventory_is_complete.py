"""The project counts what it has and what it could get: things, people and money.

Looks at `project.resources`: at least one technical, one human and one financial resource; each with quantity, unit and
status, its first day not behind its last, and no id that stands twice. A resource that is said to be available is there
today; one of which there is nothing is for a person to look at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.inventory import AT, KINDS, Resource, named, resources
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the inventory, each way of being wrong once."""
    every = list(resources(project.declaration))
    missing = [each for each in KINDS if not project.declaration.items(f"{AT}/{each}")]
    found = [*incomplete(every, missing), *impossible(every), *doubted(every, project.today)]
    counts = Counter(each.status for each in every)
    statuses = {each: counts[each] for each in ("available", "mobilisable", "missing")}
    yield from found or [met("complete", at=AT, count=len(every), **statuses)]


def incomplete(every: Sequence[Resource], missing: Sequence[str]) -> Iterator[Observation]:
    """Kinds of which there is nothing, and resources of which not all is said."""
    if missing:
        names = ", ".join(f"project.resources.{each}" for each in missing)
        yield lacking("no-kind", at=AT, missing=names, method=Method.DECLARED)
    if vague := [each for each in every if each.unsaid]:
        told = ", ".join(f"{each.name} ({', '.join(each.unsaid)})" for each in vague)
        yield lacking("incomplete", at=vague[0].pointer, resources=told, method=Method.DECLARED)


def impossible(every: Sequence[Resource]) -> Iterator[Observation]:
    """Days in the wrong order, and ids that stand twice."""
    if turned := [each for each in every if each.start and each.end and each.end < each.start]:
        yield lacking("ends-before-start", at=turned[0].pointer, resources=named(turned))
    ids = Counter(each.id for each in every if each.id)
    if twice := [each for each in every if ids[each.id] > 1]:
        yield lacking("same-id", at=twice[-1].pointer, ids=", ".join(dict.fromkeys(each.id for each in twice)))


def doubted(every: Sequence[Resource], today: date) -> Iterator[Observation]:
    """What is said to be available and is not there, or of which there is nothing."""
    available = [each for each in every if each.status == "available"]
    if gone := [each for each in available if each.end and each.end < today]:
        yield contradicted("gone", at=gone[0].pointer, resources=named(gone), date=today)
    if coming := [each for each in available if each.start and each.start > today]:
        yield contradicted("not-yet", at=coming[0].pointer, resources=named(coming), date=today)
    if nothing := [each for each in available if each.quantity == 0]:
        yield doubtful("nothing", at=nothing[0].pointer, resources=named(nothing))


VERIFIER = Verifier(run=run)
