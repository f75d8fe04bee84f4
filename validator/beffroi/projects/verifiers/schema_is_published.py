"""Data for which there is no standard comes with a schema that types and describes every column.

Looks at each dataset that is not raw and names no standard of the catalogue: its `schema` (or the file that
`conformsTo` names, or those in its data package) must be a Table Schema or a JSON Schema in which each column has a
type and a description, and the columns of the data must all be in it. Whether the descriptions are true, only a person
can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.projects.datasets import made_datasets, none_of
from beffroi.projects.describing import Described, described, is_said
from beffroi.projects.naming import few
from beffroi.projects.observing import contradicted, inapplicable, lacking, met, unseen, unusable
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import opened_files
from beffroi.projects.verifiers import Options, Verifier
from beffroi.tables.names import folded

Column = Mapping[str, Any]


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the schema of each dataset that has no standard."""
    datasets = made_datasets(project)
    without = [each for each in datasets if not has_standard(project, each)]
    if not datasets:
        yield none_of(project, "only-raw-datasets")
    elif not without:
        yield inapplicable("all-of-standards", at="/datasets")
    for each in without:
        yield schema(project, each)


def has_standard(project: Project, dataset: Dataset) -> bool:
    """Whether a dataset names a standard, and not a file of its own."""
    name = dataset.value.get("conformsTo")
    return bool(name) and not own_file(project, dataset)


def own_file(project: Project, dataset: Dataset) -> Located | None:
    """The file of the project that holds the schema of a dataset."""
    name = dataset.value.get("schema") or dataset.value.get("conformsTo", "")
    if "schema" not in dataset.value and ("@" in name or not ("." in name or "/" in name)):
        return None
    return project.locate(name) if name else None


def schema(project: Project, dataset: Dataset) -> Observation:
    """What is said of the schema of one dataset."""
    at = dataset.at("schema" if "schema" in dataset.value else "conformsTo")
    located = own_file(project, dataset)
    if located is None:
        package = described(project, dataset)
        columns = columns_of_package(project, package) if package else {}
        if not package or not columns:
            return lacking("no-schema", at=dataset.pointer, dataset=dataset.name)
        return columns_told(project, dataset, columns, package.located, at)
    if located.fault:
        return unusable(located.path, located.fault, at)
    document = project.document(located)
    if isinstance(document, Fault):
        return unusable(located.path, document, at)
    columns = columns_of(document.value)
    if not columns:
        return contradicted("not-a-schema", at=at, looked=project.looked(located), path=located.path)
    return columns_told(project, dataset, columns, located, at)


def columns_of(value: Any) -> dict[str, Column]:
    """The columns of a Table Schema or a JSON Schema, by name; none of anything else."""
    if not isinstance(value, dict):
        return {}
    fields = value.get("fields")
    if isinstance(fields, list):
        return {str(each["name"]): each for each in fields if isinstance(each, dict) and each.get("name")}
    if isinstance(value.get("items"), dict):
        return columns_of(value["items"])
    properties = value.get("properties")
    found: dict[str, Column] = (
        {name: each for name, each in properties.items() if isinstance(each, dict)}
        if isinstance(properties, dict)
        else {}
    )
    features = found.get("features", {})
    if isinstance(features.get("items"), dict):
        return columns_of(features["items"])
    if "geometry" in found and isinstance(found.get("properties", {}).get("properties"), dict):
        return columns_of(found["properties"])
    return found


def columns_of_package(project: Project, package: Described) -> dict[str, Column]:
    """The columns that a data package describes: of one resource, or of all."""
    given = [package.resource] if package.resource else package.descriptor.get("resources", ())
    found: dict[str, Column] = {}
    for each in given if isinstance(given, Sequence) else ():
        inner = each.get("schema") if isinstance(each, dict) else None
        if isinstance(inner, str):
            folder = package.located.path.rpartition("/")[0]
            document = project.document(project.locate(f"{folder}/{inner}" if folder else inner))
            inner = None if isinstance(document, Fault) else document.value
        found |= columns_of(inner)
    return found


def columns_told(
    project: Project, dataset: Dataset, columns: Mapping[str, Column], located: Located, at: str
) -> Observation:
    """Whether every column is typed and described, and every column of the data is there."""
    place = {"at": at, "looked": project.looked(located)}
    details = {"dataset": dataset.name, "path": located.path, "count": len(columns)}
    untyped = [name for name, each in columns.items() if not is_typed(each)]
    silent = [name for name, each in columns.items() if not is_said(each.get("description"))]
    if untyped:
        return lacking("untyped", columns=few(untyped), **place, **details)
    if silent:
        return lacking("undescribed", columns=few(silent), **place, **details)
    files = tuple(each for each in project.files_of(dataset) if each.file)
    if not files:
        return unseen("data-not-there", **place, **details)
    unknown = unknown_columns(project, dataset, files, columns)
    if unknown is None:
        return unseen("data-not-read", **place, **details)
    if unknown:
        return contradicted("column-not-there", columns=few(unknown), **place, **details)
    return met("published", **place, **details)


def is_typed(column: Column) -> bool:
    """Whether a column says of what type its values are."""
    return any(is_said(column.get(key)) for key in ("type", "enum", "const", "$ref", "oneOf", "anyOf"))


def unknown_columns(
    project: Project, dataset: Dataset, files: tuple[Located, ...], columns: Mapping[str, Column]
) -> list[str] | None:
    """The columns of the data that a schema does not describe; `None` where the data is no table."""
    known = {folded(each) for each in columns}
    with opened_files(project, dataset, files) as tables:
        labels = [label for each in tables for label in each.labels if label]
        if not any(each.table for each in tables):
            return None
    return list(dict.fromkeys(each for each in labels if folded(each) not in known))


VERIFIER = Verifier(run=run)
