"""A data protection impact assessment was done and is recent, or somebody answers for its not being needed.

Looks at `project.dpia`. Where it is required: the document at `path` is there and has something in it, `date` is past,
and not longer ago than `maxAge`. Where it is not: `rationale` says why, and `approvedBy` who agreed; a project that
processes personal data in public space, where the law mostly asks for an assessment (GDPR, article 35.3 c), is then for
a person to look at. What the assessment says is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/dpia"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the assessment, or at why there is none."""
    required = project.declaration.get(f"{AT}/required")
    if required is None:
        yield lacking("not-said", at=AT, method=Method.DECLARED)
    elif required:
        yield from assessment(project, options)
    else:
        yield from exemption(project)


def assessment(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the document and its date."""
    if not project.declaration.get(f"{AT}/path"):
        yield lacking("no-document", at=AT, method=Method.DECLARED)
        return
    found = opened(project, f"{AT}/path")
    if isinstance(found, Observation):
        yield found
        return
    yield met("there", at=found.pointer, looked=found.looked, path=found.path, bytes=found.looked.bytes)
    yield dated(project, f"{AT}/date", options.get("maxAge"), found.looked)


def exemption(project: Project) -> Iterator[Observation]:
    """Look at why none is needed, and who agreed."""
    said = project.declaration.get(AT)
    unsaid = [key for key in ("rationale", "approvedBy") if not said.get(key)]
    processed = project.declaration.get("/project/personalData/processed")
    if unsaid:
        yield lacking("not-reasoned", at=AT, missing=", ".join(unsaid), method=Method.DECLARED)
    elif processed is not False and project.declaration.flag("publicSpace"):
        yield doubtful("public-space", at=AT, by=said["approvedBy"])
    else:
        method = Method.CONSISTENT if processed is False else Method.DECLARED
        yield met("not-needed", at=AT, by=said["approvedBy"], method=method)


VERIFIER = Verifier(
    run=run,
    options={"type": "object", "additionalProperties": False, "properties": {"maxAge": PERIOD}},
)
