"""Whether words beside a licence set terms of their own: an exception, a restriction, another licence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

WINDOW = 40
"""Within so many words,"""
ENOUGH = 3
"""so many that lawyers use make terms."""
NAME = re.compile(
    r"affero|[al]?gpl[sv\d.]*|attributionn\w+|attributions\w+|bsd|bsl|by(?:nc|nd|sa)\w*|cc(?:by|0|zero)\w*|cddl|cecill|cpl"
    r"|epl|etalab|eupl|g?fdl|gnu|isc|mit|mpl|ncsa|nocommercial|noderiv\w*|odbl|ofl|osl|psf|sharealike|unlicense|wtfpl|zlib"
)
"""A word that names a licence."""
PHRASE = re.compile(
    r"\b(?:apache|artistic|boost|creative|eclipse|mozilla|php|python|public|zope)"
    r" (?:\S+ )?(?:licen[cs]e|commons|domain)\b"
    r"|\b(?:art libre|domaine public|license ouverte|open database|open license)\b"
    r"|\bno (?:\S+ )?(?:cop(?:y|ies|ying)|derivati\w+|(?:re)?distribution|modif\w+|resale|reuse|us(?:e|age))\b"
    r"|\b(?:may|must|shall|should) not\b"
    r"|\bne (?:doit|doivent|est|peut|peuvent|saurait|sauraient|sont)\b"
    r"|\bsous reserve\b|\busage (?:interne|personnel|prive)\b"
    r"|\bused? \S+ (?:\S+ ){0,4}only\b"
    r"|\bmay (?:only )?be (?:sold|resold|distributed|redistributed|reproduced|licensed|relicensed)"
)
"""Words that together name a licence or set terms."""
VERSION = re.compile(r"\d+(?:\.\d+)+")


def sets_terms(runs: Iterable[Sequence[str]], own: frozenset[str]) -> str:
    """The words by which runs of words set terms; an empty text where they set none.

    `own` are the words of the names of the licence itself, which may be named beside it.
    """
    return next((found for run in runs for found in terms(run, own)), "")


def terms(run: Sequence[str], own: frozenset[str]) -> Iterator[str]:
    """What in a run of words sets terms."""
    yield from (each for each in run if each not in own and (each in words("enough") or NAME.fullmatch(each)))
    yield from (each for each in PHRASE.findall(" ".join(run)) if not own.issuperset(each.split()))
    yield from legal(run, ENOUGH)


def legal(run: Sequence[str], least: int) -> Iterator[str]:
    """The parts of a run of words in which so many that lawyers use stand near each other."""
    begun = tuple(words("lawyers"))
    places = [place for place, word in enumerate(run) if word.startswith(begun)]
    for first, last in zip(places, places[least - 1 :], strict=False):
        if last - first < WINDOW:
            yield " ".join(run[first : last + 1])


def versions(runs: Iterable[Sequence[str]], own: frozenset[str]) -> str:
    """The first number of a version in runs of words that is not one of the licence; else an empty text."""
    numbers = (each for run in runs for each in run if VERSION.fullmatch(each))
    return next((each for each in numbers if each not in own), "")


@cache
def words(kind: str) -> frozenset[str]:
    """The words of that kind, in all languages."""
    listed = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(word for text in listed[kind].values() for word in text.split())
