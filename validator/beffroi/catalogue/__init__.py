"""Finds standards by `id@version`: the city's own folders first, then the bundled ones, or a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache, cached_property, partial
from itertools import pairwise
from pathlib import Path

from beffroi.catalogue.building import standard_of
from beffroi.catalogue.definitions import FILE, Definition, bundled_root, read_definition
from beffroi.catalogue.extending import resolved
from beffroi.catalogue.reading import standard_from_file
from beffroi.errors import BeffroiError, NoSuchInput, UnknownStandard, UnusableFile
from beffroi.model.standard import Standard
from beffroi.values import dataclass

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, kw_only=True)
class Survey:
    """Every version of every standard of a catalogue, and what could not be loaded, with the file that it is about."""

    standards: tuple[Standard, ...]
    problems: tuple[BeffroiError, ...]


@dataclass(frozen=True)
class Catalogue:
    """Folders that hold `standards/`, `schemas/` and `charter/`, searched in order."""

    roots: tuple[Path, ...]

    @classmethod
    def of(cls, *own: Path) -> Catalogue:
        """The bundled catalogue behind a city's own folders. Raises `NoSuchInput` for a folder that does not exist."""
        for root in own:
            if not root.is_dir():
                raise NoSuchInput("no-such-input", where=root.as_posix())
        return cls((*dict.fromkeys(own), bundled_root()))

    def standard(self, name: str) -> Standard:
        """The standard that `name` means: a file or folder, or `id`, `id@1`, `id@1.2`, `id@1.2.0`.

        Raises `UnknownStandard`, or `UnusableFile` for a file that cannot be understood at all.
        """
        for file in ("", FILE, DESCRIPTOR):
            path = Path(name) / file
            if is_file(path):
                return self.in_folder(path.parent) if path.name == FILE else standard_from_file(path)
        return self.built(self.definition(name))

    def survey(self, *within: Path) -> Survey:
        """Every standard that can be found by its id, newest version first, and all that is wrong with the others.

        Only those of the roots `within`, where any are named.
        """
        found = [bundled_survey(each) if each in self.untouched else self.surveyed(each) for each in self.ids(*within)]
        return Survey(
            standards=tuple(standard for each in found for standard in each.standards),
            problems=tuple(problem for each in found for problem in each.problems),
        )

    def surveyed(self, wanted: str) -> Survey:
        """Every version of one standard, newest first, and what is wrong with those that cannot be loaded."""
        try:
            versions = self.versions(wanted)
        except BeffroiError as error:
            return Survey(standards=(), problems=(error,))
        standards, problems = [], []
        for version in versions:
            try:
                standards.append(self.standard(f"{wanted}@{version}"))
            except BeffroiError as error:
                problems.append(error)
        return Survey(standards=tuple(standards), problems=tuple(problems))

    @cached_property
    def untouched(self) -> frozenset[str]:
        """The ids of the bundled standards, where no folder of a city has a say in them."""
        bundled = {each.name for each in folders_of(bundled_root())} if bundled_root() in self.roots else set()
        own = {each.name for root in self.roots if root != bundled_root() for each in folders_of(root)}
        return frozenset() if own & bundled else frozenset(bundled)

    def recognisable(self) -> tuple[Standard, ...]:
        """Every standard that a table may be seen to follow; those that cannot be loaded are passed over."""
        return self.survey().standards

    def ids(self, *within: Path) -> tuple[str, ...]:
        """The ids of all standards, or of those that come from the roots `within`."""
        first = {each.name: root for root in reversed(self.roots) for each in folders_of(root)}
        return tuple(sorted(each for each, root in first.items() if not within or root in within))

    @property
    def own(self) -> tuple[Path, ...]:
        """The city's own folders."""
        return self.roots[:-1]

    def versions(self, wanted: str) -> tuple[str, ...]:
        """All versions of a standard, the current one first and then the newest."""
        folder = self.folder(wanted)
        older = sorted((each.name for each in folder.glob("versions/*") if each.is_dir()), key=version_key)
        current = current_definition(folder).descriptor["version"]
        return (current, *(each for each in reversed(older) if each != current))

    def folder(self, wanted: str) -> Path:
        """The folder of a standard: that of the first catalogue which has it, and says that it shadows the others."""
        found = [each for root in self.roots for each in folders_of(root) if each.name == wanted]
        if not found:
            raise UnknownStandard("unknown-standard", name=wanted, known=", ".join(nearest(wanted, self.ids())) or "-")
        for own, other in pairwise(found):
            if not read_definition(own).descriptor.get("shadows"):
                raise UnusableFile("shadows-silently", where=(own / FILE).as_posix(), name=wanted, other=called(other))
        return found[0]

    def definition(self, name: str) -> Definition:
        """What is written of `id`, `id@1`, `id@1.2` or `id@1.2.0`, alone; the newest version that fits."""
        wanted, _, version = name.partition("@")
        folder = self.folder(wanted)
        current = current_definition(folder)
        if not version or matches(current.descriptor["version"], version):
            return current
        versions = self.versions(wanted)
        for each in versions[1:]:
            if matches(each, version):
                found = read_definition(folder / "versions" / each)
                agreed("id", found, wanted)
                agreed("version", found, each)
                return found
        raise UnknownStandard("unknown-version", where=current.path, name=version, known=", ".join(versions))

    def in_folder(self, folder: Path) -> Standard:
        """The standard of a folder that need not be in the catalogue."""
        return self.built(read_definition(folder))

    def built(self, definition: Definition) -> Standard:
        """The standard, merged with those that it extends."""
        return standard_of(resolved(definition, partial(self.parent, definition.path)))

    def parent(self, path: str, name: str) -> Definition:
        """What is written of the standard that the one in `path` extends."""
        try:
            return self.definition(name)
        except UnknownStandard as error:
            raise UnusableFile("extends-unknown", where=path, parent=name, known=error.details["known"]) from error


@cache
def bundled_survey(wanted: str) -> Survey:
    """Every version of one of our own standards, which are read once: nobody changes them while we run."""
    return Catalogue.of().surveyed(wanted)


def nearest(name: str, known: tuple[str, ...]) -> list[str]:
    """All known names, those most like `name` first."""
    return sorted(known, key=lambda each: -difflib.SequenceMatcher(None, name, each).ratio())


def folders_of(root: Path) -> Iterator[Path]:
    """The folders of standards in a catalogue, which has them in `standards/` or is itself that folder."""
    base = root / "standards" if (root / "standards").is_dir() else root
    return (file.parent for file in sorted(base.glob(f"*/{FILE}")))


def current_definition(folder: Path) -> Definition:
    """The current version of the standard in a folder of its own, alone."""
    found = read_definition(folder)
    agreed("id", found, folder.name)
    return found


def agreed(key: str, found: Definition, name: str) -> None:
    """Raise `UnusableFile` where a standard's id or version is not what its folder is called."""
    if found.descriptor[key] != name:
        raise UnusableFile("other-id", where=found.path, key=key, found=found.descriptor[key], name=name)


def called(folder: Path) -> str:
    """How errors call the folder of a standard."""
    ours = bundled_root()
    return folder.relative_to(ours).as_posix() if folder.is_relative_to(ours) else folder.as_posix()


def is_file(path: Path) -> bool:
    """Whether a path names a file; one that no system could hold does not."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def matches(version: str | None, wanted: str) -> bool:
    """Whether `1.2.0` is what `1`, `1.2` or `1.2.0` asks for."""
    return version is not None and f"{version}.".startswith(f"{wanted}.")


def version_key(version: str) -> tuple[int, ...]:
    """Versions in their order; what is not a number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
