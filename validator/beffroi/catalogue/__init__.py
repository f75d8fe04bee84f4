"""Finds standards by `id@version`: the city's own folders first, then the bundled ones, or a file."""

from __future__ import annotations

from pathlib import Path

from beffroi.catalogue.reading import bundled_root, standard_from_file, standard_from_folder
from beffroi.errors import NoSuchInput, UnknownStandard, UnusableFile
from beffroi.model.standard import Standard
from beffroi.values import dataclass


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
        return cls((*own, bundled_root()))

    def standard_folders(self) -> dict[str, Path]:
        """The folder of each standard's current version, by id; the first root that has it wins."""
        found: dict[str, Path] = {}
        for root in self.roots:
            base = root / "standards" if (root / "standards").is_dir() else root
            for file in sorted(base.glob("*/standard.yaml")):
                found.setdefault(file.parent.name, file.parent)
        return found

    def standard(self, name: str) -> Standard:
        """The standard that `name` means: a file or folder, or `id`, `id@1`, `id@1.2`, `id@1.2.0`.

        Raises `UnknownStandard`, or `UnusableFile` for a file that cannot be understood at all.
        """
        for file in ("", "standard.yaml", "datapackage.json"):
            if is_file(Path(name) / file):
                return standard_from_file(Path(name) / file)
        wanted, _, version = name.partition("@")
        folders = self.standard_folders()
        if wanted not in folders:
            known = ", ".join(sorted(folders)) or "-"
            raise UnknownStandard("unknown-standard", name=name, known=known)
        return self._version(folders[wanted], version)

    @staticmethod
    def _version(folder: Path, version: str) -> Standard:
        current = standard_from_folder(folder)
        agreed("id", current.id, current.path, folder)
        if not version or matches(current.version, version):
            return current
        older = sorted((each.name for each in folder.glob("versions/*") if each.is_dir()), key=version_key)
        for each in reversed(older):
            if matches(each, version):
                found = standard_from_folder(folder / "versions" / each)
                agreed("version", str(found.version), found.path, folder / "versions" / each)
                return found
        known = ", ".join([*older, str(current.version)])
        raise UnknownStandard("unknown-version", where=current.path, name=version, known=known)


def agreed(key: str, found: str, path: str, folder: Path) -> None:
    """Raise `UnusableFile` where a standard's id or version is not what its folder is called."""
    if found != folder.name:
        raise UnusableFile("other-id", where=path, key=key, found=found, name=folder.name)


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
