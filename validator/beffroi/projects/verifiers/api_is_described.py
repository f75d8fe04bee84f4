"""The interfaces of the software are described in a document that machines can read.

Looks at each file that `project.software[].apiDocumentation` names: OpenAPI 2.0 or 3, AsyncAPI 2 or 3, or the landing
or conformance page of an OGC API, in YAML or JSON. It must parse, name its version and title, describe one path or
channel at least, say under which licence it is, and hold no reference that leads nowhere. Neither is it judged by the
whole specification, nor compared with an interface that runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.projects.interfaces import faults_of, interface
from beffroi.projects.observing import contradicted, lacking, met, unusable
from beffroi.projects.project import Located, Project
from beffroi.projects.software import AT, Software, software_of
from beffroi.projects.verifiers import Options, Verifier

MOST = 10
"""How much of what one document lacks is told."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at each document."""
    described = [each for each in software_of(project) if each.value.get("apiDocumentation")]
    if not described:
        yield lacking("none", at=AT, method=Method.DECLARED)
    for each in described:
        yield from seen(project, each, project.locate(each.value["apiDocumentation"]))


def seen(project: Project, software: Software, located: Located) -> Iterator[Observation]:
    """What there is to say of one document."""
    at = software.at("apiDocumentation")
    if located.file is None or not located.file.is_file():
        yield unusable(located.path, located.fault or reason("missing-file"), at)
        return
    document = project.document(located)
    if isinstance(document, Fault):
        yield unusable(located.path, document, at)
        return
    looked, said = project.looked(located), {"software": software.name, "path": located.path}
    found = interface(document.value)
    if found is None:
        yield contradicted("no-description", at=at, looked=looked, **said)
        return
    lacks = list(faults_of(found))
    for each in lacks[:MOST]:
        yield lacking(each.rule, at=at, looked=looked, **said, **dict(each.details))
    if len(lacks) > MOST:
        yield lacking("more", at=at, looked=looked, **said, count=len(lacks) - MOST)
    if not found.has_licence:
        yield lacking("no-licence", at=at, looked=looked, **said)
    elif not lacks:
        details = {"called": found.called, "version": found.version, "title": found.title, "parts": found.parts}
        yield met("described", at=at, looked=looked, **said, **details)


VERIFIER = Verifier(run=run)
