"""The licences of the register, and what there is to know of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.licences.register import Register
from beffroi.model.licences import Answer, Licence, Obligation, Outcome, Policy, Review, Source
from beffroi.showing import reasons
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words, in_language
from beffroi.visible import prose, visible

FORBIDDING = (Obligation.NO_COMMERCIAL, Obligation.NO_DERIVATIVE, Obligation.LIMITED_USE)
"""What an open licence never asks."""
BETWEEN = " · "
"""What stands between names, which may have commas in them."""


def listing(licences: Sequence[Licence], lang: str) -> str:
    """A line each: the id, the name, what it is for, what it asks."""
    words = Words("licences", lang)
    if not licences:
        return words("none") + "\n"
    width = max(len(each.id) for each in licences)
    told = [f"{visible(each.id):{width}}  {summary(each, words)}" for each in licences]
    return "".join(f"{line}\n" for line in [*told, "", words("no-advice")])


def summary(licence: Licence, words: Words) -> str:
    """A licence in a line."""
    name = prose(in_language(licence.name, words.lang))
    asked = ", ".join(words(each) for each in licence.obligations) or words("asks-nothing")
    return f"{name} ({', '.join(words(each) for each in licence.domains)}) — {asked}"


def text(answer: Answer, register: Register, lang: str) -> str:
    """Everything about the licence that an answer found, or why it found none."""
    words = Words("licences", lang)
    told = reasons.lines(answer, register, lang)
    if answer.id is not None:
        by_id = answer.because.rule in {"spdx-id", "own-id"}
        told = [*told[: 1 if by_id else None], *about(register.licences[answer.id], register, words)]
    return "".join(f"{line}\n" for line in [*told, "", words("no-advice")])


def about(licence: Licence, register: Register, words: Words) -> Iterator[str]:
    """What there is to know of a licence: what is short in a line, then lists."""
    yield from paragraph(in_language(licence.note, words.lang), "  ")
    for key, told in facts(licence, register, words):
        yield from paragraph(f"{words(key)} {told}", "  ") if told else ()
    for key, listed in lists(licence, register, words):
        yield f"  {words(key)}"
        for each in listed:
            yield from paragraph(each, "    • ")


def facts(licence: Licence, register: Register, words: Words) -> Iterator[tuple[str, str]]:
    """What is told in a line, each with the key of its label."""
    newer = register.licences.get(licence.replaced_by or "")
    yield "for", ", ".join(words(each) for each in licence.domains)
    yield "decree", ", ".join(words(f"decree-{each}") for each in licence.decree.values())
    yield "replaced", reasons.title(newer, words.lang) if newer else ""


def lists(licence: Licence, register: Register, words: Words) -> Iterator[tuple[str, Sequence[str]]]:
    """What is told in a list, each with the key of its label; none that is empty."""
    names = (*licence.former_ids, *licence.aliases)
    given = {
        "asks": [words(f"{each}-long") for each in licence.obligations] or [words("asks-nothing")],
        "accepted": [policy_line(each, words.lang) for each in register.accepting(licence.id)],
        "refused": [refusal(each, licence, words) for each in refusing(licence, register)],
        "reviews": [review(each, register, words) for each in licence.reviews],
        "names": [BETWEEN.join(map(visible, names))] if names else [],
        "urls": [visible(each) for each in licence.urls],
        "sources": [source(each) for each in licence.sources],
    }
    return ((key, each) for key, each in given.items() if each)


def policy_line(policy: Policy, lang: str) -> str:
    """A policy by its id and its title."""
    return f"{visible(policy.id)} — {prose(in_language(policy.title, lang))}"


def refusing(licence: Licence, register: Register) -> Iterator[Policy]:
    """The policies for what the licence is made for that do not accept it."""
    for each in register.policies.values():
        if licence.id not in each.accepts and not set(each.domains).isdisjoint(licence.domains):
            yield each


def refusal(policy: Policy, licence: Licence, words: Words) -> str:
    """A policy that does not accept a licence, and why."""
    told = policy_line(policy, words.lang)
    return words("refusal", policy=told, reason=reason_against(policy, licence, words))


def reason_against(policy: Policy, licence: Licence, words: Words) -> str:
    """Why a policy does not accept a licence: its own reason, what the licence forbids, or that it is not listed."""
    if licence.id in policy.reasons:
        return prose(in_language(policy.reasons[licence.id], words.lang))
    forbidden = ", ".join(words(each) for each in licence.obligations if each in FORBIDDING)
    return forbidden or words("not-listed")


def review(given: Review, register: Register, words: Words) -> str:
    """What a body says of a licence, and where."""
    name = prose(in_language(register.bodies[given.body].name, words.lang))
    return words("review", body=name, status=words(given.status), source=source(given.source))


def source(given: Source) -> str:
    """A source in a line."""
    return ", ".join(visible(each) for each in (given.title, given.date, given.path) if each)


def values(answer: Answer, register: Register, lang: str) -> dict[str, Any]:
    """An answer, with all that is known of the licence where there is one."""
    known = answer.outcome is Outcome.KNOWN
    found = register.licences[answer.id] if known and answer.id is not None else None
    return {**reasons.values(answer, register, lang), "licence": licence_values(found, register) if found else None}


def licence_values(licence: Licence, register: Register) -> dict[str, Any]:
    """A licence as plain values."""
    return {
        "id": licence.id,
        "spdx": licence.spdx,
        "name": dict(licence.name),
        "domains": [each.value for each in licence.domains],
        "obligations": [each.value for each in licence.obligations],
        "acceptedBy": [each.id for each in register.accepting(licence.id)],
        "conformance": [
            {"body": each.body, "status": each.status.value, "source": source_values(each.source)}
            for each in licence.reviews
        ],
        "decree": {country: each.value for country, each in licence.decree.items()},
        "replacedBy": licence.replaced_by,
        "formerIds": list(licence.former_ids),
        "aliases": list(licence.aliases),
        "urls": list(licence.urls),
        "note": dict(licence.note) if licence.note else None,
        "sources": [source_values(each) for each in licence.sources],
    }


def source_values(given: Source) -> dict[str, Any]:
    """A source as plain values."""
    return {"title": given.title, "path": given.path, "date": given.date}
