"""Texts like the example, or of a few neutral words (`words.toml`); codes that count up; texts of a pattern."""

from __future__ import annotations

import base64
import re
import tomllib
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.expressions import text_of
from beffroi.standards.sampling.families import Family, Source, Wanted

DIGITS = re.compile("[0-9]+")
SPACE = " "
CODES = 10_000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SITES = ("www", "data", "services")
BOXES = ("contact", "mairie", "accueil", "voirie")
DOMAIN = "ville.example"
"""A domain that nobody has (RFC 2606)."""


def sources(wanted: Wanted) -> Iterator[Source]:
    """Texts of the format; else like the example, of words, and of the pattern."""
    if wanted.field.format in FORMATS:
        yield from by_example(wanted) if wanted.distinct else ()
        yield lambda draw: FORMATS[wanted.field.format](wanted, draw)
    else:
        yield from by_example(wanted)
        yield lambda draw: of_words(wanted, draw)
    pattern = wanted.constraint("pattern")
    if isinstance(pattern, str):
        yield lambda draw: text_of(pattern, draw, wanted.length("minLength") or 0)


def by_example(wanted: Wanted) -> Iterator[Source]:
    """The example with other numbers or with something behind it; counting up, where texts must be distinct."""
    example = wanted.example
    if not example:
        return
    if wanted.distinct:
        yield lambda draw: counted(example, draw.number)
        yield lambda draw: carried(example, draw.number)
        yield lambda draw: None if draw.attempt else behind(example, draw.number)
    elif is_code(example):
        yield lambda draw: with_other_digits(example, draw)
    elif wanted.plan.judged(behind(example, 1)) and isinstance(pattern := wanted.constraint("pattern"), str):
        yield lambda draw: example if draw.falls(0.5) else text_of(pattern, draw)
    else:
        yield lambda draw: like(example, draw)


def is_code(text: str) -> bool:
    """Whether a text is made for machines: without spaces and with a digit."""
    return SPACE not in text and DIGITS.search(text) is not None


def counted(text: str, number: int) -> str | None:
    """The text whose last number is so much greater, with as many digits or more: `A-07` becomes `A-12`, `A-107`."""
    *_, last = (None, *DIGITS.finditer(text))
    if last is None:
        return None
    return f"{text[: last.start()]}{int(last[0]) + number:0{len(last[0])}}{text[last.end() :]}"


def carried(text: str, number: int) -> str | None:
    """The text whose digits, taken as one number, are so much greater: `75-P-99` becomes `76-P-00`; the same length."""
    digits = "".join(DIGITS.findall(text))
    greater = str((int(digits) + number) % 10 ** len(digits)).zfill(len(digits)) if digits else ""
    rest = iter(greater)
    return DIGITS.sub(lambda found: "".join(next(rest) for _ in found[0]), text) if digits else None


def behind(text: str, number: int) -> str:
    """The text with a number behind it, but for the first."""
    return text if number == 0 else f"{text}{SPACE if SPACE in text or text.isalpha() else '-'}{number + 1}"


def with_other_digits(text: str, draw: Draw) -> str:
    """The text with other digits in its last number, or in more of them the further it may go."""
    places = list(DIGITS.finditer(text))[-draw.reach :]
    for found in places:
        other = "".join(str(draw.between(0, 9)) for _ in found[0])
        text = text[: found.start()] + other + text[found.end() :]
    return text


def like(text: str, draw: Draw) -> str:
    """The text itself; or with a letter or a number behind it, surely where it must go further."""
    if not draw.attempt and draw.falls(0.5):
        return text
    letters = draw.one_of(LETTERS) + (draw.one_of(LETTERS) if draw.attempt else "")
    return f"{text} {letters if draw.falls(0.5) else draw.between(1, 100 * draw.reach)}"


def of_words(wanted: Wanted, draw: Draw) -> str:
    """A word or a few, as long as it must and may be; a number for what identifies, or must be distinct."""
    least, most = wanted.length("minLength") or 0, wanted.length("maxLength")
    if wanted.distinct and not draw.attempt:
        text = f"{word(wanted.lang, draw)}-{draw.number + 1}"
        text = text if most is None or len(text) <= most else str(draw.number + 1)
    elif wanted.name.is_identifier:
        text = f"{draw.between(1, CODES * draw.reach):04}"
    else:
        text = SPACE.join(
            word(wanted.lang, draw) for _ in range(draw.between(1, min(2 + draw.attempt, 5)))
        ).capitalize()
    while len(text) < min(least, 10_000):
        text = f"{text} {word(wanted.lang, draw)}"[: max(most or 0, least)]
    return text if most is None else text[:most].strip()


def word(lang: str, draw: Draw) -> str:
    """A word."""
    return draw.one_of(words()[lang])


@cache
def words() -> dict[str, list[str]]:
    """The words of each language."""
    text = Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
    return {lang: listed.split() for lang, listed in tomllib.loads(text).items()}


def an_email(_wanted: Wanted, draw: Draw) -> str:
    """An address that nobody has."""
    number = draw.between(1, CODES) if draw.attempt else 0
    return f"{draw.one_of(BOXES)}{number or ''}@{DOMAIN}"


def a_uri(wanted: Wanted, draw: Draw) -> str:
    """The address of a page that does not exist."""
    page = word("en", draw) if not wanted.distinct else str(draw.number + 1)
    return f"https://{draw.one_of(SITES)}.{DOMAIN}/{page}{draw.between(1, CODES) if draw.attempt else ''}"


def some_bytes(wanted: Wanted, draw: Draw) -> str:
    """A few words in Base64."""
    return base64.b64encode(of_words(wanted, draw).encode()).decode("ascii")


def a_uuid(_wanted: Wanted, draw: Draw) -> str:
    """A UUID by chance (RFC 9562, version 4)."""
    return str(uuid.UUID(int=draw.chance.getrandbits(128), version=4))


FORMATS = {"email": an_email, "uri": a_uri, "binary": some_bytes, "uuid": a_uuid}

FAMILY = Family(sources=sources, written=lambda _wanted, value: str(value))
