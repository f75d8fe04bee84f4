"""Annotations of GitHub Actions, the gravest first and no more than it shows, and the whole report in the log.

Source: GitHub documentation, "Workflow commands for GitHub Actions". The log is put between commands that switch
commands off: what a cell holds must not be able to give any.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beffroi.model.levels import Level, Standing
from beffroi.reports import text
from beffroi.reports._places import NOWHERE, findings
from beffroi.reports._words import WORDS

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report, Subject

SUFFIXES: tuple[str, ...] = ()
COMMAND = {Level.MUST: "error", Level.SHOULD: "warning", Level.MAY: "notice"}
MOST = 10
"""How many annotations of each kind GitHub shows of a step."""


def render(report: Report) -> str:
    """The annotations, one line each, and the report as text in a group of its own."""
    told = text.render(report)
    token = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    verdict = f"{WORDS[report.lang]['verdict']} {WORDS[report.lang][report.verdict]}"
    log = [f"::group::beffroi — {escaped(verdict)}", f"::stop-commands::{token}", told.rstrip("\n")]
    return "\n".join([*annotated(report), *log, f"::{token}::", "::endgroup::"]) + "\n"


def annotated(report: Report) -> Iterator[str]:
    """One annotation a finding, at its first place."""
    shown: Counter[Level] = Counter()
    for subject, finding in findings(report):
        if finding.standing is Standing.OPEN and shown[finding.level] < MOST:
            shown[finding.level] += 1
            yield annotation(subject, finding, report.lang)


def annotation(subject: Subject, finding: Finding, lang: str) -> str:
    """The annotation of one finding."""
    words = WORDS[lang]
    sample = next(iter(finding.samples), NOWHERE)
    place = f"{finding.field}{words['colon']}" if finding.field else ""
    count = f"{words['times'].format(count=finding.count)} " if finding.count > 1 else ""
    fix = f" → {finding.fix}" if finding.fix else ""
    about = finding.details.get("requirement", finding.rule)
    where = {"file": subject.path, "line": str(sample.line or ""), "title": f"{about} ({words[finding.level]})"}
    given = ",".join(f"{name}={escaped_property(value)}" for name, value in where.items() if value)
    return f"::{COMMAND[finding.level]} {given}::{escaped(f'{count}{place}{finding.message}{fix}')}"


def escaped(value: str) -> str:
    """The text of a command."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(value: str) -> str:
    """The value of a property of a command."""
    return escaped(value).replace(":", "%3A").replace(",", "%2C")
