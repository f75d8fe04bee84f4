"""Which licence what is made of others' works may carry: the answer, why, what remains to be done, what to print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.licences.advising import Advice
from beffroi.licences.deriving import Derivation, Given, Step
from beffroi.licences.register import Register
from beffroi.model.compatibility import Duty, Extra, Verdict
from beffroi.showing import licences, reasons
from beffroi.showing.citing import Citations
from beffroi.showing.reasoning import (
    LISTED,
    derivation_values,
    ending,
    given_values,
    kind_of_work,
    listed,
    named,
    reason,
    told_in,
)
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words, in_language
from beffroi.values import dataclass
from beffroi.visible import prose, visible

FEW = 5
"""How many licences a source leaves that narrows the choice much."""
NONE_ALLOWED = {Verdict.NEEDS_REVIEW: "perhaps", Verdict.REFUSED: "none-allowed"}
ASKED = {
    Verdict.ALLOWED: "asked-allowed",
    Verdict.NEEDS_REVIEW: "asked-review",
    Verdict.REFUSED: "asked-refused",
}
OTHERS = {Verdict.NEEDS_REVIEW: "others-to-review", Verdict.REFUSED: "others-refused"}


def text(advice: Advice, register: Register, lang: str) -> str:
    """The answer for a person."""
    return Telling(advice=advice, register=register, words=Words("derived", lang), citations=Citations()).text()


@dataclass(frozen=True, kw_only=True)
class Telling:
    """Tells an advice in one language."""

    advice: Advice
    register: Register
    words: Words
    citations: Citations

    def text(self) -> str:
        """All of it."""
        parts = [self.understood(), self.answer(), self.because(), self.ruled_out(), self.narrowing(), self.to_do()]
        return told_in([*parts, self.to_print(), ending(self.citations, self.words)])

    def understood(self) -> Iterator[str]:
        """The licences as they were understood, with the reason where that is not plain."""
        asked = [self.advice.result] if self.advice.result else []
        for each in (*self.advice.sources, *asked):
            told = reasons.lines(each.answer, self.register, self.words.lang)
            yield from told if each.text != each.answer.id else told[:1]

    def answer(self) -> Iterator[str]:
        """What may be done."""
        if self.advice.result:
            yield from paragraph(self.answer_asked(), "")
            return
        key = "may-carry" if self.advice.of(Verdict.ALLOWED) else NONE_ALLOWED[self.advice.verdict]
        yield from paragraph(self.words(key, made=self.made, policy=visible(self.advice.policy.id)), "")
        yield from self.allowed()

    @property
    def made(self) -> str:
        """What is made, in words."""
        return self.words(kind_of_work(self.advice.use, self.advice.policy.domains))

    def allowed(self) -> Iterator[str]:
        """The licences of the policy that are allowed, the best one first."""
        found = self.advice.of(Verdict.ALLOWED)
        for each in found[:LISTED]:
            name = prose(in_language(self.register.licences[each.result].name, self.words.lang))
            yield from paragraph(f"{visible(each.result)} — {name} ({self.words(each.certainty)})", "  • ")
        if len(found) > LISTED:
            names = ", ".join(visible(each.result) for each in found[LISTED:])
            yield from paragraph(self.words("also", names=names), "  • ")

    def answer_asked(self) -> str:
        """Whether the licence that was asked about may be had."""
        asked, policy = self.advice.asked, self.advice.policy
        if asked is None:
            return self.words("result-unknown")
        licence = visible(asked.result)
        if self.advice.against_policy:
            return self.words("against-policy", licence=licence, policy=visible(policy.id), why=self.refusal())
        certainty = self.words(asked.certainty)
        return self.words(ASKED[asked.verdict], made=self.made, licence=licence, certainty=certainty)

    def refusal(self) -> str:
        """Why the policy does not accept the licence that was asked about."""
        licence = self.register.licences[self.advice.asked.result] if self.advice.asked else None
        words = Words("licences", self.words.lang)
        told = licences.reason_against(self.advice.policy, licence, words) if licence else ""
        return told or self.words("not-listed")

    def because(self) -> Iterator[str]:
        """What each source says of the licence that the answer is about."""
        if self.advice.best is None:
            return
        yield self.words("why", licence=visible(self.advice.best.result))
        for each in self.advice.best.steps:
            yield from paragraph(self.step(each), "  • ")

    def step(self, given: Step) -> str:
        """What one source says."""
        name = named(given.source)
        if given.row is None:
            return self.words("step-unknown", source=name)
        why = reason(given.row, self.words, self.citations)
        return self.words("step", source=name, verdict=self.words(given.verdict), why=why)

    def ruled_out(self) -> Iterator[str]:
        """Which other licences need review or are refused, by the source and the row that say so.

        Where a licence was asked about, those that are allowed in its place.
        """
        if self.advice.result:
            yield from self.instead()
            return
        for verdict in (Verdict.NEEDS_REVIEW, Verdict.REFUSED):
            found = grouped(self.advice.of(verdict))
            if found:
                yield self.words(OTHERS[verdict])
            for step, results in found:
                yield from paragraph(self.out(step, results), "  • ")

    def instead(self) -> Iterator[str]:
        """What is allowed, where the licence that was asked about is not."""
        if self.advice.verdict is not Verdict.ALLOWED and self.advice.of(Verdict.ALLOWED):
            yield from paragraph(self.words("instead", policy=visible(self.advice.policy.id)), "")
            yield from self.allowed()

    def out(self, step: Step, results: Sequence[str]) -> str:
        """Which results a source rules out, and why."""
        why = reason(step.row, self.words, self.citations) if step.row else self.words("not-known")
        return self.words("rules-out", source=named(step.source), names=listed(results, self.words), why=why)

    def narrowing(self) -> Iterator[str]:
        """Which sources narrow the choice, or leave none."""
        told = [*map(self.conflict, self.advice.conflicts), *self.forced()]
        if told:
            yield self.words("narrowing")
        for each in told:
            yield from paragraph(each, "  • ")

    def conflict(self, given: Sequence[Given]) -> str:
        """Sources that leave no licence."""
        source, *others = map(named, given)
        if others:
            return self.words("leave-none", source=source, other=others[0])
        return self.words("leaves-none", source=source)

    def forced(self) -> Iterator[str]:
        """Sources that leave a few licences only."""
        for each in self.advice.sources:
            left = self.advice.leaves(each)
            if 0 < len(left) <= FEW and len(left) < len(self.advice.choices):
                yield self.words("leaves", source=named(each), names=listed(left, self.words))

    def to_do(self) -> Iterator[str]:
        """What remains to be done for each source."""
        best = self.advice.best if self.advice.verdict is not Verdict.REFUSED else None
        told = {each.source.answer.id: each.duties for each in (best.steps if best else ()) if each.duties}
        if told:
            yield self.words("to-do")
        for name, duties in told.items():
            asked = self.words("between").join(map(self.duty, duties))
            yield from paragraph(self.words("duties", source=visible(name or ""), duties=asked), "  • ")

    def duty(self, duty: Duty) -> str:
        """One thing that remains to be done."""
        return self.words(duty) if isinstance(duty, Extra) else Words("licences", self.words.lang)(f"{duty}-long")

    def to_print(self) -> Iterator[str]:
        """The lines that name the sources."""
        if self.advice.verdict is Verdict.REFUSED or not self.advice.lines:
            return
        yield self.words("to-print")
        for each in self.advice.lines:
            yield from paragraph(each.text[self.words.lang], "  • ")


def grouped(derivations: Sequence[Derivation]) -> list[tuple[Step, list[str]]]:
    """Results by the first step that decides on them; what one source says by one row is one."""
    found: dict[tuple[Given, str], tuple[Step, list[str]]] = {}
    for each in derivations:
        step = each.deciding[0]
        key = (step.source, step.row.id if step.row else "")
        found.setdefault(key, (step, []))[1].append(each.result)
    return list(found.values())


def values(advice: Advice, register: Register, lang: str) -> dict[str, Any]:
    """The same for programs: the verdict, each licence of the policy with the steps that led there, what to do."""
    best = advice.best
    return {
        "use": advice.use.value,
        "policy": advice.policy.id,
        "sources": [given_values(each, register, lang) for each in advice.sources],
        "result": given_values(advice.result, register, lang) if advice.result else None,
        "verdict": advice.verdict.value,
        "sure": advice.is_sure,
        "againstPolicy": advice.against_policy,
        "best": best.result if best else None,
        "asked": derivation_values(advice.asked, lang) if advice.asked else None,
        "licences": [derivation_values(each, lang) for each in advice.choices],
        "leaves": {each.answer.id: list(advice.leaves(each)) for each in advice.sources if each.answer.id},
        "conflicts": [[each.answer.id for each in given] for given in advice.conflicts],
        "attribution": [
            {"licence": each.licence, "text": dict(each.text), "missing": list(each.missing)} for each in advice.lines
        ],
        "notice": Words("derived", lang)("no-advice"),
    }
