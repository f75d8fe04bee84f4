"""Waivers: a requirement is let go for a time, with a reason, by somebody, until the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from beffroi.model.charter import Method, Outcome
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.projects.declaration import text_in
from beffroi.projects.observing import say
from beffroi.projects.project import Project

NEEDED = ("justification", "approvedBy", "expires")
"""What a waiver must say."""
ORDER = (Outcome.WAIVED, Outcome.WAIVER_EXPIRED, Outcome.NOT_MET)
"""What several waivers come to together: the first of these that one of them does."""


def waiver_of(requirement: str, project: Project) -> Observation | None:
    """What the waiver of a requirement comes to: waived, expired, or unfinished and without effect.

    `None` where there is none. The last day is still in. Of several, the one that counts longest is taken.
    """
    every = [each for each in project.declaration.each("/waivers") if each[1].get("requirement") == requirement]
    every.sort(key=lambda each: each[1].get("expires", ""), reverse=True)
    found = [judged(pointer, value, project) for pointer, value in every]
    return min(found, key=lambda each: ORDER.index(each.outcome), default=None)


def judged(pointer: str, value: Mapping[str, Any], project: Project) -> Observation:
    """What one waiver comes to."""
    outcome, because = weighed(value, project.today, project.lang)
    return say(outcome, because.rule, at=pointer, method=Method.DECLARED, **dict(because.details))


def weighed(waiver: Mapping[str, Any], today: date, lang: str) -> tuple[Outcome, Fault]:
    """What a waiver comes to on a day, be it of a requirement or of a rule of data, and why."""
    missing = [key for key in NEEDED if not waiver.get(key)]
    if missing:
        return Outcome.NOT_MET, reason("waiver-unfinished", missing=", ".join(missing))
    approved = waiver.get("approvedOn")
    if approved and date.fromisoformat(approved) > today:
        return Outcome.NOT_MET, reason("waiver-to-come", date=approved)
    details = {"date": waiver["expires"], "by": waiver["approvedBy"]}
    if date.fromisoformat(waiver["expires"]) < today:
        return Outcome.WAIVER_EXPIRED, reason("waiver-expired", **details)
    return Outcome.WAIVED, reason("waived", **details, why=text_in(waiver["justification"], lang))
