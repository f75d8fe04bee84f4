"""How far back a date of the declaration may lie; the words are the same for all verifiers."""

from __future__ import annotations

from datetime import date
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Looked, Observation
from beffroi.periods import later
from beffroi.projects.declaration import called
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Project

PERIOD = {"type": "string", "pattern": r"^P(?=\d)(\d{1,4}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?$"}
"""The form of an option that says how old something may be."""


def dated(project: Project, at: str, age: str | None = None, looked: Looked | None = None) -> Observation:
    """What the date at a pointer comes to: it must be past, and count for a period `age` behind it, its last day in.

    `looked` is the file that bears the date, where one was looked into.
    """
    day, place = day_of(project.declaration.get(at)), called(at)
    if day is None:
        return lacking("date-missing", at=at, place=place, method=Method.DECLARED)
    if day > project.today:
        return contradicted("date-in-future", at=at, place=place, date=day)
    if age is None:
        return met("date-past", at=at, place=place, date=day, looked=looked)
    until = later(day, age)
    if until < project.today:
        return lacking("date-too-old", at=at, place=place, date=day, until=until)
    return met("date-counts", at=at, place=place, date=day, until=until, looked=looked)


def day_of(value: Any) -> date | None:
    """A date as ISO 8601 writes it; `None` for anything else."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
