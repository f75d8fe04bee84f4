"""The report as JSON, valid against `schemas/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.model.levels import Standing
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.project import Evidence, Judgement, Observation
    from beffroi.model.report import Finding, Narrowing, Report, Sample, StandardReference, Subject

SUFFIXES = (".json",)
VERSION = "1"


def render(report: Report) -> str:
    """The whole report; its keys stand in the order in which a person would read them."""
    return json.dumps(report_value(report), ensure_ascii=False, indent=2) + "\n"


def report_value(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "beffroi": report.beffroi,
        "report": VERSION,
        "generated": report.generated,
        "lang": report.lang,
        "verdict": report.verdict,
        "counts": report.counts,
        "subjects": [subject_value(each, report.lang) for each in report.subjects],
        **({"also": also_value(report.also)} if report.also else {}),
        **({"narrowing": narrowing_value(report.narrowing)} if report.narrowing else {}),
    }


def narrowing_value(narrowing: Narrowing) -> dict[str, Any]:
    """Which rules were looked at."""
    return {"select": list(narrowing.select), "ignore": list(narrowing.ignore)}


def also_value(report: Report) -> dict[str, Any]:
    """The verdict on the same data against another standard."""
    whole = report_value(report)
    return {key: whole[key] for key in ("verdict", "counts", "subjects")}


def subject_value(subject: Subject, lang: str) -> dict[str, Any]:
    """One subject."""
    read = subject.read
    return without_nothing(
        {
            "path": subject.path,
            "kind": subject.kind,
            "delivered": subject.delivered,
            "resource": subject.resource,
            "sha256": subject.sha256,
            "bytes": subject.bytes,
            "rows": subject.rows,
            "standard": reference_value(subject.standard),
            "charter": reference_value(subject.charter),
            "read": read
            and without_nothing(
                {
                    "format": read.format,
                    "compression": read.compression,
                    "encoding": read.encoding,
                    "delimiter": read.delimiter,
                    "sheet": read.sheet,
                    "header": read.header,
                }
            ),
            "verdict": subject.verdict,
            "counts": subject.counts,
            "findings": [finding_value(each) for each in subject.findings],
            "requirements": [judgement_value(each, lang) for each in subject.judgements] or None,
        }
    )


def reference_value(reference: StandardReference | None) -> dict[str, Any] | None:
    """Which standard or charter it was judged by."""
    if reference is None:
        return None
    return without_nothing({"id": reference.id, "version": reference.version, "sha256": reference.sha256})


def judgement_value(judgement: Judgement, lang: str) -> dict[str, Any]:
    """What is known of one requirement of a charter."""
    requirement = judgement.requirement
    where = {"pointer": judgement.pointer or None, "line": judgement.line, "column": judgement.column}
    return without_nothing(
        {
            "id": requirement.id,
            "principle": requirement.principle,
            "title": requirement.title[lang],
            "level": judgement.level,
            "outcome": judgement.outcome,
            "method": judgement.method,
            "message": judgement.said[lang],
            "fix": requirement.fix[lang],
            "where": without_nothing(where) or None,
            "evidence": [evidence_value(each) for each in judgement.evidence] or None,
            "observations": [observation_value(each, lang) for each in judgement.observations],
        }
    )


def evidence_value(evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence, as declared."""
    return without_nothing(
        {
            "place": evidence.place,
            "kind": evidence.kind,
            "collected": evidence.collected,
            "expires": evidence.expires,
            "by": evidence.by,
            "sha256": evidence.sha256,
        }
    )


def observation_value(seen: Observation, lang: str) -> dict[str, Any]:
    """One thing that was seen."""
    looked = seen.looked
    return without_nothing(
        {
            "verifier": seen.verifier or None,
            "outcome": seen.outcome,
            "method": seen.method,
            "reason": seen.because.rule,
            "message": seen.said[lang],
            "pointer": seen.pointer or None,
            "looked": looked
            and without_nothing(
                {"path": looked.path, "sha256": looked.sha256, "bytes": looked.bytes, "line": seen.line}
            ),
        }
    )


def finding_value(finding: Finding) -> dict[str, Any]:
    """One finding."""
    return without_nothing(
        {
            "rule": finding.rule,
            "level": finding.level,
            "field": finding.field,
            "column": finding.column,
            "cause": finding.cause,
            "count": finding.count,
            "message": finding.message,
            "fix": finding.fix,
            "standing": None if finding.standing is Standing.OPEN else finding.standing,
            "excuse": finding.excuse or None,
            "pointer": finding.pointer,
            "details": dict(finding.details) or None,
            "samples": [sample_value(each) for each in finding.samples],
        }
    )


def sample_value(sample: Sample) -> dict[str, Any]:
    """One sample; `shown` is the value with its invisible signs made visible, where it has any."""
    shown = None if sample.value is None else visible(sample.value)
    return without_nothing(
        {
            "cell": sample.cell,
            "row": sample.row,
            "line": sample.line,
            "value": sample.value,
            "shown": None if shown == sample.value else shown,
            "suggestion": sample.suggestion,
        }
    )


def without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """The same without the keys that hold nothing."""
    return {key: each for key, each in value.items() if each is not None}
