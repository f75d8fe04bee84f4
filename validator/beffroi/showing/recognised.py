"""Which licence a text is, and why."""

from __future__ import annotations

from typing import Any

from beffroi.licences.deciding import Recognised
from beffroi.licences.matching import Match
from beffroi.licences.register import Register
from beffroi.model.licences import Answer
from beffroi.showing import reasons
from beffroi.showing.words import Words
from beffroi.visible import visible

KNOWN = ("text", "notice", "spdx-tag", "mention")
AMBIGUOUS = ("text-shared", "texts", "tag-contradicts", "mentions")
ALTERED = ("text-altered", "text-and-terms", "texts-alike", "mention-unsure", "mention-and-terms", "named-in-terms")
OTHERS = ("text-of-another", "text-near-another", "no-licence")
UNREAD = ("too-large", "not-plain-text", "unreadable")
REASONS = (*KNOWN, *AMBIGUOUS, *ALTERED, *OTHERS, *UNREAD)
"""Every reason that recognising gives beside those of normalising."""


def because(answer: Answer, register: Register, lang: str) -> str:
    """The reason of an answer as a sentence without full stop, be it of a text or of a name."""
    if answer.because.rule not in REASONS:
        return reasons.because(answer, register, lang)
    details = {name: visible(value) for name, value in answer.because.details}
    return Words("recognised", lang)(answer.because.rule, **details)


def text(found: Recognised, register: Register, lang: str, *, missing: bool = False) -> str:
    """The answer, why, and what else it may be; `missing` tells that what was given looks like the name of a file."""
    answer = found.answer
    words = Words("recognised", lang)
    told = reasons.shown(answer, because(answer, register, lang), words("candidates"), register, lang)
    if missing:
        told.append(words("no-such-file"))
    return "".join(f"{line}\n" for line in [*told, "", Words("licences", lang)("no-advice")])


def values(found: Recognised, register: Register, lang: str) -> dict[str, Any]:
    """The answer as plain values: the id or null, the candidates, why, and what was found at which similarity."""
    answer = found.answer
    return {
        "id": answer.id,
        "outcome": answer.outcome.value,
        "candidates": list(answer.candidates),
        "because": {
            "reason": answer.because.rule,
            "message": because(answer, register, lang),
            **dict(answer.because.details),
        },
        "similarity": round(max(each.share for each in found.matches), 3) if found.matches else None,
        "matches": [match_values(each) for each in found.matches],
        "note": Words("licences", lang)("no-advice"),
    }


def match_values(match: Match) -> dict[str, Any]:
    """A place where a licence stands, as plain values."""
    given = match.fingerprint
    return {
        "licences": list(given.licences),
        "name": given.name or None,
        "kind": given.kind.value,
        "lang": given.lang,
        "similarity": round(match.share, 3),
        "added": match.added,
        "dropped": match.dropped,
    }
