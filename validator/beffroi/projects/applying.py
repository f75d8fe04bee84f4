"""Whether a requirement applies to a project, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.documents import JsonSchema, json_schema_validator
from beffroi.errors import UnusableFile
from beffroi.model.charter import Applicability, Method, Outcome, Vocabulary
from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration
from beffroi.projects.observing import say

ANY = Vocabulary()
"""A vocabulary that knows no words, by which none can be unknown."""


def hindrance(applies: Applicability, declaration: Declaration, vocabulary: Vocabulary = ANY) -> Observation | None:
    """Why a requirement does not apply to a project, or why nobody can tell; `None` where it applies.

    That it surely does not apply weighs more than what the declaration does not say, or not in the charter's words.
    """
    found = sorted(hindrances(applies, declaration, vocabulary), key=lambda each: each.outcome is Outcome.UNKNOWN)
    return found[0] if found else None


def hindrances(applies: Applicability, declaration: Declaration, vocabulary: Vocabulary = ANY) -> Iterator[Observation]:
    """Everything that stands in the way of a requirement's applying."""
    yield from hindering_layers(applies.layers, declaration, vocabulary)
    yield from hindering_phase(applies.phases, declaration, vocabulary)
    yield from hindering_flags(applies.flags, declaration)
    if applies.declaration is not None and next(schema_of(applies.declaration).problems(declaration.value), None):
        yield excluded("not-of-these-projects", "/project")


def hindering_layers(
    wanted: tuple[str, ...], declaration: Declaration, vocabulary: Vocabulary
) -> Iterator[Observation]:
    """What of its layers keeps a requirement from applying: the project is of others, or of none that is known."""
    at, said = "/project/layers", declaration.items("/project/layers")
    if not wanted or set(said) & set(wanted):
        return
    unknown = [each for each in said if vocabulary.layers and each not in vocabulary.layers]
    if not said:
        yield untold("layers-untold", at)
    elif unknown:
        yield untold("layers-unknown", at, unknown=", ".join(unknown), known=", ".join(vocabulary.layers))
    else:
        yield excluded("not-of-these-layers", at, layers=", ".join(wanted))


def hindering_phase(wanted: tuple[str, ...], declaration: Declaration, vocabulary: Vocabulary) -> Iterator[Observation]:
    """What of its phases keeps a requirement from applying: the project is in another, or in none that is known."""
    at, said = "/project/phase", declaration.get("/project/phase")
    if not wanted or said in wanted:
        return
    if not said:
        yield untold("phase-untold", at)
    elif vocabulary.phases and said not in vocabulary.phases:
        yield untold("phase-unknown", at, unknown=said, known=", ".join(vocabulary.phases))
    else:
        yield excluded("not-in-these-phases", at, phases=", ".join(wanted))


def hindering_flags(flags: tuple[str, ...], declaration: Declaration) -> Iterator[Observation]:
    """What of its flags keeps a requirement from applying: all are denied, or none is set and some are not told."""
    said = {name: declaration.flag(name) for name in flags}
    if not flags or True in said.values():
        return
    if unsaid := [name for name, each in said.items() if each is None]:
        yield untold("flags-untold", "/project/flags", flags=", ".join(unsaid))
    else:
        yield excluded("none-of-these-flags", "/project/flags", flags=", ".join(flags))


def untold(key: str, at: str, **details: object) -> Observation:
    """The declaration does not say whether the requirement applies."""
    return say(Outcome.UNKNOWN, key, at=at, method=Method.DECLARED, **details)


def excluded(key: str, at: str, **details: object) -> Observation:
    """The declaration says that the requirement does not apply."""
    return say(Outcome.NOT_APPLICABLE, key, at=at, method=Method.DECLARED, **details)


def schema_of(schema: Mapping[str, Any]) -> JsonSchema:
    """A JSON Schema of a charter, compiled once."""
    import json

    return compiled(json.dumps(schema, sort_keys=True))


@cache
def compiled(text: str) -> JsonSchema:
    """The same by its text. Raises `UnusableFile` for what is none, or has patterns that could take forever."""
    import json

    usable = json_schema_validator(json.loads(text))
    if usable is None:
        raise UnusableFile("charter-bad-schema")
    return usable
