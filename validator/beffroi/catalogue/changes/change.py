"""One change as a value, and what changes do to verdicts."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from enum import Flag
from typing import Any, Literal

from beffroi.values import dataclass

Kind = Literal["breaking", "compatible", "editorial"]
KINDS: tuple[Kind, ...] = ("breaking", "compatible", "editorial")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference. `id` says of which kind it is, `resource`, `field` and `key` where, `before` and `after` what.

    `narrows`: some delivery that conformed to the first may not conform to the second; `widens`: the other way round.
    `remarks`: a report may say more or less of some delivery, be it under the same verdict.
    """

    id: str
    resource: str | None = None
    field: str | None = None
    key: str | None = None
    before: Any = None
    after: Any = None
    narrows: bool = False
    widens: bool = False
    remarks: bool = False

    @property
    def kind(self) -> Kind:
        """Breaking where it narrows; compatible where reports alone change or it only widens; otherwise editorial."""
        if self.narrows:
            return "breaking"
        return "compatible" if self.widens or self.remarks else "editorial"


class Effect(Flag):
    """What a change of a rule does to what the rule accepts."""

    NONE = 0
    NARROWS = 1
    WIDENS = 2
    BOTH = 3


def of_sets(before: AbstractSet[Any], after: AbstractSet[Any]) -> Effect:
    """Of a list of what is accepted."""
    return (Effect.NARROWS if before - after else Effect.NONE) | (Effect.WIDENS if after - before else Effect.NONE)


def of_presence(*, before: bool, after: bool) -> Effect:
    """Of asking something, or no longer."""
    if before == after:
        return Effect.NONE
    return Effect.NARROWS if after else Effect.WIDENS


def mirrored(effect: Effect) -> Effect:
    """The effect of the opposite change."""
    return {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}.get(effect, effect)
