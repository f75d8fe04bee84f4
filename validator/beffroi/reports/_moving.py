"""What moving to another standard or version would cost: findings that would be new, and those that would vanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report, StandardReference

Found = Mapping[tuple[str, str, str, str | None, str | None], "Finding"]
"""Findings by path, level, rule, field and cause."""


def found_in(report: Report) -> Found:
    """The findings on what was delivered."""
    return {
        (subject.path, each.level, each.rule, each.field, each.cause): each
        for subject in report.subjects
        if subject.delivered
        for each in subject.findings
    }


def more_in(report: Report, than: Report) -> list[tuple[str, Finding]]:
    """What is found in `report` more often than in another, with its path; the count is how much more."""
    known = found_in(than)
    more = []
    for key, each in found_in(report).items():
        before = known[key].count if key in known else 0
        if each.count > before:
            more.append((key[0], replace(each, count=each.count - before)))
    return sorted(more, key=lambda pair: pair[1].level.rank)


def standard_in(report: Report) -> StandardReference | None:
    """The standard that a report was made against."""
    return next((each.standard for each in report.subjects if each.kind == "standard"), None)
