"""SARIF 2.1.0, which GitHub and GitLab show beside the lines of a file.

Source: OASIS, "Static Analysis Results Interchange Format Version 2.1.0"; limits: GitHub documentation, "SARIF support
for code scanning" (5,000 results are shown, 25,000 are refused).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from beffroi.model.levels import Level, Standing
from beffroi.reports._places import places, total
from beffroi.rulebook import rule
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.report import Report, Subject
    from beffroi.reports._places import Place

SUFFIXES = (".sarif", ".sarif.json")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://pypi.org/project/beffroi/"
LEVEL = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "note"}
MOST = 5000
ROOT = "PROJECTROOT"
"""What paths are relative to: the folder in which the run took place."""


def render(report: Report) -> str:
    """The report as a SARIF log with one run."""
    told = list(places(report, MOST))
    rules = sorted({each.finding.rule for each in told})
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run(report, told, rules)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def run(report: Report, told: Sequence[Place], rules: Sequence[str]) -> dict[str, Any]:
    """The one run."""
    left = total(report) - len(told)
    return {
        "tool": {
            "driver": {
                "name": "beffroi",
                "version": report.beffroi,
                "semanticVersion": report.beffroi,
                "informationUri": HOME,
                "language": report.lang,
                "rules": [described(each, report.lang) for each in rules],
            }
        },
        "language": report.lang,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "endTimeUtc": report.generated}],
        "artifacts": [artifact(each) for each in report.subjects if each.sha256],
        "results": [result(each, rules) for each in told],
        "properties": {"verdict": report.verdict, "counts": report.counts, "resultsLeftOut": max(0, left)},
    }


def described(rule_id: str, lang: str) -> dict[str, Any]:
    """A rule in words."""
    known = rule(rule_id)
    return {
        "id": rule_id,
        "shortDescription": {"text": known.words["title"][lang]},
        "fullDescription": {"text": known.words["why"][lang]},
        "defaultConfiguration": {"level": LEVEL[known.level]},
    }


def artifact(subject: Subject) -> dict[str, Any]:
    """A file that was looked at."""
    length = {} if subject.bytes is None else {"length": subject.bytes}
    return {"location": location(subject.path), **length, "hashes": {"sha-256": subject.sha256}}


def location(path: str) -> dict[str, str]:
    """Where a file is; what is not below the folder of the run is told as it is."""
    uri = quote(path.removeprefix("./"), safe="/#@-._~!$&'()*+,;=", errors="surrogatepass")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": ROOT}


def result(place: Place, rules: Sequence[str]) -> dict[str, Any]:
    """One place of a finding."""
    finding, sample = place.finding, place.sample
    region = {"region": {"startLine": sample.line}} if sample.line else {}
    excused = [{"kind": "external", "justification": finding.excuse or finding.standing}]
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": LEVEL[finding.level],
        "message": {"text": message(place)},
        "locations": [{"physicalLocation": {"artifactLocation": location(place.subject.path), **region}}],
        "partialFingerprints": {"beffroi/v1": place.fingerprint},
        **({} if finding.standing is Standing.OPEN else {"suppressions": excused}),
        "properties": dict(
            present(("field", finding.field), ("cause", finding.cause), ("cell", sample.cell), ("row", sample.row))
        ),
    }


def message(place: Place) -> str:
    """What is told of a place: the finding, what stands there, how to mend it."""
    finding, sample = place.finding, place.sample
    field = f"{finding.field}: " if finding.field else ""
    cell = f" [{sample.cell}: {visible(sample.value)}]" if sample.cell and sample.value is not None else ""
    fix = f" → {finding.fix}" if finding.fix else ""
    return f"{field}{finding.message}{cell}{fix}"


def present(*pairs: tuple[str, object]) -> Iterable[tuple[str, object]]:
    """The pairs that hold something."""
    return (pair for pair in pairs if pair[1] is not None)
