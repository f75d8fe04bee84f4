"""Proposes what else can be asked of a column: checks that all its values pass, a list, a form, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from beffroi.standards.columns import Name, personal
from beffroi.standards.guesses import ENOUGH, Guess, Remark, Texts, passes, some
from beffroi.values import dataclass

LISTED = 30
"""The most values of a list."""
REPEATED = 5
"""How often the values of a list occur at least, on average."""
LONGEST_LISTED = 60
LONGEST_CODE = 40
PARTS = 8
"""The most runs of letters, digits or signs in a code."""
CODES = 5
"""How many different codes show a form."""
SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")
CLASSES = (("[A-Z]", re.compile("[A-Z]")), ("[a-z]", re.compile("[a-z]")), ("[0-9]", re.compile("[0-9]")))


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A check, the words of a column's name that call for it, and of how many different values it is clear without."""

    check: str
    words: frozenset[str]
    alone: int | None = None


def candidate(check: str, words: str, alone: int | None = None) -> Candidate:
    """A candidate, its words as one text."""
    return Candidate(check=check, words=frozenset(words.split()), alone=alone)


CANDIDATES = (
    candidate("siret", "siret", alone=3),
    candidate("siren", "siren", alone=3),
    candidate("code-rna", "rna", alone=3),
    candidate("code-commune-insee", "insee cog com commune depcom codgeo", alone=20),
    candidate("code-postal", "cp postal postcode zip"),
    candidate("numero-departement", "dep dept departement department"),
    candidate("departement", "dep dept departement department"),
    candidate("code-region", "reg region"),
    candidate("region", "reg region"),
    candidate("code-pays-iso2", "pays country nationalite"),
    candidate("code-pays-iso3", "pays country nationalite"),
    candidate("pays", "pays country"),
    candidate("canton", "canton"),
    candidate("code-fantoir", "fantoir rivoli"),
    candidate("id-rnb", "rnb"),
    candidate("phone-number", "tel telephone phone mobile portable fax gsm"),
    candidate("opening-hours", "horaire horaires opening hours ouverture"),
    candidate("nomenclature-acte", "matiere nomenclature"),
    candidate("year-interval", "annee annees exercice periode year period", alone=10),
)
"""In this order; the first whose check all values pass is proposed."""
NAMED = {"siret", "siren", "insee", "rna", "postal", "rnb", "fantoir"}
"""Words after which values that do not pass are worth a remark."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A check that all values pass, or none, and what is to be remarked."""

    check: str | None = None
    remarks: tuple[Remark, ...] = ()


def proposed_check(name: Name, texts: Texts) -> Proposed:
    """The first check that the values of a column of text pass."""
    if not texts:
        return Proposed()
    remarks: list[Remark] = []
    for each in CANDIDATES:
        called = not each.words.isdisjoint(name.words)
        if not called and (each.alone is None or len(texts) < each.alone):
            continue
        wrong = failing(each.check, texts, stop_at_first=not called)
        if not wrong:
            remark = () if called else (Remark(key="check-by-value", details={"check": each.check}),)
            return Proposed(check=each.check, remarks=remark)
        if not NAMED.isdisjoint(each.words & set(name.words)):
            remarks.append(nearly(name, each.check, texts, wrong))
    return Proposed(remarks=tuple(remarks[:1]))


def failing(check_id: str, texts: Texts, *, stop_at_first: bool) -> list[str]:
    """The texts that do not pass a check, or one of them."""
    wrong = (text for text in texts if not passes(check_id, text))
    first = next(wrong, None)
    return [] if first is None else [first] if stop_at_first else [first, *wrong]


def nearly(name: Name, check: str, texts: Texts, wrong: list[str]) -> Remark:
    """That some values do not pass a check that the name of the column calls for."""
    misses, total = sum(texts[each] for each in wrong), texts.total()
    return Remark(
        key="nearly-check", details={"misses": misses, "total": total, "check": check, "examples": some(name, wrong)}
    )


def listed(name: Name, guess: Guess, texts: Texts) -> list[str] | None:
    """The values of a column of text that is a list: few, short, and each of them often."""
    few = 1 < len(texts) <= LISTED and texts.total() >= max(REPEATED * len(texts), 2 * ENOUGH)
    short = all(len(each) <= LONGEST_LISTED and each == each.strip() for each in texts)
    plain = guess.type == "string" and guess.format == "default" and not personal(name, texts)
    named = name.is_identifier and any(sign.isdigit() for each in texts for sign in each)
    return sorted(texts) if few and short and plain and not named else None


def shape(texts: Iterable[str]) -> str | None:
    """The pattern of codes all of which have one form: runs of capitals, small letters and digits of constant length.

    What is the same in all of them stands in it as it is.
    """
    cut = [runs(text) for text in texts]
    if len(cut) < CODES or len({tuple((kind, len(text)) for kind, text in each) for each in cut}) > 1:
        return None
    if len(cut[0]) > PARTS or not any(kind == "[0-9]" for kind, _ in cut[0]):
        return None
    columns = zip(*cut, strict=True)
    return f"^{''.join(run_of(kind, {text for _, text in column}) for column in columns for kind in [column[0][0]])}$"


def runs(text: str) -> list[tuple[str, str]]:
    """A text cut where the class of its characters changes; a sign is a class of its own."""
    return [(kind, "".join(part)) for kind, part in groupby(text, key=class_of)]


def class_of(sign: str) -> str:
    """The class of a character."""
    return next((kind for kind, form in CLASSES if form.fullmatch(sign)), sign)


def run_of(kind: str, texts: set[str]) -> str:
    """The part of a pattern for one run."""
    if len(texts) == 1:
        return SPECIAL.sub(r"\\\g<0>", texts.pop())
    length = len(next(iter(texts)))
    return kind if length == 1 else f"{kind}{{{length}}}"


def code_pattern(name: Name, guess: Guess, texts: Texts) -> str | None:
    """The pattern of a column of codes."""
    plain = guess.type == "string" and guess.format == "default" and not name.person
    codes = plain and all(each.isascii() and " " not in each and len(each) <= LONGEST_CODE for each in texts)
    return shape(texts) if codes else None


def bounds(name: Name, guess: Guess, texts: Texts) -> Iterator[tuple[str, int]]:
    """The least and the greatest value that make sense."""
    if guess.type not in {"integer", "number"}:
        return
    values = [value for text in texts if (value := guess.plan.cell(text).value) is not None]
    limit = 90 if name.tells("latitude") else 180 if name.tells("longitude") else None
    if limit and values and all(-limit <= each <= limit for each in values):
        yield from (("minimum", -limit), ("maximum", limit))
    elif not name.tells("signed") and values and all(each >= 0 for each in values):
        yield "minimum", 0
