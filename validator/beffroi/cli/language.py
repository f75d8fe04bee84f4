"""Which language to speak when none was asked for."""

from __future__ import annotations

import os

LANGUAGES = ("en", "fr")


def default_language() -> str:
    """`BEFFROI_LANG`, then the locale, then English."""
    for name in ("BEFFROI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        given = os.environ.get(name, "")[:2].lower()
        if given in LANGUAGES:
            return given
        if given:
            return "en"
    return "en"
