"""An interview as a `beffroi.yaml` that people like to edit.

Above each block stands the question that it answers. What was left open stands as a comment, with the requirements that
ask for it: whoever knows the answer takes the signs away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.declaring.choosing import choices_for
from beffroi.declaring.forms import whole
from beffroi.declaring.interviewing import Interview, Prompt
from beffroi.declaring.questions import FLAGS, Question, question_at
from beffroi.standards.writing import UNPRINTABLE, above, as_yaml
from beffroi.values import dataclass

HEADER = {
    "en": "Declaration of a project. Behind # stand questions, and what is still open: write the answer behind the "
    "colon and take the # away. What is left to do: beffroi project check",
    "fr": "Déclaration d’un projet. Derrière # figurent les questions, et ce qui reste ouvert\u00a0: écrivez la "
    "réponse derrière les deux-points et retirez le #. Ce qui reste à faire\u00a0: beffroi project check",
}
FIRST = ("catalogue", "charter", "lastUpdated", "lastReviewed", "project", "datasets")
"""The keys at the top that come first, in this order."""
MOST_CHOICES = 12


def written(interview: Interview, charter: str) -> str:
    """The text of a declaration to the charter of that name."""
    said = {**interview.value, "charter": charter, "lastUpdated": interview.today.isoformat()}
    value = {key: each for key, each in said.items() if each is not None}
    writer = Writer(interview=interview)
    questions = {each.pointer: each for each in interview.questions}
    lines = [*above(HEADER[interview.lang], 0), ""]
    for key in dict.fromkeys((*FIRST, *whole()["properties"], *value)):
        if key == "project":
            lines += ["project:", *writer.project(value["project"], questions), ""]
        elif key in value or f"/{key}" in questions:
            lines += [*writer.entry(key, value, f"/{key}", questions.get(f"/{key}"), 0), ""]
    return "\n".join(joined_short(lines)).rstrip("\n") + "\n"


def joined_short(lines: list[str]) -> Iterator[str]:
    """The lines without the blank ones between keys at the top that take one line each."""
    for index, line in enumerate(lines):
        around = [lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""]
        if line or not all(is_short(each) for each in around):
            yield line


def is_short(line: str) -> bool:
    """Whether a line is a key at the top with its value."""
    return bool(line) and line[0] not in " #-" and not line.endswith(":")


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Writes the blocks of a declaration, line by line."""

    interview: Interview

    def project(self, value: Mapping[str, Any], questions: Mapping[str, Question]) -> Iterator[str]:
        """The keys of the project in the order of the schema, each with its question above it."""
        order = question_at("/project").form.keys
        blank = False
        for key in (*order, *(each for each in value if each not in order)):
            pointer = f"/project/{key}"
            if key == "flags":
                lines = list(self.flags(value.get(key, {}), questions))
            elif key in value or pointer in questions:
                lines = list(self.entry(key, value, pointer, questions.get(pointer), 2))
            else:
                continue
            yield from ["", *lines] if blank and lines else lines
            blank = blank or bool(lines)

    def flags(self, value: Mapping[str, Any], questions: Mapping[str, Question]) -> Iterator[str]:
        """The flags, each behind its question; where none is told, all of them are comments."""
        asked = {pointer.rpartition("/")[2]: each for pointer, each in questions.items() if pointer.startswith(FLAGS)}
        names = (*asked, *(each for each in value if each not in asked))
        lead = "" if value else "# "
        if names:
            yield f"  {lead}flags:"
        for name in names:
            if name in asked:
                yield from comment(asked[name].words[self.interview.lang], 4)
            yield from indented(as_yaml({name: value[name]}), 4) if name in value else [f"    # {name}:"]

    def entry(
        self, key: str, held: Mapping[str, Any], pointer: str, question: Question | None, indent: int
    ) -> Iterator[str]:
        """One key with its value, under its question; or as a comment, where the question is open."""
        if question:
            open_now = held.get(key) is None
            yield from comment(self.asked(question, pointer, with_reasons=open_now), indent)
        if held.get(key) is not None:
            yield from self.held(key, held[key], pointer, question, indent)
        elif question:
            yield from (f"{' ' * indent}# {line}" for line in self.outline(question, pointer))

    def held(self, key: str, value: Any, pointer: str, question: Question | None, indent: int) -> Iterator[str]:
        """One key with its value; where something within it is open, key by key."""
        if question is None or not self.has_open(question, pointer, value):
            yield from indented(as_yaml({key: value}), indent)
            return
        yield f"{' ' * indent}{key}:"
        if isinstance(value, list):
            for index, item in enumerate(value):
                lines = list(self.keys(question, f"{pointer}/{index}", item, indent + 4))
                dash = f"{' ' * (indent + 2)}- "
                yield from (dash + line.strip() if not number else line for number, line in enumerate(lines))
        else:
            yield from self.keys(question, pointer, value, indent + 2)

    def keys(self, question: Question, pointer: str, value: Mapping[str, Any], indent: int) -> Iterator[str]:
        """The keys of a mapping, those that are there first, then those that are open."""
        parts = {each.key: each for each in self.interview.parts(question, pointer)}
        for key, each in value.items():
            yield from self.held(key, each, f"{pointer}/{key}", parts.get(key), indent)
        for key, part in parts.items():
            if key not in value:
                yield from self.entry(key, value, f"{pointer}/{key}", part, indent)

    def has_open(self, question: Question, pointer: str, value: Any) -> bool:
        """Whether something within a value is asked for and not there."""
        if isinstance(value, list):
            items = enumerate(value) if question.form.is_list else ()
            return any(self.has_open_key(question, f"{pointer}/{index}", each) for index, each in items)
        return question.form.is_mapping and self.has_open_key(question, pointer, value)

    def has_open_key(self, question: Question, pointer: str, value: Any) -> bool:
        """Whether a mapping lacks a key that is asked for."""
        return isinstance(value, dict) and any(
            part.key not in value or self.has_open(part, f"{pointer}/{part.key}", value[part.key])
            for part in self.interview.parts(question, pointer)
        )

    def outline(self, question: Question, pointer: str, lead: str = "") -> Iterator[str]:
        """The keys that an open question asks for, without values."""
        yield f"{lead}{question.key}:"
        below = " " * len(lead.replace("-", " "))
        if not (question.form.is_mapping or question.form.is_list):
            return
        item = f"{pointer}/0" if question.form.is_list else pointer
        for index, part in enumerate(self.interview.parts(question, item)):
            dash = "  - " if question.form.is_list and not index else "    " if question.form.is_list else "  "
            lines = list(self.outline(part, f"{item}/{part.key}"))
            words = f"  # {self.asked(part, f'{item}/{part.key}', with_reasons=False)}"
            yield f"{below}{dash}{lines[0]}{words}"
            yield from (f"{below}{' ' * len(dash)}{line}" for line in lines[1:])

    def asked(self, question: Question, pointer: str, *, with_reasons: bool) -> str:
        """A question in words; with what may be chosen, and the requirements that ask for it, where it is open."""
        words = question.words[self.interview.lang]
        if not with_reasons:
            return words
        reasons = self.interview.reasons(pointer)
        prompt = Prompt(
            pointer=pointer, question=question, within=(), reasons=reasons, is_needed=False, is_another=False
        )
        choices = () if question.form.is_mapping else tuple(choices_for(prompt, self.interview))[:MOST_CHOICES]
        told = f"{words} ({', '.join(each.id for each in reasons)})" if reasons else words
        return f"{told} [{' | '.join(choices)}]" if choices else told


def comment(text: str, indent: int) -> Iterator[str]:
    """A comment on lines of its own."""
    return above(UNPRINTABLE.sub("\ufffd", text.replace("\n", " ")), indent)


def indented(text: str, indent: int) -> Iterator[str]:
    """A YAML text as lines that begin further to the right."""
    return (f"{' ' * indent}{line}" if line else "" for line in text.splitlines())
