"""Waivers of rules of data: in `beffroi.yaml`, with a reason, who grants it, and the last day on which it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from beffroi.model.charter import Outcome
from beffroi.model.levels import Standing
from beffroi.model.report import Finding, Report, Subject
from beffroi.projects.patterns import matches
from beffroi.projects.repository import Repository
from beffroi.projects.waiving import weighed
from beffroi.projects.wording import told

Find = Callable[[Path], Repository | None]


def waived(report: Report, today: date, find: Find) -> Report:
    """A report in which what is waived does not count; `find` gives the repository that a file is in."""
    return replace(report, subjects=tuple(waived_subject(each, report.lang, today, find) for each in report.subjects))


def waived_subject(subject: Subject, lang: str, today: date, find: Find) -> Subject:
    """A subject, its findings waived where its repository says so."""
    repository = find(Path(subject.path)) if subject.delivered and subject.findings else None
    rules = [each for each in repository.waivers if each.get("rule")] if repository else []
    if not repository or not rules:
        return subject
    path = repository.path_of(Path(subject.path))
    of_path = [each for each in rules if path is not None and matches(path, each.get("path", "**"))]
    return replace(subject, findings=tuple(excused(each, of_path, lang, today) for each in subject.findings))


def excused(finding: Finding, waivers: list[Mapping[str, Any]], lang: str, today: date) -> Finding:
    """A finding with the waiver that is for it; one that is over, or unfinished, is told and has no effect."""
    found = [
        each for each in waivers if each["rule"] == finding.rule and each.get("field", finding.field) == finding.field
    ]
    judged = [weighed(each, today, lang) for each in found]
    if not judged:
        return finding
    outcome, because = min(judged, key=lambda pair: pair[0] is not Outcome.WAIVED)
    standing = Standing.WAIVED if outcome is Outcome.WAIVED else finding.standing
    return replace(finding, standing=standing, excuse=told(because)[lang])
