"""What drafts say to those who finish them, in the languages that we speak: one TOML file a kind of draft."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from beffroi.values import dataclass

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Wording:
    """The words of `standards/<name>.toml` in one language; calling it gives a text with its placeholders filled."""

    name: str
    lang: str

    def __call__(self, key: str, /, **details: object) -> str:
        """The text of that key."""
        return str(table(self.name)[key][self.lang]).format_map({name: str(each) for name, each in details.items()})


def both(name: str, key: str, /, **details: object) -> dict[str, str]:
    """The text of that key in every language, as standards write texts."""
    return {lang: Wording(name, lang)(key, **details) for lang in table(name)[key]}


@cache
def table(name: str) -> dict[str, Any]:
    """All words of one kind of draft: key → language → text."""
    import tomllib

    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
