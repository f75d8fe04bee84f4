"""Every open dataset is described by all the metadata that the city asks for.

Looks for each of `keys` (the names of DCAT and of Data Package: `title`, `description`, `publisher`, `spatial`,
`temporal`, `catalogueURL` …) in what the declaration says of each open dataset, then in its data package
(`datapackage.json`), and at last, for what holds for the whole project, in `project` (`publisher`, `contactPoint`,
`spatial`, `theme`, `keywords`, `languages`). A title of one word that is the name of the file counts; whether a
description is any good, only a reader can tell, and nobody looks into the catalogue on the web.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets
from beffroi.projects.describing import Described, described, is_said
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "identifier": ("identifier", "id", "name"),
    "title": ("title", "name"),
    "license": ("license", "licenses", "licence"),
    "licenses": ("license", "licenses", "licence"),
    "publisher": ("publisher", "contributors"),
    "contactPoint": ("contactPoint", "contributors"),
    "keywords": ("keywords", "keyword"),
    "keyword": ("keywords", "keyword"),
    "accrualPeriodicity": ("accrualPeriodicity", "frequency"),
    "modified": ("modified", "updated", "created"),
    "temporal": ("temporal", "temporalCoverage"),
    "spatial": ("spatial", "spatialCoverage"),
    "languages": ("languages", "language"),
    "language": ("languages", "language"),
}
"""Under which keys the same is told."""
OF_PROJECT: Mapping[str, tuple[str, ...]] = {
    "publisher": ("/project/organisation/name",),
    "contactPoint": ("/project/contactPoint", "/project/feedback"),
    "spatial": ("/project/spatial",),
    "theme": ("/project/theme",),
    "keywords": ("/project/keywords",),
    "keyword": ("/project/keywords",),
    "languages": ("/project/languages",),
    "language": ("/project/languages",),
}
"""What the project says for all of its datasets."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at what is told of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        yield metadata(project, each, options["keys"])


def metadata(project: Project, dataset: Dataset, keys: list[str]) -> Observation:
    """What is told of one dataset, and what is not."""
    package = described(project, dataset)
    missing = [each for each in keys if not told(project, dataset, package, each)]
    packaged = package and any(not in_declaration(project, dataset, each) for each in keys if each not in missing)
    looked = project.looked(package.located) if package and packaged else None
    method = None if looked else Method.DECLARED
    details = {"dataset": dataset.name, "keys": ", ".join(missing or keys), "count": len(keys) - len(missing)}
    if missing:
        return lacking("incomplete", at=dataset.pointer, looked=looked, method=method, of=len(keys), **details)
    return met("complete", at=dataset.pointer, looked=looked, method=method, **details)


def told(project: Project, dataset: Dataset, package: Described | None, key: str) -> bool:
    """Whether something is told anywhere."""
    if in_declaration(project, dataset, key):
        return True
    return package is not None and any(package.get(each) for each in OTHER_NAMES.get(key, (key,)))


def in_declaration(project: Project, dataset: Dataset, key: str) -> bool:
    """Whether the declaration tells it, of the dataset or of the project."""
    found: list[Any] = [dataset.value.get(each) for each in OTHER_NAMES.get(key, (key,))]
    found += [project.declaration.get(each) for each in OF_PROJECT.get(key, ())]
    return any(is_said(each) for each in found)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"keys": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 1}}},
        "required": ["keys"],
        "additionalProperties": False,
    },
)
