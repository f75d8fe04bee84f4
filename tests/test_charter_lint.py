"""`beffroi charter lint`: what it finds, in a table of examples; what it takes in; how it tells."""

import json
import shutil

import pytest
import yaml
from jsonschema import Draft202012Validator

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import UnknownCharter
from beffroi.charters.lint import lint
from beffroi.errors import NoSuchInput
from beffroi.rulebook import known_rules, rule
from beffroi.settings import LANGUAGES, Settings
from conftest import ROOT
from spoilt import spoil

CHARTERS = ROOT / "tests/charters"
CASES = yaml.safe_load((ROOT / "tests/cases/charters/lint.yaml").read_text(encoding="utf-8"))
REPORT = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))
OF_TESTS = {
    "charter-case-unusable",
    "charter-example-without-expectation",
    "charter-no-examples",
    "charter-outcome",
    "charter-outcome-undeclared",
    "charter-reason",
}
"""What `beffroi charter test` finds instead."""
FOLDERS = {"village": "commons/profiles"}


@pytest.fixture
def charters(tmp_path):
    """A copy of the charters, to be spoilt; the folder with those of a city."""
    return shutil.copytree(CHARTERS, tmp_path / "city") / "charter"


def told(finding, wanted):
    """A finding as the table writes it; the place only where the table tells it."""
    line = finding.samples[0].line if finding.samples else None
    known = {"rule": finding.rule, "cause": finding.cause, "level": finding.level.value, "line": line}
    known |= {"pointer": finding.pointer, "file": finding.details.get("file")}
    return {key: known[key] for key in (*wanted, *(each for each in ("cause", "file") if known[each]))}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_found_in_a_charter(case, charters):
    name = case["lint"].partition("@")[0]
    spoil(charters / FOLDERS.get(name, name), case)
    (subject, *others) = lint([case["lint"]], Catalogue.of(charters.parent), Settings()).subjects
    findings = [each for one in (subject, *others[: "not-older" in str(case)]) for each in one.findings]
    assert len(findings) == len(case["found"]), [(each.rule, each.message) for each in findings]
    pairs = zip(sorted(findings, key=order), sorted(case["found"], key=order), strict=True)
    for found, wanted in pairs:
        assert told(found, wanted) == wanted, found.message


def order(found):
    """The order in which findings are compared with the table."""
    rule_id = found["rule"] if isinstance(found, dict) else found.rule
    cause = found.get("cause") if isinstance(found, dict) else found.cause
    pointer = found.get("pointer") if isinstance(found, dict) else found.pointer
    return rule_id, cause or "", pointer or ""


def test_every_rule_and_every_cause_has_an_example():
    shown = {(each["rule"], each.get("cause")) for case in CASES for each in case["found"]}
    ours = {each for each in known_rules() if each.startswith("charter-")} - OF_TESTS - {"charter-none"}
    causes = {(each, cause) for each in ours for cause in rule(each).words.get("causes", {})}
    assert {each for each, _ in shown} >= ours
    assert causes - shown == {("charter-unknown-verifier", "did-you-mean")} - shown


def test_charters_without_a_mistake_are_told_so(charters, beffroi):
    done = beffroi("charter", "lint", "--catalogue", charters.parent, "--fail-on", "may")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("✔ conformant") == 4
    assert done.stdout.endswith("verdict: conformant (must: 0 · should: 0 · may: 0)\n")


@pytest.mark.parametrize(
    ("name", "count"),
    [("commons", 2), ("commons@1", 1), ("commons@2", 1), ("village", 1), ("harbour/charter.yaml", 1)]
    + [("commons/", 3), ("commons/requirements/OPE-1.yaml", 1), ("commons/profiles/village.yaml", 1), (".", 4)],
)
def test_a_name_stands_for_charters(name, count, charters):
    path = charters / name
    given = str(path) if "/" in name or name == "." else name
    assert len(lint([given], Catalogue.of(charters.parent), Settings()).subjects) == count


def test_a_charter_beside_the_one_that_it_extends_needs_no_catalogue(charters):
    (subject,) = lint([str(charters / "harbour")], Catalogue.of(), Settings()).subjects
    assert subject.findings == ()


@pytest.mark.parametrize(
    ("name", "error", "kind"),
    [
        ("comons", UnknownCharter, "unknown-charter"),
        ("commons@7", UnknownCharter, "unknown-charter-version"),
        ("nowhere/charter.yaml", NoSuchInput, "no-such-input"),
        ("", NoSuchInput, "no-such-input"),
    ],
)
def test_what_there_is_not_stops_the_run(name, error, kind, charters):
    with pytest.raises(error) as caught:
        lint([name], Catalogue.of(charters.parent), Settings())
    assert caught.value.kind == kind


def test_an_empty_folder_is_not_conformant_but_unknown(tmp_path):
    report = lint([str(tmp_path)], Catalogue.of(), Settings())
    assert [each.rule for each in report.subjects[0].findings] == ["charter-none"]
    assert not report.subjects[0].judged


@pytest.mark.parametrize("rubbish", [b"", b"[]", b"\x00\xff", b"a: &x [*x]", b"id: 1\nid: 2\n", b"- - - -"])
def test_rubbish_is_a_finding_never_a_traceback(rubbish, charters, beffroi):
    for file in ("charter.yaml", "requirements/OPE-1.yaml"):
        (charters / "commons" / file).write_bytes(rubbish)
        done = beffroi("charter", "lint", charters / "commons", "--format", "json")
        report = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (1, "")
        assert list(REPORT.iter_errors(report)) == []
        assert {each["kind"] for each in report["subjects"]} == {"charter"}


def test_a_mistake_is_told_in_both_languages_with_its_line(charters, beffroi):
    file = charters / "commons/requirements/OPE-1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("[open-data]", "[opendata]"), encoding="utf-8")
    said = {
        lang: beffroi("charter", "lint", "commons@2", "--catalogue", charters.parent, "--lang", lang)
        for lang in LANGUAGES
    }
    assert {each.returncode for each in said.values()} == {1}
    assert '"opendata" is no layer of this charter; did you mean "open-data"?' in said["en"].stdout
    french = said["fr"].stdout.replace("\u00a0", " ")
    assert "« opendata » (couche) n’existe pas dans cette charte ; vouliez-vous écrire « open-data » ?" in french
    assert "requirements/OPE-1.yaml, line 7" in said["en"].stdout
    advice = beffroi("charter", "lint", "commons@2", "--catalogue", charters.parent, "--fail-on", "should")
    assert advice.returncode == 1


def test_the_bundled_charters_have_no_mistake_that_fails_projects():
    for subject in lint([], Catalogue.of(), Settings()).subjects:
        assert [each.message for each in subject.findings if each.level == "must"] == [], subject.path
