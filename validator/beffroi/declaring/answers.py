"""Answers in a file: a part of a declaration, single values by their JSON Pointers, or both; and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from beffroi.declaring.forms import Kind, form_at
from beffroi.declaring.placing import placed
from beffroi.documents import Document, Problem, read_document
from beffroi.errors import UnusableFile
from beffroi.projects.declaration import NAME, Declaration, called
from beffroi.standards.writing import as_yaml
from beffroi.values import dataclass

KEPT = "beffroi.answers.yaml"
"""The file in which an interview keeps its answers until it is finished."""
LIKE = {
    Kind.TEXT: "{en: …, fr: …}",
    Kind.WORD: '"…"',
    Kind.CHOICE: "…",
    Kind.YES_NO: "true, false",
    Kind.WHOLE: "12",
    Kind.NUMBER: "12.5",
    Kind.DATE: "2026-01-31",
    Kind.PERIOD: "P1M",
    Kind.EMAIL: "data@example.org",
    Kind.ADDRESS: "https://www.example.org",
    Kind.PATH: "docs/plan.md",
    Kind.MAPPING: "{key: …}",
}
"""What values look like, in any language."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a file says: the part of a declaration that is `given`, and `answers` to single questions."""

    given: Mapping[str, Any]
    answers: Mapping[str, Any]

    @property
    def charter(self) -> str | None:
        """The charter that it names."""
        found = self.given.get("charter")
        return str(found) if found else None


def read_answers(file: Path, *, whole: bool = True) -> Answers:
    """The answers of a file; of those of an interview that goes on, not the `whole` need be there.

    Raises `CannotRead`, or `UnusableFile` where an answer is not of the form of a declaration.
    """
    document = read_document(file)
    if not isinstance(document.value, dict | None):
        raise UnusableFile("not-answers", where=document.path)
    said: dict[str, Any] = {key: without_nothing(each) for key, each in (document.value or {}).items()}
    single = {key: each for key, each in said.items() if is_single(key, document)}
    given: Any = {key: each for key, each in said.items() if not key.startswith("/") and each is not None}
    for pointer, each in said.items():
        if pointer.startswith("/") and pointer not in single:
            given = placed(given, pointer, each)
    found = Answers(given=given, answers=single)
    complain(found, document, whole=whole)
    return found


def is_single(pointer: str, document: Document) -> bool:
    """Whether a key is the pointer of a single value. Raises `UnusableFile` for a pointer to nothing."""
    if not pointer.startswith("/"):
        return False
    form = form_at(pointer)
    if form is None:
        raise UnusableFile("unknown-answer", where=place(document, pointer), name=pointer)
    return not (form.is_list or form.is_mapping)


def complain(found: Answers, document: Document, *, whole: bool) -> None:
    """Raise `UnusableFile` for the first answer that has not the form that a declaration asks for."""
    value: Any = found.given
    for pointer, each in found.answers.items():
        value = value if each is None else placed(value, pointer, each)
    for problem in Declaration(path=NAME, document=Document(NAME, value, "")).problems:
        if problem.keyword == "dependentRequired" or (problem.keyword == "required" and not whole):
            continue
        where = place(document, problem.pointer)
        if problem.unknown:
            raise UnusableFile("unknown-answer", where=where, name=called(f"{problem.pointer}/{problem.unknown[0]}"))
        if problem.keyword == "required":
            raise UnusableFile("answer-missing", where=where, name=called(f"{problem.pointer}/{problem.expected}"))
        about = {"name": called(problem.pointer), "found": problem.found, "like": likeness(problem)}
        raise UnusableFile("answer-of-other-form", where=where, **about)


def likeness(problem: Problem) -> str:
    """What a value looks like that could stand where there is another."""
    form = form_at(problem.pointer)
    if form is None:
        return "{key: …}" if problem.expected == "object" else problem.expected
    one = ", ".join(form.choices) or LIKE[form.kind]
    return f"[{one}]" if form.many else one


def without_nothing(value: Any) -> Any:
    """A value without the keys that hold nothing: what is empty in a file was not answered."""
    if isinstance(value, dict):
        return {key: without_nothing(each) for key, each in value.items() if each is not None}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value


def place(document: Document, pointer: str) -> str:
    """File and line of an answer, whether it stands at its place or under its pointer."""
    said = [key for key in document.value if f"{pointer}/".startswith(f"{key}/") or key.startswith(f"{pointer}/")]
    line = document.line(f"/{said[0].replace('~', '~0').replace('/', '~1')}") if said else document.line(pointer)
    return f"{document.path}:{line}" if line else document.path


def as_kept(charter: str, answers: Mapping[str, Any], note: str) -> str:
    """The answers so far as a file from which an interview goes on."""
    return as_yaml({"charter": charter, **answers}, {"": note})
