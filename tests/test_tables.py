"""Whole tables against schemas: tests/cases/tables.yaml."""

import json
import re

import pytest

from beffroi import check
from beffroi.documents import read_document
from conftest import ROOT

CASES = read_document(ROOT / "tests/cases/tables.yaml").value


def told(finding, wanted):
    """A finding with the keys that are compared."""
    places = [sample.cell or sample.line for sample in finding.samples]
    whole = {"rule": finding.rule, "level": str(finding.level), "count": finding.count, "at": places}
    whole |= {"field": finding.field, "cause": finding.cause}
    return {key: whole[key] for key in {"rule", "field", "cause", *wanted}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_table_gets_its_findings(case, tmp_path):
    schema, data = tmp_path / "schema.json", tmp_path / "data.csv"
    schema.write_text(json.dumps(case["schema"]), encoding="utf-8")
    data.write_text(case["data"], encoding="utf-8", newline="")
    report = check(data, standard=schema)
    table, standard = report.subjects
    assert standard.findings == ()
    wanted = [{"field": None, "cause": None, **each} for each in case["findings"]]

    def order(each):
        return json.dumps([each["rule"], each["field"] or "", each["cause"] or ""])

    found = sorted(
        table.findings, key=lambda each: order({"rule": each.rule, "field": each.field, "cause": each.cause})
    )
    wanted.sort(key=order)
    assert [told(each, want) for each, want in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


def test_a_declared_delimiter_that_is_not_the_files_is_not_believed(tmp_path):
    descriptor = {
        "name": "d",
        "resources": [
            {
                "name": "t",
                "path": "t.csv",
                "dialect": {"delimiter": ","},
                "schema": {"fields": [{"name": "a", "type": "integer"}, {"name": "b"}]},
            }
        ],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "t.csv").write_text("a;b\n1;x,y\n", encoding="utf-8")
    table = check(tmp_path).subjects[1]
    assert [(each.rule, dict(each.details)) for each in table.findings] == [
        ("delimiter-contradicted", {"declared": ",", "found": ";"})
    ]


def test_every_test_that_the_deviations_name_is_there():
    told = (ROOT / "docs/deviations.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/\w+\.py)::(\w+)`", told))
    assert len(named) >= 10
    assert [pair for pair in named if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text(encoding="utf-8")] == []
