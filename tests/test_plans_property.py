"""Where two ways must agree: in bulk and one by one, by index and by dictionary, by Arrow and by `csv.reader`."""

import csv
import io
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.expressions import digit_blind
from beffroi.model.faults import Fault
from beffroi.tables.batches import Expected
from beffroi.tables.blocks import parse_with_arrow, record_end
from beffroi.tables.delivery import delivered
from beffroi.tables.dialect import Dialect
from beffroi.tables.fields import known_types
from beffroi.tables.hashes import hashed
from beffroi.tables.patterns import compiled
from beffroi.tables.plans import compile_plan
from beffroi.tables.records import parse_exactly
from beffroi.tables.sources.csv import open_table
from beffroi.tables.texts import Texts
from strategies import JSON, cells, fields

FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=400)


@st.composite
def columns(draw, kind, field):
    """An Arrow column as the engine sees one; sometimes a slice."""
    values = draw(st.lists(cells(kind, field), max_size=12))
    skipped = draw(st.integers(0, 3))
    return pa.array(values, type=pa.string())[skipped:]


@pytest.mark.parametrize("kind", known_types())
@FEW
@given(data=st.data())
def test_a_column_is_judged_in_bulk_as_row_by_row(kind, data):
    field = data.draw(fields(kind))
    plan, _ = compile_plan(field, ("",))
    column = data.draw(columns(kind, field))
    texts, rows = Texts(column), column.to_pylist()

    missing = plan.missing(texts)
    assert missing.tolist() == [each is None or each in plan.missing_values for each in rows]

    sure = plan.sure(texts)
    assert [
        (row, plan.judged(row)) for row, is_sure in zip(rows, sure, strict=True) if is_sure and row is not None
    ] == [(row, ()) for row, is_sure in zip(rows, sure, strict=True) if is_sure and row is not None]

    found = {int(row): faults for _, faults, where in plan.faults_in(texts, ~missing) for row in where}
    exact = {n: plan.faults(row) for n, row in enumerate(rows) if not missing[n]}
    assert found == {n: faults for n, faults in exact.items() if faults}
    assert all(text == rows[row] for text, _, where in plan.faults_in(texts, ~missing) for row in where)

    canonical = plan.canonical(texts, ~missing).to_pylist()
    assert canonical == [None if missing[n] else plan.canonical_text(row) for n, row in enumerate(rows)]


@pytest.mark.parametrize("kind", known_types())
@FEW
@given(data=st.data())
def test_equal_values_have_one_canonical_text(kind, data):
    field = data.draw(fields(kind))
    plan, _ = compile_plan(field, ("",))
    values = [plan.cell(each).value for each in data.draw(columns(kind, field)).to_pylist()]
    for one in values:
        for two in values:
            if one is not None and two is not None:
                nan = one != one or two != two
                assert nan or (one == two) == (plan.reader.canonical(one) == plan.reader.canonical(two))


PATTERN_PARTS = st.sampled_from(
    ["a", "0", "5", r"\d", r"\D", r"\w", r"\s", ".", "[0-9]", "[^0-9]", "[0-8]", "[a-f0-9]", "[ -/]", "[ -5]", "[^1]"]
    + [
        r"[\d-]",
        "[+-0-9]",
        r"[\-0-9]",
        "[]0-9]",
        r"\x35",
        r"\u0035",
        "(a)",
        r"\1",
        "{2}",
        "{1,3}",
        "*",
        "+",
        "?",
        "|",
        "^",
    ]
    + [
        "$",
        r"\b",
        "(?:",
        "(",
        ")",
        "(?=",
        "(?!",
        "[",
        "]",
        "{",
        "}",
        r"\p{L}",
        r"\p{Nd}",
        r"[\p{Lu}\d]",
        "(?x)",
        "#",
        "(?#",
    ]
    + ["\n", "(?P<n>", "(?P=n)", "-", "é", r"\\", r"\0", r"\N{DIGIT FIVE}", "(?i)", "{,2}", "{}", "[0-90-9]", "[0-9-9]"]
)


