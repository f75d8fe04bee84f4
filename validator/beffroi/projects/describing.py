"""What describes a dataset beside the declaration: the data package that it is, or that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from beffroi.model.faults import Fault
from beffroi.packages.descriptor import NAMES
from beffroi.projects.project import Dataset, Located, Project
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Described:
    """The descriptor of a package at `located`; `resource` is the part of it that speaks of the dataset alone."""

    located: Located
    descriptor: Mapping[str, Any]
    resource: Mapping[str, Any]

    def get(self, key: str) -> Any:
        """What it says of the dataset, or of the package as a whole; `None` for nothing, or for what is blank."""
        found = (each.get(key) for each in (self.resource, self.descriptor))
        return next((each for each in found if is_said(each)), None)


def is_said(value: Any) -> bool:
    """Whether a value says anything."""
    return bool(value.strip()) if isinstance(value, str) else value is not None and value not in ([], {})


def described(project: Project, dataset: Dataset) -> Described | None:
    """The descriptor of a dataset, if it has one that can be read."""
    for path in descriptors_for(project, dataset):
        located = project.locate(path)
        if located.file is None or not located.file.is_file():
            continue
        document = project.document(located)
        if isinstance(document, Fault) or not isinstance(document.value, dict):
            continue
        resource = resource_of(document.value, dataset, path)
        if resource is not None:
            return Described(located=located, descriptor=document.value, resource=resource)
    return None


def descriptors_for(project: Project, dataset: Dataset) -> Iterator[str]:
    """Where the descriptor of a dataset may stand."""
    path = str(dataset.value.get("path", "")).rstrip("/")
    if not path:
        return
    if PurePosixPath(path).name in NAMES:
        yield path
        return
    inside = project.folder_at(path)
    folder = path if inside else PurePosixPath(path).parent.as_posix()
    yield from (name if folder == "." else f"{folder}/{name}" for name in NAMES)


def resource_of(descriptor: Mapping[str, Any], dataset: Dataset, path: str) -> Mapping[str, Any] | None:
    """What a descriptor says of one dataset: of a file the resource that is it, of a package its only resource.

    Nothing for a file that the descriptor does not speak of.
    """
    given = descriptor.get("resources")
    resources = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    wanted = str(dataset.value.get("path", "")).rstrip("/")
    folder = PurePosixPath(path).parent
    if wanted in {path, folder.as_posix()}:
        return resources[0] if len(resources) == 1 else {}
    if not PurePosixPath(wanted).is_relative_to(folder):
        return None
    name = PurePosixPath(wanted).relative_to(folder).as_posix()
    return next((each for each in resources if names(each, name)), None)


def names(resource: Mapping[str, Any], name: str) -> bool:
    """Whether a resource is the file of a name."""
    path = resource.get("path")
    return name in (path if isinstance(path, list) else [path])
