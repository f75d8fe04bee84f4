"""Whether the sources that a data package names let it carry its licence, and how they are to be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.licences.attribution import attributions, mention_of
from beffroi.licences.deriving import Given, Reasoner, Step, is_among
from beffroi.licences.normalising import each_normalised
from beffroi.model.compatibility import Attribution, Mention, Use, Verdict
from beffroi.model.faults import Defect, fault
from beffroi.visible import clipped

KEYS = ("licenses", "license", "licences", "licence")
"""Under which keys a source, or a package, tells its licences."""
SHOWN = 80


def reasoned(
    licences: Any, sources: Sequence[Mapping[str, Any]], use: Use, reasoner: Reasoner, pointer: str = "/sources"
) -> tuple[Defect, ...]:
    """What a package under `licences` breaks of its sources' licences, a defect a source and licence of the package.

    `licences` and `sources` are as a descriptor writes them; `pointer` is where the sources stand. A source that names
    no licence is passed over, and so are licences of the package that are not known: other rules tell of them. Of
    several licences of one source, whoever uses it may choose.
    """
    results = [each.id for each in each_normalised(licences, reasoner.register) if each.id is not None]
    offers = [offered(each, reasoner) for each in sources]
    known = {each.answer.id for offer in offers for each in offer}
    found = (
        defect(best(offer, result, use, reasoner, known), result, use, sources[index], f"{pointer}/{index}")
        for index, offer in enumerate(offers)
        for result in results
        if offer
    )
    return tuple(each for each in found if each)


def offered(source: Mapping[str, Any], reasoner: Reasoner) -> tuple[Given, ...]:
    """The licences of a source, as written and as understood."""
    written = next((source[key] for key in KEYS if source.get(key)), ())
    entries = written if isinstance(written, list | tuple) else [written]
    answers = each_normalised(list(entries), reasoner.register)
    return tuple(Given(text=shown(each), answer=answer) for each, answer in zip(entries, answers, strict=True))


def shown(written: Any) -> str:
    """A licence as a message shows it."""
    if isinstance(written, Mapping):
        texts = (written.get(key) for key in ("name", "title", "path"))
        written = next((each for each in texts if isinstance(each, str) and each), "")
    return clipped(str(written), SHOWN)


def best(offer: Sequence[Given], result: str, use: Use, reasoner: Reasoner, known: set[str | None]) -> Step:
    """The licence of a source that lets most be done."""
    steps = [reasoner.step(each, result, use, is_among(result, known)) for each in offer]
    return min(steps, key=lambda each: each.verdict.weight)


def defect(step: Step, result: str, use: Use, source: Mapping[str, Any], pointer: str) -> Defect | None:
    """What is wrong with a source: `None` where its licence lets the package carry its own."""
    if step.verdict is Verdict.ALLOWED:
        return None
    name = called(source, pointer)
    licence = step.source.answer.id or step.source.text
    if step.verdict is Verdict.REFUSED:
        found = fault("source-licence-incompatible", source=name, licence=licence, result=result, made=use)
    else:
        cause = None if step.row else "not-known"
        found = fault("source-licence-unclear", cause, source=name, licence=licence, result=result, made=use)
    return Defect(fault=found, pointer=pointer)


def called(source: Mapping[str, Any], pointer: str) -> str:
    """How a message calls a source."""
    return clipped(str(source.get("title") or source.get("path") or pointer), SHOWN)


def lines_for(
    licences: Any, sources: Sequence[Mapping[str, Any]], use: Use, reasoner: Reasoner
) -> Iterator[Attribution]:
    """The lines to print for the sources of a package, by the first licence of each that is known."""
    results = [each.id for each in each_normalised(licences, reasoner.register) if each.id is not None]
    mentions = [found for each in sources if (found := mentioned(each, reasoner))]
    return attributions(mentions, results[0], use, reasoner) if results else iter(())


def mentioned(source: Mapping[str, Any], reasoner: Reasoner) -> Mention | None:
    """What is to be told of a source; `None` where its licence is not known."""
    known = (each.answer.id for each in offered(source, reasoner))
    licence = next((each for each in known if each is not None), None)
    return mention_of(source, licence) if licence else None
