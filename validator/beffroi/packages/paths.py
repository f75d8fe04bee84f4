"""Where a path of a descriptor leads: to a file inside the package, and nowhere else."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from beffroi.model.faults import Fault, fault

JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
NOT_OURS = {*JUNK, "node_modules", "__pycache__"}
REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_junk(name: str) -> bool:
    """Whether a file is what an operating system leaves behind, not something delivered."""
    return any(part in JUNK or part.startswith("._") for part in name.split("/"))


@dataclass(frozen=True)
class Located:
    """What a path leads to, and what is wrong with it; both when it can be used all the same."""

    file: Path | None = None
    fault: Fault | None = None


@dataclass(frozen=True)
class Contents:
    """The files of a package's folder."""

    folder: Path

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The paths of all files, relative, in order; hidden folders and packages of their own are left out."""
        return tuple(sorted(self._walk()))

    def _walk(self) -> Iterator[str]:
        for root, folders, names in os.walk(self.folder):
            here = Path(root)
            if here != self.folder and "datapackage.json" in names:
                folders.clear()
                continue
            folders[:] = [each for each in folders if not each.startswith(".") and each not in NOT_OURS]
            for name in names:
                if not name.startswith(".") and not is_junk(name):
                    yield (here / name).relative_to(self.folder).as_posix()

    def locate(self, given: str) -> Located:
        """The file that `given` means: relative, with `/`, inside the folder, not hidden (Data Package, "path")."""
        if REMOTE.match(given) and not given.lower().startswith("file:"):
            return Located(fault=fault("remote-path", path=given))
        if cause := unsafe(given):
            return Located(fault=fault("unsafe-path", cause, name=given))
        path = PurePosixPath(given.replace("\\", "/"))
        file = self.folder / path
        if not is_file(file):
            return self._near(path, given)
        if not file.resolve().is_relative_to(self.folder.resolve()):
            return Located(fault=fault("unsafe-path", "link", name=given))
        wrong = fault("unsafe-path", "backslash", path.as_posix(), name=given) if "\\" in given else None
        return Located(file=file, fault=wrong)

    def _near(self, path: PurePosixPath, given: str) -> Located:
        """What may be meant by a path under which there is nothing; another Unicode form of it is the same path."""
        name = path.as_posix()
        for other in self.files:
            if composed(other) == composed(name):
                return Located(file=self.folder / other)
        for other in self.files:
            if composed(other).casefold() == composed(name).casefold():
                return Located(file=self.folder / other, fault=fault("missing-file", "other-case", other, name=given))
        same_name = [other for other in self.files if PurePosixPath(other).name == path.name]
        near = same_name or difflib.get_close_matches(name, self.files, n=1, cutoff=0.8)
        if near:
            return Located(fault=fault("missing-file", "did-you-mean", near[0], name=given))
        return Located(fault=fault("missing-file", name=given))


def unsafe(given: str) -> str | None:
    """Why a path must not be followed."""
    segments = given.replace("\\", "/").split("/")
    if given.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:|file:", given, re.IGNORECASE):
        return "absolute"
    if ".." in segments:
        return "outside"
    if any(ord(each) < ord(" ") for each in given):
        return "control-character"
    return "hidden" if any(each.startswith(".") and each != "." for each in segments) else None


def is_file(path: Path) -> bool:
    """Whether there is a file; a name that the system cannot even hold has none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def composed(name: str) -> str:
    """A name in the one Unicode form (NFC) under which names are compared."""
    return unicodedata.normalize("NFC", name)
