"""Who has to do with a project, and when two of them are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from beffroi.projects.declaration import Declaration
from beffroi.projects.folding import folded
from beffroi.values import dataclass

LISTS = ("suppliers", "partners", "contracts")
DRESS = re.compile(r"^[a-z]+://|^www\.|/+$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Party:
    """An organisation or a person that the declaration names at `pointer`."""

    pointer: str
    name: str
    uri: str = ""

    @property
    def words(self) -> frozenset[str]:
        """The words of its name, without accents and capitals."""
        return frozenset(folded(self.name).split())

    @property
    def address(self) -> str:
        """Its web address, however it is dressed."""
        bare = DRESS.sub("", DRESS.sub("", self.uri.strip().casefold()))
        return bare.rstrip("/")

    def is_same(self, other: Party) -> bool:
        """Whether it is surely the other one: by address, or by the words of its name."""
        return bool(self.address and self.address == other.address) or bool(self.words and self.words == other.words)

    def is_near(self, other: Party) -> bool:
        """Whether all words of the one name stand in the other, so that a person must say if they are the same."""
        return bool(self.words and other.words) and (self.words <= other.words or other.words <= self.words)


def owner(declaration: Declaration) -> Party | None:
    """The organisation that answers for the project."""
    return party("/project/organisation", declaration)


def concerned(declaration: Declaration) -> Iterator[Party]:
    """The owner, the suppliers and the partners, in this order."""
    yield from filter(None, [owner(declaration)])
    for name in LISTS:
        yield from outsiders(declaration, name)


def outsiders(declaration: Declaration, name: str) -> Iterator[Party]:
    """Those that a list of the declaration names: `suppliers`, `partners`, or `contracts` with suppliers."""
    for pointer, _ in declaration.each(f"/project/{name}"):
        yield from filter(None, [party(pointer, declaration)])


def party(pointer: str, declaration: Declaration) -> Party | None:
    """The party at a pointer; `None` where it has no name."""
    said = declaration.get(pointer, {})
    name = said.get("name") or said.get("supplier")
    return Party(pointer=pointer, name=name, uri=said.get("uri") or said.get("url") or "") if name else None
