"""A report on some rules only; it says which, for its verdict is then one on these rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from beffroi.model.levels import Level, Standing
from beffroi.model.project import Judgement
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


def failing(report: Report, fail_on: Level) -> Report:
    """What fails of a report at a level: nothing else is in it, and nothing that is let go."""

    def keeps(each: Finding) -> bool:
        return each.level.reaches(fail_on) and each.standing is Standing.OPEN

    found = of_findings(report, keeps)
    subjects = (replace(each, judgements=left(each, fail_on)) for each in found.subjects)
    told = tuple(each for each in subjects if each.findings or each.judgements or not each.judged)
    return replace(found, subjects=told)


def left(subject: Subject, fail_on: Level) -> tuple[Judgement, ...]:
    """The requirements of a project that are left to mend at a level."""
    open_ones = (each for each in subject.judgements if each.outcome.fails or each.outcome.is_open)
    return tuple(each for each in open_ones if each.level.reaches(fail_on))


def kept(subject: Subject, keeps: Callable[[Finding], bool]) -> Subject:
    """A subject with some of its findings only."""
    return replace(subject, findings=tuple(each for each in subject.findings if keeps(each)))
