"""Reads our own standards as written: `standard.yaml` and the Table Schemas beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from beffroi.catalogue.reading import fingerprint, inside
from beffroi.documents import Document, JsonSchema, read_document
from beffroi.errors import UnusableFile
from beffroi.values import dataclass

FILE = "standard.yaml"
FORM = {
    "required": "form-missing-key",
    "additionalProperties": "form-unknown-key",
    "type": "form-wrong-type",
    "enum": "form-not-listed",
}
"""Which error a broken keyword of a JSON Schema is told as; the others as `form-other`."""


def bundled_root() -> Path:
    """Where our own standards, schemas and charters are: inside the installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled"
    return installed if installed.is_dir() else package.parents[1]


@dataclass(frozen=True, kw_only=True)
class WrittenSchema:
    """A Table Schema as written, in `file`; `line` gives the line of a JSON Pointer."""

    descriptor: Mapping[str, Any]
    file: str
    line: Callable[[str], int | None]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A standard as written in its folder: `descriptor` is its `standard.yaml`, `schemas` are by resource.

    `path` is how reports call the file; `parent` is the definition that it was merged with, if it extends one.
    """

    folder: Path
    path: str
    descriptor: Mapping[str, Any]
    schemas: Mapping[str, WrittenSchema]
    sha256: str
    line: Callable[[str], int | None]
    parent: Definition | None = None


def read_definition(folder: Path) -> Definition:
    """The standard of a folder, alone. Raises `UnusableFile` for one that is not of the form of a standard."""
    file, ours = folder / FILE, bundled_root()
    bundled = file.resolve().is_relative_to(ours / "standards")
    document = read_document(file, file.resolve().relative_to(ours).as_posix() if bundled else None)
    complain_about_form(document, bundled=bundled)
    schemas = {
        each["name"]: read_document(inside(folder, each["schema"]))
        for each in document.value.get("resources", ())
        if each.get("schema")
    }
    return Definition(
        folder=folder,
        path=document.path,
        descriptor=document.value,
        schemas={
            name: written(schema, extending=bool(document.value.get("extends"))) for name, schema in schemas.items()
        },
        sha256=fingerprint(document.text, *(schema.text for schema in schemas.values())),
        line=document.line,
    )


def written(document: Document, *, extending: bool) -> WrittenSchema:
    """The Table Schema that a file holds; only one that extends another may do without fields."""
    value = document.value
    if not isinstance(value, dict) or not isinstance(value.get("fields", [] if extending else None), list):
        raise UnusableFile("not-a-schema", where=document.path)
    return WrittenSchema(descriptor=value, file=Path(document.path).name, line=document.line)


def complain_about_form(document: Document, *, bundled: bool) -> None:
    """Raise `UnusableFile` where a `standard.yaml` is not what its JSON Schema says; ours are tested instead."""
    if document.repeated:
        raise UnusableFile("repeated-key", where=document.path, key=document.repeated[0])
    if bundled:
        return
    for error in errors_of_form(document, "standard"):
        raise error


def errors_of_form(document: Document, kind: str) -> Iterator[UnusableFile]:
    """Every way in which one of our files is not what the JSON Schema of its kind says, each with its line."""
    for problem in compiled_form(kind).problems(document.value):
        line = document.line(problem.pointer)
        yield UnusableFile(
            FORM.get(problem.keyword, "form-other"),
            where=f"{document.path}:{line}" if line else document.path,
            place=problem.pointer or "/",
            expected=problem.expected,
            found=problem.found,
            form=kind,
        )


@cache
def compiled_form(kind: str) -> JsonSchema:
    """The JSON Schema of one of our file kinds, compiled once."""
    return JsonSchema(form_of(kind))


@cache
def form_of(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of one of our file kinds."""
    schema: Mapping[str, Any] = read_document(bundled_root() / "schemas" / f"{kind}.schema.json").value
    return schema
