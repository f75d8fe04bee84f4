"""The other declared projects of a city: every `beffroi.yaml` with a project below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from beffroi.errors import BeffroiError, CannotRead, NoSuchInput
from beffroi.projects.declaration import NAME, Declaration
from beffroi.values import dataclass

MOST = 5000
"""The most declarations that are read."""
NOT_ENTERED = {"node_modules", "__pycache__"}


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The declared projects below a folder; `unread` are declarations that cannot be read."""

    folder: Path

    @classmethod
    def of(cls, folder: Path) -> Portfolio:
        """The projects below a folder; raises `NoSuchInput` where there is none."""
        if not folder.is_dir():
            raise NoSuchInput("no-such-input", where=folder.as_posix())
        return cls(folder=folder)

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """Every declaration that can be read and declares a project, by its path."""
        found = []
        for file in sorted(self.files()):
            try:
                each = Declaration.read(file)
            except BeffroiError:
                continue
            if each.get("/project"):
                found.append(each)
        return tuple(found)

    @cached_property
    def by_identifier(self) -> Mapping[str, Declaration]:
        """The declarations by the identifiers of their projects; the first where two have the same."""
        return {
            identifier: each for each in reversed(self.declarations) if (identifier := each.get("/project/identifier"))
        }

    def files(self) -> Iterator[Path]:
        """Every declaration below the folder; links are not followed. Raises `CannotRead` for too many."""
        count = 0
        for root, folders, names in os.walk(self.folder):
            folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in NOT_ENTERED)
            if NAME in names:
                count += 1
                if count > MOST:
                    raise CannotRead("too-many-projects", where=self.folder.as_posix(), limit=MOST)
                yield Path(root) / NAME
