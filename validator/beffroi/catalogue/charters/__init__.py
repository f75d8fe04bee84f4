"""Finds charters by `id@version`, as the catalogue finds standards: the city's own folders first, or a file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.catalogue import called, is_file, matches, nearest, version_key
from beffroi.catalogue.charters.building import charter_of
from beffroi.catalogue.charters.tailoring import tailored
from beffroi.catalogue.charters.writing import FILE, WrittenCharter, read_charter
from beffroi.errors import BeffroiError, UnusableFile
from beffroi.model.charter import Charter
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

PROFILES = "profiles"
VERSIONS = "versions"


class UnknownCharter(BeffroiError):
    """The catalogue holds no charter of that name or version."""


@dataclass(frozen=True)
class Charters:
    """The charters of a catalogue: each a folder with a `charter.yaml`, or a file in the `profiles/` of one.

    `near` is a folder in which those are found that the catalogue does not have.
    """

    roots: tuple[Path, ...]
    near: Path | None = None

    @classmethod
    def of(cls, catalogue: Catalogue) -> Charters:
        """Those of a catalogue."""
        return cls(catalogue.roots)

    def charter(self, name: str) -> Charter:
        """The charter that `name` means: a file or folder, or `id`, `id@1`, `id@1.2`, `id@1.2.0`.

        Raises `UnknownCharter`, or `UnusableFile` for a file that cannot be understood at all.
        """
        return charter_of(self.whole(name))

    def whole(self, name: str) -> WrittenCharter:
        """What is written of the charter that `name` means, merged with those that it is a profile of.

        What a file extends is found in the catalogue, or beside it. Raises like `charter`.
        """
        for path in (Path(name), Path(name) / FILE):
            if path.suffix in {".yaml", ".yml"} and is_file(path):
                return self.beside(path).merged(read_charter(path))
        return self.merged(self.written(name))

    def beside(self, file: Path) -> Charters:
        """The same, and behind them those that lie beside the charter of a file."""
        return Charters(self.roots, home_of(file.resolve()).parent)

    def ids(self) -> tuple[str, ...]:
        """The ids of all charters and profiles."""
        return tuple(sorted(self.files))

    @property
    def files(self) -> dict[str, Path]:
        """The file of each charter by its id; the one of the first catalogue that has it."""
        return {name: file for root in reversed(self.roots) for name, file in files_of(root)}

    def versions(self, wanted: str) -> tuple[str, ...]:
        """All versions of a charter, the current one first and then the newest."""
        file = self.file(wanted)
        older = sorted((each.parent.name for each in older_files(file)), key=version_key)
        current = read_charter(file).version
        return (current, *(each for each in reversed(older) if each != current))

    def file(self, wanted: str) -> Path:
        """The file of a charter: that of the first catalogue which has it, and says that it shadows the others.

        Raises `UnknownCharter`, or `UnusableFile` for a charter that shadows another silently.
        """
        found = [file for root in self.roots for name, file in files_of(root) if name == wanted]
        if not found and self.near:
            found = [file for name, file in files_of(self.near) if name == wanted][:1]
        if not found:
            known = ", ".join(nearest(wanted, self.ids())) or "-"
            raise UnknownCharter("unknown-charter", name=wanted, known=known)
        for own, other in pairwise(found):
            if not read_charter(own).value.get("shadows"):
                raise UnusableFile("shadows-silently", where=own.as_posix(), name=wanted, other=called(other))
        return found[0]

    def written(self, name: str) -> WrittenCharter:
        """What is written of `id`, `id@1`, `id@1.2` or `id@1.2.0`, alone; the newest version that fits."""
        wanted, _, version = name.partition("@")
        file = self.file(wanted)
        found = agreed(read_charter(file), wanted)
        if not version or matches(found.version, version):
            return found
        older = sorted(older_files(file), key=lambda each: version_key(each.parent.name), reverse=True)
        fitting = next((each for each in older if matches(each.parent.name, version)), None)
        if fitting is None:
            known = ", ".join(self.versions(wanted))
            raise UnknownCharter("unknown-charter-version", where=found.path, name=version, known=known)
        return agreed(read_charter(fitting), wanted)

    def merged(self, written: WrittenCharter) -> WrittenCharter:
        """What is written of a charter, with those that it is a profile of."""
        return tailored(written, partial(self.parent, written.path))

    def parent(self, path: str, name: str) -> WrittenCharter:
        """What is written of the charter that the one in `path` is a profile of."""
        try:
            return self.written(name)
        except UnknownCharter as error:
            known = error.details["known"]
            raise UnusableFile("charter-extends-unknown", where=path, parent=name, known=known) from error


def agreed(written: WrittenCharter, name: str) -> WrittenCharter:
    """What is written, of the id that its folder or file is called by; else raises `UnusableFile`."""
    if written.id != name:
        raise UnusableFile("other-id", where=written.path, key="id", found=written.id, name=name)
    return written


def files_of(root: Path) -> Iterator[tuple[str, Path]]:
    """The charters of a catalogue, which has them in `charter/` or is itself that folder, by their ids."""
    for file in sorted(base_of(root).glob(f"*/{FILE}")):
        yield file.parent.name, file
        yield from ((each.stem, each) for each in sorted(file.parent.glob(f"{PROFILES}/*.yaml")))


def base_of(root: Path) -> Path:
    """The folder in which a catalogue has its charters."""
    return root / "charter" if (root / "charter").is_dir() else root


def home_of(file: Path) -> Path:
    """The folder of the charter that a file is, is an older version of, or is a profile in."""
    if file.name != FILE:
        return file.parents[1] if file.parent.name == PROFILES else file.parent
    return file.parents[2] if file.parents[1].name == VERSIONS else file.parent


def older_files(file: Path) -> Iterator[Path]:
    """The files of the older versions of a charter."""
    if file.name == FILE:
        yield from file.parent.glob(f"{VERSIONS}/*/{FILE}")
