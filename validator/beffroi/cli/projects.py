"""How commands find the project that they are about: by a path, or from the folder that they are called in."""

from __future__ import annotations

import os
from pathlib import Path

import click

from beffroi.errors import NoSuchInput, UnusableFile

path_argument = click.argument("path", metavar="[PATH]", default=".", type=click.Path(path_type=Path))


def declared_in(path: Path, charter: str | None = None) -> str:
    """The declaration that `path` means, as reports call it: the file, or that of a folder or of one above it.

    Raises `NoSuchInput` where there is none, `UnusableFile` for one that declares no project, or names no charter where
    none was given either.
    """
    from beffroi.catalogue.projects import NAME
    from beffroi.projects.declaration import Declaration

    file = path if path.name == NAME else declaration_of(path)
    name = file.as_posix()
    declaration = Declaration.read(file, name)
    if not declaration.get("/project"):
        raise UnusableFile("declares-no-project", where=name)
    if not (charter or declaration.get("/charter")):
        raise UnusableFile("names-no-charter", where=name)
    return name


def declaration_of(folder: Path) -> Path:
    """The declaration of a folder, or of one above it up to the root of its repository. Raises `NoSuchInput`."""
    from beffroi.catalogue.projects import project_file

    if not os.path.lexists(folder):
        raise NoSuchInput("no-such-input", where=str(folder))
    found = project_file(folder.resolve())
    if found is None:
        raise NoSuchInput("no-declaration", where=folder.as_posix())
    return found if folder.is_absolute() else Path(os.path.relpath(found))
