"""What declared projects come to: requirements judged by tables of cases, and whole projects by the command."""

import json
from functools import cache
from pathlib import Path

import pytest
import yaml

from beffroi.model.charter import Method, Outcome
from beffroi.projects.judging import judged
from beffroi.projects.wording import own_words
from beffroi.settings import LANGUAGES
from declared import TODAY, project_of, write, write_charter, write_yaml

HERE = Path(__file__).parent / "cases"
CASES = HERE / "judging"
JUDGED = {"outcome", "method", "level", "reasons", "said", "fr", "pointer", "line", "evidence"}


def cases_in(file):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


ALL = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted(CASES.glob("*.yaml"))
    for case in cases_in(file)
]


def as_listed(found, expected):
    """A judgement, in the keys in which a case lists it."""
    whole = {
        "outcome": found.outcome.value,
        "method": found.method.value if found.method else None,
        "level": found.level.value,
        "reasons": [each.because.rule for each in found.observations],
        "said": found.said["en"],
        "fr": found.said["fr"],
        "pointer": found.pointer,
        "line": found.line,
        "evidence": [each.place for each in found.evidence],
    }
    return {key: whole[key] for key in {"outcome", *expected}}


@pytest.mark.parametrize("case", ALL)
def test_a_project_is_judged_as_it_must_be(case, tmp_path):
    found = judged(project_of(case, tmp_path))
    expected = case["judged"]
    assert {each.requirement.id: as_listed(each, expected.get(each.requirement.id, {})) for each in found} == expected


@pytest.mark.parametrize("case", ALL)
def test_a_case_lists_what_can_be_compared(case):
    assert case["judged"]
    assert all({"outcome"} <= set(each) <= JUDGED for each in case["judged"].values())


def test_every_outcome_is_that_of_a_case_and_every_method_too():
    listed = [each for param in ALL for each in param.values[0]["judged"].values()]
    assert {each["outcome"] for each in listed} == set(Outcome)
    assert {each.get("method") for each in listed} >= {*Method, None}


@cache
def reasons_told():
    """Every reason that the cases of judging, or of verifiers, expect."""
    judgements = [each for param in ALL for each in param.values[0]["judged"].values()]
    seen = [each for file in (HERE / "verifiers").glob("*.yaml") for case in cases_in(file) for each in case["seen"]]
    return {reason for each in judgements for reason in each.get("reasons", ())} | {each["reason"] for each in seen}


NOT_IN_CASES = {"unreadable"}
"""A file that may not be read; who runs the tests as root may read it."""


@pytest.mark.parametrize("key", sorted(set(own_words()) - NOT_IN_CASES))
def test_every_reason_that_has_words_is_given_in_a_case(key):
    assert key in reasons_told()


A = {"declare": {"properties": {"project": {"required": ["purpose"]}}}}
OPEN = {"when": {"phases": ["pilot"]}}
PROJECT = {"name": "Demo", "purpose": "Quieter streets"}
BARE = {"name": "Demo"}


@pytest.fixture
def check(beffroi, tmp_path):
    """Check a declared project with the command, in a format."""

    def run(declaration, requirements, *options, files=None):
        write(tmp_path / "project", files or {})
        write_yaml(tmp_path / "project/beffroi.yaml", declaration)
        write_charter(tmp_path / "city", {"requirements": requirements})
        return beffroi("check", "project", "--catalogue", "city", "--today", TODAY, *options)

    return run


ENDS = {
    "all is met": (PROJECT, {"A-1": A}, "conformant", 0),
    "a must is not met": (BARE, {"A-1": A}, "not-conformant", 1),
    "a should is not met": (BARE, {"A-1": {**A, "level": "should"}}, "conformant", 0),
    "nobody can tell": (BARE, {"A-1": OPEN}, "cannot-tell", 3),
    "nobody can tell of a should": (BARE, {"A-1": {**OPEN, "level": "should"}}, "conformant", 0),
    "what surely fails weighs more than what is open": (BARE, {"A-1": OPEN, "A-2": A}, "not-conformant", 1),
    "nothing applies": ({**BARE, "phase": "idea"}, {"A-1": OPEN}, "conformant", 0),
    "the form of the declaration is wrong": ({**PROJECT, "phase": 7}, {"A-1": A}, "not-conformant", 1),
}


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize(("project", "requirements", "verdict", "code"), ENDS.values(), ids=ENDS)
def test_a_project_ends_with_its_verdict_and_exit_code(check, project, requirements, verdict, code, form):
    done = check({"charter": "demo@1", "project": project}, requirements, "--format", form)
    assert (done.returncode, done.stderr) == (code, "")
    if form == "json":
        assert json.loads(done.stdout)["verdict"] == verdict


