"""What a requirement asks of a declaration is something that a declaration can say.

Why: a misspelt key under `declare` fails every project, and one under `when` makes a requirement that never applies.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.of_requirements.json_schemas import schemas_of, unusable
from beffroi.charters.lint.seen import Asked, meant
from beffroi.charters.lint.spoken import Spoken, spoken
from beffroi.model.faults import Defect, Fault, fault
from beffroi.projects.declaration import called


def defects(asked: Asked) -> Iterator[Defect]:
    """Keys that the form of a declaration does not have, and values that it can never hold."""
    for pointer, schema in schemas_of(asked):
        if unusable(schema):
            continue
        for each in spoken(schema):
            if found := wrong(each, asked):
                yield asked.located(found, f"{pointer}{each.pointer}")


def wrong(each: Spoken, asked: Asked) -> Fault | None:
    """What is wrong with one thing that is asked."""
    place = called(each.place)
    if each.place == "/project/flags" and each.key is not None:
        return unknown_flag(each.key, asked)
    if each.key is not None and each.known is not None and each.key not in each.known:
        if near := meant(each.key, each.known):
            return fault("charter-unknown-key", "did-you-mean", place=place, key=each.key, meant=near)
        return fault("charter-unknown-key", place=place, key=each.key, known=", ".join(each.known))
    if each.values and each.allowed and not set(each.values) & set(each.allowed):
        values, allowed = (", ".join(map(str, some)) for some in (each.values, each.allowed))
        return fault("charter-impossible-value", place=place, values=values, allowed=allowed)
    return None


def unknown_flag(name: str, asked: Asked) -> Fault | None:
    """The fault of a flag that is not of the vocabulary."""
    known = tuple(asked.whole.words("flags"))
    if name in known or not asked.whole.is_whole:
        return None
    if near := meant(name, known):
        return fault("charter-unknown-word", "did-you-mean", kind="flags", word=name, meant=near)
    return fault("charter-unknown-word", kind="flags", word=name, known=", ".join(known) or "-")
