"""The words of what commands show, in the languages that we speak."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from beffroi.values import dataclass

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The words of `showing/<name>.toml` in one language; calling it gives a text with its placeholders filled."""

    name: str
    lang: str

    def __call__(self, key: str, **details: object) -> str:
        """The text of that key."""
        return self.template(key).format_map({name: str(value) for name, value in details.items()})

    def template(self, key: str) -> str:
        """The text of that key, with its placeholders."""
        written: str = table(self.name)[key][self.lang]
        return written


@cache
def table(name: str) -> dict[str, Any]:
    """All words of one kind of answer: key → language → text."""
    import tomllib

    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def in_language(text: Any, lang: str) -> str:
    """A text of a standard (`{en: …, fr: …}`, or plain) in the language; another one if it has no other."""
    if isinstance(text, dict):
        return str(text.get(lang) or next((each for each in text.values() if each), ""))
    return "" if text is None else str(text)
