"""Which charters a command is about: those that are named, or all of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from beffroi.catalogue import Catalogue, nearest
from beffroi.catalogue.charters import Charters, files_of, older_files
from beffroi.catalogue.charters.building import charter_of, in_order
from beffroi.catalogue.charters.writing import FILE
from beffroi.errors import BeffroiError
from beffroi.model.charter import Charter, Requirement
from beffroi.projects.verifiers import known_verifiers
from beffroi.values import dataclass

MOST = 8
"""How many ids an error names."""


class UnknownRequirement(BeffroiError):
    """No charter asks for a requirement of that id, and there is no verifier of that name."""


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Charters, and what is wrong with those that could not be loaded."""

    charters: tuple[Charter, ...]
    problems: tuple[BeffroiError, ...]


def chosen(names: Sequence[str], catalogue: Catalogue) -> Survey:
    """The charters of these names: an id with or without version, a file, the folder of a charter or of many.

    Without names: every version of every charter and profile of the city's own folders, or of the bundled one where it
    has none. Raises what is wrong with the only one, where there is no other.
    """
    charters = Charters.of(catalogue)
    given = names or [root.as_posix() for root in catalogue.own or catalogue.roots]
    found: list[Charter] = []
    problems: list[BeffroiError] = []
    for name in dict.fromkeys(each for one in given for each in meant(one)):
        try:
            found.append(charter_of(charters.whole(name)))
        except BeffroiError as error:
            if str(error) not in {str(each) for each in problems}:
                problems.append(error)
    if not found and len(problems) == 1:
        raise problems[0]
    return Survey(charters=tuple(found), problems=tuple(problems))


def meant(name: str) -> Iterator[str]:
    """The files of all charters in a folder; or the name itself, for what is no such folder."""
    folder = Path(name)
    if (folder / FILE).is_file() or not folder.is_dir():
        yield name
        return
    for _, file in files_of(folder):
        yield from (each.as_posix() for each in (file, *sorted(older_files(file))))


def listed(catalogue: Catalogue) -> tuple[list[tuple[Charter, tuple[str, ...]]], list[BeffroiError]]:
    """Every charter and profile of a catalogue with its versions, and what is wrong with the others."""
    charters = Charters.of(catalogue)
    found, problems = [], []
    for name in charters.ids():
        try:
            found.append((charters.charter(name), charters.versions(name)))
        except BeffroiError as error:
            problems.append(error)
    return found, problems


def searched(name: str | None, catalogue: Catalogue) -> list[Charter]:
    """The charter of that name; without one, all of the catalogue, the city's own first, and profiles behind."""
    charters = Charters.of(catalogue)
    if name is not None:
        return [charters.charter(name)]
    found: list[Charter] = []
    for wanted in dict.fromkeys(each for root in charters.roots for each, _ in files_of(root)):
        with suppress(BeffroiError):
            found.append(charters.charter(wanted))
    return sorted(found, key=lambda each: each.extends is not None)


def explained(name: str, charter: str | None, catalogue: Catalogue) -> tuple[Requirement, Charter]:
    """The requirement of that id, and the charter that asks for it. Raises `UnknownRequirement`, `UnknownCharter`."""
    within = searched(charter, catalogue)
    for each in within:
        for requirement in (*each.requirements, *each.retired):
            if requirement.id.casefold() == name.casefold():
                return requirement, each
    ids = (requirement.id for each in within for requirement in each.requirements)
    known = nearest(name, (*dict.fromkeys(ids), *known_verifiers()))
    raise UnknownRequirement("unknown-requirement", name=name, known=", ".join(known[:MOST]) or "-")


def users(verifier: str, charter: str | None, catalogue: Catalogue) -> list[Requirement]:
    """The requirements that call a verifier, each once."""
    found = {
        each.id: each
        for within in reversed(searched(charter, catalogue))
        for each in within.requirements
        if verifier in {use.check for use in each.verify}
    }
    return [found[name] for name in sorted(found, key=in_order)]
