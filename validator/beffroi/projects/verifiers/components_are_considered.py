"""The project uses the shared components of the city, or says why not.

Looks at `project.components`: each component that the requirement lists is there, and is either `used`, or has a `why`.
Whether it is really used is not looked at.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.project import Observation
from beffroi.projects.licensing import listed
from beffroi.projects.observing import doubtful, inapplicable, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/components"
MOST = 20
"""How many components that the city does not have are told."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at each component of the city, and at those that are none."""
    wanted: list[str] = options["components"]
    if not wanted:
        yield inapplicable("city-has-none", at=AT)
        return
    declared: dict[str, tuple[str, Mapping[str, Any]]] = {}
    for pointer, value in project.declaration.each(AT):
        declared.setdefault(str(value.get("id", "")), (pointer, value))
    missing = tuple(each for each in wanted if each not in declared)
    if missing:
        yield lacking("not-considered", at=AT, missing=listed(missing))
    for each in wanted:
        if each in declared:
            yield considered(project, each, *declared[each])
    for each in [each for each in declared if each not in wanted][:MOST]:
        yield stray(each, declared[each][0], wanted)


def considered(project: Project, component: str, pointer: str, value: Mapping[str, Any]) -> Observation:
    """What is said of a component of the city."""
    if value.get("used"):
        return met("used", at=pointer, component=component)
    if "used" not in value:
        return lacking("untold", at=pointer, component=component)
    why = project.declaration.text(f"{pointer}/why", project.lang).strip()
    if not why:
        return lacking("without-reason", at=pointer, component=component)
    return met("reasoned", at=f"{pointer}/why", component=component, why=why)


def stray(component: str, pointer: str, wanted: list[str]) -> Observation:
    """What is said of a component that the city does not have."""
    near = difflib.get_close_matches(component[:100], wanted, n=1, cutoff=0.6)
    if near:
        return doubtful("perhaps", at=pointer, component=component, meant=near[0])
    return met("other", at=pointer, component=component)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "required": ["components"],
        "additionalProperties": False,
        "properties": {
            "components": {
                "type": "array",
                "description": "the ids of the city's shared components",
                "items": {"type": "string", "minLength": 1},
            }
        },
    },
)
