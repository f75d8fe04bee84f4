"""The projects under `examples/projects`, and the examples that travel with the charters."""

import resource
import subprocess
import sys

import pytest
import yaml

from conftest import ROOT

PROJECTS = ROOT / "examples/projects"
CASES = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ROOT / "tests/cases/projects").iterdir()
}
MUNICIPAL = ROOT / "charter/municipal"
TODAY = "2026-11-23"
SECONDS = 10
"""The most processor time that one check may take; it takes about two."""


@pytest.fixture
def check(beffroi):
    """Check one of the projects, with the others beside it."""

    def run(name, *options):
        return beffroi("project", "check", PROJECTS / name, "--portfolio", PROJECTS, "--today", TODAY, *options)

    return run


def test_every_example_project_has_its_expectation():
    assert sorted(CASES) == sorted(each.name for each in PROJECTS.iterdir())


@pytest.mark.parametrize("name", CASES)
def test_what_every_requirement_comes_to(name, check, project_of):
    case, done = CASES[name], check(name, "--format", "json")
    report, project = project_of(done)
    assert (done.returncode, report["verdict"], report["counts"]) == (case["code"], case["verdict"], case["counts"])
    assert {each["id"]: outcome(each) for each in project["requirements"]} == case["requirements"]


@pytest.fixture
def project_of():
    """The report of a check as JSON, and the subject in it that is the project."""

    def read(done):
        report = yaml.safe_load(done.stdout)
        return report, next(each for each in report["subjects"] if each["kind"] == "project")

    return read


def outcome(requirement):
    """What a requirement comes to, as the cases write it."""
    if requirement["outcome"] == "not-applicable":
        return "not-applicable"
    return {"outcome": requirement["outcome"], "method": requirement["method"]}


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", CASES)
def test_what_an_officer_reads(name, lang, check):
    done = check(name, "--lang", lang)
    lines = done.stdout.replace("\u00a0", " ").splitlines()
    assert [each for each in CASES[name]["says"][lang] if each not in lines] == []
    assert (done.returncode, done.stderr) == (CASES[name]["code"], "")


def test_an_example_that_grows_into_a_pilot_is_asked_for_more(tmp_path, beffroi):
    written = (PROJECTS / "open-hack/beffroi.yaml").read_text(encoding="utf-8")
    (tmp_path / "beffroi.yaml").write_text(written.replace("phase: idea", "phase: pilot"), encoding="utf-8")
    done = beffroi("project", "check", tmp_path, "--today", TODAY)
    assert done.returncode == 1
    assert "PI-3 " in done.stdout


def test_the_published_noise_is_what_its_processing_makes_of_the_readings():
    folder = PROJECTS / "noise-sensors"
    command = [sys.executable, "processing/hourly.py", "raw/readings-2026-11-18.csv"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout == (folder / "data/noise/measurements.csv").read_text(encoding="utf-8")


def test_a_project_is_checked_in_a_few_seconds(check):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert check("mapping-app").returncode == 1
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < SECONDS


@pytest.mark.parametrize(
    "named", [["municipal"], ["first-steps"], ["harbourville", "--catalogue", ROOT / "examples/city"]]
)
def test_a_charter_passes_its_own_examples_and_has_nothing_to_mend(named, beffroi):
    tested = beffroi("charter", "test", *named)
    assert (tested.returncode, tested.stderr) == (0, ""), tested.stdout
    assert tested.stdout.startswith("verdict: conformant (must: 0 · should: 0 · may: 0)")
    linted = beffroi("charter", "lint", *named)
    assert (linted.returncode, linted.stdout.splitlines()[-1]) == (
        0,
        "verdict: conformant (must: 0 · should: 0 · may: 0)",
    )


def test_the_cases_of_the_charter_show_every_outcome_and_method():
    cases = [
        each for file in (MUNICIPAL / "examples/cases").iterdir() for each in yaml.safe_load(file.read_text("utf-8"))
    ]
    shown = {each["outcome"] for each in cases}
    asked = {
        "met",
        "not-met",
        "divergent",
        "needs-review",
        "waived",
        "waiver-expired",
        "evidence-expired",
        "not-applicable",
    }
    assert shown == asked
    assert {each["method"] for each in cases if "method" in each} == {"verified", "consistent", "attested", "declared"}


def test_every_requirement_of_the_charter_has_cases():
    asked = {each.stem for each in (MUNICIPAL / "requirements").iterdir()}
    assert {each.stem for each in (MUNICIPAL / "examples/cases").iterdir()} == asked
