"""Waivers: a requirement is let go for a time, with a reason, by somebody, until the end of a day."""

from __future__ import annotations

from datetime import date

from beffroi.model.charter import Method, Outcome
from beffroi.model.faults import reason
from beffroi.model.project import Observation
from beffroi.projects.observing import say
from beffroi.projects.project import Project

NEEDED = ("justification", "approvedBy", "expires")
"""What a waiver must say."""


def waiver_of(requirement: str, project: Project) -> Observation | None:
    """What the waiver of a requirement comes to: waived, expired, or unfinished and without effect.

    `None` where there is none. The last day is still in. Of several, the one that counts longest is taken.
    """
    found = [
        judged(pointer, value, project)
        for pointer, value in project.declaration.each("/waivers")
        if value.get("requirement") == requirement
    ]
    order = (Outcome.WAIVED, Outcome.WAIVER_EXPIRED, Outcome.NOT_MET)
    return min(found, key=lambda each: order.index(each.outcome), default=None)


def judged(pointer: str, value: dict[str, str], project: Project) -> Observation:
    """What one waiver comes to."""
    missing = [key for key in NEEDED if not value.get(key)]
    why = project.declaration.text(f"{pointer}/justification", project.lang)
    if missing:
        outcome, because = Outcome.NOT_MET, reason("waiver-unfinished", missing=", ".join(missing))
    elif date.fromisoformat(value["expires"]) < project.today:
        outcome, because = (
            Outcome.WAIVER_EXPIRED,
            reason("waiver-expired", date=value["expires"], by=value["approvedBy"]),
        )
    else:
        details = {"date": value["expires"], "by": value["approvedBy"], "why": why}
        outcome, because = Outcome.WAIVED, reason("waived", **details)
    return say(outcome, because.rule, at=pointer, method=Method.DECLARED, **dict(because.details))
