"""The catalogues that a project's `beffroi.yaml` names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from beffroi.catalogue.definitions import errors_of_form
from beffroi.catalogue.reading import inside
from beffroi.documents import read_document
from beffroi.errors import NoSuchInput, UnusableFile

NAME = "beffroi.yaml"


def project_file(start: Path) -> Path | None:
    """The `beffroi.yaml` of the folder `start`, or of one above it up to the root of its repository."""
    above = [start, *start.parents]
    root = next((each for each in above if answers((each / ".git").exists)), start)
    within = above[: above.index(root) + 1]
    return next((each / NAME for each in within if answers((each / NAME).is_file)), None)


def answers(question: Callable[[], bool]) -> bool:
    """Whether the system says yes; where it refuses to tell, nothing is there for us."""
    try:
        return question()
    except OSError:
        return False


def here() -> Path | None:
    """The folder that we are in, if there still is one."""
    try:
        return Path.cwd()
    except OSError:
        return None


def catalogues_of_project(start: Path | None) -> tuple[Path, ...]:
    """The folders with standards that the project of the folder `start` names under `catalogue:`, in their order.

    Raises `UnusableFile` for a file that is not of the form of one or leads out of the project, `NoSuchInput` for a
    folder that does not exist.
    """
    file = project_file(start) if start else None
    return tuple(named(file)) if file else ()


def named(file: Path) -> Iterator[Path]:
    """The folders that one file names."""
    document = read_document(file)
    for error in errors_of_form(document, "beffroi"):
        if str(error.details["place"]).startswith("/catalogue") or not isinstance(document.value, dict):
            raise error
    given = document.value.get("catalogue", [])
    for index, each in enumerate([given] if isinstance(given, str) else given):
        pointer = "/catalogue" if isinstance(given, str) else f"/catalogue/{index}"
        where = f"{document.path}:{document.line(pointer)}"
        try:
            folder = inside(file.parent, each)
        except UnusableFile as error:
            raise UnusableFile(error.kind, where=where, **error.details) from error
        if not answers(folder.is_dir):
            raise NoSuchInput("no-such-catalogue", where=where, name=each)
        yield folder
