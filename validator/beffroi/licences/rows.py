"""Reads a table of what may be made of what, and adds it to the one below it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from beffroi.catalogue.definitions import bundled_root, errors_of_form
from beffroi.documents import Document, read_document
from beffroi.errors import UnusableFile
from beffroi.licences.compatibility import Table
from beffroi.model.compatibility import ANY, SAME, Certainty, Extra, Form, LicenceClass, Row, Use, Verdict
from beffroi.model.licences import Obligation, Source
from beffroi.values import dataclass

Written = Mapping[str, Any]
KIND = "licence-compatibility"


def extended(below: Table, file: Path) -> Table:
    """The table `below` with all that a file adds.

    Raises `UnusableFile` for a file that is not of the form of a table, that names a source, class or group that is
    nowhere, puts a licence into a second class, or has a row of an id that is taken.
    """
    ours = bundled_root() / "standards"
    bundled = file.resolve().is_relative_to(ours.resolve())
    document = read_document(file, f"standards/{file.name}" if bundled else None)
    if document.repeated:
        raise UnusableFile("repeated-key", where=document.path, key=document.repeated[0])
    for error in () if bundled else errors_of_form(document, KIND):
        raise error
    return Reader(below=below, document=document, given=document.value or {}).table()


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Adds what one file gives to the table below it."""

    below: Table
    document: Document
    given: Written

    def table(self) -> Table:
        """Both in one. Our own entries come first, so that a form of a city outweighs a bundled one."""
        sources = {**self.below.sources, **{name: Source(**each) for name, each in self.section("sources").items()}}
        groups = {**self.below.groups, **{name: tuple(each) for name, each in self.section("groups").items()}}
        found = replace(
            self.below, classes={**self.below.classes, **dict(self.classes())}, groups=groups, sources=sources
        )
        self.complain_about_groups(found)
        return replace(
            found,
            rows=(*self.below.rows, *self.rows(found)),
            forms=(*self.forms(found), *self.below.forms),
            reserved=tuple(dict.fromkeys([*self.below.reserved, *self.given.get("reserved", ())])),
        )

    def section(self, name: str) -> Written:
        """A section of the file; none where it has none."""
        given: Written = self.given.get(name) or {}
        return given

    def classes(self) -> Iterator[tuple[str, LicenceClass]]:
        """New classes, and those below with further licences."""
        taken = dict(self.below.class_of)
        for name, each in self.section("classes").items():
            for licence in each["licences"]:
                if taken.setdefault(licence, name) != name:
                    details = {"licence": licence, "known": taken[licence]}
                    raise UnusableFile("compatibility-two-classes", where=self.where(f"/classes/{name}"), **details)
            below = self.below.classes.get(name)
            licences = tuple(dict.fromkeys([*(below.licences if below else ()), *each["licences"]]))
            title = each.get("title", below.title if below else {"en": name, "fr": name})
            yield name, LicenceClass(id=name, title=title, licences=licences)

    def complain_about_groups(self, found: Table) -> None:
        """Raise `UnusableFile` where a group names a class that is nowhere, or is called like one."""
        for name, each in self.section("groups").items():
            for kind in each:
                self.known(found.classes, kind, f"/groups/{name}")

    def rows(self, found: Table) -> Iterator[Row]:
        """The rows of the file."""
        taken = {each.id for each in self.below.rows}
        for index, each in enumerate(self.given.get("rows") or ()):
            pointer = f"/rows/{index}"
            if each["id"] in taken:
                raise UnusableFile("compatibility-row-taken", where=self.where(pointer), name=each["id"])
            taken.add(each["id"])
            for key in ("from", "to"):
                self.complain_about_names(each[key], found, f"{pointer}/{key}")
            yield self.row(each, found, pointer)

    def row(self, given: Written, found: Table, pointer: str) -> Row:
        """One row as written."""
        return Row(
            id=given["id"],
            sources=tuple(given["from"]),
            results=tuple(given["to"]),
            uses=tuple(map(Use, given["use"])),
            verdict=Verdict(given["verdict"]),
            certainty=Certainty(given["certainty"]),
            why=given["why"],
            cited=tuple(self.cited(given, found, pointer)),
            mixed=given.get("mixed", False),
            adds=tuple(map(Extra, given.get("adds", ()))),
            lifts=tuple(map(Obligation, given.get("lifts", ()))),
        )

    def complain_about_names(self, names: list[str], found: Table, pointer: str) -> None:
        """Raise `UnusableFile` where a name in small letters is no class, group or licence of one.

        A licence in no class may be named too: whether it is in the register is not known here.
        """
        known = {ANY, SAME, *found.classes, *found.groups, *found.class_of}
        for each in names:
            if each not in known and each == each.lower():
                self.known(dict.fromkeys(known), each, pointer)

    def forms(self, found: Table) -> Iterator[Form]:
        """How sources are to be named."""
        for index, each in enumerate(self.given.get("attributions") or ()):
            cited = tuple(self.cited(each, found, f"/attributions/{index}"))
            yield Form(licences=tuple(each["for"]), text=each["text"], changed=each.get("changed"), cited=cited)

    def cited(self, given: Written, found: Table, pointer: str) -> Iterator[Source]:
        """The sources of something: written there, or by the name of one of the table."""
        for index, each in enumerate(given["sources"]):
            if isinstance(each, str):
                self.known(found.sources, each, f"{pointer}/sources/{index}")
                yield found.sources[each]
            else:
                yield Source(**each)

    def known(self, among: Mapping[str, Any], name: str, pointer: str) -> None:
        """Raise `UnusableFile` for a name that nobody knows."""
        if name not in among:
            near = difflib.get_close_matches(name, among, n=3, cutoff=0) or ["-"]
            raise UnusableFile(
                "compatibility-unknown-name", where=self.where(pointer), name=name, known=", ".join(near)
            )

    def where(self, pointer: str) -> str:
        """How errors call a place in the file."""
        line = self.document.line(pointer)
        return f"{self.document.path}:{line}" if line else self.document.path
