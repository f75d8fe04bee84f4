"""The project names the Sustainable Development Goals or the local plans that it serves.

Looks at `project.sdg` (goals 1 to 17 of the United Nations) and, where there are none, at `project.plans`. How it
serves them is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

GOALS, PLANS = "/project/sdg", "/project/plans"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the goals, or else at the plans."""
    goals, plans = project.declaration.items(GOALS), project.declaration.items(PLANS)
    if goals:
        yield met("goals", at=GOALS, goals=", ".join(str(each) for each in sorted(set(goals))))
    elif plans:
        yield met("plans", at=PLANS, plans=", ".join(dict.fromkeys(plans)), method=Method.DECLARED)
    else:
        yield lacking("no-target", at=GOALS, method=Method.DECLARED)


VERIFIER = Verifier(run=run)
