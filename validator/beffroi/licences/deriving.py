"""What licence may be put on what is made of others' works: derived, produced, or collected.

Each source is judged alone, by the row of the table that holds for it; the strictest verdict holds for the whole. So
the order of the sources tells nothing, and one source more never turns `refused` into anything else. This is no legal
advice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.licences.compatibility import Table
from beffroi.licences.register import Register
from beffroi.model.compatibility import Certainty, Duty, Row, Use, Verdict
from beffroi.model.licences import Answer, Policy
from beffroi.values import dataclass

FREE_CHOICE = ("-only", "-or-later")
"""What ids have at their ends that differ only in whether later versions may be chosen."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A source's licence as somebody wrote it, and what was understood."""

    text: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Step:
    """What the licence of one source says of one result.

    `row` is `None` where the licence is not known, and cannot be any that all say no.
    """

    source: Given
    row: Row | None
    verdict: Verdict
    duties: tuple[Duty, ...] = ()

    @property
    def certainty(self) -> Certainty:
        """How its row is known."""
        return self.row.certainty if self.row else Certainty.NEEDS_REVIEW


@dataclass(frozen=True, kw_only=True)
class Derivation:
    """Whether what is made may carry `result`, and the step of each source that led there."""

    result: str
    use: Use
    steps: tuple[Step, ...]

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict of all sources; needs review where there is none."""
        return max((each.verdict for each in self.steps), key=lambda each: each.weight, default=Verdict.NEEDS_REVIEW)

    @property
    def certainty(self) -> Certainty:
        """How sure the verdict is: as its surest step where it is refused, else as its least sure one."""
        deciding = [each.certainty for each in self.steps if each.verdict is self.verdict]
        choose = min if self.verdict is Verdict.REFUSED else max
        return choose(deciding, key=lambda each: each.doubt, default=Certainty.NEEDS_REVIEW)

    @property
    def deciding(self) -> tuple[Step, ...]:
        """The steps that have the verdict of the whole."""
        return tuple(each for each in self.steps if each.verdict is self.verdict)


@dataclass(frozen=True, kw_only=True)
class Reasoner:
    """Reasons by a register and a table."""

    register: Register
    table: Table

    def derivation(self, sources: Sequence[Given], result: str, use: Use) -> Derivation:
        """Whether what is made of all sources may carry a licence."""
        known = {each.answer.id for each in sources}
        steps = (self.step(each, result, use, is_among(result, known)) for each in sources)
        return Derivation(result=result, use=use, steps=tuple(steps))

    def step(self, source: Given, result: str, use: Use, mixed: bool = False) -> Step:  # noqa: FBT001, FBT002
        """What one source says.

        One whose licence may be several is refused where all of them are, since it must be one; it is never allowed.
        """
        rows = [self.table.row(each, result, use, mixed=mixed) for each in source.answer.possible]
        if source.answer.id is not None:
            return Step(source=source, row=rows[0], verdict=rows[0].verdict, duties=self.duties(source, rows[0]))
        if rows and all(each.verdict is Verdict.REFUSED for each in rows):
            return Step(source=source, row=rows[0], verdict=Verdict.REFUSED)
        return Step(source=source, row=None, verdict=Verdict.NEEDS_REVIEW)

    def duties(self, source: Given, row: Row) -> tuple[Duty, ...]:
        """What remains to be done for a source: what its licence asks, less and more what the row says."""
        asked = self.register.licences[source.answer.id or ""].obligations
        return (*(each for each in asked if each not in row.lifts), *row.adds)

    def choices(self, sources: Sequence[Given], use: Use, policy: Policy) -> tuple[Derivation, ...]:
        """Every licence of a policy that is in use, judged: what is allowed first, the least restrictive first.

        Licences that are another government's own come behind, unless a source has them. Of those that are alike, the
        licences of the sources come first, then those that the policy names first. A collection had best carry one of
        its parts' licences.
        """
        among = {each.answer.id for each in sources}
        found = [self.derivation(sources, each, use) for each in policy.accepts if self.is_choice(each, among)]
        places = {each.result: place for place, each in enumerate(found)}

        def rank(each: Derivation) -> tuple[int, bool, bool, int, bool, int]:
            licence, ours = each.result, each.result in among
            reserved = licence in self.table.reserved and not ours
            apart = use is Use.COLLECTION and not ours
            return each.verdict.weight, apart, reserved, self.table.restriction(licence), not ours, places[licence]

        return tuple(sorted(found, key=rank))

    def is_choice(self, licence: str, among: set[str | None]) -> bool:
        """Whether a licence is worth naming: nothing replaces it, or a source has it."""
        return licence in among or self.register.licences[licence].replaced_by is None


def is_among(result: str, sources: set[str | None]) -> bool:
    """Whether a source is under the licence of the result; whether later versions may be chosen makes no difference."""
    return stem(result) in {stem(each) for each in sources if each}


def stem(licence: str) -> str:
    """An id without what it says of later versions."""
    for ending in FREE_CHOICE:
        licence = licence.removesuffix(ending)
    return licence


def left_by(source: Given, choices: Sequence[Derivation]) -> tuple[str, ...]:
    """The licences that one source allows."""
    return tuple(
        each.result
        for each in choices
        for step in each.steps
        if step.source == source and step.verdict is Verdict.ALLOWED
    )


def conflicts(sources: Sequence[Given], choices: Sequence[Derivation]) -> Iterator[tuple[Given, ...]]:
    """The sources that leave no licence alone, and the pairs that leave none together."""
    left = {each: set(left_by(each, choices)) for each in dict.fromkeys(sources) if each.answer.id is not None}
    alone = [each for each, licences in left.items() if not licences]
    yield from ((each,) for each in alone)
    others = [each for each in left if each not in alone]
    for place, each in enumerate(others):
        for other in others[place + 1 :]:
            if not left[each] & left[other]:
                yield each, other
