"""Whether a requirement applies to a project, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from beffroi.documents import JsonSchema
from beffroi.model.charter import Applicability, Method, Outcome
from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration
from beffroi.projects.observing import say


def hindrance(applies: Applicability, declaration: Declaration) -> Observation | None:
    """Why a requirement does not apply to a project, or why nobody can tell; `None` where it applies.

    That it surely does not apply weighs more than what the declaration does not say.
    """
    found = sorted(hindrances(applies, declaration), key=lambda each: each.outcome is Outcome.UNKNOWN)
    return found[0] if found else None


def hindrances(applies: Applicability, declaration: Declaration) -> Iterator[Observation]:
    """Everything that stands in the way of a requirement's applying."""
    layers, phase = declaration.items("/project/layers"), declaration.get("/project/phase")
    if applies.layers and not layers:
        yield untold("layers-untold", "/project/layers")
    elif applies.layers and not set(layers) & set(applies.layers):
        yield excluded("not-of-these-layers", "/project/layers", layers=", ".join(applies.layers))
    if applies.phases and not phase:
        yield untold("phase-untold", "/project/phase")
    elif applies.phases and phase not in applies.phases:
        yield excluded("not-in-these-phases", "/project/phase", phases=", ".join(applies.phases))
    yield from hindering_flags(applies.flags, declaration)
    if applies.declaration is not None and next(schema_of(applies.declaration).problems(declaration.value), None):
        yield excluded("not-of-these-projects", "/project")


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
    """The same by its text."""
    import json

    return JsonSchema(json.loads(text))
