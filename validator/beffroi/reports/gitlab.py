"""GitLab's code quality report: a list of findings, each with a fingerprint, by which those of two branches compare.

Source: GitLab documentation, "Code Quality report format".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from beffroi.model.levels import Level, Standing
from beffroi.reports._places import places

if TYPE_CHECKING:
    from beffroi.model.report import Report
    from beffroi.reports._places import Place

SUFFIXES = (".gitlab.json", ".codequality.json")
MOST = 5000
SEVERITY = {Level.MUST: "major", Level.SHOULD: "minor", Level.MAY: "info"}


def render(report: Report) -> str:
    """Every place that counts, the gravest first; it is one list, and a repeated fingerprint would hide the others."""
    counted = (each for each in places(report, MOST) if each.finding.standing is Standing.OPEN)
    unique = {each.fingerprint: issue(each) for each in counted}
    return json.dumps(list(unique.values()), ensure_ascii=False, indent=2) + "\n"


def issue(place: Place) -> dict[str, Any]:
    """One place."""
    finding, sample = place.finding, place.sample
    where = f" [{sample.cell}]" if sample.cell else ""
    return {
        "description": f"{finding.field or ''}{': ' if finding.field else ''}{finding.message}{where}",
        "check_name": finding.rule,
        "fingerprint": place.fingerprint,
        "severity": SEVERITY[finding.level],
        "location": {"path": place.subject.path, "lines": {"begin": sample.line or 1}},
    }
