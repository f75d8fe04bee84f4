"""The declaration of the project is published, and it is said where.

Looks at `project.public` and `project.publicAt`. Nobody looks at that address, so this is never more than declared. A
declaration that is not public needs a reason (`notPublicBecause`), which a person must look at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/public"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at whether it is public, and where, or why not."""
    public, address = project.declaration.get(AT), project.declaration.get("/project/publicAt")
    why = project.declaration.text("/project/notPublicBecause", project.lang)
    if public is None:
        yield lacking("not-said", at=AT, method=Method.DECLARED)
    elif public and not address:
        yield lacking("no-address", at="/project/publicAt", method=Method.DECLARED)
    elif public:
        yield met("public", at="/project/publicAt", address=address, method=Method.DECLARED)
    elif why:
        yield doubtful("not-public", at="/project/notPublicBecause", why=why, method=Method.DECLARED)
    else:
        yield lacking("no-reason", at=AT, method=Method.DECLARED)


VERIFIER = Verifier(run=run)
