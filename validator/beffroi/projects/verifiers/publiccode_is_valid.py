"""The project's own software is described by a publiccode.yml that is valid.

Looks at the file that `project.software[].publiccode` names, or at the publiccode.yml beside the software: whether it
is as the standard asks, version 0 (to 0.7) or the draft of version 1, key by key; whether the pictures that it names
are there; whether it names the same licence and repository as the declaration. Deprecated keys are told, and do no
harm. What only the web can tell is not looked at: whether addresses answer, whether videos can be embedded, which
Italian administrations there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.model.faults import Fault, reason
from beffroi.model.levels import Level
from beffroi.model.project import Looked, Observation
from beffroi.projects.observing import contradicted, doubtful, lacking, met, unseen, unusable
from beffroi.projects.project import Located, Project
from beffroi.projects.publiccode.files import mapping
from beffroi.projects.publiccode.flaw import Flaw
from beffroi.projects.publiccode.judging import NAME, flaws, read
from beffroi.projects.software import Software, beside, none_of, own_software, possible
from beffroi.projects.verifiers import Options, Verifier

MOST = 10
"""How many errors of one file are told, and how many of what ought to change."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the publiccode.yml of each piece of the project's own software."""
    own = own_software(project)
    if not own:
        yield none_of(project)
    for each in own:
        named = each.value.get("publiccode")
        located = project.locate(named) if named else beside(project, each, (NAME,))
        if located:
            yield from seen(project, each, located)
        else:
            yield lacking("no-publiccode", at=each.pointer, software=each.name)


def seen(project: Project, software: Software, located: Located) -> Iterator[Observation]:
    """What there is to say of one file."""
    at = software.at("publiccode")
    if located.file is None or not located.file.is_file():
        yield unusable(located.path, located.fault or reason("missing-file"), at)
        return
    document = read(located.file, project.lang)
    if isinstance(document, Fault):
        yield unread(project, located, document, at)
        return
    looked = project.looked(located)
    found = flaws(document, located.file.parent, project.register)
    errors = [each for each in found if each.level is Level.MUST]
    yield from told(errors, located, looked, at)
    differing = list(differences(project, software, mapping(document.value), looked))
    yield from differing
    if not errors and not differing:
        yield from sound(document.value, found, located, looked, at)


def unread(project: Project, located: Located, because: Fault, at: str) -> Observation:
    """What is said of a file that is no YAML in UTF-8."""
    details: dict[str, Any] = {**dict(because.details), "path": located.path}
    if because.rule in {"not-utf-8", "not-well-formed"}:
        details["where"] = details["where"].replace(NAME, located.path, 1)
        return lacking(because.rule, at=at, looked=project.looked(located), **details)
    if because.rule == "too-many-values":
        return unseen(because.rule, at=at, looked=project.looked(located), **details)
    return unusable(located.path, because, at)


def told(errors: Sequence[Flaw], located: Located, looked: Looked, at: str) -> Iterator[Observation]:
    """The first errors, and how many more there are."""
    for each in errors[:MOST]:
        details: dict[str, Any] = dict(each.because.details)
        where = f"{located.path}:{each.line or 1}"
        yield lacking(each.because.rule, at=at, looked=looked, line=each.line, where=where, **details)
    if len(errors) > MOST:
        yield lacking("more-errors", at=at, looked=looked, path=located.path, count=len(errors) - MOST)


def sound(
    value: Mapping[str, Any], found: Sequence[Flaw], located: Located, looked: Looked, at: str
) -> Iterator[Observation]:
    """What is said of a valid file: that it is, and what in it ought to change."""
    yield met("valid", at=at, looked=looked, path=located.path, version=value["publiccodeYmlVersion"])
    for each in found[:MOST]:
        details: dict[str, Any] = dict(each.because.details)
        where = f"{located.path}:{each.line or 1}"
        yield met(each.because.rule, at=at, looked=looked, line=each.line, where=where, **details)


def differences(
    project: Project, software: Software, value: Mapping[str, Any], looked: Looked
) -> Iterator[Observation]:
    """Where the file says otherwise than the declaration: another licence, or another repository."""
    declared, written = software.value.get("license"), mapping(value.get("legal")).get("license")
    if declared and isinstance(written, str):
        meant, other = possible(declared, project.register), possible(written, project.register)
        if meant and other and not meant & other:
            said = {"licence": declared, "found": written, "path": looked.path}
            yield contradicted("other-licence", at=software.at("license"), looked=looked, **said)
    home, url = software.value.get("codeRepository"), value.get("url")
    if home and isinstance(url, str) and bare(home) != bare(url):
        said = {"url": home, "found": url, "path": looked.path}
        yield doubtful("other-repository", at=software.at("codeRepository"), looked=looked, **said)


def bare(url: str) -> str:
    """An address of a repository without what makes no difference."""
    return url.casefold().partition("://")[2].rstrip("/").removesuffix(".git").removeprefix("www.")


VERIFIER = Verifier(run=run)
