"""A report on some rules only; it says which, for its verdict is then one on these rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from beffroi.model.report import Finding, Narrowing, Report, Subject
from beffroi.rulebook import known_rules, rule


def narrowing(select: Sequence[str], ignore: Sequence[str]) -> Narrowing | None:
    """Which rules count: those selected (all, where none is), but for those ignored; `*` stands for any letters.

    Raises `UnknownRule` for what means no rule.
    """
    for each in (*select, *ignore):
        if not any(fnmatchcase(known, each) for known in known_rules()):
            rule(each)
    return Narrowing(select=tuple(select), ignore=tuple(ignore)) if select or ignore else None


def narrowed(report: Report, asked: Narrowing | None) -> Report:
    """The report with the findings of the rules that count."""
    if asked is None:
        return report
    return replace(of_findings(report, asked.covers), narrowing=asked)


def of_findings(report: Report, keeps: Callable[[Finding], bool]) -> Report:
    """The report with some of its findings only."""
    subjects = tuple(kept(each, keeps) for each in report.subjects)
    also = of_findings(report.also, keeps) if report.also else None
    return replace(report, subjects=subjects, also=also)


def kept(subject: Subject, keeps: Callable[[Finding], bool]) -> Subject:
    """A subject with some of its findings only."""
    return replace(subject, findings=tuple(each for each in subject.findings if keeps(each)))
