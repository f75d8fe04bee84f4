"""Intervals of one to three years."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted

FIRST, LAST = 2015, 2026


def texts(_wanted: Wanted, _options: Options) -> Iterator[Source]:
    """`2024/2025` or the like."""

    def interval(draw: Draw) -> str:
        year = draw.between(FIRST - draw.attempt, LAST)
        return f"{year}/{year + draw.between(1, 3)}"

    yield interval


HOOK = Hook(texts=texts)
