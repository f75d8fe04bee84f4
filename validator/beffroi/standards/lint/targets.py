"""What is to be linted: every version of our own standards, and the files of others that define one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from beffroi.catalogue import Catalogue, folders_of, is_file, matches
from beffroi.catalogue.definitions import FILE
from beffroi.catalogue.projects import answers
from beffroi.documents import read_document
from beffroi.errors import BeffroiError, NoSuchInput, UnknownStandard
from beffroi.standards.lint.foreign import files_below
from beffroi.values import dataclass

OLDER = "versions"
OF_FILES = (".json", ".yaml", ".yml")
OF_TABLES = ".schema.yaml"


@dataclass(frozen=True, kw_only=True)
class Target:
    """One file to lint, and the catalogue that was named."""

    file: Path
    catalogue: Catalogue

    @property
    def own(self) -> bool:
        """Whether it is a standard of our own form."""
        return self.file.name == FILE

    @property
    def older(self) -> bool:
        """Whether it is a version kept beside a newer one."""
        return self.file.parent.parent.name == OLDER

    @property
    def folder(self) -> Path:
        """The folder of this version."""
        return self.file.parent

    @property
    def home(self) -> Path:
        """The folder of the standard, with all its versions."""
        return self.folder.parent.parent if self.older else self.folder

    @property
    def root(self) -> int | None:
        """Which root of the catalogue has it; `None` where none has."""
        bases = [base_of(each) for each in self.catalogue.roots]
        base = self.home.resolve().parent
        return bases.index(base) if base in bases else None

    @property
    def within(self) -> Catalogue:
        """Where it finds what it extends: in the catalogue, and beside it."""
        if not self.own or self.root is not None:
            return self.catalogue
        return Catalogue((self.home.parent, *self.catalogue.roots))


def targets(names: Sequence[str], catalogue: Catalogue) -> list[tuple[str, list[Target]]]:
    """Each name with what it stands for: a path, or an id with or without version. Without names, each of the city's
    own catalogues, or the bundled one.

    Raises `NoSuchInput` or `UnknownStandard`.
    """
    if names:
        named = ((name, files_of(name, catalogue)) for name in names)
    else:
        named = ((root.as_posix(), standards_in(root)) for root in catalogue.own or catalogue.roots)
    return [(name, [Target(file=file, catalogue=catalogue) for file in files]) for name, files in named]


def files_of(name: str, catalogue: Catalogue) -> Iterable[Path]:
    """What one name stands for."""
    path = Path(name)
    if is_file(path):
        return [path.parent / FILE if belongs(path) else path]
    folder = name != "" and answers(path.is_dir)
    if folder and (found := list(in_folder(path))):
        return found
    try:
        return versions_of(name, catalogue)
    except UnknownStandard as error:
        if folder:
            return ()
        if os.sep in name or path.suffix in OF_FILES or not name:
            raise NoSuchInput("no-such-input", where=name or '""') from error
        raise


def belongs(path: Path) -> bool:
    """Whether a file is a Table Schema of the standard of ours in whose folder it is."""
    return path.name.endswith(OF_TABLES) and is_file(path.parent / FILE)


def in_folder(folder: Path) -> Iterator[Path]:
    """What there is to lint in a folder: the versions of a standard, a catalogue, or files that define something."""
    if (folder / FILE).is_file():
        return versions_in(folder)
    return standards_in(folder) if any(folders_of(folder)) else files_below(folder)


def standards_in(root: Path) -> Iterator[Path]:
    """Every version of every standard of a catalogue."""
    for folder in folders_of(root):
        yield from versions_in(folder)


def versions_in(folder: Path) -> Iterator[Path]:
    """The `standard.yaml` of every version of a standard; that of an older one may not be there."""
    yield folder / FILE
    yield from (each / FILE for each in sorted(folder.glob(f"{OLDER}/*")) if each.is_dir())


def versions_of(name: str, catalogue: Catalogue) -> list[Path]:
    """All versions of a standard of the catalogue, or those that `id@1` asks for. Raises `UnknownStandard`."""
    wanted, _, version = name.partition("@")
    found = [each for root in catalogue.roots for each in folders_of(root) if each.name == wanted]
    if not found:
        raise UnknownStandard("unknown-standard", name=wanted, known=", ".join(catalogue.ids()) or "-")
    files = {file: written_version(file) for file in versions_in(found[0])}
    if kept := [file for file, written in files.items() if not version or matches(written, version)]:
        return kept
    known = ", ".join(each for each in files.values() if each)
    raise UnknownStandard("unknown-version", where=(found[0] / FILE).as_posix(), name=version, known=known or "-")


def written_version(file: Path) -> str | None:
    """The version that a `standard.yaml` gives itself."""
    try:
        value = read_document(file).value
    except BeffroiError:
        return None
    found = value.get("version") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def base_of(root: Path) -> Path:
    """The folder in which a catalogue has its standards."""
    return (root / "standards" if (root / "standards").is_dir() else root).resolve()
