"""The benchmarks: their tables are what they say, under both engines, and the suite runs."""

import json
import subprocess
import sys
from collections import Counter

import pytest
from frictionless import Resource, Schema, system

from beffroi import check
from conftest import ROOT

sys.path.insert(0, str(ROOT))

from benchmarks.tables import GRANTS, SHAPES, grants, numbered_keys, small

ROWS = 2_000


def found_by_frictionless(table):
    with system.use_context(trusted=True):
        report = Resource(path=str(table), schema=Schema.from_descriptor(GRANTS)).validate(limit_errors=10**9)
    return Counter(error.type for task in report.tasks for error in task.errors)


def found_by_beffroi(table):
    schema = table.with_name("schema.json")
    schema.write_text(json.dumps(GRANTS), encoding="utf-8")
    findings = [finding for subject in check(table, standard=schema).subjects for finding in subject.findings]
    return sum((Counter({finding.rule: finding.count}) for finding in findings), Counter())


def benchmarks(*arguments):
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("bad", [0.0, 0.005])
def test_a_table_of_grants_is_always_the_same(tmp_path, bad):
    made = [grants(tmp_path / name, 11_000, bad=bad) for name in ("one.csv", "other.csv")]
    assert made[0] == made[1]
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()


def test_five_keys_are_repeated_and_no_more(tmp_path):
    numbered_keys(tmp_path / "keys.csv", 150_000)
    keys = [line.partition(",")[0] for line in (tmp_path / "keys.csv").read_text().splitlines()[1:]]
    assert (len(keys), len(set(keys)), keys[:5], {len(key) for key in keys}) == (150_000, 149_995, keys[-5:], {19})


def test_the_clean_table_is_valid_under_both_engines(tmp_path):
    grants(tmp_path / "clean.csv", ROWS)
    assert found_by_frictionless(tmp_path / "clean.csv") == Counter()
    assert found_by_beffroi(tmp_path / "clean.csv") == Counter()


def test_both_engines_find_what_was_spoilt(tmp_path):
    made = grants(tmp_path / "dirty.csv", ROWS, bad=0.005)
    theirs, ours = found_by_frictionless(tmp_path / "dirty.csv"), found_by_beffroi(tmp_path / "dirty.csv")
    assert (made.cells, made.ragged, made.blank, made.repeated) == (150, 2, 1, 2)
    assert ours["blank-row"] == theirs["blank-row"] == made.blank
    assert ours["extra-cell"] + ours["missing-cell"] == made.ragged
    assert theirs["extra-cell"] + theirs["missing-cell"] == 2 * made.ragged
    assert ours["primary-key"] == theirs["primary-key"] - made.blank == made.repeated


def test_the_small_tables_differ(tmp_path):
    assert len({path.read_bytes() for path in small(tmp_path)}) == 3


def test_every_shape_comes_with_a_schema(tmp_path):
    for shape in SHAPES.values():
        assert shape.make(tmp_path / f"{shape.id}.csv", 2)["fields"]


def test_the_works_are_listed():
    assert {"clean", "dirty", "memory", "keys", "references", "workbook", "small", "parse", "growth"} <= {
        line.split()[0] for line in benchmarks("--list").splitlines()
    }


def test_a_work_runs_from_end_to_end(tmp_path):
    told = benchmarks("references", "--scale", "0.0001", "--turns", "1", "--json", str(tmp_path / "runs.json"))
    (work,) = json.loads((tmp_path / "runs.json").read_text(encoding="utf-8"))["works"]
    assert (work["failure"], [side["rows"] for side in work["sides"]]) == ("", [1000, 20])
    assert "| 1,000 rows |" in told
