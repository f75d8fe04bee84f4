"""Charters and requirements as the rules of lint see them: as far as their files can be understood."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.catalogue.charters.tailoring import without_nothing
from beffroi.catalogue.charters.writing import WrittenCharter, WrittenRequirement
from beffroi.charters.examples import Case, Example, case_files_in, cases_in, example_in, examples_beside, projects_in
from beffroi.charters.lint.targets import Target
from beffroi.documents import Document
from beffroi.errors import BeffroiError
from beffroi.model.charter import Charter
from beffroi.model.faults import Defect, Fault
from beffroi.values import dataclass

NEAR = 0.6
KINDS = ("layers", "phases", "flags")


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A charter whose own file is of the right form.

    `documents` are the files of its own requirements that are, by id; `parent` is what is written of the charter that
    it extends, and `charter` the whole, where they can be built.
    """

    target: Target
    document: Document
    documents: Mapping[str, Document]
    parent: WrittenCharter | None
    charter: Charter | None

    @property
    def value(self) -> Mapping[str, Any]:
        """What its file says."""
        found: Mapping[str, Any] = self.document.value
        return found

    @property
    def extends(self) -> bool:
        """Whether it is a profile."""
        return "extends" in self.value

    @property
    def is_whole(self) -> bool:
        """Whether all is known that it builds upon; if not, nothing can be called unknown."""
        return self.parent is not None or not self.extends

    @cached_property
    def requirements(self) -> tuple[Asked, ...]:
        """Its own requirements."""
        return tuple(Asked(whole=self, id=name, document=each) for name, each in self.documents.items())

    @property
    def is_complete(self) -> bool:
        """Whether all of its requirements could be understood; if not, nothing can be called unused."""
        return self.is_whole and len(self.documents) == len(list(self.target.requirement_files()))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The ids of all requirements, also of those that could not be understood."""
        return (*self.inherited, *(each.stem for each in self.target.requirement_files()))

    @property
    def inherited(self) -> Mapping[str, WrittenRequirement]:
        """The requirements of the charter that it extends."""
        return self.parent.requirements if self.parent else {}

    @cached_property
    def every(self) -> Mapping[str, Mapping[str, Any]]:
        """What is written of every requirement, its own and those that it takes over."""
        taken = {name: each.value for name, each in self.inherited.items()}
        return {**taken, **{each.id: each.value for each in self.requirements}}

    @cached_property
    def parameters(self) -> Mapping[str, Mapping[str, Any]]:
        """Every parameter with what is written of it, its value the one that is set."""
        above = self.parent.value["parameters"] if self.parent else {}
        return {**above, **{name: settled(above.get(name, {}), each) for name, each in self.own("parameters").items()}}

    def words(self, kind: str) -> Mapping[str, Any]:
        """The words of the vocabulary of one kind."""
        above = self.parent.value["vocabulary"].get(kind, {}) if self.parent else {}
        return without_nothing({**above, **self.own("vocabulary").get(kind, {})})

    @cached_property
    def principles(self) -> tuple[str, ...]:
        """The ids of all principles."""
        above = self.parent.value["principles"] if self.parent else ()
        return tuple(each["id"] for each in (*above, *self.value.get("principles", ())))

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """Its example projects, as far as what is expected of them can be understood; tests tell of the others."""
        found = []
        for folder in projects_in(self.examples_folder):
            with suppress(BeffroiError):
                found.append(example_in(folder))
        return tuple(each for each in found if each)

    @cached_property
    def cases(self) -> Mapping[str, tuple[Case, ...]]:
        """The cases of its requirements, as far as they can be understood."""
        found = {}
        for file in case_files_in(self.examples_folder):
            with suppress(BeffroiError):
                found[file.stem] = cases_in(file)
        return found

    @property
    def examples_folder(self) -> Path:
        """The folder with its examples."""
        return examples_beside(self.target.folder, self.target.file.name)

    def own(self, key: str) -> Mapping[str, Any]:
        """What its own file says under a key that holds a mapping."""
        found: Mapping[str, Any] = self.value.get(key, {})
        return found

    def located(self, found: Fault, pointer: str = "") -> Defect:
        """A fault of what stands at `pointer` in its file."""
        return Defect(fault=found, pointer=pointer, line=self.document.line(pointer) if pointer else None)


def settled(above: Mapping[str, Any], given: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter with the value that a profile sets, if it does."""
    return {**above, "value": given["set"]} if "set" in given else given


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One requirement of a charter, in a file of its own."""

    whole: Whole
    id: str
    document: Document

    @property
    def value(self) -> Mapping[str, Any]:
        """What its file says."""
        found: Mapping[str, Any] = self.document.value
        return found

    @property
    def retired(self) -> bool:
        """Whether it is no longer asked."""
        return bool(self.value.get("retired"))

    def located(self, found: Fault, pointer: str = "") -> Defect:
        """A fault of what stands at `pointer` in its file."""
        line = self.document.line(pointer) if pointer else None
        return Defect(fault=found, pointer=pointer, file=f"requirements/{self.id}.yaml", line=line)

    def filled(self, value: Any) -> Any:
        """A value with each `{parameter: id}` replaced; `None` in the place of one that there is not."""
        if isinstance(value, Mapping):
            if value.keys() == {"parameter"}:
                return self.whole.parameters.get(value["parameter"], {}).get("value")
            return {key: self.filled(each) for key, each in value.items()}
        return [self.filled(each) for each in value] if isinstance(value, list) else value


def meant(name: str, known: Any) -> str | None:
    """What was probably meant by a name that nobody knows."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=NEAR)
    return near[0] if near else None
