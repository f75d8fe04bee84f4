"""Why a value fails, found by trying what usually went wrong: if a mended text passes every rule, that was the cause.

Each mend gives the texts that the value may have been meant as. Ordered: the first that passes names the cause.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields.numbers import option
from beffroi.tables.fields.type_boolean import FALSE, TRUE, words
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field

LONGEST = 200
"""Longer texts are not mended."""
NEAR = 5
"""How long the longer of two texts is, for one character of difference to be a slip of the pen."""

NUMERIC = ("number", "integer")
MOMENTS = ("date", "datetime")
DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+")
COMMA_PAIR = re.compile(r"(-?\d+),(\d+)\s*[,; ]\s*(-?\d+),(\d+)")
DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d+")
DECIMAL_ZERO = re.compile(r"([+-]?\d+)[.,](?!000$)0+")
GROUPED = re.compile(r"([+-]?\d{1,3}(?:[\s'’.,]\d{3})+)(?:([.,])(\d{1,2}|\d{4,}))?")
UNIT = (
    r"(?:[%‰€$£]|°C?|EUR|USD|CHF|euros?|[kcm]?m|[kcm]?m[23²³]|ha|ares?|[km]?g|µg|t|tonnes?|[cm]?[lL]|litres?"
    r"|h|heures?|min|minutes?|s|secondes?|ans?|jours?|mois|[kMG]?W|[kMG]?Wh|k?VA|V|A|dB(?:\(?A\)?)?|lux|lm|ppm|h?Pa|bars?"
    r"|[µm]g/m[3³]|km/h|m/s|habitants?|hab\.?|places?|logements?|agents?|ETP)"
)
WITH_UNIT = re.compile(rf"(?:(?P<before>[€$£]|EUR)\s*)?(?P<number>[+-]?\d(?:[\d\s.,'’]*\d)?)(?:\s*(?P<behind>{UNIT}))?")
UNITS = {
    "EUR": ("€", "euro", "euros"),
    "USD": ("$",),
    "GBP": ("£",),
    "Cel": ("°C",),
    "deg": ("°",),
    "m2": ("m²",),
    "m3": ("m³",),
    "L": ("l", "litre", "litres"),
    "t": ("tonne", "tonnes"),
    "ug": ("µg",),
    "ug/m3": ("µg/m3", "µg/m³"),
    "mg/m3": ("mg/m³",),
    "s": ("seconde", "secondes"),
    "min": ("minute", "minutes"),
    "h": ("heure", "heures"),
    "d": ("jour", "jours"),
    "mo": ("mois",),
    "a": ("an", "ans"),
    "dB[A]": ("dB(A)", "dBA"),
}
"""Units as standards write them (UCUM, ISO 4217), and as people do."""
WRITTEN = {spelling: unit for unit, spellings in UNITS.items() for spelling in spellings}
LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‘’ʼ‐‑‒–—−“”«»",
    'ABEKMHOPCTXaeopcyxiABEZHIKMNOPTYX\'\'\'------""""',
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
CLOCK = r"(?:[ T](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?Z?)?"
DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})([/.-])(?P<month>\d{{1,2}})\2(?P<year>\d{{4}}|\d{{2}}){CLOCK}", re.ASCII)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})([/.-]?)(?P<month>\d{{2}})\2(?P<day>\d{{2}}){CLOCK}", re.ASCII)
PART_OF_A_SECOND = re.compile(r"(?<=:\d\d)\.\d{1,9}(?=Z?$)", re.ASCII)
SHORT_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
SPREADSHEET_DAY = re.compile(r"[2-6]\d{4}(\.\d{1,15})?", re.ASCII)
WITHOUT_SECONDS = re.compile(r"(\d{4}-\d{2}-\d{2}T)?(\d{1,2}:\d{2})(Z|[+-]\d{2}:\d{2})?", re.ASCII)
SCIENTIFIC = re.compile(r"[+-]?\d([.,]\d+)?[eE]\+?\d+")
YES = {"oui", "vrai", "yes", "o", "y", "v", "x", "true", "1"}
NO = {"non", "faux", "no", "n", "f", "false", "0"}


