"""Which language to speak when none was asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import pairwise

from beffroi.settings import LANGUAGES

LANG = "beffroi.lang"
"""Under this name a context keeps the language that a group of commands was asked to speak."""


def default_language() -> str:
    """`BEFFROI_LANG`, then the locale, then English."""
    for name in ("BEFFROI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        given = os.environ.get(name, "")[:2].lower()
        if given in LANGUAGES:
            return given
        if given:
            return "en"
    return "en"


def asked_language(arguments: list[str]) -> str:
    """The language that a command line asks for with `--lang`, or else the default, before it is carried out."""
    given = [each for each in languages_named(arguments) if each in LANGUAGES]
    return given[-1] if given else default_language()


def languages_named(arguments: list[str]) -> Iterator[str]:
    """The values of every `--lang` of a command line; the last one holds."""
    for each, after in pairwise([*arguments, ""]):
        if each == "--":
            return
        if each == "--lang":
            yield after
        elif each.startswith("--lang="):
            yield each.removeprefix("--lang=")
