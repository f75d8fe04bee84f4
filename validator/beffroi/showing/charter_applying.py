"""To which projects a requirement applies, in the words of its charter's vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from beffroi.model.charter import Applicability, Text, Vocabulary
from beffroi.showing.words import Words
from beffroi.visible import visible

CLAUSE = re.compile(r"(?<=\w)(?=, | \(| – |\u00a0: |: )")
"""Where the name of a layer or phase ends, and its definition begins."""
BETWEEN = " / "


def conditions(applies: Applicability, vocabulary: Vocabulary, lang: str) -> list[str]:
    """Everything that must hold for it to apply, a sentence each; none where it applies to all projects."""
    return list(told(applies, vocabulary, Words("charter_applying", lang)))


def told(applies: Applicability, vocabulary: Vocabulary, words: Words) -> Iterator[str]:
    """The same; where most layers or phases are meant, those are named that are not."""
    for given, known, key in (
        (applies.layers, vocabulary.layers, "layer"),
        (applies.phases, vocabulary.phases, "phase"),
    ):
        others = [each for each in known if each not in given]
        if given and others and len(others) < len(given):
            names = BETWEEN.join(titles(others, known, words.lang))
            yield words("layers-but", names=names) if key == "layer" else words("phases-but", names=names)
        elif given:
            names = BETWEEN.join(titles(given, known, words.lang))
            yield words("layers", names=names) if key == "layer" else words("phases", names=names)
    if applies.flags:
        yield words("flags", names=BETWEEN.join(titles(applies.flags, vocabulary.flags, words.lang)))
    if applies.words:
        yield applies.words[words.lang]


def in_a_line(applies: Applicability, vocabulary: Vocabulary, lang: str) -> str:
    """The same in one line: all projects, or what must hold."""
    words = Words("charter_applying", lang)
    return words("semicolon").join(conditions(applies, vocabulary, lang)) or words("all")


def titles(names: Iterable[str], known: Mapping[str, Text], lang: str) -> list[str]:
    """What words of the vocabulary are called, without what defines them."""
    return [CLAUSE.split(known[each][lang], 1)[0] if each in known else visible(each) for each in names]


def values(applies: Applicability, vocabulary: Vocabulary, lang: str) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "layers": list(applies.layers),
        "phases": list(applies.phases),
        "flags": list(applies.flags),
        "declaration": applies.declaration,
        "message": in_a_line(applies, vocabulary, lang),
    }
