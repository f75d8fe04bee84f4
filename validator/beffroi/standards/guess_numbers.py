"""Which columns hold numbers, and which digits are those of identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from beffroi.standards.columns import Name
from beffroi.standards.guess_moments import is_year
from beffroi.standards.guesses import FEW, Guess, Texts, first_fitting, passes

GROUPS = ("", " ", "\u00a0", "\u202f")
UNITS = re.compile(r"\s?(%|€|\$|£|EUR|k?m|cm|mm|m2|m²|km2|km²|ha|k?g|[tlL]|kWh?|°C?|km/h|min|h|ans)")
DIGITS = re.compile(r"[+-]?[0-9]+")
LIKE_NUMBER = re.compile(r"[^\w]{0,5}(EUR)?\s?[+-]?[.,]?[0-9][^:/]*\Z")
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
SIREN = 9
"""Numbers of so many digits are SIRENs, if their check digit holds."""
LONG = 11
"""Integers of so many digits are identifiers."""
ALIKE = 8
"""And those of so many digits or more, if all have as many."""


def integer(name: Name, texts: Texts) -> Guess | None:
    """Whole numbers, unless they are identifiers."""
    if not all(DIGITS.fullmatch(each.strip()) for each in texts):
        return None
    if reason := why_text(name, texts):
        return Guess().but(reason)
    found = Guess(type="integer")
    return found.but("like-years") if len(texts) >= FEW and all(map(is_year, texts)) else found


def why_text(name: Name, texts: Texts) -> str | None:
    """Why whole numbers are text, as the key of a remark."""
    bare = [each.strip().lstrip("+-") for each in texts]
    if any(len(each) > 1 and each.startswith("0") for each in bare):
        return "leading-zeros"
    if name.is_identifier:
        return "identifier-name"
    if max(map(len, bare)) >= LONG:
        return "long-digits"
    same = len({len(each) for each in bare}) == 1 and len(bare) >= FEW
    if all(len(each) == SIREN and is_siren(each) for each in bare):
        return "like-siren"
    return "same-length" if same and len(bare[0]) >= ALIKE else None


def is_siren(digits: str) -> bool:
    """Whether the check digit of a SIREN holds."""
    return passes("siren", digits)


def number(name: Name, texts: Texts) -> Guess | None:
    """Numbers with a point or a comma, with groups of digits, or with a unit."""
    if not all(map(LIKE_NUMBER.match, texts)):
        return None
    found = first_fitting(plain_numbers(), texts) or with_unit(texts)
    if found is None:
        return None
    if name.is_identifier:
        return Guess().but("identifier-name")
    if any(SCIENTIFIC.search(each) for each in texts):
        found = found.but("scientific")
    ambiguous = found.options.get("decimalChar") == "," and all(
        re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})?", each) for each in texts
    )
    return found.but("comma-of-thousands", "decimalChar") if ambiguous else found


def plain_numbers() -> Iterator[Guess]:
    """Every way in which numbers may be written without a unit."""
    for group in GROUPS:
        options = {"groupChar": group} if group else {}
        if group:
            yield Guess(type="integer", options=options)
        yield Guess(type="number", options=options)
        yield Guess(type="number", options={"decimalChar": ",", **options})


def with_unit(texts: Texts) -> Guess | None:
    """Numbers behind all of which the same unit stands."""
    units = {end[1] if (end := re.search(f"{UNITS.pattern}$", each.strip())) else "" for each in texts}
    if len(units) > 1 or "" in units:
        return None
    bare = Counter(UNITS.sub("", each.strip()) for each in texts)
    plain = first_fitting(plain_numbers(), bare)
    found = replace(plain, options={**plain.options, "bareNumber": False}) if plain else None
    return found.but("unit", "bareNumber", unit=units.pop()) if found and found.fits(texts) else None
