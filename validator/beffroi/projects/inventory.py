"""The resources that a project counts: technical, human, financial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from beffroi.projects.declaration import Declaration, called
from beffroi.values import dataclass

AT = "/project/resources"
KINDS = ("technical", "human", "financial")
NEEDED = ("quantity", "unit", "status")


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One resource, declared at `pointer`; `unsaid` are the keys that it should have and has not."""

    pointer: str
    id: str
    name: str
    status: str
    quantity: float | None
    start: date | None
    end: date | None
    unsaid: tuple[str, ...]


def resources(declaration: Declaration) -> Iterator[Resource]:
    """All resources, in the order of their kinds."""
    for kind in KINDS:
        for at, each in declaration.each(f"{AT}/{kind}"):
            identifier = each.get("id", "")
            yield Resource(
                pointer=at,
                id=identifier,
                name=identifier or each.get("item") or called(at),
                status=each.get("status", ""),
                quantity=each.get("quantity"),
                start=declaration.day(f"{at}/from"),
                end=declaration.day(f"{at}/until"),
                unsaid=tuple(key for key in NEEDED if each.get(key) is None),
            )


def named(found: Iterable[Resource]) -> str:
    """How some resources are called."""
    return ", ".join(each.name for each in found)
