"""A requirement names parameters that its charter has, in what it asks and in its texts.

Why: a misspelt parameter stops every check; a misspelt `{placeholder}` stands in the text that the council votes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.charters.building import PLACEHOLDER
from beffroi.charters.lint.seen import Asked, meant
from beffroi.documents import escaped
from beffroi.model.faults import Defect, Fault, fault
from beffroi.settings import LANGUAGES

TEXTS = ("title", "statement", "why", "fix")
"""The texts in which placeholders are filled."""
ASKING = ("when", "declare", "verify", "evidence")


def defects(asked: Asked) -> Iterator[Defect]:
    """Parameters that there are not, and texts that do not name the same in all languages."""
    if asked.whole.is_whole:
        for pointer, name in parameters_named(asked):
            if name not in asked.whole.parameters:
                yield asked.located(unknown(name, tuple(asked.whole.parameters)), pointer)
    for key in TEXTS:
        named = [frozenset(PLACEHOLDER.findall(asked.value[key][lang])) for lang in LANGUAGES]
        if len(set(named)) > 1:
            differing = frozenset.union(*named) - frozenset.intersection(*named)
            yield asked.located(fault("charter-other-placeholders", names=", ".join(sorted(differing))), f"/{key}")


def parameters_named(asked: Asked) -> Iterator[tuple[str, str]]:
    """Every parameter that a requirement names, with the pointer of the place."""
    for key in ASKING:
        yield from references(asked.value.get(key), f"/{key}")
    for key in TEXTS:
        for lang in LANGUAGES:
            yield from ((f"/{key}/{lang}", name) for name in PLACEHOLDER.findall(asked.value[key][lang]))


def references(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """The parameters that stand in a value as `{parameter: id}`."""
    if isinstance(value, Mapping):
        if value.keys() == {"parameter"}:
            yield pointer, str(value["parameter"])
            return
        for key, each in value.items():
            yield from references(each, f"{pointer}/{escaped(str(key))}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from references(each, f"{pointer}/{index}")


def unknown(name: str, known: tuple[str, ...]) -> Fault:
    """The fault of a parameter that there is not."""
    if near := meant(name, known):
        return fault("charter-unknown-parameter", "did-you-mean", name=name, meant=near)
    return fault("charter-unknown-parameter", name=name, known=", ".join(known) or "-")
