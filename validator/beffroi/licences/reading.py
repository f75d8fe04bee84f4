"""Reads a register of licences, and adds it to the one below it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from beffroi.catalogue.definitions import bundled_root, errors_of_form
from beffroi.documents import Document, escaped, read_document
from beffroi.errors import UnusableFile
from beffroi.licences.folding import folded
from beffroi.licences.register import Body, Register, keys_of, names_of
from beffroi.model.licences import (
    DecreeList,
    Domain,
    Family,
    Licence,
    Missing,
    NotALicence,
    Obligation,
    Policy,
    Review,
    Source,
    Status,
)
from beffroi.values import dataclass

Thing = TypeVar("Thing")
Written = Mapping[str, Any]
Owner = tuple[str, str]
"""The section and the id of what a name belongs to."""
SECTIONS: Mapping[type, str] = {Licence: "licences", Family: "families", NotALicence: "notLicences"}


def extended(below: Register, file: Path) -> Register:
    """The register `below` with all that a file adds.

    Raises `UnusableFile` for a file that is not of the form of a register, that refers to what nobody knows, or that
    gives a name which means something else already. The form and the names of our own are tested instead.
    """
    ours = file.resolve().is_relative_to(bundled_root().resolve() / "standards")
    document = read_document(file, f"standards/{file.name}" if ours else None)
    if document.repeated:
        raise UnusableFile("repeated-key", where=document.path, key=document.repeated[0])
    for error in () if ours else errors_of_form(document, "licences"):
        raise error
    reader = Reader(below=below, document=document, given=document.value or {})
    found = reader.register()
    if not ours:
        reader.complain_about_names()
    return found


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Adds what one file gives to the register below it."""

    below: Register
    document: Document
    given: Written

    def register(self) -> Register:
        """Both in one; what a later section refers to is added first."""
        found = replace(self.below, sources={**self.below.sources, **dict(self.sources())})
        found = replace(found, bodies={**found.bodies, **dict(self.bodies(found))})
        found = replace(found, licences={**found.licences, **dict(self.licences(found))})
        found = replace(
            found,
            families={**found.families, **dict(self.families(found))},
            not_licences={**found.not_licences, **dict(self.not_licences())},
            directories=tuple(dict.fromkeys([*found.directories, *self.given.get("directories", ())])),
        )
        self.complain_about_references(found)
        for name in self.section("policies"):
            found = replace(found, policies={**found.policies, name: self.policy(name, found)})
        return found

    def section(self, name: str) -> Written:
        """A section of the file; none where it has none."""
        given: Written = self.given.get(name) or {}
        return given

    def sources(self) -> Iterator[tuple[str, Source]]:
        """Where facts come from."""
        return ((name, Source(**each)) for name, each in self.section("sources").items())

    def bodies(self, found: Register) -> Iterator[tuple[str, Body]]:
        """Who judges licences."""
        for name, each in self.section("bodies").items():
            source = self.known(found.sources, each["source"], f"/bodies/{name}/source")
            yield name, Body(name=each["name"], source=source)

    def licences(self, found: Register) -> Iterator[tuple[str, Licence]]:
        """New licences, and those below that are given further spellings."""
        for name, each in self.section("licences").items():
            if name.casefold() in self.below.by_id:
                raise UnusableFile("licence-taken", where=self.where(f"/licences/{name}"), name=name)
            yield name, self.licence(name, each, found)
        for name, aliases in self.section("aliases").items():
            licence = self.known(self.below.licences, name, f"/aliases/{name}")
            yield name, replace(licence, aliases=(*licence.aliases, *aliases))

    def licence(self, name: str, given: Written, found: Register) -> Licence:
        """One licence as written."""
        pointer = f"/licences/{name}"
        return Licence(
            id=name,
            name=given["name"],
            domains=tuple(map(Domain, given["domain"])),
            aliases=tuple(given.get("aliases", ())),
            former_ids=tuple(given.get("formerIds", ())),
            urls=tuple(given.get("urls", ())),
            obligations=tuple(map(Obligation, given.get("obligations", ()))),
            reviews=tuple(self.reviews(given.get("conformance", {}), found, pointer)),
            decree={country: DecreeList(each) for country, each in given.get("decree", {}).items()},
            replaced_by=given.get("replacedBy"),
            note=given.get("note"),
            sources=tuple(self.cited(given, found, pointer)),
        )

    def reviews(self, given: Written, found: Register, pointer: str) -> Iterator[Review]:
        """What bodies say of a licence, each with its own source or that of the body."""
        for name, each in given.items():
            body = self.known(found.bodies, name, f"{pointer}/conformance/{name}")
            if isinstance(each, str):
                yield Review(body=name, status=Status(each), source=body.source)
            else:
                source = self.known(found.sources, each["source"], f"{pointer}/conformance/{name}/source")
                yield Review(body=name, status=Status(each["status"]), source=source)

    def cited(self, given: Written, found: Register, pointer: str) -> Iterator[Source]:
        """The sources of something: written there, or by the name of one of the register."""
        for index, each in enumerate(given.get("sources", ())):
            if isinstance(each, str):
                yield self.known(found.sources, each, f"{pointer}/sources/{index}")
            else:
                yield Source(**each)

    def families(self, found: Register) -> Iterator[tuple[str, Family]]:
        """New families, and those below with further members and spellings."""
        for name, each in self.section("families").items():
            if "members" not in each:
                self.known(found.families, name, f"/families/{name}")
            missing = Missing(each.get("missing", Missing.VERSION))
            family = found.families.get(name, Family(id=name, missing=missing, members=()))
            yield (
                name,
                replace(
                    family,
                    members=both(family.members, each.get("members", ())),
                    aliases=both(family.aliases, each.get("aliases", ())),
                    urls=both(family.urls, each.get("urls", ())),
                ),
            )

    def not_licences(self) -> Iterator[tuple[str, NotALicence]]:
        """What people write instead of a licence; further spellings of what is below already."""
        for name, each in self.section("notLicences").items():
            below = self.below.not_licences.get(name, NotALicence(id=name, reason=each["reason"]))
            yield (
                name,
                NotALicence(
                    id=name,
                    reason=each["reason"],
                    silent=each.get("silent", below.silent),
                    aliases=both(below.aliases, each.get("aliases", ())),
                    urls=both(below.urls, each.get("urls", ())),
                ),
            )

    def policy(self, name: str, found: Register) -> Policy:
        """One policy, with what it takes over. One of the name of another must extend that one."""
        given, pointer = self.section("policies")[name], f"/policies/{name}"
        parent = given.get("extends")
        if name in self.below.policies and parent != name:
            raise UnusableFile("licences-policy-taken", where=self.where(pointer), name=name)
        above = self.known(found.policies, parent, f"{pointer}/extends") if parent else None
        accepts, refuses = given.get("accepts", ()), given.get("refuses", {})
        for each in (*accepts, *refuses):
            self.known(found.licences, each, pointer)
        return Policy(
            id=name,
            title=given["title"],
            description=given.get("description", above.description if above else None),
            domains=tuple(map(Domain, given.get("domain", above.domains if above else ()))),
            accepts=tuple(each for each in both(above.accepts if above else (), accepts) if each not in refuses),
            reasons={**(above.reasons if above else {}), **refuses},
            sources=(*(above.sources if above else ()), *self.cited(given, found, pointer)),
        )

    def complain_about_references(self, found: Register) -> None:
        """Raise `UnusableFile` where a member of a family, or what replaces a licence, is not in the register."""
        for name, each in self.section("licences").items():
            if each.get("replacedBy"):
                self.known(found.licences, each["replacedBy"], f"/licences/{name}/replacedBy")
        for name, each in self.section("families").items():
            for index, member in enumerate(each.get("members", ())):
                self.known(found.licences, member, f"/families/{name}/members/{index}")

    def complain_about_names(self) -> None:
        """Raise `UnusableFile` where one name or address would mean two things."""
        taken = {key: (SECTIONS[type(each)], each.id) for key, each in keys(self.below)}
        for key, text, owner, pointer in self.named():
            other = taken.setdefault(key, owner)
            if other != owner:
                details = {"name": text, "meant": owner[1], "other": other[1]}
                raise UnusableFile("licences-name-taken", where=self.where(pointer), **details)

    def named(self) -> Iterator[tuple[str, str, Owner, str]]:
        """Every name and address that the file gives: as compared, as written, to what, and where."""
        for section in SECTIONS.values():
            for owner, each in self.section(section).items():
                pointer = f"/{section}/{escaped(owner)}"
                yield folded(owner), owner, (section, owner), pointer
                for text, place in texts_of(each):
                    yield from ((key, text, (section, owner), f"{pointer}/{place}") for key in compared(text, place))
        for owner, aliases in self.section("aliases").items():
            for index, text in enumerate(aliases):
                yield folded(text), text, ("licences", owner), f"/aliases/{escaped(owner)}/{index}"

    def known(self, among: Mapping[str, Thing], name: str, pointer: str) -> Thing:
        """What is called so. Raises `UnusableFile` for a name that nobody knows."""
        if name not in among:
            near = difflib.get_close_matches(name, among, n=3, cutoff=0) or ["-"]
            raise UnusableFile("licences-unknown-name", where=self.where(pointer), name=name, known=", ".join(near))
        return among[name]

    def where(self, pointer: str) -> str:
        """How errors call a place in the file."""
        line = self.document.line(pointer)
        return f"{self.document.path}:{line}" if line else self.document.path


def both(theirs: Iterable[str], ours: Iterable[str]) -> tuple[str, ...]:
    """Two lists in one, each text once."""
    return tuple(dict.fromkeys([*theirs, *ours]))


def texts_of(given: Written) -> Iterator[tuple[str, str]]:
    """The names and addresses of something as written, each with its place there."""
    for key in ("formerIds", "aliases", "urls"):
        for index, text in enumerate(given.get(key, ())):
            yield text, f"{key}/{index}"
    for lang, text in given.get("name", {}).items():
        yield text, f"name/{lang}"


def compared(text: str, place: str) -> set[str]:
    """A name or an address as it is compared."""
    return keys_of(text) if place.startswith("urls/") else {folded(text)}


def keys(register: Register) -> Iterator[tuple[str, Any]]:
    """Every name and address of a register as it is compared, and what it means."""
    for each in register.meanings:
        yield from ((folded(name), each) for name in names_of(each))
        yield from ((key, each) for url in each.urls for key in keys_of(url))
