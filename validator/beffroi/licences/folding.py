"""Texts and web addresses as they are compared: without what differs between two ways to write the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

TOKEN = re.compile(r"(?:[^\W\d_]+|\d+(?:[.,]\d+)+|\d+(?:[_-]\d+)+(?![.\d])|\d+)(?:\+(?![^\W_]))?|[<>=≤≥]+")
"""A word or a number: `1.0` or `1-0`, but `0` and `1.0` in `CC0-1.0`.

A plus at its end stays: `GPL-3.0+` is not `GPL-3.0`, nor `LiLiQ-R+` `LiLiQ-R`. So do signs that compare: `GPL (>= 3)`.
"""
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
SEPARATOR = re.compile(r"[,_-]")
MAJOR = re.compile(r"(?<![\d.])(\d+)(?![\d.])")
NOUGHT = re.compile(r"(?<=\d)\.0(?![\d.])")
VERSION = {"v", "vers", "version"}
FILLING = {"licence", "license", "licences", "licenses", "the", "under", "sous"}
"""Words that tell no licence from another."""

SCHEME = re.compile(r"^(?:https?:)?//|^https?:/", re.IGNORECASE)
ARCHIVED = re.compile(r"^web\.archive\.org/web/\w+/(?:https?:/+)?")
ADDRESS = re.compile(r"^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE)
PORT = re.compile(r"^([^/]*):(?:80|443)(?=/|$)")
LANGUAGE = r"(?:br|ca|co|cs|da|de|el|en|es|eu|fi|fr|gl|it|nb|nl|nn|no|oc|pl|pt|ro|sv)(?:[-_][a-z]{2})?"
LANGUAGE_FIRST = re.compile(rf"^([^/]+)/{LANGUAGE}/(?=.)")
ENDING = re.compile(r"(/[^/]*)\.(?:x?html?|txt|md|pdf|php|json|jsonld|rdf|ttl|xml)$")
LANGUAGE_LAST = re.compile(rf"(/[^/]*)\.{LANGUAGE}$")
PAGE = re.compile(r"()/(?:deed|legalcode|summary|index|rdf)$")


def folded(text: str) -> str:
    """A text without accents, capitals, punctuation, spaces, and the words that tell nothing.

    Numbers stay apart from each other, and keep what is between their digits, as a dot: `2-0` is `2.0`, but not `20`.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LIGATURES)
    tokens = TOKEN.findall("".join(each for each in plain if not unicodedata.combining(each)))
    kept = [number(each) for index, each in enumerate(tokens) if not drops(each, tokens[index + 1 : index + 2])]
    return joined(kept or tokens)


def readings(text: str) -> tuple[str, ...]:
    """A folded text; then, for where that is no name, with `2` read as `2.0`; then with `2.0` read as `2`."""
    plain = folded(text)
    return tuple(dict.fromkeys((plain, MAJOR.sub(r"\1.0", plain), NOUGHT.sub("", plain))))


def drops(token: str, behind: list[str]) -> bool:
    """Whether a word tells nothing: `licence`, or the `v` before a number."""
    return token in FILLING or (token in VERSION and bool(behind) and behind[0][0].isdigit())


def number(token: str) -> str:
    """A number as it is compared; a word as it is."""
    return SEPARATOR.sub(".", token) if token[0].isdigit() else token


def joined(tokens: list[str]) -> str:
    """Words and numbers in one, with a space between two numbers only."""
    found = ""
    for each in tokens:
        apart = found and each[0].isdigit() and (found[-1].isdigit() or found[-1] == "+")
        found += f" {each}" if apart else each
    return found


def is_address(text: str) -> bool:
    """Whether a text is one web address, with its scheme, or so like one that it can be nothing else."""
    if text.lower().startswith(("http://", "https://")):
        return not any(map(str.isspace, text))
    plain = SCHEME.sub("", text)
    return bool(ADDRESS.match(plain)) and ("/" in text or plain.lower().startswith("www."))


def address(text: str) -> str:
    """A web address without its scheme, `www.`, port, capitals, and slashes at the end."""
    plain = SCHEME.sub("", unquote(text).strip()).lower()
    plain = SCHEME.sub("", ARCHIVED.sub("", plain))
    return PORT.sub(r"\1", plain).removeprefix("www.").rstrip("/")


def dresses(text: str) -> Iterator[str]:
    """The ways to read a web address, from the most exact: without its fragment, query, ending, language, and page.

    Each is also read without a language that its path begins with.
    """
    for each in undressed(address(text)):
        yield each
        yield LANGUAGE_FIRST.sub(r"\1/", each)


def undressed(plain: str) -> Iterator[str]:
    """An address, then what is left of it when one thing after the other is taken away from its end."""
    yield plain
    for sign in "#?":
        plain = plain.partition(sign)[0].rstrip("/")
        yield plain
    for pattern in (ENDING, LANGUAGE_LAST, PAGE):
        plain = pattern.sub(r"\1", plain)
        yield plain
