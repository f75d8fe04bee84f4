"""Whatever the way a table is judged, in blocks of whatever size, by whatever number of workers: one result.

The exact way, `by_rows`, defines it: the whole file at once, by csv.reader, and every distinct cell by the readers of
types.
"""

import shutil
import tempfile
from contextlib import closing, contextmanager
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum import luhn

from beffroi import limits
from beffroi.model.faults import Cell
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, Field, ForeignKey, ResourceRules, TableSchema
from beffroi.tables import checks, forms, scanner
from beffroi.tables.batches import Expected, Table
from beffroi.tables.checks._sirene import plainly_right, register
from beffroi.tables.delivery import delivered
from beffroi.tables.engine import References, TableJudge, add_keys
from beffroi.tables.fields import known_types
from beffroi.tables.keys import Keys
from beffroi.tables.plans import compile_plan
from beffroi.tables.sources.csv import open_table
from strategies import cells, fields

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WAYS = [
    pytest.param(way, block, jobs, id=f"{way}-{block}-{jobs}")
    for way in ("columns", "scanner")
    for block, jobs in ((16, 1), (100, 3), (1 << 20, 1))
]
MANY_KEYS = 1000
KINDS = ("string", "integer", "number", "date", "boolean", "year", "datetime", "any")


@pytest.mark.skipif(not any(map(shutil.which, ("cc", "gcc", "clang"))), reason="there is no C compiler")
def test_the_scanner_is_there_to_be_compared():
    assert scanner.available(), "install the package again: a C compiler is there, but the scanner was not built"


@st.composite
def tables(draw):
    """Fields, keys, and the text of a table of three columns."""
    columns = [replace(draw(fields(draw(st.sampled_from(KINDS)))), name=name) for name in "abc"]
    texts = [draw(st.lists(cells(each.type, each), min_size=1, max_size=6)) for each in columns]
    row = st.tuples(*(st.sampled_from(each) for each in texts))
    lines = draw(st.lists(st.builds(written, row, st.sampled_from(QUOTING)) | st.sampled_from(ODD), max_size=14))
    breaks = draw(st.sampled_from(["\n", "\n", "\n", "\r\n"]))
    text = (
        draw(st.sampled_from(["", "", "\ufeff"])) + breaks.join(["a;b;c", *lines]) + draw(st.sampled_from(["", breaks]))
    )
    keys = draw(st.sampled_from([{}, {"primary_key": ("a",)}, {"unique_keys": (("a", "b"),), "primary_key": ("c",)}]))
    return tuple(columns), keys, text


QUOTING = ("never", "needed", "always", "needed")
ODD = (
    "",
    ";;",
    '"";"";""',
    "1;2",
    "1;2;3;4",
    ";",
    'x"y;1;2',
    '"x"y;1;2',
    '"a\nb";"";1',
    '"1";"";";";""',
    " ;\t;\u00a0",
    "1;1;1",
)


def written(row, quoting):
    return ";".join(cell_written(each or "", quoting) for each in row)


def cell_written(cell, quoting):
    if quoting == "always" or (quoting == "needed" and any(each in cell for each in ';"\r\n')):
        return '"' + cell.replace('"', '""') + '"'
    return cell if not any(each in cell for each in "\r\n") else ""


