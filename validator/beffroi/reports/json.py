"""The report as JSON, valid against `schemas/report.schema.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report, Sample, Subject

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
        "subjects": [subject_value(each) for each in report.subjects],
        "requirements": list(report.requirements),
        **({"also": also_value(report.also)} if report.also else {}),
    }


def also_value(report: Report) -> dict[str, Any]:
    """The verdict on the same data against another standard."""
    whole = report_value(report)
    return {key: whole[key] for key in ("verdict", "counts", "subjects")}


def subject_value(subject: Subject) -> dict[str, Any]:
    """One subject."""
    standard, read = subject.standard, subject.read
    return without_nothing(
        {
            "path": subject.path,
            "kind": subject.kind,
            "delivered": subject.delivered,
            "resource": subject.resource,
            "sha256": subject.sha256,
            "bytes": subject.bytes,
            "rows": subject.rows,
            "standard": standard
            and without_nothing({"id": standard.id, "version": standard.version, "sha256": standard.sha256}),
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
