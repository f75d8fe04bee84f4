"""Finds what a path of others defines: the table schemas of a repository, a package, or a file, and their examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from beffroi.catalogue.reading import inside
from beffroi.deliveries import visible_file
from beffroi.documents import Document, read_document
from beffroi.errors import BeffroiError, NoSuchInput, UnusableFile
from beffroi.tables.sources import is_table_name
from beffroi.values import dataclass

FIRST = ("datapackage.json", "datapackage.yaml", "schema.json", "schema.yaml")
ENDINGS = (".json", ".yaml", ".yml")
PROSE = ("README", "CHANGELOG")
LIKE_EXAMPLES = ("exemple", "example", "valid", "invalid", "test")
MOST_FILES = 2000
"""How many files of a repository are looked through."""
LARGEST = 5 << 20
"""The most bytes of an example, or of a text, that is copied."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """What was found: `top` tells of the whole, `tables` are the Table Schemas by name, as written.

    `data` are the files that go with the tables of a package, `profile` is what its descriptor must satisfy, `absent`
    names tables whose schema is not there.
    """

    path: Path
    folder: Path
    top: Mapping[str, Any]
    tables: Mapping[str, Mapping[str, Any]]
    data: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, Any] | None = None
    absent: tuple[str, ...] = ()


def located(path: Path) -> Located:
    """What `path` defines. Raises `NoSuchInput`, or `UnusableFile` for a path at which no table is described."""
    if not path.exists():
        raise NoSuchInput("no-such-input", where=path.as_posix())
    if not path.is_dir():
        return in_document(read_document(path), path)
    for name in FIRST:
        if (path / name).is_file() and (found := if_usable(path / name)):
            return found
    return in_folder(path)


def if_usable(file: Path) -> Located | None:
    """What a file defines, if it defines tables."""
    try:
        return in_document(read_document(file), file)
    except BeffroiError:
        return None


def in_folder(folder: Path) -> Located:
    """The only usable file of a folder, or all of its table schemas together, with the profile among them."""
    files = [each for each in sorted(folder.iterdir()) if each.is_file() and each.suffix.lower() in ENDINGS]
    found = [usable for each in files if (usable := if_usable(each))]
    if not found:
        raise UnusableFile("not-importable", where=folder.as_posix())
    profiles = [each for each in found if each.profile]
    schemas = [each for each in found if not each.profile]
    if profiles:
        return profiles[0]
    tables = {name: schema for each in schemas for name, schema in each.tables.items()}
    return (
        found[0] if len(found) == 1 else Located(path=folder, folder=folder, top={"name": folder.name}, tables=tables)
    )


def in_document(document: Document, path: Path) -> Located:
    """What one file defines."""
    value = document.value
    if is_table_schema(value):
        return of_table_schema(value, path)
    if isinstance(value, dict) and isinstance(value.get("resources"), list):
        return in_package(value, path)
    if isinstance(value, dict) and is_profile(value):
        return in_profile(value, path)
    raise UnusableFile("not-importable", where=document.path)


def in_package(value: Mapping[str, Any], path: Path) -> Located:
    """The tables of a package, whose schemas stand in its descriptor or in files beside it."""
    tables, data, absent = {}, {}, []
    for index, each in enumerate(value["resources"]):
        if not isinstance(each, dict) or not isinstance(each.get("schema"), dict | str):
            continue
        name = str(each.get("name") or f"table-{index + 1}")
        schema = schema_of(each["schema"], path.parent)
        if schema is None:
            absent.append(name)
            continue
        tables[name] = {"title": each.get("title"), "description": each.get("description"), **schema}
        if isinstance(each.get("path"), str):
            data[name] = each["path"]
    if not tables:
        raise UnusableFile("not-importable", where=path.as_posix())
    return Located(path=path, folder=path.parent, top=value, tables=tables, data=data, absent=tuple(absent))


def schema_of(given: Any, folder: Path) -> Mapping[str, Any] | None:
    """The schema of a resource, as written or from a file of the folder; `None` if it is not there."""
    value = given
    if isinstance(given, str):
        file = local(given, folder)
        try:
            value = read_document(file).value if file else None
        except BeffroiError:
            return None
    return value if is_table_schema(value) else None


def is_profile(value: Mapping[str, Any]) -> bool:
    """Whether a JSON Schema is about data packages: it speaks of resources, or is built upon their own."""
    properties = value.get("properties")
    about = isinstance(properties, dict) and "resources" in properties
    return about or ("allOf" in value and "package" in str(value["allOf"])[:10_000])


def in_profile(value: Mapping[str, Any], path: Path) -> Located:
    """A profile, with the table schemas that stand beside it."""
    beside = [each for each in sorted(path.parent.iterdir()) if each != path and each.suffix.lower() in ENDINGS]
    found = [usable for each in beside if each.is_file() and (usable := if_usable_schema(each))]
    tables = {name: schema for each in found for name, schema in each.tables.items()}
    if not tables:
        raise UnusableFile("not-importable", where=path.as_posix())
    top = {key: value[key] for key in ("name", "title", "description", "version") if key in value}
    return Located(path=path, folder=path.parent, top=top, tables=tables, profile=value)


def if_usable_schema(file: Path) -> Located | None:
    """A Table Schema in a file, if there is one."""
    try:
        value = read_document(file).value
    except BeffroiError:
        return None
    return of_table_schema(value, file) if is_table_schema(value) else None


def is_table_schema(value: Any) -> bool:
    """Whether a value is a Table Schema."""
    return isinstance(value, dict) and isinstance(value.get("fields"), list)


def of_table_schema(value: Mapping[str, Any], path: Path) -> Located:
    """The only table of a Table Schema."""
    name = value.get("name") if isinstance(value.get("name"), str) and value["name"] else path.stem
    return Located(path=path, folder=path.parent, top=value, tables={str(name): value})


def local(given: str, folder: Path) -> Path | None:
    """The file of a folder that a path or an address means: its longest end that is there."""
    parts = [unquote(each) for each in urlsplit(given).path.split("/") if each not in {"", ".", ".."}]
    for start in range(len(parts)):
        try:
            file = inside(folder, "/".join(parts[start:]))
        except UnusableFile:
            continue
        if visible_file(file, folder):
            return file
    return None


def example_files(found: Located) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The tables that a repository gives as examples, by their name, and those that it names but does not have."""
    declared = [each for each in found.top.get("resources") or () if isinstance(each, dict) and "schema" not in each]
    paths = [str(each["path"]) for each in declared if isinstance(each.get("path"), str)]
    files = [(each, local(each, found.folder)) for each in paths]
    there = [file for _, file in files if file] + list(called_examples(found))
    usable = [each for each in dict.fromkeys(there) if is_table_name(each.name) and each.stat().st_size <= LARGEST]
    return {each.name: each for each in reversed(usable)}, tuple(path for path, file in files if file is None)


def called_examples(found: Located) -> Iterator[Path]:
    """The files of a repository that are called examples; none beside a file that was named alone."""
    if found.path.name not in FIRST and not found.path.is_dir():
        return
    beside = [*found.folder.glob("*"), *found.folder.glob("exempl*/*"), *found.folder.glob("exampl*/*")]
    for each in sorted(beside)[:MOST_FILES]:
        if each.name.lower().startswith(LIKE_EXAMPLES) and visible_file(each, found.folder):
            yield each


def prose(found: Located) -> Iterator[Path]:
    """The texts of a repository that tell of it."""
    for each in sorted(found.folder.glob("*.md")):
        if each.stem.upper() in PROSE and visible_file(each, found.folder) and each.stat().st_size <= LARGEST:
            yield each
