"""Two licences beside each other: what each asks, which is stricter, and what may go into what."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from beffroi.licences.deriving import Derivation, Given, Reasoner
from beffroi.model.compatibility import Use, Verdict
from beffroi.model.licences import Licence, Obligation, Policy
from beffroi.values import dataclass


class Stricter(StrEnum):
    """Which of two licences asks more."""

    FIRST = "first"
    SECOND = "second"
    SAME = "same"
    NEITHER = "neither"


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two licences. `into` tells, use by use, whether the first may go into the second; `back`, the other way round.

    `together` are the licences that what is derived from both may carry, `perhaps` those that need review.
    """

    first: Licence
    second: Licence
    into: tuple[Derivation, ...]
    back: tuple[Derivation, ...]
    together: tuple[Derivation, ...]
    perhaps: tuple[Derivation, ...]

    @property
    def both(self) -> tuple[Obligation, ...]:
        """What both ask."""
        return tuple(each for each in self.first.obligations if each in self.second.obligations)

    @property
    def only_first(self) -> tuple[Obligation, ...]:
        """What the first alone asks."""
        return tuple(each for each in self.first.obligations if each not in self.second.obligations)

    @property
    def only_second(self) -> tuple[Obligation, ...]:
        """What the second alone asks."""
        return tuple(each for each in self.second.obligations if each not in self.first.obligations)

    @property
    def stricter(self) -> Stricter:
        """The licence that asks all that the other one asks, and more; their words may still differ."""
        if self.only_first and self.only_second:
            return Stricter.NEITHER
        if not self.only_first and not self.only_second:
            return Stricter.SAME
        return Stricter.FIRST if self.only_first else Stricter.SECOND

    @property
    def is_sure(self) -> bool:
        """Whether nothing that may be made of either under the other needs review."""
        return all(each.verdict is not Verdict.NEEDS_REVIEW for each in (*self.into, *self.back))


def compared(first: Given, second: Given, reasoner: Reasoner, policy: Policy) -> Comparison:
    """Two known licences compared; those that a mix of both may carry are of a policy, or one of the two."""
    licences = [reasoner.register.licences[each.answer.id or ""] for each in (first, second)]
    into, back = (
        tuple(reasoner.derivation([source], result.id, use) for use in Use)
        for source, result in ((first, licences[1]), (second, licences[0]))
    )
    both = dict.fromkeys([first, second])
    choices = reasoner.choices([*both], Use.DERIVED, with_licences(policy, licences))
    return Comparison(
        first=licences[0],
        second=licences[1],
        into=into,
        back=back,
        together=tuple(each for each in choices if each.verdict is Verdict.ALLOWED),
        perhaps=tuple(each for each in choices if each.verdict is Verdict.NEEDS_REVIEW),
    )


def with_licences(policy: Policy, licences: list[Licence]) -> Policy:
    """A policy that accepts some licences more."""
    return replace(policy, accepts=tuple(dict.fromkeys([*policy.accepts, *(each.id for each in licences)])))
