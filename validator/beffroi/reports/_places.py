"""Findings one place at a time, the gravest first, with fingerprints that stay the same while the data around moves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from beffroi.model.levels import Standing
from beffroi.model.report import Sample
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report, Subject

NOWHERE = Sample()
"""The place of a finding that has none."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One place of a finding on a subject; `number` tells it from others with the same value, counted from 1."""

    subject: Subject
    finding: Finding
    sample: Sample
    number: int

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what is found: path, rule, field, cause, value; not of the line, which moves with the rows."""
        finding = self.finding
        told = finding.details.get("requirement") or finding.pointer if self.sample.value is None else self.sample.value
        parts = (self.subject.path, finding.rule, finding.field, finding.cause, told, str(self.number))
        text = "\0".join("" if each is None else each for each in parts)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def findings(report: Report) -> Iterator[tuple[Subject, Finding]]:
    """Every finding with its subject: those that count before the others, then by level, then in order."""
    found = [(subject, each) for subject in report.subjects for each in subject.findings]
    yield from sorted(found, key=lambda pair: (pair[1].standing is not Standing.OPEN, pair[1].level.rank))


def places(report: Report, most: int) -> Iterator[Place]:
    """Every place of every finding, up to so many; a finding without places has one that is nowhere."""
    yield from islice(every_place(report), most)


def every_place(report: Report) -> Iterator[Place]:
    """Every place of every finding: the first of each, and then the others, so that each finding is told."""
    for subject, finding in findings(report):
        yield Place(subject=subject, finding=finding, sample=next(iter(finding.samples), NOWHERE), number=1)
    for subject, finding in findings(report):
        seen = Counter(each.value for each in finding.samples[:1])
        for sample in finding.samples[1:]:
            seen[sample.value] += 1
            yield Place(subject=subject, finding=finding, sample=sample, number=seen[sample.value])


def total(report: Report) -> int:
    """How many places there are, told or not."""
    return sum(finding.count for _, finding in findings(report))
