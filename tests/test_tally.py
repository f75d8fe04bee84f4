"""How observations become findings: what is one, what is two, and which samples are kept."""

import json

import numpy as np
import pytest

from beffroi import check
from beffroi.model.faults import fault
from beffroi.model.levels import Level
from beffroi.model.report import ReadAs
from beffroi.model.standard import CheckUse, Field, ForeignKey, ResourceRules, TableSchema
from beffroi.tables.batches import Batch, Place, Table, parts_of, text_column
from beffroi.tables.engine import References, TableJudge
from beffroi.tables.tally import SLACK, Tally, Use

FIELDS = tuple(Field(name=name, type="integer") for name in "abc")


def judged(rows, *, checks=(), references=None, **schema):
    columns = tuple(text_column([str(row[n]) for row in rows]) for n in range(3))
    table = Table(
        labels=("a", "b", "c"),
        read=ReadAs(format="csv"),
        parts=parts_of(lambda: iter([Batch(columns=columns, rows=len(rows))])),
    )
    rules = ResourceRules(name="t", schema=TableSchema(fields=FIELDS, **schema), checks=checks)
    judge = TableJudge(table, rules, References(keys=references or {}), 20)
    return [
        (each.rule, each.level, each.count, each.details) for each in judge.run().tally.findings(lambda _: Level.MUST)
    ]


def compared(other, level, pointer=""):
    options = {"column": "a", "operator": "<", "other": other}
    return CheckUse(check="compare-columns", options=options, level=level, pointer=pointer)


@pytest.mark.parametrize("pointers", [("", ""), ("/checks/0", "/checks/1")])
def test_two_uses_of_one_check_keep_their_levels(pointers):
    uses = compared("b", Level.MAY, pointers[0]), compared("c", Level.MUST, pointers[1])
    found = judged([(9, 1, 1), (9, 1, 10)], checks=uses)
    assert [(rule, level, count, details["other"]) for rule, level, count, details in found] == [
        ("compare-columns", Level.MUST, 1, "c"),
        ("compare-columns", Level.MAY, 2, "b"),
    ]


def test_two_keys_that_begin_with_one_column_are_two_findings():
    found = judged([(1, 2, 3), (1, 2, 4), (1, 5, 3)], unique_keys=(("a", "b"), ("a", "c")))
    assert [(rule, count, details["fields"]) for rule, _, count, details in found] == [
        ("unique-key", 1, "a, b"),
        ("unique-key", 1, "a, c"),
    ]


def test_two_absent_references_are_both_named():
    keys = [ForeignKey(fields=("a",), resource=name, reference_fields=("id",)) for name in ("x", "y")]
    found = judged([(1, 2, 3)], references=dict.fromkeys(keys), foreign_keys=tuple(keys))
    assert [(rule, details["resource"]) for rule, _, _, details in found] == [
        ("reference-not-there", "x"),
        ("reference-not-there", "y"),
    ]


@pytest.mark.parametrize("order", ["rising", "falling", "mixed"])
@pytest.mark.parametrize("as_rows", [list, np.array])
def test_the_samples_are_the_first_records_in_whatever_order_they_are_observed(order, as_rows):
    count = 5 * SLACK
    rows = {"rising": range(count), "falling": range(count)[::-1], "mixed": [n * 7 % count for n in range(count)]}
    tally = Tally(3)
    for before in (0, count):
        later = Tally(3, tally)
        for row in rows[order]:
            later.rows(fault("type", suggestion=f"s{row}"), as_rows([row]), name="a", column=0, value=f"v{row}")
        later.close(lambda where: where)
        tally.join(later, Place(record=before))
    (finding,) = tally.findings(lambda _: Level.MUST)
    assert finding.count == 2 * count
    assert [(s.row, s.value, s.suggestion) for s in finding.samples] == [
        (1, "v0", "s0"),
        (2, "v1", "s1"),
        (3, "v2", "s2"),
    ]


def test_all_samples_are_kept_where_all_are_wanted():
    tally, later = Tally(None), Tally(None)
    later.rows(fault("type"), list(range(100)), name="a", column=0)
    later.close(lambda where: where)
    tally.join(later, Place())
    (finding,) = tally.findings(lambda _: Level.MUST)
    assert [sample.row for sample in finding.samples] == list(range(1, 101))


def test_levels_are_told_apart_without_anything_else():
    tally = Tally(3)
    for level in (Level.MAY, Level.MUST, Level.MAY):
        tally.once(fault("type"), use=Use(level=level))
    assert [(each.level, each.count) for each in tally.findings(lambda _: Level.MUST)] == [
        (Level.MUST, 1),
        (Level.MAY, 2),
    ]


def test_ragged_records_of_either_kind_are_counted(tmp_path):
    (tmp_path / "s.json").write_text(json.dumps({"fields": [{"name": n} for n in "abc"]}), encoding="utf-8")
    (tmp_path / "t.csv").write_text("a,b,c\n1,2,3,\n1,2\n1,2,3\n\n1,2,3,4,5\n", encoding="utf-8")
    table = check(tmp_path / "t.csv", standard=tmp_path / "s.json").subjects[0]
    found = {each.rule: (each.count, [s.line for s in each.samples], each.details) for each in table.findings}
    assert found["missing-cell"] == (1, [3], {"expected": "3", "found": "2"})
    assert found["extra-cell"] == (2, [2, 6], {"expected": "3", "found": "4"})
