"""The whole answer to «under which licence may I publish what I make of these?»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from beffroi.licences.attribution import attributions
from beffroi.licences.deriving import Derivation, Given, Reasoner, conflicts, left_by
from beffroi.model.compatibility import Attribution, Mention, Use, Verdict
from beffroi.model.licences import Domain, Policy
from beffroi.values import dataclass

POLICIES = {
    Domain.DATA: "open-data",
    Domain.CONTENT: "open-content",
    Domain.SOFTWARE: "free-software",
    Domain.HARDWARE: "open-hardware",
}
"""The policy within which an answer is looked for where none is named: of the first domain that fits all sources."""


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What may be made of some sources.

    `choices` are the licences of the policy, the best one first. `result` is the licence that was asked about, `asked`
    whether it may be had (`None` where it is not known); `bound` tells whether the policy was named, and so binds it.
    """

    sources: tuple[Given, ...]
    use: Use
    policy: Policy
    bound: bool
    choices: tuple[Derivation, ...]
    result: Given | None
    asked: Derivation | None
    lines: tuple[Attribution, ...]

    @property
    def best(self) -> Derivation | None:
        """What the answer is about: the licence asked about, else the first one that is allowed."""
        if self.result:
            return self.asked
        return next((each for each in self.choices if each.verdict is Verdict.ALLOWED), None)

    @property
    def against_policy(self) -> bool:
        """Whether the licence asked about is not accepted by the policy that was named."""
        return self.bound and self.asked is not None and self.asked.result not in self.policy.accepts

    @property
    def verdict(self) -> Verdict:
        """Of the licence asked about; else allowed where any licence is, refused where none can be."""
        if self.result:
            verdict = self.asked.verdict if self.asked else Verdict.NEEDS_REVIEW
            return Verdict.REFUSED if self.against_policy else verdict
        return min((each.verdict for each in self.choices), key=lambda each: each.weight, default=Verdict.NEEDS_REVIEW)

    @property
    def is_sure(self) -> bool:
        """Whether nothing needs review; what is refused stays so, whatever a licence that is not known may be."""
        known = all(each.answer.id is not None for each in self.sources)
        return self.verdict is not Verdict.NEEDS_REVIEW and (known or self.result is not None)

    @property
    def conflicts(self) -> tuple[tuple[Given, ...], ...]:
        """The sources that leave no licence, alone or in pairs."""
        return tuple(conflicts(self.sources, self.choices))

    def leaves(self, source: Given) -> tuple[str, ...]:
        """The licences of the policy that a source allows."""
        return left_by(source, self.choices)

    def of(self, verdict: Verdict) -> tuple[Derivation, ...]:
        """The choices of one verdict."""
        return tuple(each for each in self.choices if each.verdict is verdict)


def advised(
    sources: Sequence[Given], use: Use, reasoner: Reasoner, result: Given | None = None, policy: Policy | None = None
) -> Advice:
    """What may be made of some sources, and, where a `result` is asked about, whether it may carry that licence."""
    within = policy or default_policy(sources, reasoner)
    choices = reasoner.choices(sources, use, within)
    asked = reasoner.derivation(sources, result.answer.id, use) if result and result.answer.id else None
    found = Advice(
        sources=tuple(sources),
        use=use,
        policy=within,
        bound=policy is not None,
        choices=choices,
        result=result,
        asked=asked,
        lines=(),
    )
    return found if found.best is None else with_lines(found, found.best.result, reasoner)


def with_lines(advice: Advice, result: str, reasoner: Reasoner) -> Advice:
    """The same with the lines to print for its sources."""
    mentions = [Mention(licence=each.answer.id) for each in advice.sources if each.answer.id]
    return replace(advice, lines=tuple(attributions(mentions, result, advice.use, reasoner)))


def default_policy(sources: Sequence[Given], reasoner: Reasoner) -> Policy:
    """The policy of the first domain for which all sources that are known are made; that of data for a mix."""
    licences = [reasoner.register.licences[each] for source in sources for each in source.answer.possible]
    fitting = (each for each in POLICIES if all(each in licence.domains for licence in licences))
    return reasoner.register.policy(POLICIES[next(fitting, Domain.DATA)])
