"""Two licences beside each other, in words and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.licences.comparing import Comparison
from beffroi.licences.deriving import Derivation, Given
from beffroi.licences.register import Register
from beffroi.model.licences import Licence
from beffroi.showing import reasons
from beffroi.showing.citing import Citations
from beffroi.showing.reasoning import derivation_values, ending, given_values, kind_of_work, listed, reason, told_in
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words
from beffroi.visible import visible


def text(comparison: Comparison, lang: str) -> str:
    """What each asks, which is stricter, what may go into what, what a mix may carry."""
    words, citations = Words("derived", lang), Citations()
    names = [reasons.title(each, lang) for each in (comparison.first, comparison.second)]
    parts = [list(dict.fromkeys(names)), asked(comparison, words)]
    if comparison.first != comparison.second:
        parts.append(into(comparison.first, comparison.second, comparison.into, words, citations))
        parts.append(into(comparison.second, comparison.first, comparison.back, words, citations))
    return told_in([*parts, mixed(comparison, words), ending(citations, words)])


def asked(comparison: Comparison, words: Words) -> Iterator[str]:
    """What both ask, what one of them asks, and which is stricter."""
    names = {"first": visible(comparison.first.id), "second": visible(comparison.second.id)}
    told = Words("licences", words.lang)
    for key, duties in (
        ("both-ask", comparison.both),
        ("first-asks", comparison.only_first),
        ("second-asks", comparison.only_second),
    ):
        if duties:
            duty = words("between").join(told(f"{each}-long") for each in duties)
            yield from paragraph(words(key, **names, duties=duty), "")
    if comparison.first != comparison.second:
        yield from paragraph(words(STRICTER[comparison.stricter], **names), "")


STRICTER = {
    "first": "stricter-first",
    "second": "stricter-second",
    "same": "stricter-same",
    "neither": "stricter-neither",
}


def into(
    one: Licence, other: Licence, derivations: Sequence[Derivation], words: Words, citations: Citations
) -> Iterator[str]:
    """Whether one may go into the other, for each use."""
    yield words("into", source=visible(one.id), result=visible(other.id))
    for each in derivations:
        row = each.steps[0].row
        why = reason(row, words, citations) if row else words("not-known")
        made = words(kind_of_work(each.use, (*one.domains, *other.domains)))
        told = words("direction", made=made, verdict=words(each.verdict), why=why)
        yield from paragraph(told, "  • ")


def mixed(comparison: Comparison, words: Words) -> Iterator[str]:
    """What is derived from both may carry."""
    sure, perhaps = ([each.result for each in found] for found in (comparison.together, comparison.perhaps))
    yield from paragraph(words("together", names=listed(sure, words)) if sure else words("together-none"), "")
    if perhaps:
        yield from paragraph(words("together-perhaps", names=listed(perhaps, words)), "")


def values(comparison: Comparison, lang: str) -> dict[str, Any]:
    """The same for programs."""
    return {
        "first": obligations(comparison.first),
        "second": obligations(comparison.second),
        "both": [each.value for each in comparison.both],
        "onlyFirst": [each.value for each in comparison.only_first],
        "onlySecond": [each.value for each in comparison.only_second],
        "stricter": comparison.stricter.value,
        "firstIntoSecond": [derivation_values(each, lang) for each in comparison.into],
        "secondIntoFirst": [derivation_values(each, lang) for each in comparison.back],
        "together": [each.result for each in comparison.together],
        "perhaps": [each.result for each in comparison.perhaps],
        "sure": comparison.is_sure,
        "notice": Words("derived", lang)("no-advice"),
    }


def obligations(licence: Licence) -> dict[str, Any]:
    """A licence by its id, name and obligations."""
    return {"id": licence.id, "name": dict(licence.name), "obligations": [each.value for each in licence.obligations]}


def not_understood(given: Sequence[Given], register: Register, lang: str) -> str:
    """Why two licences cannot be compared: those that are not known, with what they may be."""
    words = Words("derived", lang)
    told = [line for each in given for line in reasons.lines(each.answer, register, lang)]
    return told_in([told, [words("cannot-compare")], [words("no-advice")]])


def not_understood_values(given: Sequence[Given], register: Register, lang: str) -> dict[str, Any]:
    """The same for programs."""
    first, second = (given_values(each, register, lang) for each in given)
    return {"first": first, "second": second, "sure": False, "notice": Words("derived", lang)("no-advice")}
