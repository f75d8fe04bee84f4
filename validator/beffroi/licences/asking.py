"""What is asked in words: `data from ODbL-1.0 + etalab-2.0`, `données de A, B et C → CC0`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from beffroi.licences.deriving import Given
from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register
from beffroi.values import dataclass

MOST = 30
"""The most licences of one question; what follows them is taken as one."""
OPENING = re.compile(
    r"^\s*(?:the\s+|des\s+|les\s+|de\s+)?(?:(?:data|content|code|works?)\s+(?:from|of|under|in)|"
    r"(?:données|donnees|contenus?|œuvres?)\s+(?:de|des|du|en|sous|d[’'])|from|of|under|sous)\s*",
    re.IGNORECASE,
)
ARROW = re.compile(r"\s*(?:→|->|=>)\s*")
SEPARATOR = re.compile(
    r"(?:\s*[,;&]\s*(?:(?:and|et)\s+)?|\s+(?:and|et)\s+)(?:(?:from|of|under|in|de|des|du|en|sous)\s+)?"
    r"|\s+\+\s*|(?<=\S)\+(?=\S)",
    re.IGNORECASE,
)
QUOTES = "\"'`«»“” \u00a0"
UNSAID = "?"


@dataclass(frozen=True, kw_only=True)
class Question:
    """The licences of the sources, and that of the result where one is asked about behind an arrow."""

    sources: tuple[Given, ...]
    result: Given | None = None


def question(texts: Sequence[str], register: Register) -> Question:
    """What several texts ask together; each may hold several licences."""
    sources: list[Given] = []
    results: list[Given] = []
    for each in texts:
        asked, *behind = ARROW.split(each, maxsplit=1)
        sources.extend(licences_in(OPENING.sub("", asked), register))
        results.extend(given(text, register) for text in behind if text.strip(QUOTES) not in {"", UNSAID})
    return Question(sources=tuple(dict.fromkeys(sources)), result=results[0] if results else None)


def licences_in(text: str, register: Register) -> list[Given]:
    """The licences of a text: the longest pieces that are names, since a name may hold a comma or the word «and»."""
    places = [0, *(place for each in SEPARATOR.finditer(text) for place in each.span()), len(text)]
    pieces = list(zip(places[::2], places[1::2], strict=True))
    if len(pieces) > MOST:
        pieces = [*pieces[: MOST - 1], (pieces[MOST - 1][0], len(text))]
    found: list[Given] = []
    while pieces:
        each, pieces = longest(text, pieces, register)
        if each.text:
            found.append(each)
    return found


def longest(text: str, pieces: list[tuple[int, int]], register: Register) -> tuple[Given, list[tuple[int, int]]]:
    """The first licence among pieces, and the pieces behind it."""
    start = pieces[0][0]
    for count in range(len(pieces), 1, -1):
        found = given(text[start : pieces[count - 1][1]], register)
        if is_one(found):
            return found, pieces[count:]
    return given(text[slice(*pieces[0])], register), pieces[1:]


def is_one(found: Given) -> bool:
    """Whether several pieces together are the name of one licence, or of one family."""
    return found.answer.id is not None or found.answer.because.rule.endswith("-missing")


def given(text: str, register: Register) -> Given:
    """One licence as written."""
    plain = text.strip(QUOTES)
    return Given(text=plain, answer=normalised(plain, register))
