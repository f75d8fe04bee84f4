"""Our own standards: their form, their words, and their examples, which are their tests."""

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.documents import read_document
from beffroi.tables.plans import compile_plan
from conftest import ROOT

STANDARDS = sorted(path.parent for path in (ROOT / "standards").glob("*/standard.yaml"))
FORM = json.loads((ROOT / "schemas/standard.schema.json").read_text(encoding="utf-8"))


def examples(kind):
    """Each example as (standard, path): a data file, or the folder of a package."""
    for standard in STANDARDS:
        for path in sorted((standard / "examples" / kind).iterdir()):
            if not path.name.endswith((".expected.yaml", ".md")):
                yield pytest.param(standard.name, path, id=f"{standard.name}/{path.name}")


def expected_findings(path: Path):
    file = path / "expected.yaml" if path.is_dir() else path.with_name(f"{path.stem}.expected.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def told(report, wanted):
    """The findings on data, told with as much as is expected of them."""
    found = Counter()
    for subject in report.subjects:
        if subject.kind != "standard":
            for each in subject.findings:
                found[each.rule, each.field, each.cause, subject.resource if wanted == "package" else None] += (
                    each.count
                )
    return found


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
def test_the_changelog_tells_the_version(folder):
    standard = Catalogue.of().standard(folder.name)
    assert f"## [{standard.version}]" in (folder / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("standard", "path"), list(examples("valid")))
def test_a_valid_example_has_nothing_to_mend(standard, path):
    report = check(path, standard=standard)
    findings = [each for subject in report.subjects for each in subject.findings if each.level != "may"]
    assert (report.verdict, findings) == ("conformant", [])


@pytest.mark.parametrize(("standard", "path"), list(examples("invalid")))
def test_an_invalid_example_has_exactly_the_findings_it_declares(standard, path):
    report = check(path, standard=standard)
    wanted = Counter()
    for each in expected_findings(path):
        wanted[each["rule"], each.get("field"), each.get("cause"), each.get("resource")] += each["count"]
    assert told(report, "package" if path.is_dir() else "table") == wanted


@pytest.mark.parametrize("folder", STANDARDS, ids=lambda folder: folder.name)
def test_the_examples_of_fields_are_valid(folder, tmp_path):
    for rules in Catalogue.of().standard(folder.name).resources:
        for field in rules.schema.fields:
            plan, defects = compile_plan(field, rules.schema.missing_values)
            assert (field.name, plan.faults(str(field.example)), defects) == (field.name, (), ())
