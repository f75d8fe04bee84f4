"""`beffroi charter test`: the examples of a charter are its tests."""

import json
import shutil

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from beffroi.charters.altering import UnusableCase, put, take
from beffroi.projects.declaration import MISSING, found_at
from conftest import ROOT
from spoilt import spoil

CASES = yaml.safe_load((ROOT / "tests/cases/charters/testing.yaml").read_text(encoding="utf-8"))
REPORT = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))


@pytest.fixture
def city(tmp_path):
    """A copy of the charters, to be spoilt."""
    return shutil.copytree(ROOT / "tests/charters", tmp_path / "city")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_found_in_examples(case, city, beffroi):
    folder = city / "charter/commons"
    for name in case.get("folders", ()):
        shutil.rmtree(folder / name)
    spoil(folder, case)
    done = beffroi("charter", "test", "commons@2", "--catalogue", city, "--format", "json")
    report = json.loads(done.stdout)
    assert list(REPORT.iter_errors(report)) == []
    found = [(each["path"], finding) for each in report["subjects"] for finding in each["findings"]]
    told = [(path.partition("/commons/")[2], each["rule"], each["message"]) for path, each in found]
    if not case["found"]:
        assert (told, done.returncode, done.stderr) == ([], 0, "")
        return
    ((path, rule, message),) = told
    assert [path, rule] == case["found"][:2]
    assert message.startswith(case["found"][2]), message
    assert done.returncode == (0 if rule == "declaration-unknown-key" else 1)


def test_examples_that_are_as_they_should_be_are_only_counted(city, beffroi):
    done = beffroi("charter", "test", "--catalogue", city)
    told = "verdict: conformant (must: 0 · should: 0 · may: 0) · 13 examples\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")
    named = beffroi("charter", "test", city / "charter/harbour", "--lang", "fr")
    french = "verdict : conforme (obligatoire : 0 · recommandé : 0 · facultatif : 0) · 3 exemples\n"
    assert (named.returncode, named.stdout.replace("\u00a0", " ")) == (0, french)


def test_a_case_is_told_with_its_line(city, beffroi):
    file = city / "charter/commons/examples/cases/OPE-1.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("outcome: not-met", "outcome: met"), encoding="utf-8")
    done = beffroi("charter", "test", "commons", "--catalogue", city, "--lang", "fr")
    assert done.returncode == 1
    assert "✘ autre que prévu" in done.stdout
    assert "examples/cases/OPE-1.yaml" in done.stdout
    assert "ligne 7" in done.stdout


def test_a_charter_that_cannot_be_loaded_stops_only_its_own_test(city, beffroi):
    (city / "charter/commons/versions/1.0.0/charter.yaml").write_text("- 1\n", encoding="utf-8")
    done = beffroi("charter", "test", "--catalogue", city)
    assert (done.returncode, "13 examples" in done.stdout) == (2, True)
    assert "versions/1.0.0/charter.yaml" in done.stderr
    alone = beffroi("charter", "test", city / "charter/commons/versions/1.0.0")
    assert (alone.returncode, alone.stdout) == (2, "")


def test_the_examples_stay_as_they_are(city, beffroi):
    before = {each: each.read_bytes() for each in city.rglob("*") if each.is_file()}
    assert beffroi("charter", "test", "--catalogue", city).returncode == 0
    assert {each: each.read_bytes() for each in city.rglob("*") if each.is_file()} == before


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
POINTERS = st.lists(st.text(max_size=3) | st.sampled_from(["0", "1", "-"]), min_size=1, max_size=3).map(
    lambda parts: "".join("/" + each.replace("~", "~0").replace("/", "~1") for each in parts)
)


@given(VALUES, POINTERS, st.integers())
def test_what_is_put_at_a_pointer_stands_there(value, pointer, new):
    try:
        changed = put(value, pointer, new)
    except UnusableCase:
        return
    if "/-" not in pointer:
        assert found_at(changed, pointer) == new
        take(changed, pointer)


@given(VALUES, POINTERS)
def test_what_is_taken_out_was_there(value, pointer):
    was = found_at(value, pointer)
    try:
        take(value, pointer)
    except UnusableCase:
        return
    assert was is not MISSING
