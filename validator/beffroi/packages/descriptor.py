"""Reads the descriptor of a data package, version 1 or 2, leniently: what is wrong is told, what is clear is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import Document, read_document, shown
from beffroi.errors import UnusableFile
from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.standard import TableSchema
from beffroi.packages.inline import as_written
from beffroi.packages.metadata import RULE, against_form
from beffroi.packages.package import Package, PackageResource
from beffroi.packages.paths import Contents, named
from beffroi.packages.stamps import stamp_faults
from beffroi.tables.sources import FAMILIES, is_table_name
from beffroi.visible import quoted

NAMES = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
FIRST_VERSION = re.compile(r"/profiles/1")
SAID_OTHERWISE = {"json", "txt", "zip"}
TABLE_PROFILES = {"tabular-data-package", "tabular-data-resource"}


def find_descriptor(folder: Path) -> Path | None:
    """The descriptor that makes `folder` a data package, if it has one."""
    return next((folder / each for each in NAMES if (folder / each).is_file()), None)


def read_package(folder: Path, name: str, descriptor: str | None = None) -> Package | Fault:
    """Read the data package in `folder`, which reports call `name`; a fault when it is none.

    `descriptor` is the name of its descriptor, where that is not one of `NAMES`. Nothing is fetched over the network.
    Raises `CannotRead` for a file of it that cannot be opened.
    """
    file = folder / descriptor if descriptor else find_descriptor(folder)
    if file is None:
        return fault("not-a-package", "no-descriptor")
    try:
        document = read_document(file, f"{name}/{file.name}")
    except UnusableFile as error:
        return fault("not-a-package", "broken", file=file.name, **described(error))
    if not isinstance(document.value, dict):
        return fault("not-a-package", "not-an-object", file=file.name)
    return PackageReader(document, folder).read(file.name)


def described(error: UnusableFile) -> dict[str, str]:
    """The line and the column from which a file is broken, where they are known."""
    place = re.search(r":(\d+)(?::(\d+))?$", error.where or "")
    known = zip(("line", "column"), place.groups(), strict=True) if place else ()
    return {name: number for name, number in known if number}


def version_of(descriptor: Mapping[str, Any]) -> int:
    """The version of the specification: 2 where `$schema` names a profile that is not of version 1."""
    profile = descriptor.get("$schema")
    return 2 if isinstance(profile, str) and not FIRST_VERSION.search(profile) else 1


class PackageReader:
    """Reads one descriptor, collecting faults and the files it names on the way."""

    def __init__(self, document: Document, folder: Path) -> None:
        self.document = document
        self.folder = folder
        self.contents = Contents(folder)
        self.faults: list[Defect] = []
        self.named: set[Path] = set()

    def read(self, own: str) -> Package:
        """The package, with all its faults; `own` is the descriptor's file name."""
        self.faults.extend(repeated_keys(self.document, {}))
        self.faults.extend(against_form(self.document.value))
        resources = tuple(self.resources())
        self.faults.extend(repeated_names(resources))
        self.named.add(self.folder / own)
        self.faults.extend(self.undeclared())
        return Package(
            descriptor=self.document,
            folder=self.folder,
            version=version_of(self.document.value),
            resources=resources,
            faults=tuple(self.faults),
        )

    def resources(self) -> Iterator[PackageResource]:
        """Every resource that is an object."""
        given = self.document.value.get("resources")
        for index, each in enumerate(given if isinstance(given, list) else ()):
            if isinstance(each, dict):
                yield self.resource(each, f"/resources/{index}")

    def resource(self, given: Mapping[str, Any], pointer: str) -> PackageResource:
        """One resource; one without a name goes by its number."""
        shown = tuple(paths_of(given))
        paths = tuple(self.paths(given, pointer))
        resource = PackageResource(
            name=text(given.get("name")) or str(int(pointer.rpartition("/")[2]) + 1),
            pointer=pointer,
            paths=paths if len(paths) == len(shown) else (),
            shown=shown,
            data=None if shown else self.data(given, pointer),
            format=(text(given.get("format")) or "").lower().removeprefix(".") or None,
            encoding=text(given.get("encoding")),
            dialect=self.dialect(given.get("dialect"), f"{pointer}/dialect"),
            schema=self.schema(given.get("schema"), f"{pointer}/schema"),
            tabular=self.tabular(given),
            hash=hash_of(given.get("hash")),
            bytes=given["bytes"] if type(given.get("bytes")) is int else None,
        )
        self.faults.extend(stamp_faults(resource))
        return resource

    def data(self, given: Mapping[str, Any], pointer: str) -> list[Any] | str | None:
        """The inline rows, or inline text, of a resource."""
        if not isinstance(given.get("data"), list | str):
            return None
        rows: list[Any] | str = self.exact["resources"][int(pointer.rpartition("/")[2])]["data"]
        return rows

    @cached_property
    def exact(self) -> Any:
        """The descriptor with its numbers as they are written."""
        return as_written(self.document)

    def paths(self, given: Mapping[str, Any], pointer: str) -> Iterator[Path]:
        """The files of a resource that can be used."""
        listed = isinstance(given.get("path"), list)
        for index, each in enumerate(paths_of(given)):
            if file := self.locate(each, f"{pointer}/path/{index}" if listed else f"{pointer}/path"):
                yield file

    def locate(self, given: str, pointer: str) -> Path | None:
        """The file that a path means, if it can be used; what is wrong with the path is noted."""
        located = self.contents.locate(given)
        if located.fault:
            self.faults.append(Defect(fault=located.fault, pointer=pointer))
        if located.file:
            self.named.add(located.file)
        return located.file

    def dereferenced(self, given: Any, pointer: str) -> Mapping[str, Any] | None:
        """An object given in place, or as a file of the package."""
        if not isinstance(given, str):
            return given if isinstance(given, dict) else None
        file = self.locate(given, pointer)
        if file is None:
            return None
        try:
            document = read_document(file, given)
        except UnusableFile as error:
            found = fault(RULE, "broken-file", place=pointer, found=quoted(shown(given)), **described(error))
            self.faults.append(Defect(fault=found, pointer=pointer))
            return None
        self.faults.extend(repeated_keys(document, {"place": pointer}))
        if not isinstance(document.value, dict):
            found = fault(RULE, "wrong-type", place=pointer, found=quoted(shown(given)), expected="object")
            self.faults.append(Defect(fault=found, pointer=pointer))
            return None
        return document.value

    def schema(self, given: Any, pointer: str) -> TableSchema | None:
        """The table schema of a resource; what is wrong inside it is told by the schema itself."""
        found = self.dereferenced(given, pointer)
        return read_table_schema(found, pointer) if found and isinstance(found.get("fields"), list) else None

    def dialect(self, given: Any, pointer: str) -> Mapping[str, Any]:
        """How a resource is written; a dialect by format (`{"csv": {…}}`) counts as one for its format."""
        found = dict(self.dereferenced(given, pointer) or {})
        inner = found.pop("csv", None)
        return {**found, **inner} if isinstance(inner, dict) else found

    def tabular(self, given: Mapping[str, Any]) -> bool:
        """Whether a resource is a table: because it says so, has a schema, or its file's name tells."""
        profiles = {str(given.get("profile")), str(self.document.value.get("profile"))}
        if given.get("type") == "table" or profiles & TABLE_PROFILES:
            return True
        if isinstance(given.get("type"), str):
            return False
        if isinstance(given.get("schema"), dict | str):
            return True
        kind = (text(given.get("format")) or "").lower().removeprefix(".")
        if kind in SAID_OTHERWISE:
            return False
        names = paths_of(given)
        return kind in FAMILIES or any(is_data(each) for each in names)

    def undeclared(self) -> Iterator[Defect]:
        """Data files in the folder that nothing in the descriptor names."""
        for each in self.contents.files:
            if is_data(each) and self.folder / each not in self.named:
                yield Defect(fault=fault("undeclared-file", name=named(each)))


