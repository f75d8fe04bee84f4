"""The software that was made for the project, or funded by it, is published under a free licence that the city accepts.

Looks at each `project.software` but what is declared as not `developedFor` the project: where it is published
(`codeRepository` or `path`), whether the policy of the register accepts its `license`, and whether the licence file
(`licenseFile`, or LICENSE, LICENCE, COPYING beside it) is its text, or names it. What lies in a repository on
the web is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.licences.recognising import licence_of_file
from beffroi.model.charter import Method
from beffroi.model.faults import reason
from beffroi.model.project import Observation
from beffroi.projects.licensing import listed
from beffroi.projects.observing import contradicted, doubtful, lacking, met, unusable
from beffroi.projects.policies import accepted_ids, is_among
from beffroi.projects.project import Located, Project
from beffroi.projects.software import Software, beside, none_of, own_software, possible
from beffroi.projects.verifiers import Options, Verifier

NAMES = ("LICENSE", "LICENCE", "COPYING", "UNLICENSE")


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at each piece of the project's own software."""
    accepted = accepted_ids([options["policy"]], project.register)
    own = own_software(project)
    if not own:
        yield none_of(project)
    for each in own:
        found = [*unpublished(each), *unaccepted(project, each, accepted)]
        yield from found or [licensed(project, each)]


def unpublished(software: Software) -> Iterator[Observation]:
    """What is said where nobody knows where the code is."""
    if not software.value.get("codeRepository") and not software.value.get("path"):
        yield lacking("unpublished", at=software.pointer, software=software.name, method=Method.DECLARED)


def unaccepted(project: Project, software: Software, accepted: tuple[str, ...]) -> Iterator[Observation]:
    """A licence that is missing, unknown or not accepted."""
    licence = software.value.get("license")
    if not licence:
        yield lacking("no-licence", at=software.pointer, software=software.name, method=Method.DECLARED)
        return
    said = {"at": software.at("license"), "software": software.name, "licence": licence}
    if not possible(licence, project.register):
        yield lacking("unknown-licence", **said)
    elif not is_among(licence, accepted, project.register):
        yield lacking("not-accepted", **said, accepted=listed(accepted))


def licensed(project: Project, software: Software) -> Observation:
    """Whether the licence file says the same as the declaration."""
    named = software.value.get("licenseFile")
    located = project.locate(named) if named else beside(project, software, NAMES)
    at, said = software.at("license"), {"software": software.name, "licence": software.value["license"]}
    if located is None and software.value.get("codeRepository"):
        return met("on-the-web", at=at, method=Method.DECLARED, url=software.value["codeRepository"], **said)
    if located is None:
        return lacking("no-licence-file", at=at, **said)
    if located.file is None or not located.file.is_file():
        return unusable(located.path, located.fault or reason("missing-file"), software.at("licenseFile"))
    return agreeing(project, software, located)


def agreeing(project: Project, software: Software, located: Located) -> Observation:
    """The licence that a file is, beside the one that is declared."""
    written = software.value["license"]
    answer = licence_of_file(located.file, project.register) if located.file else None
    said = {"software": software.name, "licence": written, "path": located.path}
    at, looked = software.at("license"), project.looked(located)
    if not answer or not answer.possible:
        return doubtful("text-unknown", at=at, looked=looked, **said)
    if not possible(written, project.register) & frozenset(answer.possible):
        return contradicted("text-of-other", at=at, looked=looked, **said, found=listed(answer.possible))
    return met("free", at=at, looked=looked, **said)


POLICY = {"type": "string", "minLength": 1, "description": "a policy of the register of licences"}
VERIFIER = Verifier(
    run=run,
    options={"type": "object", "required": ["policy"], "additionalProperties": False, "properties": {"policy": POLICY}},
)
