"""A draft of a standard: the files of its folder, before they are written whole or not at all.

What is still to be written, or translated, begins with the words of `TO_COMPLETE` or `TO_TRANSLATE`.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from beffroi.catalogue import Catalogue, folders_of
from beffroi.catalogue.definitions import FILE
from beffroi.errors import CannotWrite, UnusableFile
from beffroi.values import dataclass

TO_COMPLETE = {"en": "TO COMPLETE", "fr": "À COMPLÉTER"}
TO_TRANSLATE = {"en": "TO TRANSLATE", "fr": "À TRADUIRE"}
TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
VERSION = "0.1.0"
ACCEPTED = ("etalab-2.0", "ODbL-1.0", "CC-BY-4.0", "CC0-1.0")
"""The licences that a draft accepts until its author has thought about it."""
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 80
SHORT = 100
"""How long a text may be that is repeated where its translation is to stand."""
STANDARDS = "standards"


@dataclass(frozen=True, kw_only=True)
class Note:
    """What whoever finishes a draft must know, in words. `kind` is for programs, `place` a field or a file."""

    kind: str
    text: str
    place: str | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The folder of a standard: the texts of its files by their paths in it, and files that are copied as they are.

    `to_check` are uncertain decisions, each of them marked by a comment in the files; `told` is what was done.
    """

    id: str
    files: Mapping[str, str]
    copies: Mapping[str, Path] = field(default_factory=dict)
    told: tuple[Note, ...] = ()
    to_check: tuple[Note, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files, `standard.yaml` first."""
        return tuple(sorted({*self.files, *self.copies}, key=lambda path: (path.count("/"), path != FILE, path)))

    @property
    def open_places(self) -> int:
        """How many texts are still to be written or translated."""
        marks = (*TO_COMPLETE.values(), *TO_TRANSLATE.values())
        lines = [line for path, text in self.files.items() if path.endswith(".yaml") for line in text.splitlines()]
        return sum(line.count(mark) for line in lines for mark in marks if not line.lstrip().startswith("#"))


def to_complete(what: Mapping[str, str] | None = None) -> dict[str, str]:
    """A text that is still to be written, with what it should say."""
    return {lang: f"{mark} – {what[lang]}" if what else mark for lang, mark in TO_COMPLETE.items()}


def to_translate(text: str, lang: str) -> dict[str, str]:
    """A text of one language, which is still to be translated into the others."""
    shown = f" – {text}" if len(text) <= SHORT and "\n" not in text else ""
    return {each: text if each == lang else f"{mark}{shown}" for each, mark in TO_TRANSLATE.items()}


def is_open(text: Any) -> bool:
    """Whether a text is still to be written or translated."""
    return isinstance(text, str) and text.startswith((*TO_COMPLETE.values(), *TO_TRANSLATE.values()))


def slug(name: str) -> str:
    """A name as an id can hold it: small letters without accents, digits, and dashes between them."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return "-".join(re.findall("[a-z0-9]+", bare))[:LONGEST_ID].strip("-")


def checked_id(name: str, catalogue: Catalogue) -> str:
    """An id for a new standard. Raises `UnusableFile` for one that cannot be, or that a catalogue has already."""
    if not ID.fullmatch(name) or len(name) > LONGEST_ID:
        raise UnusableFile("bad-id", name=name, meant=slug(name) or "public-benches")
    if name in catalogue.ids():
        raise UnusableFile("id-taken", name=name, where=catalogue.folder(name).as_posix())
    return name


def place_for(draft: str, root: Path) -> Path:
    """Where the folder of a new standard belongs in a catalogue: where its other standards are."""
    flat = not (root / STANDARDS).is_dir() and any(folders_of(root))
    return (root if flat else root / STANDARDS) / draft


def write(draft: Draft, folder: Path) -> None:
    """Write a draft as a folder that does not exist yet: all of it, or nothing.

    Raises `CannotWrite`, also where there is something already.
    """
    if os.path.lexists(folder):
        raise CannotWrite("folder-exists", where=folder.as_posix())
    try:
        with parents_of(folder), temporary_folder_in(folder.parent) as beside:
            fill(draft, beside / folder.name)
            (beside / folder.name).rename(folder)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotWrite("cannot-write", where=folder.as_posix(), reason=reason) from error


def fill(draft: Draft, folder: Path) -> None:
    """Write the files of a draft into a folder of its own; raises `OSError`."""
    folder.mkdir()
    for path, text in draft.files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    for path, source in draft.copies.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder / path)


@contextmanager
def parents_of(folder: Path) -> Iterator[None]:
    """A block behind which the folders above `folder` are there, or those that were not are gone again."""
    missing = [each for each in folder.parents if not each.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in missing:
            with suppress(OSError):
                each.rmdir()


@contextmanager
def temporary_folder_in(parent: Path) -> Iterator[Path]:
    """A folder that is gone behind its context."""
    with tempfile.TemporaryDirectory(dir=parent, prefix=".beffroi-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def tried(draft: Draft) -> Iterator[Path]:
    """The folder of a draft, written for as long as the context."""
    with tempfile.TemporaryDirectory(prefix="beffroi-") as root:
        folder = Path(root) / STANDARDS / draft.id
        write(draft, folder)
        yield folder
