"""Why a value fails, found by trying what usually went wrong: if a mended text passes every rule, that was the cause.

Each mend gives the texts that the value may have been meant as. Ordered: the first that passes names the cause.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from beffroi.tables.fields.numbers import option
from beffroi.tables.fields.type_boolean import FALSE, TRUE, words

if TYPE_CHECKING:
    from beffroi.model.standard import Field

Mend = Callable[[str, "Field"], Iterator[str]]

NUMERIC = {"number", "integer"}
MOMENTS = {"date", "datetime"}
SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
GROUPED = re.compile(r"[+-]?\d{1,3}([\s\u00a0\u202f\u2009'’.,]\d{3})+([.,]\d+)?")
LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТХаеорсухіΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‘’ʼ‐‑‒–—−“”«»",
    'ABEKMHOPCTXaeopcyxiABEZHIKMNOPTYX\'\'\'------""""',
)
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
DAYS = (
    ("day-first-date", ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")),
    ("other-date-notation", ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y.%m.%d", "%Y-%m-%d %H:%M")),
    ("date-with-time", ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ")),
)
YES = {"oui", "vrai", "yes", "o", "y", "v", "x", "true", "1"}
NO = {"non", "faux", "no", "n", "f", "false", "0"}


def stray_space(text: str, _field: Field) -> Iterator[str]:
    """Space around the value, or doubled inside it, or signs that cannot be seen."""
    seen = INVISIBLE.sub("", text)
    yield seen.strip()
    yield " ".join(SPACES.sub(" ", seen).split())


def decimal_comma(text: str, field: Field) -> Iterator[str]:
    """`12,5` where a point separates decimals."""
    if field.type == "number" and re.fullmatch(r"[+-]?\d*,\d+", text):
        yield text.replace(",", option(field, "decimalChar", "."))
    if field.type == "geopoint" and re.fullmatch(r"-?\d+,\d+\s*[,; ]\s*-?\d+,\d+", text):
        yield ", ".join(each.replace(",", ".") for each in re.findall(r"-?\d+,\d+", text))


def decimal_point(text: str, field: Field) -> Iterator[str]:
    """`12.5` where the standard asks for another decimal sign."""
    if field.type == "number" and re.fullmatch(r"[+-]?\d*\.\d+", text):
        yield text.replace(".", option(field, "decimalChar", "."))


def thousands_space(text: str, field: Field) -> Iterator[str]:
    """`1 234,50`: thousands set apart."""
    if field.type in NUMERIC and GROUPED.fullmatch(text):
        whole, sign, rest = re.fullmatch(r"(.*?\d{3})(?:([.,])(\d{1,2}|\d{4,}))?", text).groups()  # type: ignore[union-attr]
        digits = re.sub(r"[^\d+-]", "", whole)
        yield f"{digits}{option(field, 'decimalChar', '.')}{rest}" if sign else digits


def unit_with_number(text: str, field: Field) -> Iterator[str]:
    """`12 %`, `1 500 €`: a unit written with the number."""
    if field.type in NUMERIC:
        number = re.sub(r"^[^\d+-]+|[^\d]+$", "", text)
        yield number
        yield from (candidate for mend in (decimal_comma, thousands_space) for candidate in mend(number, field))


def decimal_zero(text: str, field: Field) -> Iterator[str]:
    """`12.0` where a whole number is asked for."""
    if field.type in {"integer", "year"} and (match := re.fullmatch(r"([+-]?\d+)[.,]0+", text)):
        yield match[1]


def moment(formats: tuple[str, ...]) -> Mend:
    """A date in another notation, rewritten in the field's."""

    def mend(text: str, field: Field) -> Iterator[str]:
        if field.type in MOMENTS and len(text) <= 30:
            for pattern in formats:
                try:
                    found = datetime.strptime(text, pattern)  # noqa: DTZ007
                except ValueError:
                    continue
                yield written(found, field)

    return mend


def written(found: datetime, field: Field) -> str:
    """A moment as the field wants it."""
    if "%" in field.format:
        return found.strftime(field.format.removeprefix("fmt:"))
    return found.date().isoformat() if field.type == "date" else found.isoformat()


def spreadsheet_date(text: str, field: Field) -> Iterator[str]:
    """`45322`: the number by which a spreadsheet keeps a date."""
    if field.type in MOMENTS and re.fullmatch(r"[2-6]\d{4}(\.\d+)?", text):
        yield written(datetime(1899, 12, 30) + timedelta(days=float(text)), field)  # noqa: DTZ001


def space_for_t(text: str, field: Field) -> Iterator[str]:
    """`2024-01-31 13:05:09` without the `T`, or without seconds."""
    if field.type == "datetime":
        joined = text.replace(" ", "T", 1)
        yield joined
        yield re.sub(r"(T\d\d:\d\d)(?=$|Z|[+-])", r"\1:00", joined)


def missing_seconds(text: str, field: Field) -> Iterator[str]:
    """`10:00` where seconds are asked for."""
    if field.type == "time" and re.fullmatch(r"\d{1,2}:\d{2}", text):
        yield f"{text:0>5}:00"


def short_date(text: str, field: Field) -> Iterator[str]:
    """`2024-1-5`: a month or day of one digit."""
    if field.type in MOMENTS and (match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", text)):
        yield f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}{text[match.end() :]}"


def word_for_boolean(text: str, field: Field) -> Iterator[str]:
    """`oui`, `non`, `VRAI`: a word that the standard does not list."""
    if field.type == "boolean":
        for known, option_name, default in ((YES, "trueValues", TRUE), (NO, "falseValues", FALSE)):
            if text.strip().casefold() in known:
                yield from words(field, option_name, default)[:1]


def wrong_case(text: str, field: Field) -> Iterator[str]:
    """A listed value in other capitals."""
    yield from (each for each in listed(field) if each.casefold() == text.strip().casefold())
    if "pattern" in field.constraints:
        yield from (text.upper(), text.lower())


def missing_accent(text: str, field: Field) -> Iterator[str]:
    """A listed value without its accents, or with others."""
    bare = without_accents(text)
    yield from (each for each in listed(field) if without_accents(each) == bare)


def without_accents(text: str) -> str:
    """`text` in plain letters, regardless of case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold().strip()


def look_alike(text: str, _field: Field) -> Iterator[str]:
    """A letter of another alphabet, a typographic apostrophe or dash, full-width digits."""
    changed = unicodedata.normalize("NFKC", text.translate(LOOK_ALIKES))
    if changed != text:
        yield changed


def lost_leading_zero(text: str, field: Field) -> Iterator[str]:
    """`1000` for the code `01000`: a spreadsheet took it for a number."""
    if field.type == "string" and text.isascii() and text.isdigit():
        yield from (text.zfill(len(text) + more) for more in (1, 2))


def number_for_text(text: str, field: Field) -> Iterator[str]:
    """`75001.0`: a code that went through a decimal number."""
    if field.type == "string" and (match := re.fullmatch(r"(\d+)[.,]0", text)):
        yield match[1]
        yield match[1].zfill(len(match[1]) + 1)


def swapped_coordinates(text: str, field: Field) -> Iterator[str]:
    """Latitude before longitude where only the other order is possible."""
    if field.type == "geopoint" and text.count(",") == 1:
        first, second = (part.strip(" []") for part in text.split(","))
        yield f"[{second}, {first}]" if field.format == "array" else f"{second}, {first}"


def listed(field: Field) -> list[str]:
    """The values that a field lists."""
    given: Any = field.constraints.get("enum") or [
        each.get("value") if isinstance(each, dict) else each for each in field.options.get("categories", [])
    ]
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []


MENDS: tuple[tuple[str, Mend], ...] = (
    ("stray-space", stray_space),
    ("wrong-case", wrong_case),
    ("missing-accent", missing_accent),
    ("look-alike", look_alike),
    ("decimal-comma", decimal_comma),
    ("decimal-point", decimal_point),
    ("decimal-zero", decimal_zero),
    ("thousands-space", thousands_space),
    ("unit-with-number", unit_with_number),
    ("short-date", short_date),
    *((cause, moment(formats)) for cause, formats in DAYS),
    ("spreadsheet-date", spreadsheet_date),
    ("space-for-t", space_for_t),
    ("missing-seconds", missing_seconds),
    ("word-for-boolean", word_for_boolean),
    ("lost-leading-zero", lost_leading_zero),
    ("number-for-text", number_for_text),
    ("swapped-coordinates", swapped_coordinates),
)

DAMAGE = (("scientific-notation", re.compile(r"[+-]?\d([.,]\d+)?[eE]\+?\d+")),)
"""What cannot be mended: the digits are gone."""
LONGEST = 1000


def cause_of(text: str, field: Field, passes: Callable[[str], bool]) -> tuple[str | None, str | None]:
    """The cause of a failing value and the text that would pass, where they can be known."""
    if len(text) > LONGEST:
        return None, None
    for cause, mend in MENDS:
        for candidate in mend(text, field):
            if candidate and candidate != text and passes(candidate):
                return cause, candidate
    if field.type in {"string", "integer"}:
        return next(((cause, None) for cause, sign in DAMAGE if sign.fullmatch(text)), (None, None))
    return None, None
