"""Texts as people can see them: invisible signs made visible."""

from __future__ import annotations

import unicodedata

SIGNS = {"\n": "⏎", "\r": "␍", "\t": "⇥", "\u00a0": "⍽", "\u202f": "⍽", "\x00": "␀"}
FIXED = {"\u00a0", "\u202f"}
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}


def visible(text: str) -> str:
    """`text` with line breaks, tabs, fixed spaces and control signs shown, and spaces at its ends as `␣`."""
    core = text.strip(" ")
    start = len(text) - len(text.lstrip(" "))
    end = len(text) - start - len(core)
    return "␣" * start + "".join(shown(each) for each in core) + "␣" * end


def shown(character: str) -> str:
    """One character as it can be seen."""
    if character in SIGNS:
        return SIGNS[character]
    if unicodedata.category(character) in UNSEEN:
        return f"⟨U+{ord(character):04X}⟩"
    return character


def prose(text: str) -> str:
    """A sentence to be read: fixed spaces stay, line breaks and tabs become spaces, other unseen signs are shown."""
    return "".join(each if each in FIXED else shown(each) for each in text.replace("\n", " ").replace("\t", " "))


def quoted(text: str) -> str:
    """`text`, visible, between quotes."""
    return f'"{visible(text)}"'


def clipped(text: str, most: int) -> str:
    """`text`, or its first characters where it has more than `most`."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
