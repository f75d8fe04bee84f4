"""Somebody of the organisation that declares the project takes it over after the pilot.

Looks at `project.ownerAfter`: a person with a way to reach them, of the organisation `project.organisation`, by its
name or by the domain of the e-mail address. Someone of a supplier or of a partner does not count; of an organisation
that is named nowhere else, a person must say whether it is part of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration, called
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.parties import Party, outsiders, owner
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/ownerAfter"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at who takes over, and to whom they belong."""
    said = project.declaration.get(AT, {})
    if not said.get("name"):
        yield lacking("nobody", at=AT, method=Method.DECLARED)
        return
    if not (said.get("email") or said.get("url")):
        yield lacking("no-contact", at=AT, name=said["name"], method=Method.DECLARED)
    yield belonging(project.declaration)


def belonging(declaration: Declaration) -> Observation:
    """To whom the person belongs."""
    who, home = declaration.get(f"{AT}/name"), declaration.get(f"{AT}/organisation", "")
    city, theirs = owner(declaration), Party(pointer=AT, name=home)
    for each in (*outsiders(declaration, "suppliers"), *outsiders(declaration, "partners")):
        if theirs.is_same(each):
            return lacking("of-outsider", at=AT, name=who, organisation=home, place=called(each.pointer))
    if city is None:
        return lacking("no-city", at="/project/organisation", name=who, method=Method.DECLARED)
    if theirs.is_same(city) or (not home and is_at(declaration.get(f"{AT}/email", ""), city)):
        return met("of-city", at=AT, name=who, organisation=city.name)
    if not home:
        return lacking("no-organisation", at=AT, name=who, method=Method.DECLARED)
    return doubtful("of-other", at=AT, name=who, organisation=home, city=city.name)


def is_at(email: str, city: Party) -> bool:
    """Whether an e-mail address is under the domain of an organisation's web address."""
    domain, host = email.rpartition("@")[2].casefold(), host_of(city.uri)
    return bool(domain and host) and (domain == host or domain.endswith(f".{host}"))


def host_of(uri: str) -> str:
    """The host of a web address, without `www.`; nothing for what is none."""
    try:
        return (urlsplit(uri).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


VERIFIER = Verifier(run=run)
