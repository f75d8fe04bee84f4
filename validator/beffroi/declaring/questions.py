"""The questions of the interview: those of `questions.toml`, and for every other key one that is made of its form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from beffroi.declaring.forms import Form, form_at
from beffroi.documents import escaped
from beffroi.projects.declaration import called
from beffroi.settings import LANGUAGES
from beffroi.values import dataclass

Text = Mapping[str, str]
LAST = ("/lastReviewed", "/signoff")
"""What is asked when all else is said."""
FLAGS = "/project/flags"
NOT_ASKED = ("/charter", "/catalogue", "/lastUpdated", "/claims", "/waivers", "/project/flags")
"""What the interview says by itself, or leaves to people."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question about the value at `pointer`, in which `-` stands for any item of a list.

    `written` is what `questions.toml` says of it; nothing for a question that was made of the form.
    """

    pointer: str
    form: Form
    words: Text
    written: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key that it is about."""
        return self.pointer.rpartition("/")[2]

    @property
    def is_known(self) -> bool:
        """Whether it has words of its own."""
        return bool(self.written)

    @property
    def only_where_needed(self) -> bool:
        """Whether it is asked only where a requirement needs its very key, and not with all that it is a part of."""
        return "for" in self.written

    @cached_property
    def parts(self) -> tuple[Question, ...]:
        """The questions of a mapping, or of an item of a list: those that it cannot do without first."""
        below = f"{self.pointer}/-" if self.form.is_list else self.pointer
        pointers = [f"{below}/{escaped(each)}" for each in self.form.keys]
        order = [*(each for each in written_questions() if each in pointers), *pointers]
        found = [question_at(each) for each in dict.fromkeys(order)]
        return tuple(sorted(found, key=lambda each: each.key not in self.form.required))


@cache
def written_questions() -> Mapping[str, Mapping[str, Any]]:
    """The questions in words, by their pointers, in their order."""
    return tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))


@cache
def question_at(pointer: str) -> Question:
    """The question about a place of the declaration. Raises `KeyError` for a place where nothing may stand."""
    form = form_at(pointer)
    if form is None:
        raise KeyError(pointer)
    written = written_questions().get(pointer, {})
    words = {lang: written[lang] for lang in LANGUAGES} if written else made_up(pointer, form)
    return Question(pointer=pointer, form=form, words=words, written=written)


def made_up(pointer: str, form: Form) -> Text:
    """What a question without words asks: the place, and what the JSON Schema says of it."""
    place = called(pointer.replace("/-", ""))
    return dict.fromkeys(LANGUAGES, f"{place} – {form.description}" if form.description else place)


def top_of(pointer: str) -> str:
    """The pointer of the question that a place is asked with: `/datasets`, `/project/purpose`."""
    parts = pointer.split("/")
    return "/".join(parts[: 3 if pointer.startswith("/project/") else 2])


@cache
def top_questions() -> tuple[str, ...]:
    """The pointers of the questions that stand on their own, in their order."""
    return tuple(dict.fromkeys(top_of(each) for each in written_questions()))


@cache
def looked_at_by(verifier: str) -> tuple[str, ...]:
    """The pointers of what a verifier looks at."""
    return tuple(pointer for pointer, written in written_questions().items() if verifier in written.get("for", ()))
