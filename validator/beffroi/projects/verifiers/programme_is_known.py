"""The project belongs to an edition of a programme that the city runs.

Looks at `project.programme`: its id is one of the option `programmes` (an empty list accepts any), and it says of which
edition and on which theme it is. That the project was really chosen for it is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/programme"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look up the programme."""
    said, known = project.declaration.get(AT, {}), options["programmes"]
    name = said.get("id")
    unsaid = [key for key in ("edition", "theme") if not said.get(key)]
    if not name:
        yield lacking("no-programme", at=AT, method=Method.DECLARED)
    elif known and name not in known:
        yield lacking("unknown-programme", at=f"{AT}/id", programme=name, known=", ".join(known))
    elif unsaid:
        yield lacking("unsaid", at=AT, programme=name, missing=", ".join(unsaid), method=Method.DECLARED)
    else:
        key, method = ("known", Method.CONSISTENT) if known else ("named", Method.DECLARED)
        yield met(key, at=AT, programme=name, edition=said["edition"], theme=said["theme"], method=method)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["programmes"],
        "properties": {"programmes": {"type": "array", "items": {"type": "string"}}},
    },
)
