"""Which licence a text is: only where its wording is that of one licence, and nothing beside it sets terms.

One word more, less or other, and nobody can tell what it changes. A text that is near to a licence, holds several, or
sets further terms beside one is told as such, and never applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from beffroi.licences.fingerprints import Fingerprint, Fingerprints, Kind, licences_of
from beffroi.licences.matching import Match, matches
from beffroi.licences.register import Register, names_of
from beffroi.licences.terms import sets_terms, versions
from beffroi.licences.wording import Wording, wording
from beffroi.model.faults import Fault
from beffroi.model.licences import Answer, known, one_of, reason, unknown
from beffroi.values import dataclass
from beffroi.visible import clipped

MARGIN = 8
"""By how many words of the text one licence must account for more than another at the same place."""
FOREIGN = 0.6
"""The least part of another licence that must be there for it to be named."""
FEW = 3
"""How many words of others may stand behind the text of a licence."""
SHOWN = 120
MOST = 5
"""How many near licences are named."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """What a text is, and the places on which that rests, the weightiest first."""

    answer: Answer
    matches: tuple[Match, ...] = ()


def recognised_text(text: str, register: Register, fingerprints: Fingerprints) -> Recognised | None:
    """The licence of the register that a text is by its wording; `None` for a text that is like none."""
    words = wording(text)
    found = tuple(settled(matches(words, fingerprints)))
    return Recognised(answer=judged(found, words, register), matches=found) if found else None


def settled(found: Sequence[Match]) -> Iterator[Match]:
    """The matches that no other one at the same place surpasses."""
    for each in found:
        if not any(other is not each and other.overlaps(each) and surpasses(other, each) for other in found):
            yield each


def surpasses(one: Match, other: Match) -> bool:
    """Whether the one is surely the text's rather than the other: it accounts for more, or has less that is missing."""
    more, less = one.covered - other.covered, other.missing - one.missing
    if is_same(one, other):
        return (more + less, more, one.fingerprint.tiles, one.start) > (0, 0, other.fingerprint.tiles, other.start)
    exact = not one.missing and not one.added
    return more >= MARGIN or (more > -MARGIN and less >= MARGIN) or (exact and more >= 0 and more + less > 0)


def is_same(one: Match, other: Match) -> bool:
    """Whether two matches are of the same licences."""
    return (one.fingerprint.licences, one.fingerprint.kind) == (other.fingerprint.licences, other.fingerprint.kind)


def judged(found: Sequence[Match], words: Wording, register: Register) -> Answer:
    """The answer that rests on some matches."""
    near = tuple(licences_of(each.fingerprint for each in found))[:MOST]
    foreign = next((each for each in found if is_foreign(each)), None)
    if foreign:
        kind = "text-of-another" if is_whole(foreign) else "text-near-another"
        return unknown(reason(kind, name=foreign.fingerprint.name, share=percent(foreign.share)), near)
    if undecided(found):
        return unknown(reason("texts-alike", licences=", ".join(near)), near)
    altered = [each for each in found if each.fingerprint.kind is Kind.TEXT and not is_whole(each)]
    if altered:
        return unknown(reason("text-altered", id=near_of(altered[0]), share=percent(altered[0].share)), near)
    whole = [each for each in found if each.fingerprint.kind is not Kind.OTHER and is_whole(each)]
    return together(whole, words, register) if whole else unknown(reason("no-licence"))


def is_foreign(match: Match) -> bool:
    """Whether it is the text of a licence that is not in the register."""
    return match.fingerprint.kind is Kind.OTHER and match.share >= FOREIGN


def undecided(found: Sequence[Match]) -> bool:
    """Whether nobody can tell which of two licences stands at one place."""
    pairs = ((one, other) for index, one in enumerate(found) for other in found[:index])
    return any(one.overlaps(other) and not is_same(one, other) for one, other in pairs)


def is_whole(match: Match) -> bool:
    """Whether every word of the terms of a licence stands there, and no other word among them."""
    return not match.missing and not any(each.terms for each in match.changes)


def together(found: Sequence[Match], words: Wording, register: Register) -> Answer:
    """The one licence that all texts and notices allow, where nothing beside them sets terms."""
    every = tuple(licences_of(each.fingerprint for each in found))
    common = tuple(each for each in every if all(each in match.fingerprint.licences for match in found))
    meant = common or every
    if told := beside(words, found, words_of(meant, register)):
        return unknown(reason("text-and-terms", licences=", ".join(meant), words=clipped(told, SHOWN)), meant)
    if not common:
        return one_of(every, reason("texts", licences=", ".join(every)))
    if len(common) > 1:
        return one_of(common, reason("text-shared", licences=", ".join(common)))
    return known(common[0], why(found[0], common[0]))


def beside(words: Wording, found: Sequence[Match], own: frozenset[str]) -> str:
    """The words beside the texts and notices, or among their names, that may set terms; an empty text where none do."""
    other = list(inserted(words, found))
    return sets_terms([*outside(words, found), *other], own) or versions(other, own) or behind(words, found, own)


def behind(words: Wording, found: Sequence[Match], own: frozenset[str]) -> str:
    """The words behind a text, where they are more than a few, in whatever language they are."""
    last = max(found, key=lambda each: each.end)
    run = words.words[last.end :] if last.fingerprint.kind is Kind.TEXT else ()
    return " ".join(run) if sum(each not in own for each in run) > FEW else ""


def words_of(licences: Iterable[str], register: Register) -> frozenset[str]:
    """The words of all names of some licences."""
    known = [register.licences[each] for each in licences if each in register.licences]
    return frozenset(word for each in known for name in names_of(each) for word in wording(name).words)


def why(match: Match, licence: str) -> Fault:
    """Why it is that licence."""
    given: Fingerprint = match.fingerprint
    kind = "text" if given.kind is Kind.TEXT else "notice"
    return reason(kind, id=licence, lang=given.lang)


def near_of(match: Match) -> str:
    """How the licences of a match are called."""
    return ", ".join(match.fingerprint.licences)


def percent(share: float) -> int:
    """A share in percent; 100 only for all of it."""
    return int(share * 100 + 1e-9)


def inserted(words: Wording, found: Iterable[Match]) -> Iterator[Sequence[str]]:
    """The runs of words that stand between those of a licence: names, other titles."""
    return (words.words[change.start : change.end] for each in found for change in each.changes)


def outside(words: Wording, found: Iterable[Match]) -> Iterator[Sequence[str]]:
    """The runs of words that no match covers."""
    place = 0
    for each in sorted(found, key=lambda match: match.start):
        if each.start > place:
            yield words.words[place : each.start]
        place = max(place, each.end)
    yield words.words[place:]
