"""Other people's schemas and data: the verdicts they must get, and no file that breaks us."""

import json

import pytest
import yaml

from beffroi import check
from beffroi.errors import BeffroiError
from conftest import CORPUS, ROOT

KNOWN = yaml.safe_load((ROOT / "tests/cases/corpus-deviations.yaml").read_text(encoding="utf-8"))
OURS = {"conformant": "valid", "not-conformant": "invalid"}


def clean_pairs():
    path = CORPUS / "verdicts.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["verdicts"] if path.is_file() else []
    return [each for each in listed if each["kind"] == "table-schema" and each["clean_reference"]]


@pytest.mark.parametrize("pair", clean_pairs(), ids=lambda pair: pair["data"])
def test_a_clean_pair_gets_the_verdict_of_its_reference(pair):
    report = check(CORPUS / pair["data"], standard=CORPUS / pair["schema"])
    deviation = KNOWN.get(pair["data"])
    if deviation is None:
        assert OURS.get(report.verdict) == pair["expected_by_name"]
        return
    found = {finding.rule for subject in report.subjects for finding in subject.findings if finding.level == "must"}
    assert (OURS.get(report.verdict), found) == (deviation["verdict"], set(deviation["because"]))


def test_every_known_deviation_is_one(corpus):
    assert set(KNOWN) <= {pair["data"] for pair in clean_pairs()}


def test_every_deviation_is_told_in_the_documentation():
    told = (ROOT / "docs/deviations.md").read_text(encoding="utf-8")
    assert [rule for each in KNOWN.values() for rule in each["because"] if f"`{rule}`" not in told] == []


def test_no_schema_of_the_corpus_breaks_us(corpus, tmp_path):
    table = tmp_path / "empty.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    judged = 0
    for schema in sorted(corpus.rglob("*schema*.json")):
        try:
            judged += bool(check(table, standard=schema).subjects)
        except BeffroiError as error:
            assert str(error)
    assert judged > 100


def test_no_table_of_the_corpus_breaks_us(corpus):
    files = sorted(
        path for ending in ("csv", "tsv", "ndjson", "geojson", "jsonl") for path in corpus.rglob(f"*.{ending}")
    )
    verdicts = [check(path).verdict for path in files]
    assert len(verdicts) > 500
