"""Waivers: a requirement is let go for a time, with a reason, by somebody, until the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from beffroi.model.charter import Method, Outcome
from beffroi.model.project import Observation
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
    told = partial(say, at=pointer, method=Method.DECLARED)
    missing = [key for key in NEEDED if not value.get(key)]
    if missing:
        return told(Outcome.NOT_MET, "waiver-unfinished", missing=", ".join(missing))
    approved = project.declaration.day(f"{pointer}/approvedOn")
    if approved and approved > project.today:
        return told(Outcome.NOT_MET, "waiver-to-come", date=approved)
    details = {"date": value["expires"], "by": value["approvedBy"]}
    if date.fromisoformat(value["expires"]) < project.today:
        return told(Outcome.WAIVER_EXPIRED, "waiver-expired", **details)
    why = project.declaration.text(f"{pointer}/justification", project.lang)
    return told(Outcome.WAIVED, "waived", **details, why=why)