def test_advice_fails_where_that_is_asked_for(check):
    done = check({"charter": "demo@1", "project": BARE}, {"A-1": {**A, "level": "should"}}, "--fail-on", "should")
    assert done.returncode == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gravest_is_told_first(check, lang):
    requirements = {"A-1": OPEN, "A-2": A, "A-3": {"verify": [{"check": "pilot-has-frame"}]}}
    framed = {"hypotheses": ["x"], "site": "x", "startDate": "2026-01-01", "endDate": "2026-02-01"}
    declaration = {"charter": "demo@1", "project": {**framed, "evaluation": {"report": "gone.md"}}}
    done = check(declaration, requirements, "--format", "json", "--lang", lang)
    [project] = [each for each in json.loads(done.stdout)["subjects"] if each["kind"] == "project"]
    rules = ["requirement-divergent", "requirement-not-met", "requirement-unknown"]
    assert [each["rule"] for each in project["findings"]] == rules


@pytest.mark.parametrize(
    ("declaration", "said"),
    [
        ({"charter": "gone@1", "project": BARE}, 'project/beffroi.yaml:1: there is no charter "gone"'),
        ({"charter": "../city/charter/demo", "project": BARE}, "project/beffroi.yaml:1: "),
        ("- a list\n", "project/beffroi.yaml: this is not a project declaration"),
        ("project: {name: [}\n", "project/beffroi.yaml:1:"),
    ],
)
def test_a_run_that_cannot_go_on_says_where(check, declaration, said):
    done = check(declaration, {"A-1": A})
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_options_that_a_verifier_does_not_take_are_the_fault_of_the_charter(check):
    verify = [{"check": "indicators-are-measurable", "options": {"least": "three"}}]
    done = check({"charter": "demo@1", "project": BARE}, {"A-1": {"verify": verify}})
    assert done.returncode == 2
    assert "city/charter/demo/requirements/A-1.yaml" in done.stderr


DATASETS = {
    "of a standard": ({"path": "trees.csv", "conformsTo": "trees@1"}, 0, []),
    "by a pattern": ({"path": "*.csv", "conformsTo": "trees"}, 0, []),
    "recognised": (
        {"path": "trees.csv", "conformTo": "trees@1"},
        0,
        ["declaration-unknown-key", "standard-recognised"],
    ),
    "not there": ({"path": "gone.csv", "conformsTo": "trees@1"}, 1, ["declared-file-missing"]),
    "outside of the project": ({"path": "../trees.csv"}, 1, ["declared-file-missing"]),
}


@pytest.mark.parametrize(("dataset", "code", "rules"), DATASETS.values(), ids=DATASETS)
def test_datasets_without_a_charter_are_judged_by_their_standards(check, dataset, code, rules):
    files = {"trees.csv": {"example": "trees/examples/valid/trees.csv"}}
    done = check({"datasets": [dataset]}, {"A-1": A}, "--format", "json", files=files)
    subjects = [each for each in json.loads(done.stdout)["subjects"] if each["kind"] != "standard"]
    found = [each["rule"] for subject in subjects for each in subject["findings"]]
    assert (done.returncode, found) == (code, rules)


def test_with_a_charter_the_data_itself_fails_nothing(check):
    declaration = {"charter": "demo@1", "project": PROJECT, "datasets": [{"path": "bad.csv", "conformsTo": "trees@1"}]}
    done = check(declaration, {"A-1": A}, "--format", "json", files={"bad.csv": "x;y\n1;2\n"})
    assert done.returncode == 0
    assert [each["kind"] for each in json.loads(done.stdout)["subjects"]][:2] == ["project", "table"]
