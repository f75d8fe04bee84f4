"""Whatever the software needs that is not free has a way out.

Looks at `project.software[].dependsOn.proprietary`: each entry is `optional`, or names an `alternative` that is not
itself one of them. Where the software has a publiccode.yml, nothing that is listed there as proprietary is missing
here. Whether the alternative would do is not judged, nor what the code itself uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.projects.folding import folded
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.publiccode.files import mapping
from beffroi.projects.publiccode.judging import NAME, read
from beffroi.projects.software import AT, Software, beside, software_of
from beffroi.projects.verifiers import Options, Verifier

MOST = 50
"""How many dependencies of one software are told."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at what each software needs."""
    declared = software_of(project)
    if not declared:
        yield lacking("no-software", at=AT)
    for each in declared:
        found = [*unlisted(project, each), *dependent(project, each)]
        yield from found or [lacking("untold", at=each.pointer, software=each.name)]


def dependent(project: Project, software: Software) -> Iterator[Observation]:
    """What is said of each dependency that is not free."""
    if "dependsOn" not in software.value:
        return
    listed = proprietary(project, software)
    names = {folded(each.get("name", "")) for each in listed.values()}
    for pointer, each in list(listed.items())[:MOST]:
        yield way_out(software, each, names, pointer)
    if not listed:
        yield met("none", at=f"{software.pointer}/dependsOn", software=software.name)


def way_out(software: Software, dependency: Mapping[str, Any], names: set[str], at: str) -> Observation:
    """What is said of one."""
    said = {"software": software.name, "name": dependency.get("name", "?")}
    alternative = dependency.get("alternative")
    if not alternative:
        return (
            met("optional", at=at, **said) if dependency.get("optional") else lacking("no-alternative", at=at, **said)
        )
    if folded(alternative) in names:
        return lacking("alternative-not-free", at=f"{at}/alternative", alternative=alternative, **said)
    return met("alternative", at=f"{at}/alternative", alternative=alternative, **said)


def unlisted(project: Project, software: Software) -> Iterator[Observation]:
    """What the publiccode.yml lists as proprietary, and the declaration does not."""
    named = software.value.get("publiccode")
    located = project.locate(named) if named else beside(project, software, (NAME,)) if software.is_own else None
    document = read(located.file) if located and located.file and located.file.is_file() else None
    if document is None or isinstance(document, Fault):
        return
    needs = mapping(mapping(document.value).get("dependsOn")).get("proprietary")
    known = {folded(each.get("name", "")) for each in proprietary(project, software).values()}
    for each in needs[:MOST] if isinstance(needs, list) else ():
        name = mapping(each).get("name")
        if located and isinstance(name, str) and folded(name) not in known:
            said = {"software": software.name, "name": name, "path": located.path}
            yield contradicted("unlisted", at=software.at("dependsOn"), looked=project.looked(located), **said)


def proprietary(project: Project, software: Software) -> dict[str, Mapping[str, Any]]:
    """The dependencies that are declared as not free, by their pointers."""
    return dict(project.declaration.each(f"{software.pointer}/dependsOn/proprietary"))


VERIFIER = Verifier(run=run)
