"""Values of the official lists that frformat publishes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted
from beffroi.tables.checks._published import published


def listed(form: str, years: Sequence[int] = ()) -> Hook:
    """The hook of a check of frformat's list `form`, in its editions of `years`, the latest where none is asked for."""

    def texts(wanted: Wanted, options: Options) -> Iterator[Source]:
        asked = options.get("cog", "latest")
        year = max(years, default=None) if asked == "latest" else int(asked)
        values = sorted(published(form, year))
        example = wanted.example if wanted.example in values else None

        def pick(draw: Draw) -> str:
            if wanted.distinct and not draw.attempt:
                return values[draw.number % len(values)]
            return example if example and draw.falls(0.5) else draw.one_of(values)

        yield pick

    return Hook(texts=texts)
