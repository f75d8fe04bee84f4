"""Every algorithm has a record in a register that says what it is for, and a human decides individual cases.

Looks at `project.algorithms`: each has a `register`, a YAML or JSON file of the project with the record, or with a list
of records of which one has its name, and says `humanDecides: true`. A record must say something under a key for each of
four things, in the words of the registers of European cities or in French: what it is for, which data it uses, how
humans watch over it, whom to contact. Up to 20 algorithms are looked at. Whether it is true is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.projects.folding import folded
from beffroi.projects.observing import lacking, met, unseen, unusable
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/algorithms"
MOST = 20
DEEPEST = 3
"""How deep in a record its keys are looked for."""
TOLD: Mapping[str, tuple[str, ...]] = {
    "purpose": (*("purpose", "goal", "goals", "objective"), *("finalite", "finalites", "objectif", "but", "objet")),
    "data": (*("data", "source data", "datasets", "sources", "input"), *("donnees", "jeux de donnees")),
    "humanOversight": (
        *("human oversight", "human intervention", "human control", "oversight", "decision making process"),
        *("controle humain", "intervention humaine", "supervision humaine", "decision humaine"),
    ),
    "contact": (*("contact", "contact email", "contact point", "email", "e mail"), *("courriel", "contacts")),
}
"""What a record must tell: the key that messages name, and its other names, folded."""
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at each algorithm."""
    algorithms = dict(project.declaration.each(AT))
    if not algorithms:
        yield lacking("no-algorithm", at=AT, method=Method.DECLARED)
    for at, each in list(algorithms.items())[:MOST]:
        yield from algorithm(project, at, each)
    if len(algorithms) > MOST:
        yield unseen("more-not-looked-at", at=AT, count=len(algorithms) - MOST)


def algorithm(project: Project, at: str, declared: Mapping[str, Any]) -> Iterator[Observation]:
    """Look at one algorithm: who decides, and its record."""
    name, human = declared.get("name", "?"), declared.get("humanDecides")
    if human is False:
        yield lacking("no-human", at=at, name=name)
    elif human is not True:
        yield lacking("human-not-said", at=at, name=name, method=Method.DECLARED)
    if not declared.get("register"):
        yield lacking("no-record", at=at, name=name, method=Method.DECLARED)
    else:
        yield record(project, f"{at}/register", name)


def record(project: Project, at: str, name: str) -> Observation:
    """Look at the record of an algorithm."""
    path = project.declaration.get(at)
    located = project.locate(path)
    document = project.document(located)
    if isinstance(document, Fault):
        return unusable(path, document, at)
    about = {"at": at, "looked": project.looked(located), "name": name, "path": path}
    found = record_of(document.value, name)
    if found is None:
        return lacking("not-in-register", **about)
    keys = set(keys_in(found))
    missing = [key for key, names in TOLD.items() if not keys & set(names)]
    if missing:
        return lacking("record-incomplete", **about, missing=", ".join(missing))
    return met("registered", **about)


def record_of(value: Any, name: str) -> Mapping[str, Any] | None:
    """The record of an algorithm: a mapping, or of a list the one with its name."""
    if isinstance(value, list):
        return next((each for each in value if isinstance(each, dict) and is_called(each, name)), None)
    return value if isinstance(value, dict) else None


def is_called(record: Mapping[str, Any], name: str) -> bool:
    """Whether a record has a name."""
    given = record.get("name") or record.get("nom")
    return isinstance(given, str) and folded(given) == folded(name)


def keys_in(value: Any, depth: int = 1) -> Iterator[str]:
    """The keys under which a record says something, folded: `contact_email` and `contactEmail` are `contact email`."""
    for key, each in value.items() if isinstance(value, dict) else ():
        if each not in (None, "", [], {}):
            yield folded(HUMP.sub(" ", key).replace("_", " "))
        if depth < DEEPEST:
            yield from keys_in(each, depth + 1)


VERIFIER = Verifier(run=run)
