"""What a profile changes is there, changes something, and where it asks less it says why.

Why: whoever signed the charter must be able to see what a city took out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.charters.lint.seen import KINDS, Whole, meant
from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.levels import Level


def defects(whole: Whole) -> Iterator[Defect]:
    """What is wrong with levels, exclusions, periods of grace, words taken away, and requirements of the same id."""
    for family in (nowhere, levels, grace, again, taken_away) if whole.is_whole else ():
        yield from family(whole)


def nowhere(whole: Whole) -> Iterator[Defect]:
    """What is said of requirements that there are not."""
    for key in ("levels", "excludes", "grace"):
        for name in whole.own(key):
            if name not in whole.names:
                yield whole.located(unknown(name, whole), f"/{key}/{name}")


def levels(whole: Whole) -> Iterator[Defect]:
    """Levels that change nothing, or are lowered without a reason."""
    for name, given in whole.own("levels").items():
        if name in whole.every and (found := of_level(whole, name, given)):
            yield whole.located(found, f"/levels/{name}")


def grace(whole: Whole) -> Iterator[Defect]:
    """Periods of grace that end before they begin."""
    for name, given in whole.own("grace").items():
        if given["until"] < given["startedBefore"]:
            found = fault("charter-grace", name=name, until=given["until"], started=given["startedBefore"])
            yield whole.located(found, f"/grace/{name}/until")


def again(whole: Whole) -> Iterator[Defect]:
    """Requirements whose id is one of the charter that is extended."""
    for each in whole.requirements:
        if each.id in whole.inherited:
            yield each.located(fault("charter-same-id", name=each.id))


def unknown(name: str, whole: Whole) -> Fault:
    """The fault of a requirement that there is not."""
    if near := meant(name, whole.names):
        return fault("charter-unknown-requirement", "did-you-mean", name=name, meant=near)
    return fault("charter-unknown-requirement", name=name)


def of_level(whole: Whole, name: str, given: Any) -> Fault | None:
    """What is wrong with the level that a charter gives to a requirement."""
    said = {"level": given} if isinstance(given, str) else given
    before, after = Level(whole.every[name]["level"]), Level(said["level"])
    if name in whole.own("excludes"):
        return fault("charter-idle-level", "excluded", name=name)
    if before is after:
        return fault("charter-idle-level", name=name, level=after)
    if not after.reaches(before) and not said.get("reason"):
        return fault("charter-lowered-silently", name=name, before=before, after=after)
    return None


def taken_away(whole: Whole) -> Iterator[Defect]:
    """Words that are taken away although there are none, or although requirements that are taken over apply by them."""
    above = whole.parent.value["vocabulary"] if whole.parent else {}
    for kind in KINDS:
        for word, title in whole.own("vocabulary").get(kind, {}).items():
            pointer = f"/vocabulary/{kind}/{word}"
            if title is None and word not in above.get(kind, {}):
                yield whole.located(fault("charter-word-nowhere", kind=kind, word=word), pointer)
            elif title is None and (left := orphaned(whole, kind, word)):
                yield whole.located(fault("charter-word-needed", kind=kind, word=word, names=", ".join(left)), pointer)


def orphaned(whole: Whole, kind: str, word: str) -> list[str]:
    """The requirements that are taken over, and without a word could no longer apply to any project."""
    known = set(whole.words(kind))
    kept = [each for each in whole.inherited if each not in whole.own("excludes")]
    needed = {name: set(whole.inherited[name].value.get("when", {}).get(kind, ())) for name in kept}
    return [name for name, words in needed.items() if word in words and not words & known]
