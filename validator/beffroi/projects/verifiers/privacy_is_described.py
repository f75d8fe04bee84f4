"""The project says whether it processes personal data, and if so why, on what ground, how long and who answers for it.

Looks at `project.personalData`: `processed`, and where that is true `purposes`, `legalBasis`, `retention` (a period,
not `irregular`), `controller` and `dpo` (GDPR, articles 6, 13 and 37). Where it is false, no dataset may be declared
with personal data, nor the flag `personalData` be set. The data itself is not looked into here.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/personalData"
NEEDED = ("purposes", "legalBasis", "retention", "controller", "dpo")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at what is said of personal data."""
    processed = project.declaration.get(f"{AT}/processed")
    if processed is None:
        yield lacking("not-said", at=AT, method=Method.DECLARED)
    elif processed:
        yield from described(project)
    elif against := list(speaking_against(project)):
        yield contradicted("denied", at=f"{AT}/processed", places=", ".join(called(each) for each in against))
    else:
        yield met("none", at=f"{AT}/processed")


def described(project: Project) -> Iterator[Observation]:
    """Look at what must be said of personal data that is processed."""
    said = project.declaration.get(AT)
    missing = [key for key in NEEDED if not any(as_list(said.get(key)))]
    vague = said.get("retention") if said.get("retention") in {"continuous", "irregular", "never"} else None
    if missing:
        yield lacking("incomplete", at=AT, missing=", ".join(missing), method=Method.DECLARED)
    if vague:
        yield lacking("no-period", at=f"{AT}/retention", retention=vague)
    if not missing and not vague:
        yield met("described", at=AT, **{key: said[key] for key in ("legalBasis", "retention", "controller", "dpo")})


def as_list(value: object) -> list[object]:
    """A value as a list of what it holds."""
    return value if isinstance(value, list) else [value]


def speaking_against(project: Project) -> Iterator[str]:
    """The pointers of what says that personal data is processed."""
    if project.declaration.flag("personalData"):
        yield "/project/flags/personalData"
    for each in project.datasets:
        if each.value.get("containsPersonalData"):
            yield each.at("containsPersonalData")


VERIFIER = Verifier(run=run)
