"""What the `beffroi.yaml` of a repository says of its data files: which standard each follows, and what is waived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.catalogue.projects import project_file
from beffroi.packages.paths import is_file, unsafe
from beffroi.projects.declaration import Declaration
from beffroi.projects.patterns import matches
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.model.standard import Standard


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A folder with its declaration."""

    folder: Path
    declaration: Declaration

    @property
    def waivers(self) -> Sequence[Mapping[str, Any]]:
        """What is waived."""
        return self.declaration.items("/waivers")

    @cached_property
    def datasets(self) -> Sequence[Mapping[str, Any]]:
        """The datasets that are declared with a path."""
        return [each for each in self.declaration.items("/datasets") if each.get("path")]

    def path_of(self, path: Path) -> str | None:
        """How the declaration would name a file; `None` for one that is elsewhere."""
        try:
            return path.resolve().relative_to(self.folder.resolve()).as_posix()
        except (OSError, RuntimeError, ValueError):
            return None

    def dataset_of(self, path: Path) -> Mapping[str, Any] | None:
        """The dataset that a file belongs to: the first whose path, folder or pattern means it."""
        name = self.path_of(path)
        return next((each for each in self.datasets if name and means(each["path"], name)), None)

    def standard_of(self, path: Path, catalogue: Catalogue) -> Standard | None:
        """The standard that a file is declared to follow. Raises `BeffroiError` for one that is not known."""
        dataset = self.dataset_of(path)
        if dataset is None:
            return None
        if name := dataset.get("conformsTo"):
            return catalogue.standard(self.own_file(name) or name)
        own = self.own_file(dataset.get("schema", ""))
        return catalogue.standard(own) if own else None

    def own_file(self, name: str) -> str | None:
        """The path of a file of the repository; `None` where `name` means none, such as the id of a standard."""
        file = self.folder / name
        return file.as_posix() if name and is_file(file) and self.path_of(file) else None

    def files_of(self, dataset: Mapping[str, Any]) -> Iterator[Path]:
        """The files or folders that the path of a dataset means, in order; none that lead out of the repository."""
        path = dataset["path"].removeprefix("./")
        if unsafe(path):
            return
        found = sorted(self.folder.glob(path)) if set(path) & set("*?[") else [self.folder / path]
        yield from (file for file in found if file.exists() and self.path_of(file))


def means(path: str, name: str) -> bool:
    """Whether the path of a dataset means a file: that one, beside its descriptor, in its folder, of its pattern."""
    own = path.removeprefix("./").rstrip("/")
    beside = (
        own.rpartition("/")[0] if own.endswith(("datapackage.json", "datapackage.yaml", "datapackage.yml")) else own
    )
    return name == own or name.startswith(f"{beside}/" if beside else "\0") or matches(name, own)


@dataclass(frozen=True)
class Repositories:
    """The repositories that files are in, each read once."""

    known: dict[Path, Repository | None] = field(default_factory=dict)

    def around(self, path: Path) -> Repository | None:
        """The repository that a file is in; `None` where there is no `beffroi.yaml` above it. Raises `BeffroiError`."""
        try:
            folder = path.resolve().parent
        except (OSError, RuntimeError, ValueError):
            return None
        if folder not in self.known:
            file = project_file(folder)
            self.known[folder] = Repository(folder=file.parent, declaration=Declaration.read(file)) if file else None
        return self.known[folder]
