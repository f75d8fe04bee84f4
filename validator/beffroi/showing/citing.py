"""Sources that an answer names by numbers, listed at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from beffroi.model.licences import Source
from beffroi.showing.licences import source
from beffroi.showing.standard import paragraph


class Citations:
    """Sources in the order in which they were named first."""

    def __init__(self) -> None:
        self.numbers: dict[Source, int] = {}

    def cite(self, sources: Iterable[Source]) -> str:
        """The numbers of some sources, as a sentence shows them."""
        numbers = sorted({self.numbers.setdefault(each, len(self.numbers) + 1) for each in sources})
        return ", ".join(f"[{each}]" for each in numbers)

    def listed(self) -> Iterator[str]:
        """A line a source, after its number."""
        for each, number in self.numbers.items():
            yield from paragraph(source(each), f"  [{number}] ")
