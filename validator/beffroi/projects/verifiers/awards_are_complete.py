"""It is told who won what, for what, and what the event gave besides.

Looks at `project.event`: at least one of `awards`, each with winner, amount, currency and criterion, none of them to
the same winner and rank twice; and in `support` at least one thing that was offered. That the money was paid is not
looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/event/awards"
SUPPORT = "/project/event/support"
NEEDED = ("winner", "amount", "currency", "criterion")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the awards and at the support."""
    awards, support = dict(project.declaration.each(AT)), project.declaration.items(SUPPORT)
    found = [*wrong(awards)]
    if not support:
        found.append(lacking("no-support", at="/project/event", method=Method.DECLARED))
    winners = ", ".join(dict.fromkeys(str(each.get("winner")) for each in awards.values()))
    done = {"count": len(awards), "winners": winners, "support": ", ".join(support)}
    yield from found or [met("complete", at=AT, **done, method=Method.DECLARED)]


def wrong(awards: Mapping[str, Any]) -> Iterator[Observation]:
    """No award, awards of which not all is said, and one that stands twice."""
    if not awards:
        yield lacking("no-awards", at="/project/event", method=Method.DECLARED)
    lacks = {at: unsaid for at, each in awards.items() if (unsaid := [key for key in NEEDED if each.get(key) is None])}
    if lacks:
        told = ", ".join(f"{called(at)} ({', '.join(unsaid)})" for at, unsaid in lacks.items())
        yield lacking("incomplete", at=next(iter(lacks)), awards=told, method=Method.DECLARED)
    given = Counter((each.get("winner"), each.get("rank")) for each in awards.values() if each.get("winner"))
    if twice := [winner for (winner, _), count in given.items() if count > 1]:
        yield lacking("twice", at=AT, winners=", ".join(twice))


VERIFIER = Verifier(run=run)
