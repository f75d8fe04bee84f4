"""Numbers like those of the register of associations, of a département that there is none of."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.families import Source, Wanted

UNUSED = "W99"
MANY = 10_000_000


def texts(wanted: Wanted, _options: Options) -> Iterator[Source]:
    """One for each record where they must be distinct, else any."""
    yield (
        lambda draw: f"{UNUSED}{draw.number if wanted.distinct and not draw.attempt else draw.between(0, MANY - 1):07}"
    )


HOOK = Hook(texts=texts)
