"""Guesses the type of a column from its texts and its name. A guess fits every text; what is uncertain is remarked.

Identifiers are text: as a number, a code loses its leading zeros, and a spreadsheet rounds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from beffroi.standards.columns import Name
from beffroi.standards.guess_moments import clock, compact_date, day, moment, year
from beffroi.standards.guess_numbers import integer, number
from beffroi.standards.guesses import ENOUGH, FEW, Guess, Texts, first_fitting, is_read, kind_key, some
from beffroi.tables import checks
from beffroi.visible import quoted

NOTHING = frozenset(
    ("#N/A", "#N/D", "N/A", "n/a", "N/C", "n/c", "NULL", "null", "NaN", "nan", "#REF!", "<NA>", "<null>")
)
"""Texts that mean "no value" wherever they stand."""
MAYBE_NOTHING = frozenset(
    ("NA", "NC", "ND", "NR", "na", "nc", "nd", "nr", "N.C.", "N.D.", "n.c.", "-", "--", "/", "?", "*", ".", "None")
    + ("non renseigné", "Non renseigné", "NON RENSEIGNE", "inconnu", "Inconnu", "sans objet", "Sans objet", "S/O")
)
"""Texts that mean "no value" among numbers and dates."""
WORDS = (("true", "false"), ("vrai", "faux"), ("oui", "non"), ("yes", "no"), ("1", "0"), ("o", "n"), ("y", "n"))
NEARLY = 0.9
LOOKED_AT = 2000


Kind = Callable[[Name, Texts], Guess | None]


def guessed(name: Name, texts: Texts) -> Guess:
    """The type of a column with these texts, the empty one left out."""
    nothing = NOTHING & texts.keys()
    maybe = nothing | (MAYBE_NOTHING & texts.keys())
    if not texts.keys() - nothing:
        return Guess(missing=tuple(sorted(nothing))).but("empty-column")
    for missing in dict.fromkeys((frozenset(nothing), frozenset(maybe))):
        left = Counter({text: count for text, count in texts.items() if text not in missing})
        found = next(filter(None, (kind(name, left) for kind in KINDS)), None) if left else None
        if found and (missing == nothing or left.total() >= sum(texts[each] for each in missing)):
            return with_missing(found, missing)
    left = Counter({text: count for text, count in texts.items() if text not in nothing})
    return with_missing(nearly(name, left), nothing)


def with_missing(guess: Guess, missing: Iterable[str]) -> Guess:
    """The guess, with the texts that stand for no value."""
    found = tuple(sorted(missing))
    if not found:
        return guess
    return replace(guess, missing=found).but("missing-values", "missingValues", found=", ".join(map(quoted, found)))


def boolean(name: Name, texts: Texts) -> Guess | None:
    """Words for yes and no; one of them alone is enough if it is a word."""
    small = {text.strip().lower() for text in texts}
    pair = next((pair for pair in WORDS if small <= set(pair)), None)
    digits = pair == ("1", "0")
    if (
        pair is None
        or (len(small) < 2 and len(pair[1]) < 2)
        or (digits and (name.is_identifier or name.tells("count")))
    ):
        return None
    spelt = [sorted({text.strip() for text in texts if text.strip().lower() == word}) or [word] for word in pair]
    usual = digits or (pair == ("true", "false") and not odd_case(spelt))
    options = {} if usual else {"trueValues": spelt[0], "falseValues": spelt[1]}
    found = Guess(type="boolean", options=options)
    if digits:
        return found.but("zero-and-one")
    return found.but("one-word", word=quoted(next(iter(texts)))) if len(small) < 2 else found


def odd_case(spelt: list[list[str]]) -> bool:
    """Whether `true` or `false` is spelt with other capitals than Table Schema has."""
    return any(each not in (each.lower(), each.upper(), each.capitalize()) for each in chain(*spelt))


def point(_name: Name, texts: Texts) -> Guess | None:
    """Places, longitude first; where latitude comes first, the column stays text."""
    if not all(re.search(r"[0-9]\.[0-9]", each) for each in texts):
        return None
    found = first_fitting((Guess(type="geopoint", format=each) for each in ("array", "default", "object")), texts)
    if found is None:
        return None
    plan, in_france = found.plan, checks.find("french-gps-coordinates")
    assert in_france is not None
    causes = {each.cause if (each := in_france.run([plan.cell(text)], {})) else "in-france" for text in texts}
    if "swapped-coordinates" in causes and "in-france" not in causes:
        return Guess().but("latitude-first")
    return found if causes == {"in-france"} else found.but("longitude-first")


def json_text(_name: Name, texts: Texts) -> Guess | None:
    """GeoJSON, or any JSON object or array."""
    if not all(each.lstrip().startswith(("{", "[")) for each in texts):
        return None
    return first_fitting((Guess(type=each) for each in ("geojson", "object", "array")), texts)


def written_form(_name: Name, texts: Texts) -> Guess | None:
    """Addresses of mail and of the web, UUIDs."""
    if all(re.match("(https?|ftp)://", each) for each in texts):
        return first_fitting([Guess(format="uri")], texts)
    return first_fitting([Guess(format="uuid"), Guess(format="email")], texts)


def several(_name: Name, texts: Texts) -> Guess | None:
    """Lists: few different items, in many combinations, with a sign between them."""
    for sign in "|;,":
        items = Counter(item.strip() for text in texts.elements() for item in text.split(sign))
        holding = sum(sign in each for each in texts)
        few = len(items) * 5 <= items.total() and max(map(len, items)) <= 30
        if holding >= FEW and len(items) < len(texts) and few and "" not in items:
            options = {} if sign == "," else {"delimiter": sign}
            return Guess(type="list", options=options).but("several-values", sign=quoted(sign))
    return None


KINDS: tuple[Kind, ...] = (
    boolean,
    year,
    compact_date,
    integer,
    number,
    day,
    clock,
    moment,
    point,
    json_text,
    written_form,
    several,
)


def nearly(name: Name, texts: Texts) -> Guess:
    """Text, and of which narrower type it would be but for a few values; the most frequent ones show which."""
    common = Counter(dict(texts.most_common(LOOKED_AT)))
    likely = (each for each in near_kinds(name) if are_few(misses(each, common), common))
    for each in likely if texts.total() >= ENOUGH else ():
        wrong = misses(each, texts)
        if are_few(wrong, texts):
            told = some(name, wrong)
            return Guess().but("nearly", misses=wrong.total(), total=texts.total(), kind=kind_key(each), examples=told)
    return Guess()


def are_few(wrong: Texts, texts: Texts) -> bool:
    """Whether so few texts are wrong that they may be mistakes."""
    return wrong.total() <= (1 - NEARLY) * texts.total()


def misses(guess: Guess, texts: Texts) -> Texts:
    """The texts that are not of a type."""
    plan = guess.plan
    return Counter({text: count for text, count in texts.items() if not is_read(plan, text)})


def near_kinds(name: Name) -> Iterator[Guess]:
    """The types of which a few values may be miswritten."""
    if not name.is_identifier:
        yield from (Guess(type="integer"), Guess(type="number"), Guess(type="number", options={"decimalChar": ","}))
    yield from (Guess(type="date"), Guess(type="date", format="%d/%m/%Y"), Guess(type="datetime"))
    yield from (Guess(type="geopoint"), Guess(format="email"), Guess(format="uri"))
