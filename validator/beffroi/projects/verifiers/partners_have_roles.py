"""Every partner is named with the role that it plays.

Looks at `project.partners`: each has a name and a role, and none stands there twice. An empty list says that there are
none; a missing one says nothing. Whether the partners know of it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import lacking, met
from beffroi.projects.parties import Party, party
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/partners"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the partners."""
    partners = dict(project.declaration.each(AT))
    if not partners:
        yield none(project)
        return
    vague = [at for at, each in partners.items() if not (each.get("name") and each.get("role"))]
    if vague:
        told = ", ".join(partners[at].get("name") or called(at) for at in vague)
        yield lacking("no-role", at=vague[0], partners=told, method=Method.DECLARED)
    parties = [each for at in partners if (each := party(at, project.declaration))]
    again = repeated(parties)
    if again:
        yield lacking("twice", at=again.pointer, partner=again.name)
    if not vague and not again:
        yield met("named", at=AT, partners=", ".join(each.name for each in parties), method=Method.DECLARED)


def none(project: Project) -> Observation:
    """Whether it is said that there is no partner."""
    if project.declaration.get(AT) is None:
        return lacking("untold", at="/project", method=Method.DECLARED)
    return met("no-partners", at=AT, method=Method.DECLARED)


def repeated(parties: list[Party]) -> Party | None:
    """The first partner that was already named."""
    seen: set[frozenset[str]] = set()
    for each in parties:
        if each.words and each.words in seen:
            return each
        seen.add(each.words)
    return None


VERIFIER = Verifier(run=run)
