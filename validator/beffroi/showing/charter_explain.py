"""A requirement, or a verifier, explained."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from beffroi.model.charter import Charter, Requirement
from beffroi.projects.verifiers import known_verifiers, manual, verifier
from beffroi.projects.verifiers import words as words_of_verifier
from beffroi.showing import charter_applying, charter_requirement
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words
from beffroi.visible import prose, visible


def text(requirement: Requirement, charter: Charter, lang: str) -> str:
    """A requirement for a person at a terminal."""
    return "".join(f"{line}\n" for line in lines(requirement, charter, Words("charter_explain", lang)))


def lines(requirement: Requirement, charter: Charter, words: Words) -> Iterator[str]:
    """What it says, why, to whom it applies, how it is found out, what to do."""
    lang = words.lang
    level = charter_requirement.level(requirement.level, lang)
    yield f"{visible(requirement.id)} ({level}) — {prose(requirement.title[lang])}"
    principle = next(each.title[lang] for each in charter.principles if each.id == requirement.principle)
    yield f"  {visible(charter.name)} · {prose(principle)} · {words('since', version=requirement.since)}"
    if requirement.retired:
        yield from paragraph(words("retired", version=requirement.retired), "  ")
    yield from paragraph(requirement.statement[lang], "  ")
    for title, told in sections(requirement, charter, words):
        if told:
            yield ""
            yield f"  {title}"
            for each in told:
                yield from paragraph(each, "    • " if len(told) > 1 else "    ")
    for use in requirement.verify:
        yield ""
        yield f"  {words('manual', name=use.check)}"
        yield from page(use.check, "    ")


def sections(requirement: Requirement, charter: Charter, words: Words) -> Iterator[tuple[str, list[str]]]:
    """What there is to say, under titles."""
    lang = words.lang
    applies = charter_applying.conditions(requirement.applies, charter.vocabulary, lang)
    yield words("why"), [requirement.why[lang]]
    yield words("applies"), applies or [Words("charter_applying", lang)("all")]
    yield words("verified"), list(charter_requirement.verifying(requirement, lang))
    yield words("accepted"), [charter_requirement.accepting(requirement, lang)]
    evidence = charter_requirement.evidence(requirement, lang)
    yield words("evidence"), [evidence] if evidence else []
    yield words("mend"), [requirement.fix[lang]]
    yield words("reason"), [requirement.reason[lang]] if requirement.reason else []
    grace = charter.grace.get(requirement.id)
    yield (
        words("grace"),
        [words("grace-until", started=grace.started_before, until=grace.until)] if grace else [],
    )
    yield words("sources"), [charter_requirement.source(each, lang) for each in requirement.sources]


def page(name: str, indent: str) -> Iterator[str]:
    """The manual page of a verifier, paragraph by paragraph."""
    if name not in known_verifiers():
        return
    for number, each in enumerate(manual(name).split("\n\n")):
        if number:
            yield ""
        yield from paragraph(each.replace("\n", " "), indent)


def of_verifier(name: str, users: list[tuple[str, str]], lang: str) -> str:
    """A verifier for a person at a terminal: its manual page, its options, what it can say; who uses it."""
    words = Words("charter_explain", lang)
    told = [words("verifier", name=visible(name)), "", *page(name, "  ")]
    options = verifier(name).options.get("properties", {})
    if options:
        told += ["", f"  {words('options')}"]
        told += [f"    • {key}: {json.dumps(each, ensure_ascii=False)}" for key, each in options.items()]
    told += ["", f"  {words('says')}"]
    for key, said in words_of_verifier(name).items():
        told += paragraph(f"{key}: {said[lang]}", "    • ")
    if users:
        told += ["", f"  {words('users')}", *(f"    • {prose(f'{each} {title}')}" for each, title in users)]
    return "".join(f"{line}\n" for line in told)


def values(requirement: Requirement, charter: Charter, lang: str) -> dict[str, Any]:
    """A requirement as plain values, with the manual pages of its verifiers and the parameters that it names."""
    found = charter_requirement.values(requirement, charter, lang)
    known = known_verifiers()
    return {
        **found,
        "charter": charter.name,
        "manuals": {each.check: manual(each.check) for each in requirement.verify if each.check in known},
        "accepted": charter_requirement.accepting(requirement, lang),
    }


def verifier_values(name: str, users: list[tuple[str, str]]) -> dict[str, Any]:
    """A verifier as plain values."""
    return {
        "verifier": name,
        "manual": manual(name),
        "options": dict(verifier(name).options),
        "says": {key: dict(each) for key, each in words_of_verifier(name).items()},
        "requirements": [each for each, _ in users],
    }
