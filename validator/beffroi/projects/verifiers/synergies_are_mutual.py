"""The project names those it works with, and they name it too; or it looked for such projects and found none.

Looks at `project.synergies`, and in the portfolio at the declarations of the projects that stand there: each is there,
and names this project back, with a type that answers to its own (what feeds one is used by the other). Where the
declaration has only `project.synergySearch`, its day is not to come. Where no portfolio is given, nothing is compared,
and what is said is only declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration
from beffroi.projects.neighbours import by_identifier, identifier
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/synergies"
SEARCH = "/project/synergySearch"
ANSWERS = {"feeds": "uses", "uses": "feeds"}
"""The types that answer to another; the others answer to themselves."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the synergies, each with the project that it is with; or at the search for some."""
    synergies = [(at, each) for at, each in project.declaration.each(AT) if each.get("project")]
    if not synergies:
        yield search(project)
        return
    own = identifier(project.declaration)
    names = ", ".join(dict.fromkeys(each["project"] for _, each in synergies))
    if project.portfolio is None:
        yield met("not-compared", at=AT, projects=names, method=Method.DECLARED)
    elif not own:
        yield lacking("no-identifier", at="/project", projects=names, method=Method.DECLARED)
    else:
        found = list(compared(synergies, project, own))
        yield from found or [met("mutual", at=AT, projects=names, own=own)]


def search(project: Project) -> Observation:
    """What was found where nothing is shared."""
    day = project.declaration.day(f"{SEARCH}/date")
    if day is None or not project.declaration.get(f"{SEARCH}/result"):
        return lacking("untold", at=SEARCH, method=Method.DECLARED)
    if day > project.today:
        return contradicted("search-to-come", at=f"{SEARCH}/date", date=day)
    return met("searched", at=SEARCH, date=day, method=Method.DECLARED)


def compared(synergies: list[tuple[str, Any]], project: Project, own: str) -> Iterator[Observation]:
    """What is wrong with each synergy; the same is said once."""
    others = by_identifier(project)
    for at, each in synergies:
        if each["project"] == own:
            yield lacking("with-itself", at=at, own=own)
        elif (other := others.get(each["project"])) is None:
            yield contradicted("no-such-project", at=f"{at}/project", project=each["project"], count=len(others))
        else:
            yield from answered(at, each, other, own)


def answered(at: str, synergy: Any, other: Declaration, own: str) -> Iterator[Observation]:
    """Whether the other project names this one, and as what."""
    back = [each for each in other.items(AT) if each.get("project") == own]
    said = synergy.get("type", "")
    wanted = ANSWERS.get(said, said)
    if not back:
        yield lacking("one-sided", at=at, project=synergy["project"], own=own)
    elif said and wanted not in {each.get("type") for each in back}:
        types = ", ".join(dict.fromkeys(each.get("type", "-") for each in back))
        yield doubtful("other-type", at=at, project=synergy["project"], type=said, types=types, wanted=wanted)


VERIFIER = Verifier(run=run)
