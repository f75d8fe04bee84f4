"""Examples of a standard, to be published beside its schema."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from beffroi import limits
from beffroi.catalogue.reading import inside
from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.model.standard import ResourceRules, Standard
from beffroi.standards.exporting._export import schema_of
from beffroi.standards.testing import EXPECTED, examples_of, expected_in

DESCRIPTOR = "datapackage.json"
OF_SCHEMAS = {
    *("type", "required", "enum", "categories", "pattern", "min-length", "max-length", "minimum", "maximum"),
    *("unique", "primary-key"),
}
"""The rules that every engine of Table Schema has: what breaks one of them is invalid everywhere."""


def example(standard: Standard, rules: ResourceRules, *, valid: bool) -> str | None:
    """An example of a table that is a CSV file as others expect it, in UTF-8, with commas; `None` for none.

    The first one that has just the columns of the standard, or else all those that are required.
    """
    found = [text for text in candidates(standard, rules, valid=valid) if has_columns(text, rules)]
    whole = (text for text in found if header_of(text) == list(schema_of(rules).names))
    return next(whole, found[0] if found else None)


def candidates(standard: Standard, rules: ResourceRules, *, valid: bool) -> Iterator[str]:
    """What the CSV files hold that are examples of a table."""
    for path, of_valid in examples_of(standard):
        if of_valid is valid and (valid or is_wrong(path, rules)):
            yield from filter(None, map(text_of, files_of(path, rules, standard)))


def files_of(path: Path, rules: ResourceRules, standard: Standard) -> Iterator[Path]:
    """The files of an example that hold the table."""
    if path.is_file():
        yield from () if standard.is_package else (path,)
        return
    try:
        descriptor = read_document(path / DESCRIPTOR).value
        listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict) and each.get("name") == rules.name and isinstance(each.get("path"), str):
                yield inside(path, each["path"])
    except BeffroiError:
        return


def is_wrong(path: Path, rules: ResourceRules) -> bool:
    """Whether an invalid example is so by what its table schema says of this table."""
    package = path.is_dir()
    try:
        declared = expected_in(path / EXPECTED if package else path.with_name(f"{path.stem}.{EXPECTED}"))
    except BeffroiError:
        return False
    return any(kind.rule in OF_SCHEMAS and kind.resource == (rules.name if package else "") for kind in declared)


def text_of(file: Path) -> str | None:
    """What a CSV file in UTF-8 holds; `None` for any other file."""
    try:
        if file.suffix != ".csv" or file.stat().st_size > limits.DEFINITION_BYTES:
            return None
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def has_columns(text: str, rules: ResourceRules) -> bool:
    """Whether the file has all columns that are required."""
    return {each.name for each in schema_of(rules).fields if each.required} <= set(header_of(text))


def header_of(text: str) -> list[str]:
    """The first row, split at commas."""
    return next(csv.reader(text.splitlines()[:1]), [])
