"""What is written in the files of a charter: `charter.yaml`, and one file a requirement beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from beffroi.catalogue.definitions import bundled_root, errors_of_form
from beffroi.catalogue.reading import fingerprint
from beffroi.documents import Document, read_document
from beffroi.errors import UnusableFile
from beffroi.values import dataclass

FILE = "charter.yaml"
REQUIREMENTS = "requirements"


@dataclass(frozen=True, kw_only=True)
class WrittenRequirement:
    """A requirement as its file says it, after tailoring: `value` is of `schemas/requirement.schema.json`."""

    path: str
    value: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class WrittenCharter:
    """A charter as its files say it; `value` is of `schemas/charter.schema.json`, `line` gives lines of its file.

    `parent` is the charter that it was merged with, if it is a profile; `excluded` are the requirements left out.
    """

    path: str
    folder: Path
    value: Mapping[str, Any]
    requirements: Mapping[str, WrittenRequirement]
    sha256: str
    line: Callable[[str], int | None]
    parent: WrittenCharter | None = None
    excluded: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.value["id"])

    @property
    def version(self) -> str:
        """Its version."""
        return str(self.value["version"])

    @property
    def name(self) -> str:
        """How it is called: `municipal@1.0.0`."""
        return f"{self.id}@{self.version}"

    def place(self, pointer: str) -> str:
        """File and line of what stands at a JSON Pointer."""
        line = self.line(pointer)
        return f"{self.path}:{line}" if line else self.path


def read_charter(file: Path) -> WrittenCharter:
    """The charter of a file, alone. Raises `UnusableFile` for one that is not of the form of a charter."""
    document = checked(file, "charter")
    folder = file.parent / REQUIREMENTS if file.name == FILE else None
    files = sorted(folder.glob("*.yaml")) if folder else []
    requirements = {each.stem: checked(each, "requirement") for each in files}
    return WrittenCharter(
        path=document.path,
        folder=file.parent,
        value=document.value,
        requirements={
            name: WrittenRequirement(path=each.path, value=each.value) for name, each in requirements.items()
        },
        sha256=fingerprint(document.text, *(each.text for each in requirements.values())),
        line=document.line,
        excluded={},
    )


def checked(file: Path, kind: str) -> Document:
    """A file of a kind, whose form is as its JSON Schema says; raises `UnusableFile`."""
    ours = bundled_root()
    bundled = file.resolve().is_relative_to(ours / "charter")
    document = read_document(file, file.resolve().relative_to(ours).as_posix() if bundled else None)
    if document.repeated:
        raise UnusableFile("repeated-key", where=document.path, key=document.repeated[0])
    if not bundled:  # ours are tested instead: judging them all takes longer than judging a project
        for error in errors_of_form(document, kind):
            raise error
    return document
