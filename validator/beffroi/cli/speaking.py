"""The command's own words, click's and those of our helps, in the language that was asked for.

All are looked up by their English text, through `gettext`, since that is how click looks up its own.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

DOMAIN = "messages"
"""What gettext calls the words of a program that gave them no name."""
FILES = ("click", "commands")
"""Where French words stand. Click's are apart since it looks some up in runs that show none, as for `-s`."""


class Words(gettext.NullTranslations):
    """English texts in another language; a file of them is read when one that it may hold is asked for."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang

    def gettext(self, message: str) -> str:
        """A text in the language, or as it is where nothing is written for it."""
        for name in FILES:
            if message in (words := words_of(name, self.lang)):
                return words[message]
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The text for one, or that for several."""
        return self.gettext(super().ngettext(msgid1, msgid2, n))


@cache
def words_of(name: str, lang: str) -> Mapping[str, str]:
    """What English texts are in the language, by one of our files; nothing where there is none, as for English."""
    file = Path(__file__).with_name(f"{name}.{lang}.toml")
    if not file.is_file():
        return {}
    import tomllib

    return {each["en"]: each[lang] for each in tomllib.loads(file.read_text(encoding="utf-8"))["words"]}


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """A block in which `gettext` finds the words of the command in the language, whoever imported it and when."""
    words, usual = Words(lang), gettext.translation

    def translation(domain: str, *arguments: Any, **options: Any) -> gettext.NullTranslations:
        return words if domain == DOMAIN else usual(domain, *arguments, **options)

    gettext.translation = translation  # type: ignore[assignment]
    try:
        yield
    finally:
        gettext.translation = usual
