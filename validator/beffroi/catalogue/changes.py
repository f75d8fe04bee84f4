"""What changed from one standard to another, and whom each change touches."""

from __future__ import annotations

from typing import Any, Literal

from beffroi.model.standard import Standard
from beffroi.values import dataclass

Kind = Literal["breaking", "compatible", "editorial"]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference. `id` says of which kind it is, `resource`, `field` and `key` where, `before` and `after` what.

    `narrows`: some delivery that conformed to the first may not conform to the second; `widens`: the other way round.
    """

    id: str
    resource: str | None = None
    field: str | None = None
    key: str | None = None
    before: Any = None
    after: Any = None
    narrows: bool = False
    widens: bool = False

    @property
    def kind(self) -> Kind:
        """Breaking where it narrows; compatible where it only widens; editorial where it changes no verdict."""
        if self.narrows:
            return "breaking"
        return "compatible" if self.widens else "editorial"


def changes(before: Standard, after: Standard) -> tuple[Change, ...]:
    """Every difference between two standards or versions, in the order of the second."""
    return ()
