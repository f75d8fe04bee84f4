"""Which standards a command is about: those that are named, or all of a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from beffroi.catalogue import Catalogue, Survey, folders_of
from beffroi.errors import BeffroiError


def chosen(names: Sequence[str], catalogue: Catalogue) -> Survey:
    """The standards of these names: an id with or without version, a file, the folder of a standard or of many.

    Without names: every version of every standard of the city's own folders, or of the bundled one where it has none.
    Raises what is wrong with the only one, where there is no other.
    """
    surveys = [survey_of(each, catalogue) for each in names] or [catalogue.survey(*(catalogue.own or catalogue.roots))]
    standards = tuple(standard for each in surveys for standard in each.standards)
    problems = tuple(problem for each in surveys for problem in each.problems)
    if not standards and len(problems) == 1:
        raise problems[0]
    return Survey(standards=standards, problems=problems)


def survey_of(name: str, catalogue: Catalogue) -> Survey:
    """The standards of one name."""
    root = Path(name)
    if any(folders_of(root)):
        return Catalogue((root, *(each for each in catalogue.roots if not same(each, root)))).survey(root)
    try:
        return Survey(standards=(catalogue.standard(name),), problems=())
    except BeffroiError as error:
        return Survey(standards=(), problems=(error,))


def same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one folder."""
    return one.resolve() == other.resolve()
