"""Which declared data a change concerns: the files that changed, or all of it where the rules for it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from beffroi.catalogue.projects import NAME
from beffroi.packages.paths import is_file
from beffroi.projects.repository import Repository, means

DESCRIPTORS = ("datapackage.json", "datapackage.yaml", "datapackage.yml")


def concerned(changed: Sequence[Path], repository: Repository) -> tuple[Path, ...]:
    """What must be judged again when some files have changed; of a data package its descriptor, each once.

    Data that is kept raw, and claims no standard, is never judged.
    """
    if any(is_rule(each, repository) for each in changed):
        found = (file for each in repository.datasets if is_judged(each) for file in files_of(each, repository))
    else:
        found = (file for each in changed for file in judged_for(each, repository))
    return tuple(dict.fromkeys(found))


def is_rule(path: Path, repository: Repository) -> bool:
    """Whether a file says what data must be: the declaration, a schema that it names, or a file of its catalogues."""
    name = repository.path_of(path)
    if name is None:
        return False
    given = repository.declaration.get("/catalogue", [])
    folders = [given] if isinstance(given, str) else given
    return name == NAME or name in set(schemas(repository.datasets)) or any(means(each, name) for each in folders)


def schemas(datasets: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The names of the schemas and standards that datasets claim, as they would be called as files."""
    for each in datasets:
        yield from (each[key].removeprefix("./") for key in ("conformsTo", "schema") if each.get(key))


def is_judged(dataset: Mapping[str, Any]) -> bool:
    """Whether there is anything to judge a dataset against."""
    return bool(dataset.get("conformsTo") or dataset.get("schema")) or dataset.get("role") != "raw"


def judged_for(path: Path, repository: Repository) -> Iterator[Path]:
    """What is judged when one file has changed: itself, or the data package that it is of; nothing for other files."""
    dataset = repository.dataset_of(path)
    if dataset is None or not is_judged(dataset):
        return
    package = package_of(repository.folder / dataset["path"])
    if package:
        yield package
    elif is_file(path):
        yield path


def files_of(dataset: Mapping[str, Any], repository: Repository) -> Iterator[Path]:
    """Every file of a dataset; of a data package, its descriptor."""
    for each in repository.files_of(dataset):
        yield package_of(each) or each


def package_of(path: Path) -> Path | None:
    """The descriptor of the data package that a dataset's path names; nothing for another file."""
    if path.name in DESCRIPTORS:
        return path
    return next((path / each for each in DESCRIPTORS if is_file(path / each)), None)
