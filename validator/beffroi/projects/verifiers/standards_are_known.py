"""The software follows an open standard of its domain that the city knows.

Looks at `project.software[].supports`, and at `supports` of the publiccode.yml beside it: one `id` at least is in the
list that the requirement gives, in any case, with or without `alias:`. Whether the software really follows it is not
tried.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from beffroi.model.charter import Method
from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.projects.folding import folded, says
from beffroi.projects.licensing import listed
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.publiccode.files import mapping
from beffroi.projects.publiccode.judging import NAME, read
from beffroi.projects.software import AT, Software, beside, software_of
from beffroi.projects.verifiers import Options, Verifier

MOST = 200
"""How many standards of one software are looked at."""
LONGEST = 200


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the standards that each software is said to follow."""
    known = {key(each): name for each, name in options["known"].items()}
    declared = software_of(project)
    if not declared:
        yield lacking("no-software", at=AT)
        return
    named = {each.pointer: supported(project, each) for each in declared}
    telling = [each for each in declared if named[each.pointer]]
    if not telling:
        yield lacking("none", at=AT, method=Method.DECLARED, known=listed(tuple(options["known"])))
    for each in telling:
        yield judged(each, named[each.pointer], known, options["known"])


def key(text: str) -> str:
    """An id as it is compared."""
    return text.strip().casefold().removeprefix("alias:").rstrip("/")


def supported(project: Project, software: Software) -> tuple[str, ...]:
    """The ids of the standards that a software is said to follow."""
    own = [str(each.get("id", "")) for each in software.value.get("supports") or [] if each]
    return tuple(dict.fromkeys(each for each in [*own, *in_publiccode(project, software)] if each))[:MOST]


def in_publiccode(project: Project, software: Software) -> Iterator[str]:
    """The same of its publiccode.yml."""
    path = software.value.get("publiccode")
    located = project.locate(path) if path else beside(project, software, (NAME,)) if software.is_own else None
    document = read(located.file) if located and located.file and located.file.is_file() else None
    listed = None if document is None or isinstance(document, Fault) else mapping(document.value).get("supports")
    for each in listed[:MOST] if isinstance(listed, list) else ():
        if isinstance(found := mapping(each).get("id"), str):
            yield found


def judged(
    software: Software, named: tuple[str, ...], known: Mapping[str, str], written: Mapping[str, str]
) -> Observation:
    """What is said of one software."""
    at, said = software.at("supports"), {"software": software.name}
    found = [known[key(each)] for each in named if key(each) in known]
    others = tuple(each for each in named if key(each) not in known)
    if not found:
        near = [close for each in others for close in nearest(each, written)]
        if near:
            return lacking("perhaps", at=at, named=listed(others), meant=listed(tuple(dict.fromkeys(near))), **said)
        return lacking("unknown", at=at, named=listed(others), known=listed(tuple(written)), **said)
    names = ", ".join(dict.fromkeys(found))
    if others:
        return met("known-and-others", at=at, names=names, others=listed(others), **said)
    return met("known", at=at, names=names, **said)


def nearest(text: str, written: Mapping[str, str]) -> list[str]:
    """The id in the list that is nearest to what is written, if one is near; its name counts too."""
    forms = {key(form): each for each, name in written.items() for form in (each, name)}
    said = [each for form, each in forms.items() if says(folded(text[:LONGEST]), folded(form))]
    near = difflib.get_close_matches(key(text)[:LONGEST], forms, n=1, cutoff=0.7)
    return said[:1] or [forms[each] for each in near]


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "required": ["known"],
        "additionalProperties": False,
        "properties": {
            "known": {
                "type": "object",
                "description": "the open standards that the city knows: how each is called, by its id",
                "additionalProperties": {"type": "string", "minLength": 1},
            }
        },
    },
)
