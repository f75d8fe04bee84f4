"""A baseline: the findings of old data that are known, so that only new ones fail.

It holds no value of the data, but for each finding how often it was made, and hashes of the values that it was made on.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from beffroi.catalogue.definitions import errors_of_form
from beffroi.documents import Document, read_document
from beffroi.judging import finding_of
from beffroi.model.faults import Defect, fault
from beffroi.model.levels import Standing
from beffroi.model.report import Finding, Report, Sample, Subject
from beffroi.rulebook import default_level
from beffroi.values import dataclass

VERSION = "1"
MOST = 10_000
"""Of how many values of one finding the hashes are kept; where there are more, only their number is known."""
Key = tuple[str, str, str | None, str | None]
"""Path, rule, field and cause of a finding."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A finding that is known: how often it was made, and on which values by their hashes, where they are kept."""

    count: int
    values: Mapping[str, int] | None


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The findings that are known, as `document` says."""

    document: Document

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """A baseline from its file. Raises `CannotRead`, or `UnusableFile` for one that is none."""
        document = read_document(path)
        for error in errors_of_form(document, "baseline"):
            raise error
        return cls(document=document)

    @cached_property
    def known(self) -> Mapping[Key, Known]:
        """What is known, by path, rule, field and cause."""
        return {
            (each["path"], each["rule"], each.get("field"), each.get("cause")): Known(
                count=each["count"], values=each.get("values")
            )
            for each in self.document.value["findings"]
        }


def key_of(subject: Subject, finding: Finding) -> Key:
    """By what a finding is known again; requirements of a charter by their ids."""
    return (subject.path, finding.rule, finding.field or finding.details.get("requirement"), finding.cause)


def written(report: Report) -> str:
    """The baseline of a report that has all its places: every finding on what was delivered."""
    findings = [described(key, finding) for key, finding in sorted_findings(report)]
    value = {"beffroi": report.beffroi, "baseline": VERSION, "generated": report.generated, "findings": findings}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def sorted_findings(report: Report) -> list[tuple[Key, Finding]]:
    """Every finding on what was delivered that counts, in an order of its own, so that baselines can be compared."""
    found = [
        (key_of(subject, each), each)
        for subject in report.subjects
        if subject.delivered
        for each in subject.findings
        if each.standing is not Standing.WAIVED
    ]
    return sorted(found, key=lambda pair: tuple(part or "" for part in pair[0]))


def described(key: Key, finding: Finding) -> dict[str, Any]:
    """One finding of a baseline."""
    path, rule, field, cause = key
    told = {"path": path, "rule": rule, "field": field, "cause": cause, "count": finding.count}
    values = Counter(hashed(each) for each in finding.samples)
    complete = len(finding.samples) == finding.count and len(values) <= MOST
    return {name: each for name, each in told.items() if each is not None} | (
        {"values": dict(sorted(values.items()))} if complete else {}
    )


def hashed(sample: Sample) -> str:
    """The value of a place, as a number that does not give it away; a place without one is any."""
    return hashlib.sha256((sample.value or "").encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compared(report: Report, baseline: Baseline, samples: int | None) -> Report:
    """A report that has all its places, in which what is known does not count, and what is gone is told.

    `samples` places are kept of each finding.
    """
    left = dict(baseline.known)
    subjects = tuple(compared_subject(each, left, samples) if each.delivered else each for each in report.subjects)
    paths = {each.path for each in subjects}
    gone = {key: each for key, each in left.items() if key[0] in paths}
    return replace(report, subjects=tuple(with_gone(each, gone) for each in subjects))


def compared_subject(subject: Subject, left: dict[Key, Known], samples: int | None) -> Subject:
    """A subject, its findings parted into known and new ones; what of the baseline was found is taken from `left`."""
    findings = [part for each in subject.findings for part in parted(subject, each, left)]
    return replace(subject, findings=tuple(replace(each, samples=each.samples[:samples]) for each in findings))


def parted(subject: Subject, finding: Finding, left: dict[Key, Known]) -> Iterator[Finding]:
    """The part of a finding that is new, then the part that is known."""
    key = key_of(subject, finding)
    known = left.get(key)
    if known is None or finding.standing is not Standing.OPEN:
        yield finding
        return
    new, old = told_apart(finding, known)
    number = min(known.count, finding.count) if known.values is None or not finding.samples else len(old)
    more = finding.count - number
    left[key] = Known(count=known.count - number, values=None)
    if not left[key].count:
        del left[key]
    if more:
        yield replace(finding, count=more, samples=tuple(new))
    if number:
        yield replace(finding, count=number, samples=tuple(old), standing=Standing.KNOWN)


def told_apart(finding: Finding, known: Known) -> tuple[list[Sample], list[Sample]]:
    """The places of a finding that are new, and those that are known."""
    if known.values is None or len(finding.samples) != finding.count:
        return list(finding.samples[known.count :]), list(finding.samples[: known.count])
    remaining = dict(known.values)
    new, old = [], []
    for each in finding.samples:
        value = hashed(each)
        if remaining.get(value, 0):
            remaining[value] -= 1
            old.append(each)
        else:
            new.append(each)
    return new, old


def with_gone(subject: Subject, gone: Mapping[Key, Known]) -> Subject:
    """A subject with a remark on what the baseline knows of it and what is no longer found."""
    count = sum(each.count for key, each in gone.items() if key[0] == subject.path)
    if not count or not subject.delivered:
        return subject
    remark = finding_of(Defect(fault=fault("baseline-outdated", count=count)), default_level)
    return replace(subject, findings=(*subject.findings, remark))
