"""Our own standards: their form, their words, and their examples, which are their tests."""

import json
from collections import Counter

import pytest
import yaml
from jsonschema import Draft202012Validator

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.documents import read_document
from beffroi.errors import BeffroiError, UnknownStandard
from beffroi.settings import Settings
from beffroi.standards.testing import examples_of, judged_examples
from beffroi.tables.plans import compile_plan
from conftest import ROOT

STANDARDS = sorted(path.parent for path in (ROOT / "standards").glob("*/standard.yaml"))
FORM = json.loads((ROOT / "schemas/standard.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_a_standard_has_the_form_of_one(folder):
    document = read_document(folder / "standard.yaml")
    assert document.value["id"] == folder.name
    assert Catalogue.of().standard(folder.name).defects == ()
    assert [error.message for error in Draft202012Validator(FORM).iter_errors(document.value)] == []
    assert document.repeated == ()


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_every_field_is_described_in_both_languages(folder):
    lacking = []
    for rules in Catalogue.of().standard(folder.name).resources:
        for field in rules.schema.fields:
            words = (field.title, field.description)
            lacking += [
                field.name for text in words if not (isinstance(text, dict) and text.get("en") and text.get("fr"))
            ]
            if field.example is None:
                lacking.append(f"{rules.name}.{field.name}: example")
    assert lacking == []


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_its_examples_are_as_they_should_be(folder):
    standard = Catalogue.of().standard(folder.name)
    subjects = list(judged_examples(standard, Settings()))
    assert [(each.path, each.findings) for each in subjects if each.findings] == []
    kinds = Counter(valid for _, valid in examples_of(standard))
    assert kinds[True] >= 2
    assert kinds[False] >= 5


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_the_examples_of_fields_are_valid(folder):
    for rules in Catalogue.of().standard(folder.name).resources:
        for field in rules.schema.fields:
            plan, defects = compile_plan(field, rules.schema.missing_values)
            assert (field.name, plan.faults(str(field.example)), defects) == (field.name, (), ())


OWN = {
    "id": "benches",
    "version": "1.0.0",
    "status": "draft",
    "title": {"en": "Benches", "fr": "Bancs"},
    "description": {"en": "Where to sit", "fr": "Où s’asseoir"},
    "licences": {"accept": ["etalab-2.0"]},
    "resources": [{"name": "benches", "schema": "benches.schema.yaml", "formats": ["csv"]}],
    "levels": {"extra-column": "must", "blank-row": {"level": "may", "reason": {"en": "so", "fr": "ainsi"}}},
}


@pytest.fixture
def city(tmp_path):
    """A city's own folder with one standard; write it with changes."""

    def write(**changes):
        folder = tmp_path / "city/standards/benches"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "standard.yaml").write_text(yaml.safe_dump({**OWN, **changes}, allow_unicode=True), encoding="utf-8")
        (folder / "benches.schema.yaml").write_text("fields:\n  - {name: id, type: integer}\n", encoding="utf-8")
        return tmp_path / "city"

    return write


def test_a_city_keeps_its_own_standards_and_levels(city, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("id,x\n1,2\n,\n", encoding="utf-8")
    report = check(data, standard="benches@1", catalogue=[city()])
    assert [(each.rule, str(each.level)) for each in report.subjects[0].findings] == [
        ("extra-column", "must"),
        ("blank-row", "may"),
    ]


def test_a_format_that_the_standard_does_not_accept_is_told(city, tmp_path):
    data = tmp_path / "data.tsv"
    data.write_text("id\tx\n1\t2\n", encoding="utf-8")
    findings = check(data, standard="benches", catalogue=[city()]).subjects[0].findings
    assert ("format-not-accepted", "must") in [(each.rule, str(each.level)) for each in findings]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"chekcs": []}, "chekcs"),
        ({"version": "1"}, "/version"),
        ({"resources": []}, "/resources"),
        ({"extends": "other@1"}, 'extends "other@1"'),
    ],
)
def test_a_mistake_in_a_standard_is_told_with_its_place(city, tmp_path, changes, complaint):
    with pytest.raises(BeffroiError) as caught:
        check(tmp_path, standard="benches", catalogue=[city(**changes)])
    assert complaint in str(caught.value)
    assert "standard.yaml" in caught.value.where


def test_older_versions_stay(city, tmp_path):
    root = city()
    folder = root / "standards/benches"
    older = folder / "versions/0.9.0"
    older.mkdir(parents=True)
    for path in folder.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("1.0.0", "0.9.0")
        (older / path.name).write_text(text, encoding="utf-8")
    catalogue = Catalogue.of(root)
    assert [catalogue.standard(f"benches{at}").version for at in ("", "@1", "@0", "@0.9", "@0.9.0")] == [
        "1.0.0",
        "1.0.0",
        "0.9.0",
        "0.9.0",
        "0.9.0",
    ]
    with pytest.raises(UnknownStandard, match='no version "2"'):
        catalogue.standard("benches@2")
