"""Which datasets a requirement is about, the files of each, and what is said where there are none."""

from __future__ import annotations

from beffroi.model.project import Looked, Observation
from beffroi.model.report import Subject
from beffroi.projects.observing import contradicted, inapplicable, lacking, unseen, unusable
from beffroi.projects.project import Dataset, Located, Project

Datasets = tuple[Dataset, ...]
FLAG = "/project/flags/openData"
"""By which a project says whether it makes data."""


def open_datasets(project: Project) -> Datasets:
    """What is to be open data."""
    return tuple(each for each in project.datasets if each.is_open)


def made_datasets(project: Project) -> Datasets:
    """What the project makes of raw data, open or not."""
    return tuple(each for each in project.datasets if each.role != "raw")


def raw_datasets(project: Project) -> Datasets:
    """The raw data."""
    return tuple(each for each in project.datasets if each.role == "raw")


def none_of(project: Project, key: str) -> Observation:
    """What is said where there is no dataset that a requirement is about; `key` where there are others."""
    if project.datasets:
        return inapplicable(key, at="/datasets")
    if project.declaration.flag("openData") is False:
        return inapplicable("makes-no-data", at=FLAG)
    if project.declaration.flag("openData"):
        return contradicted("no-dataset-for-flag", at=FLAG)
    return lacking("no-dataset", at="/datasets")


def usable_files(project: Project, dataset: Dataset) -> tuple[tuple[Located, ...], Observation | None]:
    """The files of a dataset that are there; and what is said where one is not, or where there is none to look at."""
    files = project.files_of(dataset)
    there = tuple(each for each in files if each.file)
    gone = next((each for each in files if each.fault), None)
    if gone and gone.fault:
        return there, unusable(gone.path, gone.fault, dataset.at("path"))
    if files:
        return there, None
    for key in ("downloadURL", "accessURL"):
        if url := dataset.value.get(key):
            return (), unseen("dataset-on-the-web", at=dataset.at(key), dataset=dataset.name, url=url.partition("?")[0])
    return (), lacking("dataset-nowhere", at=dataset.pointer, dataset=dataset.name)


def own_path(project: Project, path: str) -> str:
    """The path of a file as the declaration would write it, of one that a report names."""
    from pathlib import Path

    above = Path(project.declaration.path).parent
    name = Path(path)
    return name.relative_to(above).as_posix() if name.is_relative_to(above) else path


def looked_at(project: Project, subject: Subject) -> Looked:
    """A file that was judged, as something that was looked at."""
    return Looked(path=own_path(project, subject.path), sha256=subject.sha256, bytes=subject.bytes)
