"""A project in the text report: what is to mend of its charter's requirements, and how the others are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from beffroi.model.charter import Method, Outcome
from beffroi.model.levels import Level
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.project import Judgement, Observation
    from beffroi.model.report import Subject
    from beffroi.reports.text import TextReport

RULE_OF_CHARTER = "requirement-{}"
"""The rule of the finding that an outcome becomes; here, the requirement itself is told."""
SEEN = 5
"""How many observations of one requirement are told."""
SECTIONS = ((Level.MUST, "to-mend", "31"), (Level.SHOULD, "advice", "33"), (Level.MAY, "remarks", "36"))
GRAVEST = tuple(Outcome)


class ProjectText:
    """Writes what a report knows of one project, with the means of the report around it."""

    def __init__(self, report: TextReport, subject: Subject) -> None:
        self.report = report
        self.words = report.words
        self.lang = report.report.lang
        self.judgements = subject.judgements

    def lines(self) -> Iterator[str]:
        """What is left by level, what is met by principle, and what does not apply."""
        for level, title, colour in SECTIONS:
            left = sorted(self.left(level), key=lambda each: GRAVEST.index(each.outcome))
            if left:
                yield ""
                yield f"  {self.report.painted(f'{self.words[title]} ({self.words[level]})', colour)}"
                for each in left:
                    yield from self.requirement(each)
        yield from self.met()
        beside = [each.requirement.id for each in self.judgements if each.outcome is Outcome.NOT_APPLICABLE]
        if beside:
            yield ""
            yield from self.report.wrapped(self.words["not-applying"].format(ids=", ".join(beside)), "  ", "    ")

    def left(self, level: Level) -> list[Judgement]:
        """The requirements of a level that are not met."""
        return [
            each for each in self.judgements if each.level is level and (each.outcome.fails or each.outcome.is_open)
        ]

    def counts(self) -> str:
        """How many musts apply, how many of them have each outcome, and by which methods those are known that are met.

        Never one number: what is verified and what is only declared are not the same.
        """
        musts = [each for each in self.judgements if each.level is Level.MUST and each.outcome in GRAVEST[:-1]]
        outcomes = Counter(each.outcome for each in musts)
        methods = Counter(each.method for each in musts if each.outcome is Outcome.MET)
        told = [f"{self.words[each]}{self.words['colon']}{outcomes[each]}" for each in GRAVEST if outcomes[each]]
        known = [f"{self.words[each]}{self.words['colon']}{methods[each]}" for each in Method if methods[each]]
        by = f" ({' · '.join(known)})" if known else ""
        return f"{self.words['of-musts'].format(count=len(musts))} — {' · '.join(told) or '0'}{by}"

    def requirement(self, judgement: Judgement) -> Iterator[str]:
        """A requirement that is left: its outcome, what was seen, where, and how to mend it."""
        requirement = judgement.requirement
        outcome = self.words[judgement.outcome]
        how = f" ({self.words[judgement.method]})" if judgement.method else ""
        title = f"{self.report.painted(requirement.id, '1')} {requirement.title[self.lang]} — {outcome}{how}"
        yield from self.report.wrapped(title, "  • ", "    ")
        deciding = [each for each in judgement.observations if each.outcome is judgement.outcome]
        for each in deciding[:SEEN]:
            yield from self.report.wrapped(self.seen(each), "    ", "    ")
        if len(deciding) > SEEN:
            yield f"    {self.words['more'].format(count=self.report.number(len(deciding) - SEEN))}"
        if judgement.line:
            yield f"    {self.report.painted(self.words['line'].format(line=judgement.line), '2')}"
        yield from self.report.wrapped(f"→ {requirement.fix[self.lang]}", "    ", "      ")

    def seen(self, observation: Observation) -> str:
        """One thing that was seen."""
        if observation.looked and observation.line:
            place = self.words["place-in"].format(path=visible(observation.looked.path), line=observation.line)
            return f"{observation.said[self.lang]} [{place}]"
        return observation.said[self.lang]

    def met(self) -> Iterator[str]:
        """What is met or waived, by principle, each with the method by which it is known."""
        kept = [each for each in self.judgements if each.outcome in {Outcome.MET, Outcome.WAIVED}]
        if not kept:
            return
        yield ""
        yield f"  {self.report.painted(self.words['met-by-principle'], '32')}"
        for title, group in groupby(kept, key=lambda each: each.principle.title[self.lang]):
            yield from self.report.wrapped(f"{title}{self.words['colon']}{self.named(list(group))}", "    ", "      ")
        for each in kept:
            if each.outcome is Outcome.WAIVED:
                yield from self.report.wrapped(
                    f"{each.requirement.id}{self.words['colon']}{each.said[self.lang]}", "    ", "      "
                )

    def named(self, judgements: Sequence[Judgement]) -> str:
        """Requirements with how they are known, those known alike together."""
        known: dict[str, list[str]] = {}
        for each in judgements:
            word = self.words[Outcome.WAIVED if each.outcome is Outcome.WAIVED or not each.method else each.method]
            known.setdefault(word, []).append(each.requirement.id)
        return " · ".join(f"{', '.join(ids)} {word}" for word, ids in known.items())
