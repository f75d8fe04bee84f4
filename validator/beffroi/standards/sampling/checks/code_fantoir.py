"""Codes of streets and places of the published list."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.families import Source, Wanted

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def texts(_wanted: Wanted, _options: Options) -> Iterator[Source]:
    """Four digits and a letter."""
    yield lambda draw: f"{draw.between(0, 9999):04}{draw.one_of(LETTERS)}"


HOOK = Hook(texts=texts)
