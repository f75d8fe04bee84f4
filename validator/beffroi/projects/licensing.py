"""Under which licence a dataset stands: what the declaration says, or else its data package."""

from __future__ import annotations

from beffroi.licences.normalising import normalised
from beffroi.licences.sourcing import shown
from beffroi.model.licences import Answer
from beffroi.model.project import Looked
from beffroi.projects.describing import Described
from beffroi.projects.naming import few
from beffroi.projects.project import Dataset, Project
from beffroi.values import dataclass
from beffroi.visible import clipped

NAMED = 6
"""How many licences a message names."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A licence as somebody wrote it, and as it is understood; `looked` is the file that says so, if it is a file."""

    text: str
    answer: Answer
    pointer: str
    looked: Looked | None = None


def stated(project: Project, dataset: Dataset, package: Described | None) -> Stated | None:
    """The licence of a dataset; `None` where nobody names one."""
    if text := dataset.value.get("license"):
        return Stated(text=text, answer=normalised(text, project.register), pointer=dataset.at("license"))
    return in_package(project, dataset, package) if package else None


def in_package(project: Project, dataset: Dataset, package: Described) -> Stated | None:
    """The licence that a data package names for a dataset."""
    written = next((found for key in ("licenses", "license", "licence") if (found := package.get(key))), None)
    if not written:
        return None
    entries = written if isinstance(written, list) else [written]
    return Stated(
        text=", ".join(shown(each) for each in entries[:NAMED]),
        answer=normalised(entries, project.register),
        pointer=dataset.pointer,
        looked=project.looked(package.located),
    )


def listed(ids: tuple[str, ...]) -> str:
    """The first ids of a list, for a message."""
    return clipped(few(ids, NAMED), 200)
