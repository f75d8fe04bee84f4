"""What the answers about two licences, and about what may be made of several, have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from beffroi.licences.deriving import Derivation, Given, Step
from beffroi.licences.register import Register
from beffroi.model.compatibility import Row, Use
from beffroi.model.licences import Domain
from beffroi.showing import licences, reasons
from beffroi.showing.citing import Citations
from beffroi.showing.words import Words, in_language
from beffroi.visible import clipped, prose, visible

LISTED = 8
"""How many licences are named before the rest is counted."""
SHOWN = 80


def told_in(parts: Iterable[Iterable[str]]) -> str:
    """Parts of an answer, with an empty line between those that say something."""
    return "\n".join("".join(f"{line}\n" for line in part) for part in map(list, parts) if part)


def ending(citations: Citations, words: Words) -> Iterator[str]:
    """The sources, and that none of it is legal advice; to be told last, when all sources are named."""
    if citations.numbers:
        yield words("sources")
        yield from citations.listed()
        yield ""
    yield words("no-advice")


def reason(row: Row, words: Words, citations: Citations) -> str:
    """Why a row says what it says, how that is known, and where it stands."""
    why = prose(in_language(row.why, words.lang))
    return words("reason", why=why, certainty=words(row.certainty), where=citations.cite(row.cited))


def listed(names: Sequence[str], words: Words) -> str:
    """The first names, and how many more there are."""
    more = [words("more", count=len(names) - LISTED)] if len(names) > LISTED else []
    return ", ".join([*(visible(each) for each in names[:LISTED]), *more])


def kind_of_work(use: Use, domains: Sequence[Domain]) -> str:
    """What is made of data, or of other works: the key of its words."""
    return "derived-work" if use is Use.DERIVED and Domain.DATA not in domains else use


def named(given: Given) -> str:
    """A licence by its id, or as it was written where it is not known."""
    return visible(given.answer.id or clipped(given.text, SHOWN))


def given_values(given: Given, register: Register, lang: str) -> dict[str, Any]:
    """A licence as written and as understood."""
    return {"given": given.text, **reasons.values(given.answer, register, lang)}


def derivation_values(derivation: Derivation, lang: str) -> dict[str, Any]:
    """Whether a result may be had, and why."""
    return {
        "id": derivation.result,
        "use": derivation.use.value,
        "verdict": derivation.verdict.value,
        "certainty": derivation.certainty.value,
        "steps": [step_values(each, lang) for each in derivation.steps],
    }


def step_values(given: Step, lang: str) -> dict[str, Any]:
    """What one source says."""
    row = given.row
    return {
        "source": given.source.answer.id,
        "given": given.source.text,
        "verdict": given.verdict.value,
        "row": row.id if row else None,
        "why": in_language(row.why, lang) if row else Words("derived", lang)("not-known"),
        "certainty": given.certainty.value,
        "sources": [licences.source_values(each) for each in row.cited] if row else [],
        "duties": [each.value for each in given.duties],
    }
