"""Anyone can download every open dataset, whole, without payment and without registering.

Looks at what is declared of each open dataset: a file of the project (`path`, which must be there) or an address where
the data itself is (`downloadURL`; a page about it, `accessURL`, does not suffice), `free: true` and `registration:
false`. An address that asks for a key, or gives a part of the data only (`limit=100`), contradicts that; nobody opens
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets
from beffroi.projects.observing import contradicted, lacking, met, unusable
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier

KEYS = {"apikey", "api_key", "api-key", "key", "token", "access_token", "auth", "password", "subscription-key"}
"""Parameters of an address that only those have who registered."""
PARTS = {"limit", "rows", "per_page", "page_size", "pagesize", "page", "offset", "maxfeatures", "resultrecordcount"}
"""Parameters of an address that ask for some records only."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at how each open dataset is to be had."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        found = [*hindrances(project, each)]
        yield from found or [met("free", at=each.pointer, dataset=each.name, where=where(each))]


def where(dataset: Dataset) -> str:
    """Where it is to be had, without what an address asks for."""
    return str(dataset.value.get("path") or dataset.value["downloadURL"].partition("?")[0])


def hindrances(project: Project, dataset: Dataset) -> Iterator[Observation]:
    """What stands between people and a dataset."""
    value, name = dataset.value, {"dataset": dataset.name}
    gone = next((each for each in project.files_of(dataset) if each.fault), None)
    if gone and gone.fault and "downloadURL" not in value:
        yield unusable(gone.path, gone.fault, dataset.at("path"))
    elif "path" not in value and "downloadURL" not in value:
        key = "only-a-page" if "accessURL" in value else "dataset-nowhere"
        yield lacking(key, at=dataset.at("accessURL"), **name)
    if value.get("free") is False:
        yield lacking("paid", at=dataset.at("free"), **name)
    if value.get("registration"):
        yield lacking("registered", at=dataset.at("registration"), **name)
    unsaid = [
        text for key, text in (("free", "free: true"), ("registration", "registration: false")) if key not in value
    ]
    if unsaid:
        yield lacking("unsaid", at=dataset.pointer, keys=", ".join(unsaid), **name)
    yield from of_address(dataset)


def of_address(dataset: Dataset) -> Iterator[Observation]:
    """What an address gives away about itself."""
    try:
        asked = parse_qsl(urlsplit(dataset.value.get("downloadURL", "")).query, max_num_fields=100)
    except ValueError:
        return
    for name, value in asked:
        place = {"at": dataset.at("downloadURL"), "dataset": dataset.name, "parameter": name}
        if name.lower() in KEYS:
            yield contradicted("asks-for-key", **place)
        elif name.lower() in PARTS and value.isascii() and value.isdigit():
            yield contradicted("gives-a-part", value=value, **place)


VERIFIER = Verifier(run=run)
