"""The software that a project declares: which of it is its own, and the files that lie beside it by custom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from beffroi.licences.expressions import expression_in
from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register
from beffroi.model.project import Observation
from beffroi.projects.observing import inapplicable, lacking
from beffroi.projects.project import Located, Project
from beffroi.values import dataclass

AT = "/project/software"
NAMED_WITHOUT_SUFFIX = {"", ".md", ".txt", ".rst", ".adoc", ".html"}
"""The suffixes of documents that are known by the rest of their name."""


@dataclass(frozen=True, kw_only=True)
class Software:
    """A piece of software that is declared at `pointer`; `value` is what is declared of it."""

    pointer: str
    value: Mapping[str, Any]

    @property
    def name(self) -> str:
        """How messages call it."""
        return str(self.value.get("name") or f"#{int(self.pointer.rpartition('/')[2]) + 1}")

    @property
    def is_own(self) -> bool:
        """Whether it was made or adapted for the project, or funded by it; yes, where the declaration does not say."""
        return bool(self.value.get("developedFor", True))

    @property
    def folder(self) -> str:
        """Its folder in this repository; empty for the repository itself."""
        path = PurePosixPath(str(self.value.get("path", ""))).as_posix()
        return "" if path == "." else path

    def at(self, key: str) -> str:
        """The pointer of one of its keys; its own where that key is missing."""
        return f"{self.pointer}/{key}" if key in self.value else self.pointer


def software_of(project: Project) -> tuple[Software, ...]:
    """All software that is declared."""
    return tuple(Software(pointer=pointer, value=value) for pointer, value in project.declaration.each(AT))


def own_software(project: Project) -> tuple[Software, ...]:
    """What was made or adapted for the project, or funded by it."""
    return tuple(each for each in software_of(project) if each.is_own)


def none_of(project: Project) -> Observation:
    """What is said where there is no software that a requirement is about; the words are the verifier's own."""
    if software_of(project):
        return inapplicable("only-of-others", at=AT)
    return lacking("no-software", at=AT)


def beside(project: Project, software: Software, names: tuple[str, ...]) -> Located | None:
    """The file beside a piece of software that has one of some names by custom (`README`, `LICENSE`), in any case.

    It is looked for in its folder, then in the folder of the project; of several, the first in order.
    """
    for folder in dict.fromkeys((software.folder, "")):
        if path := next(customary(project, folder, names), None):
            return project.locate(path)
    return None


def customary(project: Project, folder: str, names: tuple[str, ...]) -> Iterator[str]:
    """The paths of files in a folder that have one of some names, but for the suffix of a document."""
    wanted = {each.casefold() for each in names}
    for each in project.contents.files:
        path = PurePosixPath(each)
        whole, suffix = path.name.casefold(), path.suffix.casefold()
        if path.parent.as_posix() != (folder or "."):
            continue
        if whole in wanted or (suffix in NAMED_WITHOUT_SUFFIX and path.stem.casefold() in wanted):
            yield each


def possible(written: str, register: Register) -> frozenset[str]:
    """The licences that a name or an expression may mean; none where a part of it is not known."""
    expression = expression_in(written)
    parts = [each.text for each in expression.leaves] if expression else [written]
    found = [normalised(each, register).possible for each in parts]
    return frozenset(licence for each in found for licence in each) if all(found) else frozenset()