@settings(FEW, max_examples=1200)
@given(
    parts=st.lists(PATTERN_PARTS, min_size=1, max_size=7),
    texts=st.lists(st.text("0159a-]é #\n", max_size=6)),
    data=st.data(),
)
def test_a_digit_blind_pattern_cannot_tell_digits_apart(parts, texts, data):
    pattern = "".join(parts)
    expression, _ = compiled(pattern)
    if expression is None or not digit_blind(pattern):
        return
    for text in texts:
        changed = "".join(data.draw(st.sampled_from("0123456789")) if each in "0123456789" else each for each in text)
        assert bool(expression.fullmatch(text)) == bool(expression.fullmatch(changed)), (pattern, text, changed)


@pytest.mark.parametrize("pattern", [r"\d{5}", "^[0-9]{14}$", r"[A-Z]{2}[0-9]{2,4}", r"[^0-9]*", r"0?", r"\p{L}+[0-9]"])
def test_usual_patterns_of_codes_are_judged_by_signature(pattern):
    assert digit_blind(pattern) == (pattern != "0?")


@MANY
@given(texts=st.lists(st.text(max_size=6) | st.text("ab\x00", max_size=80), max_size=30))
def test_hashes_are_equal_only_where_texts_are(texts):
    words = [tuple(each) for each in hashed(pa.array(texts, type=pa.string())).tolist()]
    assert len(set(words)) == len(set(texts))
    assert dict(zip(texts, words, strict=True)) == {text: words[texts.index(text)] for text in texts}


def test_texts_that_differ_by_length_and_nul_have_other_hashes():
    texts = [text + "\0" * more for text in map(chr, range(1, 128)) for more in range(9)]
    assert len({tuple(each) for each in hashed(pa.array(texts)).tolist()}) == len(texts)


CSV_PARTS = st.sampled_from(
    ["a", "1", "é", ";", ";", ",", "\n", "\n", "\r\n", "\r", '"', '"', '""', "\ufeff", " ", "\t", "\x00", ";\n"]
    + ["'", "\\"]
)
PROPERTIES = {
    "delimiter": "delimiter",
    "quoteChar": "quote",
    "doubleQuote": "double_quote",
    "escapeChar": "escape",
    "skipInitialSpace": "skip_initial_space",
}
DIALECTS = ({}, {}, {"quoteChar": "'"}, {"escapeChar": "\\", "doubleQuote": False}, {"skipInitialSpace": True})
BLOCKS = (1, 2, 3, 7, 16, 1000)


@settings(FEW, max_examples=700)
@given(
    parts=st.lists(CSV_PARTS, max_size=25),
    block=st.sampled_from(BLOCKS),
    delimiter=st.sampled_from(",;"),
    crlf=st.booleans(),
    dialect=st.sampled_from(DIALECTS),
)
def test_blocks_of_any_size_give_the_records_of_csv_reader(parts, block, delimiter, crlf, dialect):
    body = "".join(parts)
    header = f"a{delimiter}b{delimiter}c" + ("\r\n" if crlf else "\n")
    assert_same_records(header + body, {"delimiter": delimiter, **dialect}, block)


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize(
    "body",
    ['"x\ny";1;2\n3;4;5\n', "1;2\n\n1;2;3;4\n", '1;2;"open\n3;4;5\n', '1;a"b;2\n"a"b;2;3\n', "1;2;3\r4;5;6\n7;8;9\n"]
    + [
        "\ufeff1;2;3\n\ufeff4;5;6\n",
        '"\r\n";"a""b";""\n\n;;\n',
        '"a\rb";2;3\n4;5;6',
        "1;2;3\r\n4;5;6\r7;8;9\r\n1;2;3\n",
        "1;2;3;\n4;5;6;\n7;8;9;\n",
        "1;2\r\n4;5;6;7;8\r\n\r\n7\r\n1;2;3",
        '1;2;3;"x\n;y"\n"1;\n";2\n;;;;\n"4"";";5;6\n',
        "\ufeff1;2;3;4\n\ufeff1\n1;2;3\n",
    ],
)
def test_awkward_bodies_give_the_records_of_csv_reader(body, block):
    assert_same_records("a;b;c\n" + body, {"delimiter": ";"}, block)


