"""JUnit XML, which every continuous integration shows: one suite a file, one case a rule that it breaks.

Source: the schema that Jenkins' xUnit plugin and GitLab read; there is no other authority.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from beffroi.model.levels import Level, Standing, Verdict
from beffroi.reports._words import WORDS
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.report import Finding, Report, Sample, Subject

SUFFIXES = (".junit.xml", ".xml")
PLACES = 20


def render(report: Report) -> str:
    """The report as a set of suites. A must that is broken is a failure; advice and what is let go are told as skipped.

    What cannot be judged is an error; a subject of which nothing is said is one case that passes.
    """
    root = Element("testsuites", name="beffroi")
    suites = [suite(root, each, report) for each in report.subjects if each.delivered or each.findings]
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(each.get(key, "0")) for each in suites)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def suite(root: Element, subject: Subject, report: Report) -> Element:
    """The suite of one subject."""
    found = SubElement(root, "testsuite", name=legal(subject.path), timestamp=report.generated.removesuffix("Z"))
    cases = [case(found, subject, each, report.lang) for each in subject.findings]
    if not any(each in {"failure", "error"} for each in cases):
        whole = SubElement(found, "testcase", name=WORDS[report.lang][subject.verdict], classname=legal(subject.path))
        cases.append("passed")
        if subject.verdict is Verdict.CANNOT_TELL and subject.delivered:
            SubElement(whole, "error", message=WORDS[report.lang][subject.verdict])
            cases[-1] = "error"
    for key, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        found.set(key, str(cases.count(kind)))
    found.set("tests", str(len(cases)))
    return found


def case(suite_of: Element, subject: Subject, finding: Finding, lang: str) -> str:
    """One finding; returns how it ended."""
    words = WORDS[lang]
    cause = f" ({finding.cause})" if finding.cause else ""
    about = finding.field or finding.details.get("requirement")
    name = f"{finding.rule}{f' · {about}' if about else ''}{cause}"
    found = SubElement(suite_of, "testcase", name=legal(name), classname=legal(subject.path))
    count = words["times"].format(count=finding.count)
    message = legal(f"{count} {finding.message}")
    told = legal("\n".join([*lines(finding, words), *([f"→ {finding.fix}"] if finding.fix else [])]))
    if finding.standing is not Standing.OPEN:
        SubElement(found, "skipped", message=legal(f"{finding.excuse or finding.standing}: {message}"))
        return "skipped"
    if finding.level is Level.MUST and subject.delivered:
        kind = "failure" if subject.judged else "error"
        SubElement(found, kind, message=message, type=finding.rule).text = told
        return kind
    SubElement(found, "skipped", message=f"{words[finding.level]}: {message}")
    SubElement(found, "system-out").text = told
    return "skipped"


def lines(finding: Finding, words: dict[str, str]) -> Iterable[str]:
    """The first places of a finding."""
    yield from (place(each, words) for each in finding.samples[:PLACES] if each.cell or each.line or each.row)
    if finding.count > len(finding.samples[:PLACES]) and finding.samples:
        yield words["more"].format(count=finding.count - len(finding.samples[:PLACES]))


def place(sample: Sample, words: dict[str, str]) -> str:
    """One place, with what stands there."""
    where = [sample.cell or "", words["line"].format(line=sample.line) if sample.line else ""]
    value = "" if sample.value is None else f' "{visible(sample.value)}"'
    return ", ".join(each for each in where if each) + value


def legal(text: str) -> str:
    """A text without signs that XML 1.0 cannot hold."""
    return "".join(each if each == "\n" else visible(each) if each != " " else each for each in text)
