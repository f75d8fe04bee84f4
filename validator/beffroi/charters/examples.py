"""The examples of a charter as they are written: declared projects, and cases that change them a little.

`examples/<project>/` is a declared project, whose `expected.yaml` tells what every requirement must come to (of a
profile: at least those of its own).
`examples/cases/<ID>.yaml` lists cases of one requirement: an example project, what is otherwise in it, and what the
requirement must then come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.catalogue.charters import PROFILES
from beffroi.catalogue.charters.writing import FILE
from beffroi.catalogue.definitions import errors_of_form
from beffroi.documents import Document, read_document
from beffroi.model.charter import Charter, Method, Outcome
from beffroi.projects.declaration import NAME
from beffroi.values import dataclass

EXAMPLES = "examples"
CASES = "cases"
EXPECTED = "expected.yaml"
TODAY = date(2026, 11, 23)
"""The day of an example that names none, so that it never grows old."""


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a requirement must come to; by which method it is known, where that is said too."""

    outcome: Outcome
    method: Method | None = None

    @classmethod
    def of(cls, given: str | Mapping[str, str]) -> Expected:
        """As written: `met`, or `{outcome: met, method: verified}`."""
        value = {"outcome": given} if isinstance(given, str) else given
        method = value.get("method")
        return cls(outcome=Outcome(value["outcome"]), method=Method(method) if method else None)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case of a requirement, on a `line` of its file; `value` is of `schemas/charter-cases.schema.json`."""

    requirement: str
    value: Mapping[str, Any]
    line: int | None

    @property
    def name(self) -> str:
        """What it shows, as a sentence."""
        return str(self.value["name"])

    @property
    def expected(self) -> Expected:
        """What the requirement must come to."""
        return Expected.of({key: self.value[key] for key in ("outcome", "method") if key in self.value})

    @property
    def today(self) -> date:
        """The day by which it is judged."""
        return date.fromisoformat(self.value["today"]) if "today" in self.value else TODAY


@dataclass(frozen=True, kw_only=True)
class Example:
    """An example project in its `folder`; `document` is its `expected.yaml`."""

    folder: Path
    document: Document

    @property
    def today(self) -> date:
        """The day by which it is judged."""
        said = self.document.value.get("today")
        return date.fromisoformat(said) if said else TODAY

    @cached_property
    def outcomes(self) -> Mapping[str, Expected]:
        """What is expected of each requirement that is listed."""
        return {name: Expected.of(each) for name, each in self.document.value["requirements"].items()}

    @property
    def others(self) -> Expected | None:
        """What is expected of all that are not listed, where that is said."""
        said = self.document.value.get("others")
        return Expected.of(said) if said else None


def examples_of(charter: Charter) -> Path:
    """The folder with the examples of a charter; that of a profile in a file stands beside it, under its name."""
    return examples_beside(charter.folder, Path(charter.path).name)


def examples_beside(folder: Path, name: str) -> Path:
    """The folder with the examples of the charter in a file."""
    profile = folder.name == PROFILES or name != FILE
    return (folder / Path(name).stem if profile else folder) / EXAMPLES


def projects_in(folder: Path) -> Iterator[Path]:
    """The folders of the example projects."""
    for each in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (each / NAME).is_file() and each.name != CASES:
            yield each


def case_files_in(folder: Path) -> Iterator[Path]:
    """The files with cases."""
    yield from sorted((folder / CASES).glob("*.yaml"))


def example_in(folder: Path) -> Example | None:
    """The example project of a folder; `None` where it tells not what is expected. Raises `UnusableFile`."""
    file = folder / EXPECTED
    return Example(folder=folder, document=of_form(file, "charter-expected")) if file.is_file() else None


def cases_in(file: Path) -> tuple[Case, ...]:
    """The cases of a file; raises `UnusableFile` where it is not of the form of one."""
    document = of_form(file, "charter-cases")
    return tuple(
        Case(requirement=file.stem, value=value, line=document.line(f"/{index}"))
        for index, value in enumerate(document.value)
    )


def of_form(file: Path, kind: str) -> Document:
    """A file, if it is of the form of its kind."""
    document = read_document(file)
    for error in errors_of_form(document, kind):
        raise error
    return document