def assert_same_records(text, dialect, block):
    if text.count("\0") > len(text) // 10:
        return  # not a table
    expected = list(records_by_csv_reader(text, dialect))[1:]
    given = list(records_in_blocks(text, dialect, block))
    assert [cells for cells, _, _ in given] == [padded(cells) for cells, _ in expected]
    assert [number for _, number, _ in given] == list(range(1, len(expected) + 1))
    assert [line for _, _, line in given] == [line for _, line in expected]


@settings(FEW, max_examples=500)
@given(
    parts=st.lists(
        st.sampled_from(["a", ";", ";", "\n", "\r\n", '""', '"b;\n"', '"x""y"', "é", "\ufeff"]), max_size=30
    ),
    width=st.integers(1, 4),
)
def test_ragged_records_are_what_csv_reader_finds(parts, width):
    block, dialect = "".join(parts).encode("utf-8"), Dialect(delimiter=";")
    if not block or not record_end(block, dialect, final=True)[1]:
        return  # not for Arrow
    fast, exact = parse_with_arrow(block, dialect, width), parse_exactly(block, dialect, width)
    assert (fast.columns, fast.ragged) == (exact.in_arrow.columns, exact.ragged)
    assert (list(fast.lines), fast.line_breaks) == (list(exact.lines), exact.line_breaks)


def padded(cells):
    """A record as a batch holds it: cut or filled with nulls; a blank line has empty cells."""
    return (cells + [None] * 3)[:3] if cells else [""] * 3


def records_by_csv_reader(text, dialect):
    """Every record and the physical line it starts on."""
    options = Dialect(**{PROPERTIES[key]: value for key, value in dialect.items()}).options
    taken: list[str] = []
    line = 1
    for record in csv.reader((taken.append(each) or each for each in io.StringIO(text, newline="")), **options):
        yield record, line
        line = 1 + "".join(taken).count("\n")


def records_in_blocks(text, dialect, block):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(text.encode("utf-8"))
        with delivered(path) as taken:
            table = open_table(taken, Expected(names=("a", "b", "c"), dialect=dialect), block=block)
            assert not isinstance(table, Fault)
            for place, batch in table.placed():
                for index in range(batch.rows):
                    cells = [each[index].as_py() for each in batch.columns]
                    yield cells, place.number(index), place.physical(batch.lines[index])


SCHEMA_KEYS = ["fields", "missingValues", "primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch"]
FIELD_KEYS = [
    "name",
    "type",
    "format",
    "constraints",
    "required",
    "contraints",
    "missingValues",
    "categories",
    "example",
]


@MANY
@given(
    schema=st.dictionaries(st.sampled_from(SCHEMA_KEYS), JSON, max_size=4),
    some=st.lists(
        st.dictionaries(st.sampled_from(FIELD_KEYS), JSON | st.sampled_from(["a", "b"]), max_size=6), max_size=3
    ),
    constraints=st.dictionaries(st.sampled_from(["enum", "minimum", "pattern", "minLength", "required", "x"]), JSON),
    kind=st.sampled_from(known_types()),
)
def test_no_descriptor_is_too_odd_to_read(schema, some, constraints, kind):
    whole = {"name": "whole", "type": kind, "constraints": constraints}
    read = read_table_schema({**schema, "fields": [*some, whole]})
    for field in read.fields:
        plan, _ = compile_plan(field, read.missing_values)
        plan.faults("x")
