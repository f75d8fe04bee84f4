"""A requirement applies by words that the vocabulary of its charter has, and stands under one of its principles.

Why: a layer that no project can have is a requirement that never applies, and nobody notices.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import KINDS, Asked, meant
from beffroi.model.faults import Defect, Fault, fault


def defects(asked: Asked) -> Iterator[Defect]:
    """Layers, phases and flags that nobody knows, and a principle that nobody knows."""
    whole = asked.whole
    if not whole.is_whole:
        return
    for kind in KINDS:
        known = whole.words(kind)
        for index, word in enumerate(asked.value.get("when", {}).get(kind, ())):
            if word not in known:
                yield asked.located(unknown_word(kind, word, tuple(known)), f"/when/{kind}/{index}")
    if asked.value["principle"] not in whole.principles:
        yield asked.located(unknown_principle(asked.value["principle"], whole.principles), "/principle")


def unknown_word(kind: str, word: str, known: tuple[str, ...]) -> Fault:
    """The fault of a word that is not of the vocabulary."""
    if near := meant(word, known):
        return fault("charter-unknown-word", "did-you-mean", kind=kind, word=word, meant=near)
    return fault("charter-unknown-word", kind=kind, word=word, known=", ".join(known) or "-")


def unknown_principle(name: str, known: tuple[str, ...]) -> Fault:
    """The fault of a principle that there is not."""
    if near := meant(name, known):
        return fault("charter-unknown-principle", "did-you-mean", name=name, meant=near)
    return fault("charter-unknown-principle", name=name, known=", ".join(known) or "-")
