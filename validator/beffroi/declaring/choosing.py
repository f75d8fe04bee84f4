"""What may be chosen where an answer is one of several: values of the schema, words of the charter, its parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.declaring.forms import as_any
from beffroi.declaring.interviewing import Interview, Prompt
from beffroi.settings import LANGUAGES

Choices = Mapping[str, Mapping[str, str]]
"""Values, each with what it means."""
VOCABULARY = {"/project/layers": "layers", "/project/phase": "phases"}
LISTED = "values-are-listed"
"""The verifier that holds a value to a list of the charter."""


def choices_for(prompt: Prompt, interview: Interview) -> Choices:
    """The values that an answer must be among; none where anything may be said."""
    question = prompt.question
    if name := VOCABULARY.get(question.pointer):
        found: Choices = getattr(interview.charter.vocabulary, name)
        return found
    if question.form.choices:
        words = question.written.get("choices", {})
        return {each: words.get(each, plainly(each)) for each in question.form.choices}
    return dict(listed(prompt, interview))


def listed(prompt: Prompt, interview: Interview) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The values that verifiers of the charter accept at this place."""
    among = prompt.question.written.get("among", {})
    for requirement in interview.charter.requirements:
        for use in requirement.verify:
            if use.check == LISTED and as_any(str(use.options.get("pointer"))) == prompt.question.pointer:
                yield from titled(use.options.get("values"))
            elif use.check == among.get("verifier"):
                yield from titled(use.options.get(among["option"]))


def titled(values: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Values of a parameter, with their titles where it has them."""
    if isinstance(values, Mapping):
        for name, title in values.items():
            yield name, title if isinstance(title, Mapping) else plainly(str(title))
    for each in values if isinstance(values, list) else ():
        if isinstance(each, Mapping):
            name = str(each.get("id", ""))
            yield name, each.get("title", plainly(name))
        else:
            yield str(each), plainly(str(each))


def plainly(value: str) -> Mapping[str, str]:
    """A value that has no title but itself."""
    return dict.fromkeys(LANGUAGES, value)
