"""What is to be linted: every version of charters, and profiles."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from beffroi.catalogue import Catalogue, is_file, matches
from beffroi.catalogue.charters import (
    PROFILES,
    VERSIONS,
    Charters,
    UnknownCharter,
    files_of,
    home_of,
)
from beffroi.catalogue.charters.writing import FILE, REQUIREMENTS
from beffroi.catalogue.projects import answers
from beffroi.documents import read_document
from beffroi.errors import BeffroiError, NoSuchInput
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Target:
    """One charter or profile to lint: its file, and where the charter that it extends is found."""

    file: Path
    charters: Charters

    @property
    def folder(self) -> Path:
        """The folder of this version, or of the profile."""
        return self.file.parent

    @property
    def older(self) -> bool:
        """Whether it is a version kept beside a newer one."""
        return self.file.name == FILE and self.file.absolute().parents[1].name == VERSIONS

    @property
    def name(self) -> str:
        """The id that its folder or file is called by."""
        if self.file.name != FILE:
            return self.file.stem
        return home_of(self.file.absolute()).name

    def requirement_files(self) -> Iterator[Path]:
        """The files of its own requirements."""
        if self.file.name == FILE:
            yield from sorted((self.folder / REQUIREMENTS).glob("*.yaml"))


def targets(names: Sequence[str], catalogue: Catalogue) -> list[tuple[str, list[Target]]]:
    """Each name with what it stands for: a path, or an id with or without version. Without names, each of the city's
    own catalogues, or the bundled one.

    Raises `NoSuchInput` or `UnknownCharter`.
    """
    charters = Charters.of(catalogue)
    given = names or [root.as_posix() for root in catalogue.own or catalogue.roots]
    found = [(name, files_meant(name, charters)) for name in given]
    return [(name, [Target(file=each, charters=charters.beside(each)) for each in files]) for name, files in found]


def files_meant(name: str, charters: Charters) -> list[Path]:
    """What one name stands for."""
    path = Path(name)
    if is_file(path):
        return [owner_of(path)]
    if name and answers(path.is_dir):
        if (path / FILE).is_file():
            return list(all_of(path / FILE))
        return [each for _, file in files_of(path) for each in versions_in(file)]
    try:
        return versions_of(name, charters)
    except UnknownCharter as error:
        if os.sep in name or path.suffix in {".yaml", ".yml"} or not name:
            raise NoSuchInput("no-such-input", where=name or '""') from error
        raise


def owner_of(path: Path) -> Path:
    """The charter that a file is, or is a requirement of."""
    owner = path.absolute().parent.parent / FILE
    return path.parent.parent / FILE if path.parent.name == REQUIREMENTS and is_file(owner) else path


def all_of(file: Path) -> Iterator[Path]:
    """A charter with its versions and its profiles."""
    yield from versions_in(file)
    yield from sorted((file.parent / PROFILES).glob("*.yaml"))


def versions_in(file: Path) -> Iterator[Path]:
    """The files of every version of a charter; that of an older one may not be there."""
    yield file
    if file.name == FILE:
        yield from (each / FILE for each in sorted(file.parent.glob(f"{VERSIONS}/*")) if each.is_dir())


def versions_of(name: str, charters: Charters) -> list[Path]:
    """All versions of a charter of the catalogue, or those that `id@1` asks for. Raises `UnknownCharter`."""
    wanted, _, version = name.partition("@")
    found = [file for root in charters.roots for known, file in files_of(root) if known == wanted]
    if not found:
        raise UnknownCharter("unknown-charter", name=wanted, known=", ".join(charters.ids()) or "-")
    files = {file: written_version(file) for file in versions_in(found[0])}
    if kept := [file for file, written in files.items() if not version or matches(written, version)]:
        return kept
    known = ", ".join(each for each in files.values() if each) or "-"
    raise UnknownCharter("unknown-charter-version", where=found[0].as_posix(), name=version, known=known)


def written_version(file: Path) -> str | None:
    """The version that a charter gives itself."""
    try:
        value = read_document(file).value
    except BeffroiError:
        return None
    found = value.get("version") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None
