"""What is wrong in a publiccode.yml: a value, whose words are those of the verifier `publiccode-is-valid`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from beffroi.model.faults import Fault, reason
from beffroi.model.levels import Level
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Flaw:
    """One thing that is wrong, at a `pointer` and on a `line`.

    Its `level` is `must` for an error, and `should` for what is deprecated.
    """

    because: Fault
    pointer: str
    level: Level
    line: int | None = None

    def on(self, line: int | None) -> Flaw:
        """The same with its line."""
        return replace(self, line=line)


def error(rule: str, pointer: str, **details: Any) -> Flaw:
    """What makes a file invalid."""
    return Flaw(because=reason(rule, key=dotted(pointer), **details), pointer=pointer, level=Level.MUST)


def warning(rule: str, pointer: str, **details: Any) -> Flaw:
    """What is deprecated, or better written otherwise."""
    return Flaw(because=reason(rule, key=dotted(pointer), **details), pointer=pointer, level=Level.SHOULD)


def dotted(pointer: str) -> str:
    """A JSON Pointer as people write a key: `legal.license`, `fundedBy[2].uri`."""
    told = ""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        told += f"[{int(key) + 1}]" if key.isdecimal() else f".{key}"
    return told.removeprefix(".")
