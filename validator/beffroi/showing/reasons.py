"""Why an answer about a licence is as it is, in words."""

from __future__ import annotations

from typing import Any

from beffroi.licences.register import Register
from beffroi.model.licences import Answer, Licence
from beffroi.showing.words import Words, in_language
from beffroi.visible import prose, visible

KNOWN = ("spdx-id", "own-id", "former-id", "alias", "title", "url", "narrowed")
AMBIGUOUS = ("version-missing", "variant-missing", "or-later-missing", "contradiction", "several", "choice", "all-of")
JOINED = ("expression", "part-unknown")
UNKNOWN = ("unknown", "unknown-url", "more-words", "not-a-licence", "denied", "exception")
UNREAD = ("nothing", "not-text", "too-long")
REASONS = (*KNOWN, *AMBIGUOUS, *JOINED, *UNKNOWN, *UNREAD)
"""Every reason that normalising gives."""


def because(answer: Answer, register: Register, lang: str) -> str:
    """The reason of an answer as a sentence without full stop."""
    words = Words("reasons", lang)
    details = {name: visible(value) for name, value in answer.because.details}
    if answer.because.rule == "not-a-licence":
        details["reason"] = prose(in_language(register.not_licences[details["what"]].reason, lang))
    return words(answer.because.rule, **details)


def title(licence: Licence, lang: str) -> str:
    """A licence by its id and its name."""
    return f"{visible(licence.id)} — {prose(in_language(licence.name, lang))}"


def lines(answer: Answer, register: Register, lang: str) -> list[str]:
    """An answer for a person: what is meant, why, and what else it may be."""
    return shown(answer, because(answer, register, lang), Words("reasons", lang)("candidates"), register, lang)


def shown(answer: Answer, reason: str, among: str, register: Register, lang: str) -> list[str]:
    """An answer with its reason in words; `among` is said above those that it can be."""
    words = Words("reasons", lang)
    if answer.id is not None:
        return [title(register.licences[answer.id], lang), f"  {reason}"]
    told = [words("is-ambiguous" if answer.ambiguous else "is-unknown", reason=reason)]
    if answer.candidates:
        told.append(among if answer.ambiguous else words("near"))
        told.extend(f"  {title(register.licences[each], lang)}" for each in answer.candidates)
    return told


def values(answer: Answer, register: Register, lang: str) -> dict[str, Any]:
    """An answer as plain values: the id or null, the candidates, and the reason, also in words."""
    return {
        "id": answer.id,
        "outcome": answer.outcome.value,
        "candidates": list(answer.candidates),
        "because": {
            "reason": answer.because.rule,
            "message": because(answer, register, lang),
            **dict(answer.because.details),
        },
    }