@dataclass(frozen=True)
class Wanted:
    """What a field asks for, with its listed values at hand by their simpler spellings."""

    field: Field

    @cached_property
    def listed(self) -> list[str]:
        """The texts that the field lists in `enum` or `categories`."""
        given: Any = self.field.constraints.get("enum") or self.field.options.get("categories")
        given = given if isinstance(given, list) else []
        values = [each.get("value") if isinstance(each, dict) else each for each in given]
        return [each for each in values if isinstance(each, str)]

    @cached_property
    def folded(self) -> dict[str, str]:
        """Listed values, regardless of capitals."""
        return {each.casefold(): each for each in reversed(self.listed)}

    @cached_property
    def unaccented(self) -> dict[str, str]:
        """Listed values, regardless of capitals and accents."""
        return {without_accents(each): each for each in reversed(self.listed)}

    @cached_property
    def labelled(self) -> dict[str, str]:
        """The codes of categories by their labels, regardless of capitals and accents."""
        given: Any = self.field.options.get("categories")
        coded = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
        return {
            without_accents(label): str(each["value"])
            for each in reversed(coded)
            for label in labels_of(each.get("label"))
            if "value" in each
        }

    @cached_property
    def near(self) -> dict[str, str]:
        """Listed values by themselves with one character left out."""
        return {part: each for each in reversed(self.listed) for part in without_one(each)}

    @cached_property
    def mends(self) -> tuple[tuple[str, Mend], ...]:
        """The mends that can be of use for the field."""
        return tuple((cause, mend) for cause, types, mend in MENDS if types is None or self.field.type in types)


Mend = Callable[[str, Wanted], Iterator[str]]


def stray_space(text: str, wanted: Wanted) -> Iterator[str]:
    """Space doubled inside the value or, in a code, anywhere; signs that cannot be seen."""
    pieces = INVISIBLE.sub("", text).split()
    yield " ".join(pieces)
    if "pattern" in wanted.field.constraints and sum(not piece.isdigit() for piece in pieces) <= 1:
        yield "".join(pieces)


def decimal_comma(text: str, wanted: Wanted) -> Iterator[str]:
    """`12,5` where a point separates decimals."""
    if wanted.field.type == "number" and DECIMAL_COMMA.fullmatch(text):
        yield text.replace(",", option(wanted.field, "decimalChar", "."))
    if wanted.field.type == "geopoint" and (match := COMMA_PAIR.fullmatch(text)):
        yield "{}.{}, {}.{}".format(*match.groups())


def decimal_point(text: str, wanted: Wanted) -> Iterator[str]:
    """`12.5` where the standard asks for another decimal sign."""
    if DECIMAL_POINT.fullmatch(text):
        yield text.replace(".", option(wanted.field, "decimalChar", "."))


def thousands_space(text: str, wanted: Wanted) -> Iterator[str]:
    """`1 234,50`: thousands set apart."""
    if match := GROUPED.fullmatch(text):
        whole, sign, rest = match.groups()
        digits = re.sub(r"[^\d+-]", "", whole)
        yield f"{digits}{option(wanted.field, 'decimalChar', '.')}{rest}" if sign else digits


def unit_with_number(text: str, wanted: Wanted) -> Iterator[str]:
    """`12 %`, `1 500 €`: a unit written with the number, the same as the field's if that is known."""
    if match := WITH_UNIT.fullmatch(text):
        number, found = match["number"], match["before"] or match["behind"]
        if found and wanted.field.unit and WRITTEN.get(found, found) != wanted.field.unit:
            return
        yield number
        for mend in (decimal_comma, decimal_point, thousands_space):
            yield from mend(number, wanted)


def decimal_zero(text: str, _wanted: Wanted) -> Iterator[str]:
    """`12.0` where a whole number is asked for."""
    if match := DECIMAL_ZERO.fullmatch(text):
        yield match[1]


