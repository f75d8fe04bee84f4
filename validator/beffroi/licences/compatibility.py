"""The table of what may be made of what: `standards/licence-compatibility.yaml`, and what a city adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import bundled_root
from beffroi.model.compatibility import ANY, SAME, Form, LicenceClass, Row, Use
from beffroi.model.licences import Source
from beffroi.values import dataclass

FILE = "licence-compatibility.yaml"
EXACTNESS = {"any": 0, "group": 1, "class": 2, "licence": 3, "same": 5}
"""How exactly a row names a side; the sum of both sides decides which row holds."""
MIXED = 1
"""What outweighs the same row without another source under the licence of the result."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows, and the classes and groups that they name; `forms` are how sources are to be named.

    `reserved` are licences that one government has written for itself, and that others seldom choose.
    """

    classes: Mapping[str, LicenceClass]
    groups: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]
    forms: tuple[Form, ...]
    reserved: tuple[str, ...]
    sources: Mapping[str, Source]

    @classmethod
    def bundled(cls) -> Table:
        """The table that comes with us."""
        return bundled_table()

    @classmethod
    def of(cls, catalogue: Catalogue) -> Table:
        """The table with what a city's own folders add. Raises `UnusableFile` where they contradict it."""
        from beffroi.licences.rows import extended

        found = cls.bundled()
        for root in reversed(catalogue.own):
            for file in (root / FILE, root / "standards" / FILE):
                found = extended(found, file) if file.is_file() else found
        return found

    @cached_property
    def class_of(self) -> Mapping[str, str]:
        """The class of each licence that is in one."""
        return {licence: each.id for each in self.classes.values() for licence in each.licences}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each class, the least restrictive first."""
        return {each: place for place, each in enumerate(self.classes)}

    def exactness(self, licence: str) -> Mapping[str, int]:
        """Under which names rows speak of a licence, and how exactly each one names it."""
        if licence not in self.names:
            self.names[licence] = dict(self.named(licence))
        return self.names[licence]

    @cached_property
    def names(self) -> dict[str, Mapping[str, int]]:
        """The names of licences that were looked up already."""
        return {}

    def named(self, licence: str) -> Iterator[tuple[str, int]]:
        """A licence's names: `any`, itself, its class, and the groups of that."""
        kind = self.class_of.get(licence)
        yield ANY, EXACTNESS["any"]
        yield from ((each, EXACTNESS["group"]) for each, kinds in self.groups.items() if kind in kinds)
        if kind:
            yield kind, EXACTNESS["class"]
        yield licence, EXACTNESS["licence"]

    def restriction(self, licence: str) -> int:
        """How restrictive a licence is, by the place of its class; one in no class comes last."""
        return self.order.get(self.class_of.get(licence, ""), len(self.order))

    def row(self, source: str, result: str, use: Use, *, mixed: bool = False) -> Row:
        """The row that holds for one source. `mixed`: another source is under the licence of the result.

        It is the one that names both sides most exactly; on a draw, the strictest. There always is one, since a row
        speaks of any source and result.
        """
        key = (source, result, use, mixed)
        if key not in self.found:
            self.found[key] = max(self.matching(*key))[-1]
        return self.found[key]

    @cached_property
    def found(self) -> dict[tuple[str, str, Use, bool], Row]:
        """The rows that were looked up already."""
        return {}

    def matching(self, source: str, result: str, use: Use, mixed: bool) -> Iterator[tuple[int, int, int, Row]]:  # noqa: FBT001
        """Every row that speaks of a source, each after how exactly it does, how strict it is, and its place."""
        froms, tos = self.exactness(source), dict(self.exactness(result))
        if source == result:
            tos[SAME] = EXACTNESS["same"]
        for place, each in enumerate(self.rows):
            if use in each.uses and (mixed or not each.mixed):
                ours = [froms[name] for name in each.sources if name in froms]
                theirs = [tos[name] for name in each.results if name in tos]
                if ours and theirs:
                    exact = max(ours) + max(theirs) + (MIXED if each.mixed else 0)
                    yield exact, each.verdict.weight, -place, each

    def form(self, licence: str) -> Form:
        """How a licence wants its source to be named."""
        names = self.exactness(licence)
        return next(each for each in self.forms if not names.keys().isdisjoint(each.licences))


@cache
def bundled_table() -> Table:
    """The table that comes with us, read once."""
    from beffroi.licences.rows import extended

    nothing = Table(classes={}, groups={}, rows=(), forms=(), reserved=(), sources={})
    return extended(nothing, Path(bundled_root() / "standards" / FILE))
