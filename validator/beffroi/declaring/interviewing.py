"""The interview that a declaration comes from: what was answered, and what is to be asked next.

Nothing in it changes: each answer gives another interview. What is asked follows from the charter and from all that was
answered before, so a step back is the interview before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

from beffroi.declaring.forms import as_any
from beffroi.declaring.placing import placed, stands
from beffroi.declaring.questions import (
    FLAGS,
    LAST,
    NOT_ASKED,
    Question,
    looked_at_by,
    question_at,
    top_of,
    top_questions,
)
from beffroi.declaring.wanting import applies, open_flags, wanted
from beffroi.documents import Document, escaped
from beffroi.model.charter import Charter, Requirement
from beffroi.projects.declaration import NAME, Declaration, found_at
from beffroi.settings import LANGUAGES
from beffroi.values import dataclass

NEEDED = "/project/name"
"""What no declaration can do without."""
BEFORE_FLAGS = ("/project/layers", "/project/phase")


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """One value to ask for, at `pointer`: the question, those that it belongs to, and the requirements that ask for it.

    `is_needed` says that it cannot be left open; `is_another`, that it begins one more item of a list.
    """

    pointer: str
    question: Question
    within: tuple[Question, ...]
    reasons: tuple[Requirement, ...]
    is_needed: bool
    is_another: bool


@dataclass(frozen=True, kw_only=True)
class Interview:
    """An interview for a charter, in a language.

    `given` is what was declared before it began; `answers` are by JSON Pointer, in their order, `None` for what was
    left open.
    """

    charter: Charter
    lang: str
    today: date
    given: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    def answered(self, pointer: str, value: Any) -> Interview:
        """The interview with one more answer; `None` leaves it open."""
        return replace(self, answers={**self.answers, pointer: value})

    @cached_property
    def value(self) -> dict[str, Any]:
        """All that was said so far, as a declaration."""
        value: dict[str, Any] = dict(self.given)
        for pointer, each in self.answers.items():
            if each is not None:
                value = placed(value, pointer, each)
        return value

    @cached_property
    def declaration(self) -> Declaration:
        """The same as it would be read."""
        return Declaration(path=NAME, document=Document(NAME, self.value, ""))

    @cached_property
    def wants(self) -> Mapping[str, tuple[Requirement, ...]]:
        """The requirements that apply, by the pointers of what they ask for."""
        found: dict[str, dict[str, Requirement]] = defaultdict(dict)
        for each in self.charter.requirements:
            if not applies(each, self.declaration):
                continue
            looked = (pointer for use in each.verify for pointer in looked_at_by(use.check))
            for pointer in (*wanted(each, self.declaration), *looked):
                if pointer not in {"", "/project"}:
                    found[as_any(pointer)][each.id] = each
        return {pointer: tuple(each.values()) for pointer, each in found.items()}

    @property
    def questions(self) -> Iterator[Question]:
        """The questions that stand on their own and that are asked, in their order."""
        tops = {top_of(each) for each in self.wants}
        others = [each for each in tops if each not in top_questions() and not each.startswith(NOT_ASKED)]
        first = [each for each in top_questions() if each not in LAST]
        for pointer in (*first, *sorted(others), *LAST):
            if stands_in_schema(pointer) and self.is_asked_alone(question_at(pointer), tops):
                yield question_at(pointer)
            if pointer == BEFORE_FLAGS[-1]:
                yield from self.flags

    @property
    def flags(self) -> Iterator[Question]:
        """The questions answered by yes or no that decide what applies."""
        deciding = {flag for each in self.charter.requirements for flag in open_flags(each, self.declaration)}
        known = self.charter.vocabulary.flags
        for flag in (*known, *sorted(deciding - set(known))):
            pointer = f"{FLAGS}/{escaped(flag)}"
            if flag in deciding or pointer in self.answers or stands(self.given, pointer):
                words = known.get(flag, dict.fromkeys(LANGUAGES, flag))
                yield replace(question_at(pointer), words=words)

    def is_asked_alone(self, question: Question, tops: set[str]) -> bool:
        """Whether a question is asked that stands on its own."""
        wanted_now = bool(question.written.get("first")) or question.pointer in tops
        return wanted_now and self.fits(question, question.pointer)

    def parts(self, question: Question, pointer: str) -> Iterator[Question]:
        """The parts of a mapping, or of an item, that are asked; `pointer` is where it stands."""
        found = [each for each in question.parts if self.is_asked(each, question)]
        if not found and not question.is_known:
            found = [each for each in question.parts if not each.parts]
        return (each for each in found if self.fits(each, f"{pointer}/{each.key}"))

    def is_asked(self, part: Question, whole: Question) -> bool:
        """Whether a part is asked with the whole: it must be there, it always is asked with it, or it is wanted."""
        if part.key in whole.form.required or (part.is_known and not part.only_where_needed):
            return True
        return any(each == part.pointer or each.startswith(f"{part.pointer}/") for each in self.wants)

    def fits(self, question: Question, pointer: str) -> bool:
        """Whether neighbours and flags are such that a question makes sense."""
        beside = found_at(self.value, pointer.rpartition("/")[0])
        needs = question.written.get("needs")
        if needs and not self.declaration.flag(needs):
            return False
        return all(
            isinstance(beside, dict) and beside.get(key) in values
            for key, values in question.written.get("when", {}).items()
        )

    def open(self) -> Iterator[Prompt]:
        """What is still to be asked, in its order, as far as can be seen from here."""
        for question in self.questions:
            for each in self.prompts(question, question.pointer, ()):
                if not self.is_settled(each.pointer):
                    yield each

    def is_settled(self, pointer: str) -> bool:
        """Whether a value was given, or left open."""
        return pointer in self.answers or stands(self.given, pointer)

    def prompts(
        self,
        question: Question,
        pointer: str,
        within: tuple[Question, ...],
        *,
        needed: bool = False,
        another: bool = False,
    ) -> Iterator[Prompt]:
        """The values that a question asks for, one by one."""
        if question.form.is_list:
            yield from self.item_prompts(question, pointer, within)
        elif question.form.is_mapping:
            yield from self.part_prompts(question, pointer, within, another=another)
        else:
            yield Prompt(
                pointer=pointer,
                question=question,
                within=within,
                reasons=self.reasons(question.pointer),
                is_needed=needed or pointer == NEEDED,
                is_another=another,
            )

    def part_prompts(
        self, question: Question, pointer: str, within: tuple[Question, ...], *, another: bool = False
    ) -> Iterator[Prompt]:
        """Those of a mapping: where the first key is one that it needs, and is left open, there is no mapping."""
        required = question.form.required
        for index, part in enumerate(self.parts(question, pointer)):
            needed = bool(index) and part.key in required
            below = f"{pointer}/{part.key}"
            yield from self.prompts(part, below, (*within, question), needed=needed, another=another and not index)
            if not index and (question.form.is_list or part.key in required) and not self.has(below):
                return

    def item_prompts(self, question: Question, pointer: str, within: tuple[Question, ...]) -> Iterator[Prompt]:
        """Those of the items of a list, and of one more, unless the list was given."""
        held = found_at(self.given, pointer)
        given = len(held) if isinstance(held, list) else 0
        for index in count():
            if given and index == given:
                return
            item = f"{pointer}/{index}"
            yield from self.part_prompts(question, item, within, another=bool(index))
            if index >= given and not self.has(item):
                return

    def has(self, pointer: str) -> bool:
        """Whether something was said at a place, or below it."""
        return stands(self.value, pointer)

    def reasons(self, pointer: str) -> tuple[Requirement, ...]:
        """The requirements that ask for the value at a pointer, or else for what it is a part of."""
        place = as_any(pointer)
        while place not in {"", "/project"} and place not in self.wants:
            below = [each for each in self.wants if each.startswith(f"{place}/")]
            if below:
                return tuple({each.id: each for name in below for each in self.wants[name]}.values())
            place = place.rpartition("/")[0].removesuffix("/-")
        return self.wants.get(place, ())


def stands_in_schema(pointer: str) -> bool:
    """Whether a declaration may say something at a place."""
    try:
        question_at(pointer)
    except KeyError:
        return False
    return True
