"""Reads files of others that define a standard: a Table Schema, a Data Package descriptor or profile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beffroi.catalogue.custom_checks import translated
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import Document, read_document
from beffroi.errors import UnusableFile
from beffroi.model.faults import Defect, fault
from beffroi.model.standard import CheckUse, ResourceRules, Standard, TableSchema


def standard_from_file(path: Path) -> Standard:
    """A standard from any file of others that defines one. Raises `UnusableFile` for a file that does not."""
    document = read_document(path)
    value = document.value
    if not isinstance(value, dict):
        raise UnusableFile("not-a-standard", where=document.path)
    if isinstance(value.get("fields"), list):
        return from_table_schema(document)
    if isinstance(value.get("resources"), list) and any(has_schema(each) for each in value["resources"]):
        return from_package(document)
    if isinstance(value.get("properties"), dict) or "allOf" in value:
        return from_profile(document)
    raise UnusableFile("not-a-standard", where=document.path)


def has_schema(resource: Any) -> bool:
    """Whether a resource of a descriptor says what its table must be."""
    return isinstance(resource, dict) and isinstance(resource.get("schema"), dict | str)


def fingerprint(*texts: str) -> str:
    """SHA-256 of the files that make a standard."""
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def text_or_none(given: Any) -> str | None:
    """A text, or nothing."""
    return given if isinstance(given, str) and given else None


def from_table_schema(document: Document) -> Standard:
    """A plain Table Schema, or one of schema.data.gouv.fr with its `custom_checks`."""
    value = document.value
    schema = read_table_schema(value, line=document.line)
    checks, defects = custom_checks(value)
    name = text_or_none(value.get("name")) or Path(document.path).stem
    return Standard(
        id=name,
        version=text_or_none(value.get("version")),
        path=document.path,
        sha256=fingerprint(document.text),
        title=value.get("title"),
        descriptor=value,
        resources=(ResourceRules(name=name, schema=schema, checks=checks),),
        defects=(*repeated_keys(document), *defects),
    )


def repeated_keys(document: Document) -> Iterator[Defect]:
    """Keys that stand twice, of which only the last is heeded."""
    for key in document.repeated:
        yield Defect(fault=fault("standard-repeated-key", key=key))


def custom_checks(value: Mapping[str, Any]) -> tuple[tuple[CheckUse, ...], tuple[Defect, ...]]:
    """The `custom_checks` of a French national schema."""
    given = value.get("custom_checks", [])
    uses, defects = [], []
    for index, each in enumerate(given if isinstance(given, list) else ()):
        pointer = f"/custom_checks/{index}"
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            defects.append(Defect(fault=fault("standard-bad-key", key="custom_checks"), pointer=pointer))
            continue
        params = each.get("params")
        check, options = translated(each["name"], params if isinstance(params, dict) else {})
        uses.append(CheckUse(check=check, options=options, pointer=pointer))
    return tuple(uses), tuple(defects)


def from_package(document: Document) -> Standard:
    """A Data Package descriptor, whose resources' schemas are the rules."""
    value, folder = document.value, Path(document.path).parent
    resources, texts = [], [document.text]
    for index, each in enumerate(value["resources"]):
        if not has_schema(each):
            continue
        if isinstance(each["schema"], str):
            file = read_document(inside(folder, each["schema"]))
            schema = schema_in(file, each["schema"])
            texts.append(file.text)
        else:
            schema = read_table_schema(each["schema"], f"/resources/{index}/schema", line=document.line)
        resources.append(ResourceRules(name=str(each.get("name", index)), schema=schema))
    return Standard(
        id=text_or_none(value.get("name")) or Path(document.path).stem,
        version=text_or_none(value.get("version")),
        path=document.path,
        sha256=fingerprint(*texts),
        title=value.get("title"),
        descriptor=value,
        resources=tuple(resources),
        defects=tuple(repeated_keys(document)),
    )


def schema_in(document: Document, name: str) -> TableSchema:
    """The Table Schema that a file of a package holds, called `name` there; raises `UnusableFile` for another file."""
    if not isinstance(document.value, dict) or not isinstance(document.value.get("fields"), list):
        raise UnusableFile("not-a-schema", where=document.path)
    return read_table_schema(document.value, line=document.line, file=name)


def inside(folder: Path, name: str) -> Path:
    """The file `name` of `folder`; raises `UnusableFile` for a path that leads out of it, or away over the network."""
    path = folder / name
    if "\0" in name or "://" in name or Path(name).is_absolute() or not path.resolve().is_relative_to(folder.resolve()):
        raise UnusableFile("leads-out", where=folder.as_posix(), name=name)
    return path


def from_profile(document: Document) -> Standard:
    """A Data Package profile: a JSON Schema that a descriptor must satisfy."""
    return Standard(
        id=text_or_none(document.value.get("name")) or Path(document.path).stem,
        version=text_or_none(document.value.get("version")),
        path=document.path,
        sha256=fingerprint(document.text),
        title=document.value.get("title"),
        descriptor=document.value,
        package=document.value,
        resources=(),
    )
