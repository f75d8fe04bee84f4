"""Finds the files in a folder that define something: standards of ours, and what others call a schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from beffroi.catalogue.definitions import FILE
from beffroi.deliveries import visible_file
from beffroi.documents import read_document
from beffroi.errors import BeffroiError

SUFFIXES = (".json", ".schema.yaml", ".schema.yml")
NAMED_SO = ("schema", "datapackage")
"""What the name of a file has in it that says that it defines something, even if nobody can read it."""
META_SCHEMAS = ("json-schema.org", "datapackage.org", "frictionlessdata.io")
"""What is in the `$schema` of a JSON Schema; some have none, and say of what type a descriptor is."""


def files_below(folder: Path) -> Iterator[Path]:
    """The files below a folder that define something.

    What lies in the folder of a standard of ours belongs to it, and so does a schema to the package that names it.
    """
    files = [path for path in sorted(folder.rglob("*")) if visible_file(path, folder)]
    homes = {path.parent for path in files if path.name == FILE}
    found = [path for path in files if path.name == FILE or (not homes & set(path.parents) and defines(path))]
    parts = {part for path in found for part in parts_of(path)}
    yield from (path for path in found if path.resolve() not in parts)


def defines(path: Path) -> bool:
    """Whether a file defines something, or is called so that it should."""
    if not path.name.lower().endswith(SUFFIXES):
        return False
    try:
        value = read_document(path).value
    except BeffroiError:
        return any(each in path.name.lower() for each in NAMED_SO)
    if not isinstance(value, dict):
        return False
    return isinstance(value.get("fields"), list) or bool(schemas_in(value)) or is_profile(value)


def is_profile(value: dict[str, Any]) -> bool:
    """Whether an object is a JSON Schema, and not a GeoJSON feature or the like, which has properties too."""
    shaped = isinstance(value.get("properties"), dict) or "allOf" in value
    return shaped and (value.get("type") == "object" or any(each in str(value.get("$schema")) for each in META_SCHEMAS))


def schemas_in(value: Any) -> list[Any]:
    """The schemas of the resources of a package or standard, as written: names of files, or in place."""
    resources = value.get("resources") if isinstance(value, dict) else None
    listed = resources if isinstance(resources, list) else []
    return [each["schema"] for each in listed if isinstance(each, dict) and isinstance(each.get("schema"), dict | str)]


def parts_of(path: Path) -> Iterator[Path]:
    """The files of schemas that a package names."""
    try:
        listed = schemas_in(read_document(path).value)
    except BeffroiError:
        return
    yield from (path.parent.joinpath(each).resolve() for each in listed if isinstance(each, str) and "\0" not in each)