def short_date(text: str, _wanted: Wanted) -> Iterator[str]:
    """`2024-1-5`: a month or day of one digit."""
    if match := SHORT_DATE.match(text):
        yield f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}{text[match.end() :]}"


def day_first_date(text: str, wanted: Wanted) -> Iterator[str]:
    """`31/01/2024` where the year comes first."""
    if "%" not in wanted.field.format and (match := DAY_FIRST.fullmatch(text)):
        yield from rewritten(match, wanted.field)


def date_with_time(text: str, wanted: Wanted) -> Iterator[str]:
    """`2024-01-31 00:00:00` for a day, with or without parts of a second."""
    whole = PART_OF_A_SECOND.sub("", text)
    if wanted.field.type == "date" and (match := YEAR_FIRST.fullmatch(whole)) and match["hour"]:
        yield from rewritten(match, wanted.field)


def other_date_notation(text: str, wanted: Wanted) -> Iterator[str]:
    """`20240131` or `2024/01/31`, or a date in another order than the standard's pattern."""
    if match := YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text):
        yield from rewritten(match, wanted.field)


def rewritten(match: re.Match[str], field: Field) -> Iterator[str]:
    """A date as the field wants it, if there is such a day and no time of day is missing."""
    parts = {name: int(part) for name, part in match.groupdict().items() if part}
    if field.type == "datetime" and "hour" not in parts:
        return
    if parts["year"] < 100:
        parts["year"] += 1900 if parts["year"] > 68 else 2000  # as strptime does
    hour, minute, second = (parts.get(name, 0) for name in ("hour", "minute", "second"))
    try:
        yield written(datetime(parts["year"], parts["month"], parts["day"], hour, minute, second), field)
    except ValueError:
        return


def written(found: datetime, field: Field) -> str:
    """A moment as the field wants it."""
    if "%" in field.format:
        return found.strftime(field.format)
    return found.date().isoformat() if field.type == "date" else found.isoformat(timespec="seconds")


def spreadsheet_date(text: str, wanted: Wanted) -> Iterator[str]:
    """`45322`: the number by which a spreadsheet keeps a date."""
    if SPREADSHEET_DAY.fullmatch(text):
        yield written(datetime(1899, 12, 30) + timedelta(days=float(text)), wanted.field)


def space_for_t(text: str, _wanted: Wanted) -> Iterator[str]:
    """`2024-01-31 13:05:09` without the `T`."""
    if " " in text:
        joined = text.replace(" ", "T", 1)
        yield joined
        yield from missing_seconds(joined, _wanted)


def missing_seconds(text: str, _wanted: Wanted) -> Iterator[str]:
    """`10:00` where seconds are asked for."""
    if match := WITHOUT_SECONDS.fullmatch(text):
        yield f"{match[1] or ''}{match[2]:0>5}:00{match[3] or ''}"


def word_for_boolean(text: str, wanted: Wanted) -> Iterator[str]:
    """`oui`, `non`, `VRAI`: a word that the standard does not list."""
    for known, name, default in ((YES, "trueValues", TRUE), (NO, "falseValues", FALSE)):
        if text.casefold() in known:
            yield from words(wanted.field, name, default)[:1]


def wrong_case(text: str, wanted: Wanted) -> Iterator[str]:
    """A listed value, or a code, in other capitals."""
    if (folded := text.strip().casefold()) in wanted.folded:
        yield wanted.folded[folded]
    if "pattern" in wanted.field.constraints and " " not in text:
        yield from (text.upper(), text.lower())


def label_for_code(text: str, wanted: Wanted) -> Iterator[str]:
    """The label of a category, in either language, for its code."""
    if (folded := without_accents(text.strip())) in wanted.labelled:
        yield wanted.labelled[folded]


def missing_accent(text: str, wanted: Wanted) -> Iterator[str]:
    """A listed value without its accents, or with others."""
    if wanted.listed and (bare := without_accents(text)) in wanted.unaccented:
        yield wanted.unaccented[bare]


