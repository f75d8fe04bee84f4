"""Texts of the form of an identifier of a building."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.families import Source, Wanted

SIGNS = "123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


def texts(_wanted: Wanted, _options: Options) -> Iterator[Source]:
    """Twelve of its signs."""
    yield lambda draw: "".join(draw.one_of(SIGNS) for _ in range(LENGTH))


HOOK = Hook(texts=texts)
