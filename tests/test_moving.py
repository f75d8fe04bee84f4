"""`check --also`: what moving to another standard or version would cost."""

import json

import pytest
from jsonschema import Draft202012Validator

from beffroi import check
from conftest import ROOT

SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))


@pytest.fixture
def versions(tmp_path):
    """Two Table Schemas, of which the second asks for more of one column and less of another, and a table."""
    old = [
        {"name": "id", "type": "string"},
        {"name": "seats", "type": "integer"},
        {"name": "wood", "type": "string", "constraints": {"enum": ["oak"]}},
    ]
    new = [
        {"name": "id", "type": "string", "constraints": {"pattern": "[A-Z]\\d"}},
        {"name": "seats", "type": "integer", "constraints": {"maximum": 5}},
        {"name": "wood", "type": "string"},
    ]
    for name, fields in (("old", old), ("new", new)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"name": name, "fields": fields}), encoding="utf-8")
    (tmp_path / "benches.csv").write_text("id,seats,wood\nA1,2,oak\nB2,9,fir\nb3,x,oak\n", encoding="utf-8")
    return tmp_path


def test_the_verdict_is_that_of_the_first_standard(versions):
    data = versions / "benches.csv"
    report = check(data, standard=versions / "old.json", also=versions / "new.json")
    assert [(each.rule, each.field) for each in report.subjects[0].findings] == [("type", "seats"), ("enum", "wood")]
    assert [(each.rule, each.field) for each in report.also.subjects[0].findings] == [
        ("pattern", "id"),
        ("maximum", "seats"),
        ("type", "seats"),
    ]
    assert report.also.subjects[0].findings[0].message
    alone = check(data, standard=versions / "old.json")
    assert (report.verdict, report.counts, report.exit_code()) == (alone.verdict, alone.counts, alone.exit_code())


def test_what_would_be_new_and_what_would_vanish_is_told(versions, beffroi):
    arguments = ("check", "benches.csv", "-s", "old.json", "--also", "new.json")
    done = beffroi(*arguments)
    moving = done.stdout[done.stdout.index("the same data against new") :].splitlines()
    assert done.returncode == 1
    assert moving[1] == "  what would be new"
    assert "[benches.csv, must]" in " ".join(moving)
    assert [line.split(":")[0].strip(" •") for line in moving if " × " in line] == [
        "1 × id (column A)",
        "1 × seats (column B)",
        "1 × wood (column C)",
    ]
    assert moving[-1] == "  verdict: not conformant (must: 3 · should: 0 · may: 0)"
    assert "les mêmes données selon new" in beffroi(*arguments, "--lang", "fr").stdout


def test_it_is_in_the_json_report(versions, beffroi):
    report = json.loads(beffroi("check", "benches.csv", "-s", "old.json", "--also", "new.json", "-f", "json").stdout)
    assert list(SCHEMA.iter_errors(report)) == []
    assert report["also"]["counts"] == {"must": 3, "should": 0, "may": 0}
    assert report["also"]["subjects"][-1]["standard"]["id"] == "new"


def test_standard_input_is_read_only_once(versions, beffroi):
    done = beffroi("check", "-", "-s", "old.json", "--also", "new.json", input="id\n1\n")
    assert done.returncode == 2
    assert "only once" in done.stderr