def without_accents(text: str) -> str:
    """`text` in plain letters, regardless of case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold().strip()


def did_you_mean(text: str, wanted: Wanted) -> Iterator[str]:
    """A listed value with one character too many, too few or other, but for digits: `P1` is not meant as `P2`."""
    if wanted.listed:
        near = (wanted.near.get(part) for part in without_one(text))
        yield from (each for each in near if each and digits_of(each) == digits_of(text) and long_enough(each, text))


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(filter(str.isdigit, text))


def long_enough(one: str, two: str) -> bool:
    """Whether one character of difference may be a slip of the pen."""
    return max(len(one), len(two)) >= NEAR


def labels_of(label: Any) -> Iterator[str]:
    """The texts of a label, in whatever languages it is given."""
    texts = label.values() if isinstance(label, dict) else (label,)
    return (each for each in texts if isinstance(each, str))


def without_one(text: str) -> list[str]:
    """The text, and the text with each of its characters left out."""
    return [text, *(text[:place] + text[place + 1 :] for place in range(min(len(text), LONGEST)))]


def look_alike(text: str, _wanted: Wanted) -> Iterator[str]:
    """A letter of another alphabet, a typographic apostrophe or dash, other digits."""
    if not text.isascii():
        plain = unicodedata.normalize("NFKC", text.translate(LOOK_ALIKES))
        yield "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in plain)


def lost_leading_zero(text: str, _wanted: Wanted) -> Iterator[str]:
    """`1000` for the code `01000`: a spreadsheet took it for a number."""
    if text.isascii() and text.isdigit():
        yield from (f"0{text}", f"00{text}")


def number_for_text(text: str, _wanted: Wanted) -> Iterator[str]:
    """`75001.0`: a code that went through a decimal number."""
    if (match := DECIMAL_ZERO.fullmatch(text)) and match[1].isdigit():
        yield from (match[1], f"0{match[1]}")


MENDS: tuple[tuple[str, tuple[str, ...] | None, Mend], ...] = (
    ("stray-space", None, stray_space),
    ("wrong-case", None, wrong_case),
    ("missing-accent", None, missing_accent),
    ("label-for-code", None, label_for_code),
    ("look-alike", None, look_alike),
    ("decimal-comma", ("number", "geopoint"), decimal_comma),
    ("decimal-point", ("number",), decimal_point),
    ("decimal-zero", ("integer", "year"), decimal_zero),
    ("thousands-space", NUMERIC, thousands_space),
    ("unit-with-number", NUMERIC, unit_with_number),
    ("short-date", MOMENTS, short_date),
    ("day-first-date", MOMENTS, day_first_date),
    ("date-with-time", MOMENTS, date_with_time),
    ("space-for-t", ("datetime",), space_for_t),
    ("missing-seconds", ("time", "datetime"), missing_seconds),
    ("other-date-notation", MOMENTS, other_date_notation),
    ("spreadsheet-date", MOMENTS, spreadsheet_date),
    ("word-for-boolean", ("boolean",), word_for_boolean),
    ("lost-leading-zero", ("string",), lost_leading_zero),
    ("number-for-text", ("string",), number_for_text),
    ("did-you-mean", ("string", "any"), did_you_mean),
)
"""Cause, the types it concerns (`None`: all), and the mend."""


def cause_of(text: str, wanted: Wanted, passes: Callable[[str], bool]) -> tuple[str | None, str | None]:
    """The cause of a failing value and the text that would pass, where they can be known.

    `scientific-notation` has no mend: the digits are gone.
    """
    if len(text) > LONGEST:
        return None, None
    for cause, mend in wanted.mends:
        for candidate in mend(text, wanted):
            if candidate != text and passes(candidate):
                return cause, candidate
    if wanted.field.type in {"string", "integer"} and SCIENTIFIC.fullmatch(text):
        return "scientific-notation", None
    return None, None
