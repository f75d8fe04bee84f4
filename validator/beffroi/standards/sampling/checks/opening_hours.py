"""Opening hours as town halls, shops and works have them."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.families import Source, Wanted

DAYS = ("Mo-Fr", "Mo-Sa", "Tu-Sa", "Mo-Su", "We,Sa", "Mo,Tu,Th,Fr")
BEGINNINGS = ("07:00", "08:00", "08:30", "09:00", "10:00")
ENDS = ("17:00", "17:30", "18:00", "19:00", "20:00")


def texts(_wanted: Wanted, _options: Options) -> Iterator[Source]:
    """Some days of the week, with or without a break at noon; now and then around the clock."""
    yield (
        lambda draw: (
            "24/7"
            if draw.falls(0.1)
            else f"{draw.one_of(DAYS)} {draw.one_of(BEGINNINGS)}-{draw.one_of(('', '12:00,14:00-'))}{draw.one_of(ENDS)}"
        )
    )


HOOK = Hook(texts=texts)
