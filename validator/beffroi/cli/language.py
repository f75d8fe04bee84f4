"""Which language to speak when none was asked for."""

from __future__ import annotations

import os

from beffroi.settings import LANGUAGES


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
    """The language that a command line asks for with `--lang`, or else the default, for when it was not carried out."""
    for index, argument in enumerate(arguments):
        given = argument.removeprefix("--lang=") if "=" in argument else "".join(arguments[index + 1 : index + 2])
        if argument.startswith("--lang") and given in LANGUAGES:
            return given
    return default_language()