@contextmanager
def using(way, block):
    """With the native scanner or without; where blocks are small, with few keys in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BEFFROI_SCANNER", "1" if way == "scanner" else "0")
        patch.setattr(limits, "KEYS_IN_MEMORY", 3 if block < MANY_KEYS else limits.KEYS_IN_MEMORY)
        yield


def judged(path, rules, way, block, jobs, references=None):
    with using(way, block), delivered(path) as taken:
        expected = Expected(names=rules.schema.names, dialect={"delimiter": ";"})
        table = open_table(taken, expected, block=block, plain=way == "rows")
        if not isinstance(table, Table):
            return table
        result = TableJudge(table, rules, References(keys=references or {}), 3, jobs).run()
        findings = result.tally.findings(lambda _: Level.MUST)
        return result.rows, result.stopped, [(*astuple(each)[:-1], *map(astuple, each.samples)) for each in findings]


@pytest.mark.parametrize(("way", "block", "jobs"), WAYS)
@FEW
@given(table=tables())
def test_a_table_is_judged_in_one_way(way, block, jobs, table):
    columns, keys, text = table
    uses = (
        CheckUse(check="compare-columns", options={"column": "a", "operator": "<=", "other": "b"}),
        CheckUse(check="one-of-required", options={"columns": ["a", "b"]}),
        CheckUse(check="cohesive-columns", options={"columns": ["b", "c"]}),
    )
    rules = ResourceRules(name="t", schema=TableSchema(fields=columns, **keys), checks=uses)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_bytes(text.encode("utf-8"))
        assert judged(path, rules, way, block, jobs) == judged(path, rules, "rows", 1 << 20, 1)


@pytest.mark.parametrize(("way", "block", "jobs"), WAYS)
@FEW
@given(table=tables(), others=tables())
def test_references_are_judged_in_one_way(way, block, jobs, table, others):
    columns, _, text = table
    key = ForeignKey(fields=("a", "b"), resource="o", reference_fields=("a", "b"))
    schema = TableSchema(fields=columns, foreign_keys=(key,))
    rules = ResourceRules(name="t", schema=schema)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder, "t.csv"), Path(folder, "o.csv")
        path.write_bytes(text.encode("utf-8"))
        other.write_bytes((text[: len(text) // 2] + "\n" + others[2].partition("\n")[2]).encode("utf-8"))
        found = []
        for each, size, workers in ((way, block, jobs), ("rows", 1 << 20, 1)):
            with closing(Keys(most=0)) as known:
                with using(each, size), delivered(other) as taken:
                    table = open_table(taken, Expected(dialect={"delimiter": ";"}), block=size, plain=each == "rows")
                    there = isinstance(table, Table) and add_keys(known, table, rules, ("a", "b"))
                found.append(judged(path, rules, each, size, workers, {key: known if there else None}))
        assert found[0] == found[1]


@pytest.mark.parametrize(("way", "block", "jobs"), WAYS)
def test_a_blank_record_is_nothing_to_refer_to(tmp_path, way, block, jobs):
    (tmp_path / "o.csv").write_text("id\nx\n\n")
    (tmp_path / "t.csv").write_text("a;b\nx;1\n;2\n")
    key = ForeignKey(fields=("a",), resource="o", reference_fields=("id",))
    schema = TableSchema(fields=(Field(name="a"), Field(name="b")), missing_values=("-",), foreign_keys=(key,))
    rules = ResourceRules(name="t", schema=schema)
    with closing(Keys(most=0)) as known:
        with using(way, block), delivered(tmp_path / "o.csv") as taken:
            table = open_table(taken, Expected(), block=block, plain=way == "rows")
            assert add_keys(known, table, ResourceRules(name="o", schema=TableSchema(missing_values=("-",))), ("id",))
        _, _, found = judged(tmp_path / "t.csv", rules, way, block, jobs, {key: known})
    assert [each[0] for each in found] == ["foreign-key"]


@pytest.mark.parametrize("kind", known_types())
@FEW
@given(data=st.data())
def test_the_scanner_is_told_only_what_is_surely_valid(kind, data):
    field = data.draw(fields(kind))
    plan, _ = compile_plan(field, ("",))
    automaton = forms.compiled(plan.forms, [each for each in plan.missing_values if each])
    if automaton is None:
        return
    for text in data.draw(st.lists(cells(kind, field), max_size=12)):
        if text and accepts(automaton, text.encode("utf-8")) and within(text, plan.longest):
            assert (text, plan.judged(text)) == (text, ())
            assert text not in plan.missing_values
    plain = forms.compiled([*plan.forms, plan.reader.plain_form])
    for text in data.draw(st.lists(cells(kind, field), max_size=12)):
        if plain and text and accepts(plain, text.encode("utf-8")) and within(text, plan.longest):
            assert plan.reader.canonical(plan.reader.read(text)) == text


def accepts(automaton, text):
    state = automaton.start
    for byte in text:
        state = automaton.next[state * automaton.width + automaton.classes[byte]]
    return bool(automaton.accepts[state])


def within(text, longest):
    return longest is None or len(text.encode("utf-8")) <= longest


def with_check_digit(digits):
    """Digits and the one that makes their Luhn sum a multiple of ten."""
    return next(f"{digits}{n}" for n in range(10) if luhn.is_valid(f"{digits}{n}"))


SIRENS = st.from_regex(r"[0-9]{8}|356[0-9]{5}|35600000", fullmatch=True).map(with_check_digit)
NUMBERS = st.one_of(
    SIRENS,
    st.builds(lambda siren, rest: with_check_digit(siren + rest), SIRENS, st.from_regex("[0-9]{4}", fullmatch=True)),
    st.from_regex(r"[0-9]{8,15}|356000000[0-9]{5}|W[0-9][0-9A-Z][0-9]{7}", fullmatch=True),
    st.sampled_from(["", " ", "NA", "73282932000074", "732 829 320 00074", "35600000000048", "W9R1234567", "é"]),
)


@pytest.mark.parametrize("name", [name for name in checks.known() if checks.find(name).surely])
@FEW
@given(texts=st.lists(NUMBERS, max_size=20))
def test_what_surely_passes_a_check_passes(name, texts):
    check = checks.find(name)
    automaton = forms.compiled(check.surely())
    for text in texts:
        if text and accepts(automaton, text.encode("utf-8")):
            assert (text, check.run([Cell(text=text)], {"field": "a"})) == (text, None)


@pytest.mark.parametrize("name", ["siren", "siret"])
@FEW
@given(texts=st.lists(NUMBERS, max_size=20))
def test_what_is_plainly_right_is_right(name, texts):
    assert [text for text in texts if plainly_right(name, text) and not register(name).is_valid(text)] == []


@pytest.mark.parametrize("name", ["siren", "siret", "code-rna"])
def test_the_usual_numbers_surely_pass(name):
    number = {"siren": "732829320", "siret": "73282932000074", "code-rna": "W751212517"}[name]
    assert accepts(forms.compiled(checks.find(name).surely()), number.encode())


@pytest.mark.parametrize(("way", "block", "jobs"), WAYS)
@FEW
@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS), max_size=12), missing=st.sampled_from([("",), ("", "NA")]))
def test_checks_of_one_column_are_judged_in_one_way(way, block, jobs, rows, missing):
    columns = (Field(name="a", constraints={"pattern": r"\d{14}"}), Field(name="b", constraints={"required": True}))
    uses = [("siret", "a"), ("siren", "a"), ("siren", "b"), ("code-rna", "b")]
    rules = ResourceRules(
        name="t",
        schema=TableSchema(fields=columns, missing_values=missing, primary_key=("a",)),
        checks=tuple(CheckUse(check=name, options={"field": field}) for name, field in uses),
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.csv")
        path.write_text("a;b\n" + "".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
        assert judged(path, rules, way, block, jobs) == judged(path, rules, "rows", 1 << 20, 1)
