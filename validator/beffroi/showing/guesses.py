"""Which standards a file seems to follow, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from beffroi.showing.words import Words, in_language
from beffroi.visible import prose, visible

if TYPE_CHECKING:
    from beffroi.detecting import Guess

NAMES = 8
"""How many columns are named."""
FAINT = 0.1
"""A standard that fits less is not worth naming to a person."""


def text(found: Sequence[tuple[str, Sequence[Guess]]], lang: str) -> str:
    """For each file, the verdict and the likeliest standards with the reasons."""
    words = Words("guesses", lang)
    return "\n".join("".join(f"{line}\n" for line in lines(path, guesses, words)) for path, guesses in found)


def lines(path: str, guesses: Sequence[Guess], words: Words) -> list[str]:
    """One file."""
    sure = bool(guesses) and guesses[0].sure
    verdict = words("follows", name=guesses[0].standard.name) if sure else words("none")
    told = [f"{visible(path)}: {verdict}" if words.lang == "en" else f"{visible(path)}\u00a0: {verdict}"]
    likely = [each for each in guesses if each.score >= FAINT]
    for rank, each in enumerate(likely, start=1):
        title = prose(in_language(each.standard.title, words.lang))
        told.append(f"  {rank}. {each.standard.name} ({each.resource}), {percent(each.score, words)} — {title}")
        told.extend(f"     {reason}" for reason in reasons(each, words))
    return told


def reasons(guess: Guess, words: Words) -> list[str]:
    """Why a standard was ranked so."""
    told = [words("found", count=len(guess.found), of=asked(guess))]
    if guess.missing:
        told.append(words("missing", names=listed(guess.missing, words)))
    if guess.unknown:
        told.append(words("unknown", names=listed(guess.unknown, words)))
    return [*told, words("fitting", share=percent(guess.fitting, words))]


def asked(guess: Guess) -> int:
    """How many columns the standard describes."""
    rules = guess.standard.resource(guess.resource)
    return len(rules.schema.fields) if rules and rules.schema else 0


def listed(names: Sequence[str], words: Words) -> str:
    """The first names, and how many more there are."""
    more = [words("more", count=len(names) - NAMES)] if len(names) > NAMES else []
    return ", ".join([*(visible(each) for each in names[:NAMES]), *more])


def percent(share: float, words: Words) -> str:
    """A share as the language writes it; 100 only for all of it."""
    return words("percent", number=int(share * 100 + 1e-9))


def values(found: Sequence[tuple[str, Sequence[Guess]]]) -> list[dict[str, Any]]:
    """For each file: the standard that it follows, or null, and all that were considered."""
    return [
        {
            "path": path,
            "standard": guesses[0].standard.name if guesses and guesses[0].sure else None,
            "guesses": [
                {
                    "id": each.standard.id,
                    "version": each.standard.version,
                    "resource": each.resource,
                    "score": round(each.score, 3),
                    "sure": each.sure,
                    "found": list(each.found),
                    "missing": list(each.missing),
                    "unknown": list(each.unknown),
                    "fitting": round(each.fitting, 3),
                }
                for each in guesses
            ],
        }
        for path, guesses in found
    ]
