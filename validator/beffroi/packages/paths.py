"""Where a path of a descriptor leads: to a file inside the package, and nowhere else."""

from __future__ import annotations

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from beffroi.documents import shown
from beffroi.model.faults import Fault, fault
from beffroi.values import dataclass
from beffroi.visible import visible

JUNK = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}
NOT_OURS = {*JUNK, "node_modules", "__pycache__"}
SOUGHT_AMONG = 500
REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def named(text: str) -> str:
    """A name or path as messages show it: invisible signs made visible, and no longer than a report shows."""
    return visible(shown(text))


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
        if not given.strip():
            return Located(fault=fault("missing-file", "blank"))
        if REMOTE.match(given) and not given.lower().startswith("file:"):
            return Located(fault=fault("remote-path", path=named(given)))
        if cause := unsafe(given):
            return Located(fault=fault("unsafe-path", cause, name=named(given)))
        path = PurePosixPath(given.replace("\\", "/"))
        located = self._exact(path, given) if is_file(self.folder / path) else self._near(path, given)
        if located.file and not located.file.resolve().is_relative_to(self.folder.resolve()):
            return Located(fault=fault("unsafe-path", "link", name=named(given)))
        return located

    def _exact(self, path: PurePosixPath, given: str) -> Located:
        if "\\" not in given:
            return Located(file=self.folder / path)
        meant = path.as_posix()
        wrong = fault("unsafe-path", "backslash", meant, name=named(given), meant=meant)
        return Located(file=self.folder / path, fault=wrong)

    def _near(self, path: PurePosixPath, given: str) -> Located:
        """What may be meant by a path under which there is nothing; another Unicode form of it is the same path."""
        name = composed(path.as_posix())
        if same := self._by_form.get(name):
            return Located(file=self.folder / same)
        if other := self._by_fold.get(name.casefold()):
            wrong = fault("missing-file", "other-case", other, name=named(given), meant=other)
            return Located(file=self.folder / other, fault=wrong)
        likely = self._likely(name)
        if likely:
            return Located(fault=fault("missing-file", "did-you-mean", likely, name=named(given), meant=likely))
        return Located(fault=fault("missing-file", name=named(given)))

    @cached_property
    def _by_form(self) -> Mapping[str, str]:
        return {composed(each): each for each in self.files}

    @cached_property
    def _by_fold(self) -> Mapping[str, str]:
        return {composed(each).casefold(): each for each in self.files}

    def _likely(self, name: str) -> str | None:
        """A file of the same name in another folder, or with nearly the same path; not sought among too many."""
        if len(self.files) > SOUGHT_AMONG or len(name) > SOUGHT_AMONG:
            return None
        last = PurePosixPath(name).name
        elsewhere = [each for each in self.files if last and PurePosixPath(each).name == last]
        near = elsewhere or difflib.get_close_matches(name, self.files, n=1, cutoff=0.8)
        return named(near[0]) if near else None


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
