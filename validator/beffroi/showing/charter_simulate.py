"""What a change of the charter would do to declared projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from beffroi.charters.simulating import Shift, Simulation, Tried
from beffroi.model.charter import Charter
from beffroi.model.project import Judgement
from beffroi.reports._words import WORDS as REPORT_WORDS
from beffroi.showing import charter_requirement
from beffroi.showing.standard import paragraph
from beffroi.showing.words import Words
from beffroi.visible import prose, visible


def text(simulation: Simulation, lang: str) -> str:
    """The simulation for a person at a terminal: the number first, then which projects and why."""
    return "".join(f"{line}\n" for line in lines(simulation, Words("charter_simulate", lang)))


def lines(simulation: Simulation, words: Words) -> Iterator[str]:
    """How many would no longer conform, how many would; each of them; the requirements that decide."""
    total = len(simulation.projects)
    yield words("lost", count=len(simulation.lost), total=total)
    if simulation.won:
        yield words("won", count=len(simulation.won), total=total)
    before, after = (simulation.conforming(side) for side in ("before", "after"))
    yield words("conforming", before=before, after=after, total=total)
    groups = (
        (words("would-be-lost"), simulation.lost),
        (words("would-be-won"), simulation.won),
        (words("otherwise"), simulation.other),
    )
    for title, found in groups:
        if found:
            yield ""
            yield title
            for each in found:
                yield from project(each, words)
    if counted := deciding(simulation.lost):
        yield ""
        yield words("deciding")
        yield from (f"  • {visible(name)}{words('colon')}{words('projects', count=count)}" for name, count in counted)


def deciding(lost: Sequence[Tried]) -> list[tuple[str, int]]:
    """The requirements because of which projects would no longer conform, those of most projects first."""
    return Counter(each.id for tried in lost for each in tried.shifts if each.is_lost).most_common()


def project(tried: Tried, words: Words) -> Iterator[str]:
    """One project: what would change in it."""
    name = prose(tried.declaration.text("/project/name", words.lang)) or words("unnamed")
    verdicts = [REPORT_WORDS[words.lang][each.verdict] for each in (tried.before, tried.after)]
    verdict = verdicts[1] if verdicts[0] == verdicts[1] else " → ".join(verdicts)
    yield f"  {name} ({visible(tried.declaration.path)}){words('colon')}{verdict}"
    for each in tried.shifts:
        yield from paragraph(shift(each, words), "    • ")


def shift(given: Shift, words: Words) -> str:
    """What would change of one requirement, and why."""
    known = given.after or given.before
    title = known.requirement.title[words.lang] if known else ""
    if given.after is None:
        return words("gone", name=given.id, title=title)
    told = words("new", known=known_as(given.after, words)) if given.before is None else moved(given, words)
    return words("shift", name=given.id, title=title, told=told, why=given.after.said[words.lang])


def moved(given: Shift, words: Words) -> str:
    """A level or an outcome before and after."""
    before, after = given.before, given.after
    sides = [known_as(each, words) if each else "" for each in (before, after)]
    return " → ".join(dict.fromkeys(sides))


def known_as(judgement: Judgement, words: Words) -> str:
    """A level and an outcome in words."""
    level = charter_requirement.level(judgement.level, words.lang)
    return f"{level}, {REPORT_WORDS[words.lang][judgement.outcome]}"


def values(simulation: Simulation, lang: str) -> dict[str, Any]:
    """The simulation as plain values; messages are in the language."""
    return {
        "charter": {"before": reference(simulation.before), "after": reference(simulation.after)},
        "projects": len(simulation.projects),
        "conforming": {side: simulation.conforming(side) for side in ("before", "after")},
        "noLongerConforming": [tried_values(each, lang) for each in simulation.lost],
        "newlyConforming": [tried_values(each, lang) for each in simulation.won],
        "otherwiseChanged": [tried_values(each, lang) for each in simulation.other],
        "deciding": dict(deciding(simulation.lost)),
        "problems": [{"where": each.where, "message": each.message(lang)} for each in simulation.problems],
    }


def reference(charter: Charter) -> dict[str, Any]:
    """Which charter it is."""
    return {"id": charter.id, "version": charter.version, "sha256": charter.sha256}


def tried_values(tried: Tried, lang: str) -> dict[str, Any]:
    """One project."""
    return {
        "path": tried.declaration.path,
        "name": tried.declaration.text("/project/name", lang) or None,
        "before": tried.before.verdict,
        "after": tried.after.verdict,
        "requirements": [shift_values(each, lang) for each in tried.shifts],
    }


def shift_values(given: Shift, lang: str) -> dict[str, Any]:
    """What would change of one requirement."""
    sides = {"before": given.before, "after": given.after}
    known = {
        side: each and {"level": each.level, "outcome": each.outcome, "message": each.said[lang]}
        for side, each in sides.items()
    }
    return {"id": given.id, **known, "lost": given.is_lost, "won": given.is_won}
