"""`beffroi standard test`: the examples of a standard are its tests."""

import json
import shutil

import pytest
from jsonschema import Draft202012Validator

from conftest import ROOT

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))


@pytest.fixture
def grants(tmp_path):
    """A copy of a standard, to be spoilt."""
    return shutil.copytree(ROOT / "standards/council-grants", tmp_path / "council-grants")


def told(beffroi, *arguments):
    """The exit code, and the findings of the examples that are not as they should be, by file name."""
    done = beffroi("standard", "test", *arguments, "--format", "json")
    report = json.loads(done.stdout)
    assert list(SCHEMA.iter_errors(report)) == []
    found = {
        each["path"].rpartition("examples/")[2]: [(finding["rule"], finding["message"]) for finding in each["findings"]]
        for each in report["subjects"]
        if each["findings"]
    }
    return done.returncode, found


def test_examples_that_are_as_they_should_be_are_only_counted(grants, beffroi):
    done = beffroi("standard", "test", "./council-grants")
    assert (done.returncode, done.stdout) == (0, "verdict: conformant (must: 0 · should: 0 · may: 0) · 11 examples\n")
    french = beffroi("standard", "test", "./council-grants", "--lang", "fr").stdout
    assert (
        french.replace("\u00a0", " ")
        == "verdict : conforme (obligatoire : 0 · recommandé : 0 · facultatif : 0) · 11 exemples\n"
    )


def test_a_valid_example_that_is_not(grants, beffroi):
    file = grants / "examples/valid/grants.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-01-15", "15/01/2026", 1), encoding="utf-8")
    (grants / "examples/valid/columns.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    code, found = told(beffroi, "./council-grants")
    assert code == 1
    assert set(found) == {"valid/columns.csv"} | ({"valid/grants.csv"} if "15/01" in file.read_text("utf-8") else set())
    assert {rule for each in found.values() for rule, _ in each} == {"example-not-valid"}


def test_findings_that_are_missing_or_not_declared(grants, beffroi):
    file = grants / "examples/invalid/grant-listed-twice.expected.yaml"
    declared = file.read_text(encoding="utf-8")
    assert declared.count("rule:") == 1
    file.write_text("- {rule: primary-key, count: 3}\n- {rule: type, field: montant, count: 1}\n", encoding="utf-8")
    code, found = told(beffroi, "./council-grants")
    assert code == 1
    assert [rule for rule, _ in found["invalid/grant-listed-twice.csv"]] == [
        "example-finding-missing",
        "example-finding-missing",
    ]
    file.write_text("- {rule: type, field: montant, count: 1}\n", encoding="utf-8")
    _, found = told(beffroi, "./council-grants")
    assert sorted(rule for rule, _ in found["invalid/grant-listed-twice.csv"]) == [
        "example-finding-missing",
        "example-finding-undeclared",
    ]


def test_an_invalid_example_without_expectations(grants, beffroi):
    (grants / "examples/invalid/grant-listed-twice.expected.yaml").unlink()
    code, found = told(beffroi, "./council-grants")
    message = "there is no grant-listed-twice.expected.yaml beside it"
    assert (code, found) == (1, {"invalid/grant-listed-twice.csv": [("example-without-expectation", message)]})


def test_a_standard_without_examples(grants, beffroi):
    shutil.rmtree(grants / "examples")
    code, found = told(beffroi, "./council-grants")
    assert code == 1
    assert found == {"council-grants/standard.yaml": [("example-none", "there are no examples")]}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {rule: type, count: many}\n", "/0/count"),
        ("- {rul: type, count: 1}\n", "rul"),
        ("[]\n", "expected.yaml"),
        ("- [\n", "expected.yaml:2"),
    ],
)
def test_a_mistake_in_the_expectations_is_told_with_its_place(grants, beffroi, text, told):
    (grants / "examples/invalid/grant-listed-twice.expected.yaml").write_text(text, encoding="utf-8")
    done = beffroi("standard", "test", "./council-grants")
    assert (done.returncode, done.stdout) == (2, "")
    assert "grant-listed-twice.expected.yaml" in done.stderr
    assert told in done.stderr


def test_a_folder_of_standards_is_tested_whole(grants, tmp_path, beffroi):
    root = tmp_path / "city"
    shutil.move(grants, root / "city-grants")
    text = (root / "city-grants/standard.yaml").read_text(encoding="utf-8")
    (root / "city-grants/standard.yaml").write_text(text.replace("id: council-grants", "id: city-grants"), "utf-8")
    shutil.copytree(root / "city-grants", root / "broken")
    done = beffroi("standard", "test", "city")
    assert done.returncode == 2
    assert "11 examples" in done.stdout
    assert 'city/broken/standard.yaml: has the id "city-grants"' in done.stderr
    assert beffroi("standard", "test", "--catalogue", "city", "city-grants").returncode == 0
    assert "11 examples" in beffroi("standard", "test", "--catalogue", "city").stdout


def test_a_standard_that_is_not_known(beffroi):
    done = beffroi("standard", "test", "nothing", "--lang", "fr")
    assert (done.returncode, done.stdout) == (2, "")
    assert "il n’y a pas de standard «\u00a0nothing\u00a0»" in done.stderr
