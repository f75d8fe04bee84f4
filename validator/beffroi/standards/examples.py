"""Examples for a draft: tables made of the examples of their fields, and what an invalid one must get."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from beffroi.catalogue import DESCRIPTOR, Catalogue
from beffroi.checking import check_paths
from beffroi.model.levels import Level
from beffroi.model.report import Report
from beffroi.model.standard import Standard
from beffroi.settings import Settings
from beffroi.standards.drafting import ACCEPTED, Draft, tried
from beffroi.standards.testing import EXPECTED, Kind, found_in, kind_of
from beffroi.standards.writing import as_yaml

VALID = "examples/valid"
INVALID = "examples/invalid"
MADE_UP = "made-up"
Fields = Sequence[Mapping[str, Any]]
Cells = Mapping[str, str]


def with_examples(draft: Draft, tables: Mapping[str, Fields], form: str = "csv") -> Draft | None:
    """The draft with a valid and an invalid example, made of the examples of the fields of its tables.

    `None` where none can be made. `form` is `csv`, or `geojson` for a single table.
    """
    valid = made(tables, form, VALID)
    broken = breakable(tables)
    invalid = made(tables, form, INVALID, broken) if broken else None
    if valid is None or invalid is None:
        return None
    whole = replace(draft, files={**draft.files, **valid, **invalid})
    name = MADE_UP if len(tables) > 1 else f"{MADE_UP}.{form}"
    with tried(whole) as folder:
        standard = Catalogue.of().in_folder(folder)
        clean = is_clean(judged(folder / VALID / name, standard))
        declared = findings(judged(folder / INVALID / name, standard), package=len(tables) > 1)
    if not clean or not declared:
        return None
    expected = expectation_of(f"{INVALID}/{name}", declared, package=len(tables) > 1)
    return replace(whole, files={**whole.files, **expected})


def made(
    tables: Mapping[str, Fields], form: str, folder: str, broken: tuple[str, Cells] | None = None
) -> dict[str, str] | None:
    """The files of one example, with other cells in the table that is `broken`; `None` if one cannot be made."""
    write = feature_of if form == "geojson" else table_of
    files: dict[str, str] = {}
    for name, fields in tables.items():
        text = write(fields, broken[1] if broken and broken[0] == name else {})
        if text is None:
            return None
        files[f"{name}.{form}"] = text
    if len(files) == 1:
        return {f"{folder}/{MADE_UP}.{form}": text for text in files.values()}
    files[DESCRIPTOR] = descriptor_of(MADE_UP, dict(zip(tables, files, strict=True)))
    return {f"{folder}/{MADE_UP}/{path}": text for path, text in files.items()}


def descriptor_of(name: str, paths: Mapping[str, str]) -> str:
    """The descriptor of a package of tables, by their names, under a licence that drafts accept."""
    resources = [{"name": resource, "path": path} for resource, path in paths.items()]
    value = {"name": name, "licenses": [{"name": ACCEPTED[0]}], "resources": resources}
    return json.dumps(value, indent=2) + "\n"


def breakable(tables: Mapping[str, Fields]) -> tuple[str, Cells] | None:
    """A table, and a cell of it that breaks its schema: an empty one, or else one that is not of the type."""
    places = [(name, each) for name, fields in tables.items() for each in fields]
    for name, each in places:
        if is_required(each):
            return name, {each["name"]: ""}
    for name, each in places:
        if each.get("type") not in {"string", "any", "list", None}:
            return name, {each["name"]: "?"}
    return None


def is_required(field: Mapping[str, Any]) -> bool:
    """Whether every row must have a value in a field."""
    constraints = field.get("constraints")
    return isinstance(constraints, dict) and constraints.get("required") is True


def table_of(fields: Fields, instead: Cells | None = None) -> str | None:
    """A CSV file of one row that holds the example of each field, but what is given `instead`.

    `None` where a required field has no example, or no field has one.
    """
    row = row_of(fields, instead or {})
    return as_csv(tuple(row), [tuple(row.values())]) if row else None


def feature_of(fields: Fields, instead: Cells | None = None) -> str | None:
    """The same as a GeoJSON file of one feature; its geometry is the field of that type."""
    row = row_of(fields, instead or {})
    if not row:
        return None
    kinds = {each["name"]: each.get("type") for each in fields}
    values = {name: as_json(text, kinds[name]) for name, text in row.items()}
    geometry = next((name for name, kind in kinds.items() if kind == "geojson"), "")
    feature = {"type": "Feature", "geometry": values.pop(geometry, None), "properties": values}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False, indent=2) + "\n"


def as_json(text: str, kind: Any) -> Any:
    """The text of a cell as a value of JSON; no text is none."""
    if not text or kind not in {"integer", "number", "boolean", "geojson", "object", "array"}:
        return text or None
    try:
        return json.loads(text)
    except ValueError:
        return text


def row_of(fields: Fields, instead: Cells) -> dict[str, str]:
    """The example of each field, or what is given instead; nothing where a required one has none."""
    row = {each["name"]: instead.get(each["name"], as_cell(each.get("example"))) for each in fields}
    lacking = any(is_required(each) and not row[each["name"]] and each["name"] not in instead for each in fields)
    return row if any(row.values()) and not lacking else {}


def as_cell(example: Any) -> str:
    """An example as a cell holds it."""
    if isinstance(example, str):
        return example
    return "" if example is None else json.dumps(example, ensure_ascii=False)


def as_csv(header: Sequence[str], records: Iterable[Sequence[str]]) -> str:
    """A header and records as a CSV file."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([header, *records])
    return file.getvalue()


def judged(path: Path, standard: Standard) -> Report:
    """What is found in an example."""
    return check_paths([path.as_posix()], standard, Settings())


def is_clean(report: Report) -> bool:
    """Whether an example was judged and there is nothing to mend in it."""
    looked_at = any(subject.judged for subject in report.subjects if subject.delivered)
    return looked_at and all(each.level is Level.MAY for _, each in found_in(report))


def findings(report: Report, *, package: bool = False) -> list[dict[str, Any]]:
    """The findings of an example, as it must declare them."""
    found: Counter[Kind] = Counter()
    for resource, each in found_in(report):
        found[kind_of(resource if package else "", each)] += each.count
    return [declared(kind, count) for kind, count in found.items()]


def declared(kind: Kind, count: int) -> dict[str, Any]:
    """One kind of finding with its count; what there is none of is left out."""
    parts = {"resource": kind.resource, "rule": kind.rule, "field": kind.field, "cause": kind.cause}
    return {**{key: value for key, value in parts.items() if value}, "count": count}


def expectation_of(path: str, found: list[dict[str, Any]], *, package: bool = False) -> dict[str, str]:
    """The file that declares the findings of the invalid example at `path`."""
    file = Path(path) / EXPECTED if package else Path(path).with_name(f"{Path(path).stem}.{EXPECTED}")
    return {file.as_posix(): as_yaml(found)}
