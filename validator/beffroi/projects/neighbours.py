"""The city's other projects, as one project sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from beffroi.projects.declaration import NAME, Declaration
from beffroi.projects.project import Project


def identifier(declaration: Declaration) -> str:
    """How other projects name a project; nothing where it has no identifier."""
    return str(declaration.get("/project/identifier", ""))


def neighbours(project: Project) -> Iterator[Declaration]:
    """The declarations of the portfolio, but for the project's own."""
    own, here = identifier(project.declaration), (project.folder / NAME).resolve()
    for each in project.portfolio.declarations if project.portfolio else ():
        if Path(each.path).resolve() != here and (not own or identifier(each) != own):
            yield each


def by_identifier(project: Project) -> Mapping[str, Declaration]:
    """The same by their identifiers; the first where two have the same."""
    return {name: each for each in reversed(list(neighbours(project))) if (name := identifier(each))}