def paths_of(given: Mapping[str, Any]) -> list[str]:
    """The paths of a resource as written."""
    path = given.get("path")
    return [each for each in (path if isinstance(path, list) else [path]) if isinstance(each, str)]


def is_data(name: str) -> bool:
    """Whether a file of that name can only be a table."""
    return is_table_name(name) and name.lower().rpartition(".")[2] not in SAID_OTHERWISE


def text(given: Any) -> str | None:
    """A text, or nothing."""
    return given if isinstance(given, str) and given.strip() else None


def hash_of(given: Any) -> tuple[str, str] | None:
    """Algorithm and hex digest; MD5 where no algorithm is named (Data Resource, "hash")."""
    if not isinstance(given, str) or not given:
        return None
    algorithm, _, digest = given.rpartition(":")
    return (algorithm or "md5").lower(), digest.lower()


def repeated_keys(document: Document, place: Mapping[str, str]) -> Iterator[Defect]:
    """Keys that stand twice in one object; JSON leaves open which of them holds (RFC 8259, section 4)."""
    for each in document.repeated:
        yield Defect(fault=fault(RULE, "repeated-key", **place, found=named(each)), pointer=place.get("place", ""))


def repeated_names(resources: tuple[PackageResource, ...]) -> Iterator[Defect]:
    """Resources that have the name of an earlier one."""
    seen: set[str] = set()
    for each in resources:
        if each.name in seen:
            yield Defect(fault=fault("duplicate-resource", name=named(each.name)), pointer=f"{each.pointer}/name")
        seen.add(each.name)
