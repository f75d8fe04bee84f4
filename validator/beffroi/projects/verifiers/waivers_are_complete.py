"""Every waiver names a requirement of the charter, a reason, who granted it and when, and an end that is not too far.

Looks at `waivers`: `requirement` is one of the charter; `justification`, `approvedBy`, `approvedOn` and `expires` are
there; it was granted in the past, ends after that, and counts no longer than the option `longest`. That a waiver is
over is told where its requirement is. The first 20 that are amiss are told. Whether the reason is good is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.periods import later
from beffroi.projects.dating import PERIOD
from beffroi.projects.observing import contradicted, inapplicable, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/waivers"
NEEDED = ("requirement", "justification", "approvedBy", "approvedOn", "expires")
MOST = 20


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at each waiver."""
    waivers = dict(project.declaration.each(AT))
    amiss = (each for at, value in waivers.items() for each in judged(project, at, value, options.get("longest")))
    found = list(islice(amiss, MOST))
    if not waivers:
        yield inapplicable("none", at=AT, method=Method.DECLARED)
    else:
        yield from found or [met("complete", at=AT, count=len(waivers))]


def judged(project: Project, at: str, value: dict[str, Any], longest: str | None) -> Iterator[Observation]:
    """What is amiss with one waiver."""
    name = value.get("requirement", "?")
    if missing := [key for key in NEEDED if not value.get(key)]:
        yield lacking("unfinished", at=at, name=name, missing=", ".join(missing), method=Method.DECLARED)
        return
    charter = project.charter
    if not any(each.id == name for each in (*charter.requirements, *charter.retired)):
        yield lacking("unknown-requirement", at=f"{at}/requirement", name=name, charter=charter.name)
    yield from wrong_days(project, at, value, longest)


def wrong_days(project: Project, at: str, value: dict[str, Any], longest: str | None) -> Iterator[Observation]:
    """What is amiss with the days of a waiver."""
    name = value["requirement"]
    granted, end = date.fromisoformat(value["approvedOn"]), date.fromisoformat(value["expires"])
    latest = later(granted, longest) if longest else end
    if granted > project.today:
        yield contradicted("granted-in-future", at=f"{at}/approvedOn", name=name, date=granted)
    elif end < granted:
        yield contradicted("ends-before", at=f"{at}/expires", name=name, granted=granted, date=end)
    elif end > latest:
        yield lacking("too-long", at=f"{at}/expires", name=name, date=end, latest=latest)


VERIFIER = Verifier(
    run=run,
    options={"type": "object", "additionalProperties": False, "properties": {"longest": PERIOD}},
)
