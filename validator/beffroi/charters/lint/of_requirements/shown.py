"""A requirement has an example in which it is met, and one in which it is not, or in which a person must look.

Why: examples are how a charter is tested, and how a project sees what is meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import Asked
from beffroi.model.charter import Outcome
from beffroi.model.faults import Defect, fault


def defects(asked: Asked) -> Iterator[Defect]:
    """A requirement in force without such examples; older versions were tested when they were new."""
    if asked.retired or asked.whole.target.older:
        return
    found = set(outcomes(asked))
    if not found:
        yield asked.located(fault("charter-no-example", name=asked.id))
    elif Outcome.MET not in found:
        yield asked.located(fault("charter-no-example", "met", name=asked.id))
    elif not any(each.fails or each is Outcome.NEEDS_REVIEW for each in found):
        yield asked.located(fault("charter-no-example", "failing", name=asked.id))


def outcomes(asked: Asked) -> Iterator[Outcome]:
    """What a requirement comes to in the examples that apply to it."""
    for example in asked.whole.examples:
        expected = example.outcomes.get(asked.id, example.others)
        if expected and expected.outcome is not Outcome.NOT_APPLICABLE:
            yield expected.outcome
    yield from (each.expected.outcome for each in asked.whole.cases.get(asked.id, ()))
