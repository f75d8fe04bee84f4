"""What open datasets are made of is named, under licences that let them carry theirs.

Looks at `sources` of each open dataset, at those of the raw datasets that it is made from (`derivedFrom`), and at those
that its data package names. Each source must be named and have a licence; whether the dataset may carry its own follows
from the table of what may be made of what (`beffroi licence compare`). A column that only the data of OpenStreetMap has
needs that source. A dataset that names no source is taken to be the project's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.licences.compatibility import Table
from beffroi.licences.deriving import Reasoner
from beffroi.licences.sourcing import KEYS, reasoned
from beffroi.model.compatibility import Use
from beffroi.model.faults import Defect
from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets
from beffroi.projects.describing import described
from beffroi.projects.licensing import Stated, stated
from beffroi.projects.observing import contradicted, doubtful, inapplicable, lacking, met
from beffroi.projects.project import Dataset, Project
from beffroi.projects.tables import opened_files
from beffroi.projects.verifiers import Options, Verifier

OPENSTREETMAP = "OpenStreetMap"
OF_OPENSTREETMAP = {"osm_id", "osm_type", "osmid", "@osm_id", "osm_way_id", "osm_node_id"}
Source = tuple[str, Mapping[str, Any]]
"""Where a source is named, and what is said of it."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the sources of each open dataset."""
    datasets = open_datasets(project)
    reasoner = Reasoner(register=project.register, table=Table.of(project.catalogue))
    if not datasets:
        yield none_of(project, "no-open-dataset")
        return
    found = [seen for each in datasets for seen in of_dataset(project, each, reasoner)]
    yield from found or [inapplicable("no-source", at="/datasets")]


def of_dataset(project: Project, dataset: Dataset, reasoner: Reasoner) -> Iterator[Observation]:
    """What is said of the sources of one dataset; nothing where it is the project's own."""
    for name in unknown_names(project, dataset):
        yield contradicted("no-such-dataset", at=dataset.at("derivedFrom"), dataset=dataset.name, name=name)
    package = described(project, dataset)
    sources = list(sources_of(project, dataset))
    if package and not dataset.value.get("sources"):
        given = package.get("sources")
        listed_there = given if isinstance(given, list) else []
        sources += [(dataset.pointer, each) for each in listed_there if isinstance(each, dict)]
    yield from unnamed_map(project, dataset, sources)
    if not sources:
        return
    yield from about(dataset, sources, stated(project, dataset, package), reasoner)


def unknown_names(project: Project, dataset: Dataset) -> Iterator[str]:
    """What it is said to be made from, and is not declared."""
    known = {each.value.get("name") for each in project.datasets}
    yield from (each for each in dataset.value.get("derivedFrom", ()) if each and each not in known)


def sources_of(project: Project, dataset: Dataset) -> Iterator[Source]:
    """The sources of a dataset, and those of the datasets that it is made from, and so on."""
    reached, ahead = {dataset.pointer}, [dataset]
    while ahead:
        each = ahead.pop(0)
        for index, source in enumerate(each.value.get("sources", ())):
            if source is not None:
                yield f"{each.pointer}/sources/{index}", source
        if each is not dataset and "license" in each.value:
            yield each.at("license"), {"title": each.name, "license": each.value["license"]}
        names = set(each.value.get("derivedFrom", ()))
        further = [other for other in project.datasets if other.value.get("name") in names]
        ahead += [other for other in further if other.pointer not in reached]
        reached |= {other.pointer for other in further}


def about(dataset: Dataset, sources: list[Source], licence: Stated | None, reasoner: Reasoner) -> Iterator[Observation]:
    """What is said of sources that are named, the licence of the dataset being known or not."""
    name = {"dataset": dataset.name}
    found = list(unfinished(sources, dataset))
    told = [each for each in sources if any(each[1].get(key) for key in KEYS)]
    if licence is None or licence.answer.id is None:
        found.append(lacking("licence-unknown", at=dataset.at("license"), **name))
    else:
        places = [pointer for pointer, _ in told]
        defects = reasoned(licence.text, [each for _, each in told], Use.DERIVED, reasoner, "")
        found += [wrong(each, places, dataset) for each in defects]
    if not found and licence:
        names = ", ".join(dict.fromkeys(called(each) for _, each in sources))
        found.append(met("compatible", at=dataset.at("sources"), sources=names, licence=licence.answer.id, **name))
    yield from found


def unfinished(sources: list[Source], dataset: Dataset) -> Iterator[Observation]:
    """Sources that have no name, or no licence."""
    for pointer, each in sources:
        if not (each.get("title") or each.get("path")):
            yield lacking("source-unnamed", at=pointer, dataset=dataset.name)
        elif not any(each.get(key) for key in KEYS):
            yield lacking("source-unlicensed", at=pointer, dataset=dataset.name, source=called(each))


def called(source: Mapping[str, Any]) -> str:
    """How messages call a source."""
    return str(source.get("title") or source.get("path") or "?")


def wrong(defect: Defect, places: list[str], dataset: Dataset) -> Observation:
    """A source whose licence does not let the dataset carry its own, or may not."""
    details = {key: value for key, value in defect.fault.details if key in {"source", "licence", "result"}}
    refused = defect.fault.rule == "source-licence-incompatible"
    say, key = (lacking, "incompatible") if refused else (doubtful, "unclear")
    return say(key, at=places[int(defect.pointer.rpartition("/")[2])], dataset=dataset.name, **details)


def unnamed_map(project: Project, dataset: Dataset, sources: list[Source]) -> Iterator[Observation]:
    """Columns that come from OpenStreetMap, where no source says so."""
    if any(OPENSTREETMAP.lower() in str(each).lower().replace(" ", "") for _, each in sources):
        return
    files = tuple(each for each in project.files_of(dataset) if each.file)
    with opened_files(project, dataset, files) as tables:
        columns = [(each.path, label) for each in tables for label in each.labels if label.lower() in OF_OPENSTREETMAP]
    for path, label in columns[:1]:
        looked = project.looked(next((each for each in files if each.path == path), files[0]))
        details = {"path": path, "column": label, "source": OPENSTREETMAP}
        yield doubtful("source-unsaid", at=dataset.at("sources"), looked=looked, **details)


VERIFIER = Verifier(run=run)
