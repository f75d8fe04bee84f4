"""A declared project as verifiers see it: what it says, its files, its data judged, and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.documents import Document, parse_document
from beffroi.errors import BeffroiError
from beffroi.model.charter import Charter, Vocabulary
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Looked
from beffroi.model.report import Subject
from beffroi.packages.paths import Contents
from beffroi.projects.declaration import Declaration
from beffroi.projects.patterns import matches
from beffroi.tables.delivery import digest
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.deliveries import Judge
    from beffroi.licences.register import Register
    from beffroi.projects.portfolio import Portfolio

TEXT_BYTES = 1 << 20
"""The most that is read of a file as text."""
MOST_FILES = 1000
"""The most files that a pattern may name."""
PATTERN = frozenset("*?[")


NO_CHARTER = Charter(
    id="none",
    version="0",
    status="active",
    path="",
    sha256="",
    title={},
    description={},
    principles=(),
    vocabulary=Vocabulary(),
    requirements=(),
)
"""That of a project that is checked against none."""


@dataclass(frozen=True, kw_only=True)
class Located:
    """A file that the declaration names by `path`: the `file`, or the `fault` why it cannot be used."""

    path: str
    file: Path | None = None
    fault: Fault | None = None


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A dataset that is declared at `pointer`; `value` is what is declared of it."""

    pointer: str
    value: Mapping[str, Any]

    @property
    def name(self) -> str:
        """How messages call it."""
        index = int(self.pointer.rpartition("/")[2]) + 1
        address = self.value.get("downloadURL", "").partition("?")[0]
        return str(self.value.get("name") or self.value.get("path") or address or f"#{index}")

    @property
    def role(self) -> str:
        """What it is in the project; published, where the declaration does not say."""
        return str(self.value.get("role", "published"))

    @property
    def is_open(self) -> bool:
        """Whether it is to be open data: not raw, and not declared closed."""
        return self.role != "raw" and self.value.get("accessRights", "public") == "public"

    def at(self, key: str) -> str:
        """The pointer of one of its keys; its own where that key is missing."""
        return f"{self.pointer}/{key}" if key in self.value else self.pointer


