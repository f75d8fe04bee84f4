"""Every report format, whole, on reports of every kind; `BEFFROI_REGENERATE=1` writes anew what is then looked at."""

import csv as tables
import io
import json
import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from jsonschema.validators import validator_for
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from beffroi.model.levels import Level
from beffroi.reports import format_of, known_formats, renderer
from conftest import ROOT
from reports_of import KINDS, laid_out, report_of

GOLDEN = ROOT / "tests" / "cases" / "formats"
WRITTEN = {"csv": "csv", "github": "github.txt", "gitlab": "gitlab.json", "json": "json", "junit": "xml"}
WRITTEN |= {"html": "html", "markdown": "md", "sarif": "sarif", "text": "txt"}
"""The formats that are compared letter by letter, and the suffixes of what they are compared with."""


@pytest.fixture
def inputs(tmp_path, monkeypatch):
    """The folder of the files that the reports are about."""
    monkeypatch.chdir(tmp_path)
    laid_out(tmp_path)


def steady(text):
    """A report without the hashes of our own standards, which change with each of their words."""
    text = re.sub(r'("standard": \{[^}]*"sha256": ")[0-9a-f]{64}', r"\g<1>…", text)
    text = re.sub(
        r"(standards/[^<]*</th><td[^>]*>[^<]*</td><td[^>]*>[^<]*</td><td[^>]*><code>)[0-9a-f]{64}", r"\1…", text
    )
    return re.sub(r"((?:standard|charter)[^\n]*sha-256 )[0-9a-f]{16}…", r"\1…", text)


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_a_format_writes_a_report(kind, form):
    written = steady(renderer(form)(report_of(kind)))
    expected = GOLDEN / f"{kind}.{WRITTEN[form]}"
    if os.environ.get("BEFFROI_REGENERATE"):
        expected.write_bytes(written.encode())
    assert written.encode() == expected.read_bytes()


def test_every_format_is_tried():
    assert set(WRITTEN) | {"xlsx"} >= set(known_formats())


def test_a_file_tells_its_format():
    told = {name: format_of(name) for name in ("r.TXT", "r.json", "r.sarif", "r.md", "r.csv", "r.xml", "r.gitlab.json")}
    assert told == {
        "r.TXT": "text",
        "r.json": "json",
        "r.sarif": "sarif",
        "r.md": "markdown",
        "r.csv": "csv",
        "r.xml": "junit",
        "r.gitlab.json": "gitlab",
    }
    assert format_of("report") is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_a_spreadsheet_finds_no_formula(kind):
    rows = list(tables.reader(io.StringIO(renderer("csv")(report_of(kind)).removeprefix("\ufeff"), newline="")))
    assert all(len(each) == len(rows[0]) for each in rows)
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_junit_counts_what_it_holds(kind):
    report = report_of(kind)
    root = ElementTree.fromstring(renderer("junit")(report))  # noqa: S314 - we wrote it
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert int(root.get("errors")) == len(root.findall(".//error"))
    assert int(root.get("skipped")) == len(root.findall(".//skipped"))
    failed = any(
        each.level is Level.MUST for subject in report.subjects if subject.delivered for each in subject.findings
    )
    assert bool(root.findall(".//failure") or root.findall(".//error")) == (failed or report.exit_code() == 3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_junit_is_understood_by_its_reader(kind):
    report = report_of(kind)
    suites = JUnitXml.fromstring(renderer("junit")(report).encode())
    assert [each.name for each in suites] == [each.path for each in report.subjects if each.delivered or each.findings]
    assert suites.tests == sum(1 for suite in suites for _ in suite)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_sarif_is_as_the_published_schema_says(kind):
    schema = os.environ.get("SARIF_SCHEMA")
    if not schema:
        pytest.skip("SARIF_SCHEMA names no file; .ci/run fetches the published schema")
    log = json.loads(renderer("sarif")(report_of(kind)))
    validator = validator_for(published := json.loads(Path(schema).read_text(encoding="utf-8-sig")))(published)
    assert [each.message for each in validator.iter_errors(log)] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_markdown_makes_neither_html_nor_links_of_what_was_delivered(kind):
    tokens = MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(renderer("markdown")(report_of(kind)))
    inner = [each for token in tokens for each in (token, *(token.children or ()))]
    assert {each.type for each in inner} & {"html_inline", "html_block", "link_open", "image"} == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_github_is_given_no_command_by_what_was_delivered(kind):
    lines = renderer("github")(report_of(kind)).splitlines()
    stop = next(index for index, each in enumerate(lines) if each.startswith("::stop-commands::"))
    token = lines[stop].removeprefix("::stop-commands::")
    assert lines[-2:] == [f"::{token}::", "::endgroup::"]
    assert all(re.match(r"::(error|warning|notice) file=[^:]*::", each) for each in lines[: stop - 1])
    assert sum(f"::{token}::" in each for each in lines) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inputs")
def test_gitlab_and_sarif_give_each_place_a_fingerprint_of_its_own(kind):
    report = report_of(kind, every=True)
    issues = json.loads(renderer("gitlab")(report))
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    results = json.loads(renderer("sarif")(report))["runs"][0]["results"]
    assert len({each["partialFingerprints"]["beffroi/v1"] for each in results}) == len(results)


@pytest.mark.usefixtures("inputs")
def test_fingerprints_stay_when_rows_are_added_above(tmp_path):
    def prints():
        results = json.loads(renderer("sarif")(report_of("dirty")))["runs"][0]["results"]
        return {each["partialFingerprints"]["beffroi/v1"] for each in results if "row" in each["properties"]}

    before = prints()
    file = tmp_path / "inputs" / "dirty.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join([lines[0], "B0;New;1;2024-01-01;wood;\n", *lines[1:]]), encoding="utf-8")
    assert before == prints()
