"""One requirement: how it is verified and what is accepted, in words; and all that it says as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.charter import Charter, Method, Reference, Requirement, VerifierUse
from beffroi.model.levels import Level
from beffroi.periods import in_words
from beffroi.projects.verifiers import known_verifiers, manual
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.showing import charter_applying
from beffroi.showing.words import Words
from beffroi.visible import clipped, visible

LONGEST = 300
OF_MANUALS = "en"
"""The language of the manual pages of verifiers."""


def level(given: Level, lang: str) -> str:
    """A level in words."""
    return REPORT_WORDS[lang][given]


def claim(name: str) -> str:
    """What is so when a verifier is satisfied: the first sentence of its manual page; nothing for an unknown one."""
    first = manual(name).partition("\n\n")[0] if name in known_verifiers() else ""
    return first.replace("\n", " ").removesuffix(".")


def verifying(requirement: Requirement, lang: str) -> Iterator[str]:
    """How it is found out whether it is met, a sentence each."""
    words = Words("charter_requirement", lang)
    if requirement.declare is not None:
        yield words("declares")
    for use in requirement.verify:
        asked, about = options(use), claim(use.check) if lang == OF_MANUALS else ""
        told = f"{use.check}: {about}" if about else words("looks", check=use.check)
        yield f"{told} ({asked})" if asked else told
    if not requirement.verify and requirement.declare is None:
        yield words("claims-only")


def options(use: VerifierUse) -> str:
    """The options of a verifier, as its requirement gives them."""
    return clipped(", ".join(f"{key}: {plain(value)}" for key, value in use.options.items()), LONGEST)


def plain(value: Any) -> str:
    """A value in few words."""
    if isinstance(value, list | tuple):
        return ", ".join(plain(each) for each in value) or "-"
    if isinstance(value, dict):
        return ", ".join(f"{key} = {plain(each)}" for key, each in value.items()) or "-"
    return visible(str(value).lower() if isinstance(value, bool) else str(value))


def accepting(requirement: Requirement, lang: str) -> str:
    """The methods that suffice, the strongest first, with what they mean."""
    words = Words("charter_requirement", lang)
    known = {
        Method.VERIFIED: words("verified"),
        Method.CONSISTENT: words("consistent"),
        Method.ATTESTED: words("attested"),
        Method.DECLARED: words("declared"),
    }
    return words("or").join(known[each] for each in requirement.accepts)


def evidence(requirement: Requirement, lang: str) -> str:
    """Which evidence is taken; nothing where any is."""
    words, rule = Words("charter_requirement", lang), requirement.evidence
    kinds = [words("kinds", names=", ".join(rule.kinds))] if rule.kinds else []
    age = [words("age", period=in_words(rule.max_age, lang))] if rule.max_age else []
    return ", ".join([*kinds, *age])


def source(given: Reference, lang: str) -> str:
    """Where it comes from, in a line."""
    return " ".join(each for each in (given.title[lang], given.ref, given.path) if each)


def values(requirement: Requirement, charter: Charter, lang: str) -> dict[str, Any]:
    """All that a requirement says, as plain values; its texts in all languages."""
    return {
        "id": requirement.id,
        "principle": requirement.principle,
        "level": requirement.level,
        "title": dict(requirement.title),
        "statement": dict(requirement.statement),
        "applies": charter_applying.values(requirement.applies, charter.vocabulary, lang),
        "declare": requirement.declare,
        "verify": [{"check": each.check, "options": dict(each.options)} for each in requirement.verify],
        "accepts": list(requirement.accepts),
        "evidence": {"kinds": list(requirement.evidence.kinds), "maxAge": requirement.evidence.max_age},
        "why": dict(requirement.why),
        "fix": dict(requirement.fix),
        "sources": [source_values(each) for each in requirement.sources],
        "since": requirement.since,
        "retired": requirement.retired,
        "replacedBy": list(requirement.replaced_by),
        "reason": dict(requirement.reason) if requirement.reason else None,
        "path": requirement.path,
    }


def source_values(given: Reference) -> dict[str, Any]:
    """A source as plain values."""
    return {"title": dict(given.title), "ref": given.ref, "path": given.path, "relation": given.relation}