@dataclass(frozen=True, kw_only=True)
class Project:
    """A declared project in its `folder`, out of which no path leads. `today` is the day by which dates are judged."""

    declaration: Declaration
    folder: Path
    charter: Charter
    judge: Judge
    catalogue: Catalogue
    portfolio: Portfolio | None = None
    judged: dict[str, tuple[Subject, ...]] = field(default_factory=dict)
    seen: dict[str, Looked] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day by which dates are judged."""
        return self.judge.settings.today or datetime.now(UTC).date()

    @property
    def lang(self) -> str:
        """The language of the report."""
        return self.judge.settings.lang

    @property
    def register(self) -> Register:
        """The licences that are known."""
        return self.judge.register

    @cached_property
    def contents(self) -> Contents:
        """The files of the folder."""
        return Contents(self.folder)

    @cached_property
    def datasets(self) -> tuple[Dataset, ...]:
        """The datasets that are declared."""
        return tuple(Dataset(pointer=pointer, value=value) for pointer, value in self.declaration.each("/datasets"))

    def locate(self, path: str) -> Located:
        """The file that a path of the declaration means; a folder counts as a file here."""
        found = self.contents.locate(path.rstrip("/"))
        if found.file and found.file.is_file():
            return Located(path=path, file=found.file)
        folder = self.folder_at(path)
        gone = found.fault or reason("missing-file", name=path)
        return Located(path=path, file=folder) if folder else Located(path=path, fault=gone)

    def folder_at(self, path: str) -> Path | None:
        """The folder below the project's own that a path means, if there is one."""
        from beffroi.packages.paths import unsafe

        if path.strip("./") and (unsafe(path) or "://" in path):
            return None
        folder = self.folder / path
        try:
            inside = folder.is_dir() and folder.resolve().is_relative_to(self.folder.resolve())
        except (OSError, ValueError):
            return None
        return folder if inside else None

    def files_of(self, dataset: Dataset) -> tuple[Located, ...]:
        """The files of a dataset: that of its path, or all that its pattern means, in order."""
        path = dataset.value.get("path", "")
        if not path or not PATTERN & set(path):
            return (self.locate(path),) if path else ()
        wanted = path.removeprefix("./")
        names = [each for each in self.contents.files if matches(each, wanted)][:MOST_FILES]
        return tuple(self.locate(each) for each in names) or (
            Located(path=path, fault=reason("missing-file", name=path)),
        )

    def subjects_of(self, dataset: Dataset) -> tuple[Subject, ...]:
        """The files of a dataset judged against the standard that it claims, or as they are; each is judged once.

        A dataset that claims an unknown standard, or of which no file can be read, has none.
        """
        if dataset.pointer not in self.judged:
            self.judged[dataset.pointer] = tuple(self.judge_dataset(dataset))
        return self.judged[dataset.pointer]

    def judge_dataset(self, dataset: Dataset) -> Iterator[Subject]:
        """Judge the files of a dataset."""
        paths = [each.file for each in self.files_of(dataset) if each.file]
        try:
            claimed = self.standard_of(dataset)
            judge = replace(self.judge.following(claimed), guessed=False) if claimed else self.judge
            found = list(judge.paths([path.as_posix() for path in paths]))
        except BeffroiError:
            return
        yield from (replace(each, path=self.shown(each.path)) for each in found)

    def standard_of(self, dataset: Dataset) -> Any:
        """The standard that a dataset claims, or its own schema; `None` where it names none. Raises `BeffroiError`."""
        if name := dataset.value.get("conformsTo"):
            own = self.locate(name) if "@" not in name and "." in name else None
            return self.catalogue.standard(own.file.as_posix() if own and own.file else name)
        if path := dataset.value.get("schema"):
            located = self.locate(path)
            return self.catalogue.standard(located.file.as_posix()) if located.file else None
        return None

    def shown(self, path: str) -> str:
        """How reports call a file of the project: beside its declaration."""
        name = Path(path)
        above = Path(self.declaration.path).parent
        return (above / name.relative_to(self.folder)).as_posix() if name.is_relative_to(self.folder) else path

    def looked(self, located: Located) -> Looked:
        """A file as something that was looked at, with its SHA-256 and size where it is one file."""
        if located.path not in self.seen:
            self.seen[located.path] = looked_at(located)
        return self.seen[located.path]

    def text(self, located: Located) -> str | Fault:
        """What a file says, as UTF-8 or Windows-1252; a fault where it is too large, or cannot be read as text."""
        if located.file is None:
            return located.fault or reason("missing-file", name=located.path)
        try:
            with located.file.open("rb") as file:
                raw = file.read(TEXT_BYTES + 1)
        except OSError as error:
            return reason("unreadable", problem=error.strerror or str(error))
        if len(raw) > TEXT_BYTES:
            return reason("too-large", limit=f"{TEXT_BYTES >> 20} MiB")
        if b"\0" in raw:
            return reason("no-text")
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return raw.decode("cp1252", errors="replace")

    def document(self, located: Located) -> Document | Fault:
        """A YAML or JSON file; a fault where it is none."""
        found = self.text(located)
        if isinstance(found, Fault):
            return found
        try:
            return parse_document(found, located.path)
        except BeffroiError as error:
            return reason("not-well-formed", problem=error.message(self.lang), where=error.where or located.path)


def looked_at(located: Located) -> Looked:
    """A file with its SHA-256 and size; without them for a folder, or what cannot be read."""
    try:
        sha256, size = digest(located.file) if located.file and located.file.is_file() else (None, None)
    except (BeffroiError, OSError):
        sha256, size = None, None
    return Looked(path=located.path, sha256=sha256, bytes=size)
