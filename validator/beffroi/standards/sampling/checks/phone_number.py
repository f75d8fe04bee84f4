"""Telephone numbers that are kept for fiction (Arcep, décision n° 2012-0856)."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted

RANGES = ("1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49", "6 39 98")
NOTATIONS = ("0{0}", "+33 {0}", "+33{1}", "0{1}", "+33 {1}", "33{1}")


def texts(wanted: Wanted, _options: Options) -> Iterator[Source]:
    """In the notation of the example where that is known, then in others."""
    ours = sorted(NOTATIONS, key=lambda each: shape(in_notation(each, RANGES[0], 0)) != shape(wanted.example or ""))
    for each in ours:
        yield lambda draw, notation=each: in_notation(notation, draw.one_of(RANGES), number(draw))  # type: ignore[misc]


def number(draw: Draw) -> int:
    """The last four digits."""
    return draw.between(0, 9999)


def in_notation(notation: str, beginning: str, last: int) -> str:
    """A number with spaces between pairs of digits, or without."""
    spaced = f"{beginning} {last // 100:02} {last % 100:02}"
    return notation.format(spaced, spaced.replace(" ", ""))


def shape(text: str) -> str:
    """The text with all digits alike."""
    return "".join("0" if each.isdigit() else each for each in text)


HOOK = Hook(texts=texts)
