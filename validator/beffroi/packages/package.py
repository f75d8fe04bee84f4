"""A data package as a value: its descriptor, its resources, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from beffroi.documents import Document
from beffroi.model.faults import Defect
from beffroi.model.standard import TableSchema
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class PackageResource:
    """One resource of a data package.

    `paths` are its files, all of them inside the package and present, or none where one cannot be used (the package's
    faults say why); `shown` is how the descriptor names them. `data` holds inline rows (a list) or an inline table as
    text. `schema` is `None` where the descriptor gives none that can be used. `hash` is algorithm and hex digest.
    """

    name: str
    pointer: str
    paths: tuple[Path, ...] = ()
    shown: tuple[str, ...] = ()
    data: list[Any] | str | None = None
    format: str | None = None
    encoding: str | None = None
    dialect: Mapping[str, Any] = field(default_factory=dict)
    schema: TableSchema | None = None
    tabular: bool = False
    hash: tuple[str, str] | None = None
    bytes: int | None = None

    @property
    def readable(self) -> bool:
        """Whether there is something to read: every file of it, or inline rows."""
        return bool(self.paths) or self.data is not None

    @property
    def title(self) -> str:
        """How reports call what is read: its files as the descriptor names them, or the resource's name."""
        return ", ".join(self.shown) or self.name


@dataclass(frozen=True, kw_only=True)
class Package:
    """A data package. `version` is that of the Data Package specification; pointers of `faults` are in `descriptor`."""

    descriptor: Document
    folder: Path
    version: int
    resources: tuple[PackageResource, ...]
    faults: tuple[Defect, ...] = ()

    def resource(self, name: str) -> PackageResource | None:
        """The first resource of that name."""
        return next((each for each in self.resources if each.name == name), None)
