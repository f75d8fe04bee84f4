"""Where beffroi judges otherwise than frictionless: each listed place holds for both, and elsewhere they agree."""

import json
import re
from decimal import InvalidOperation
from pathlib import Path

import pyarrow as pa
import pytest
from frictionless import Field as ReferenceField
from frictionless import FrictionlessException, Resource, Schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import read_document
from beffroi.judging import defects_of
from beffroi.model.levels import Level
from beffroi.model.report import ReadAs
from beffroi.model.standard import ResourceRules
from beffroi.tables.batches import Batch, Table, parts_of
from beffroi.tables.engine import References, TableJudge
from beffroi.tables.plans import compile_plan

HERE = Path(__file__).parent
CASES = HERE / "cases" / "deviations.yaml"
PAGE = HERE.parent / "docs" / "deviations.md"
VERSION_2 = "https://datapackage.org/profiles/2.0/tableschema.json"
NINES = "nines"
"""Stands for an integer of 4400 digits."""
HEAD = """# Where beffroi judges otherwise than frictionless

The yardstick is frictionless 5.21; the rule is the Data Package v2 specification (Table Schema) and what it refers to.
Any difference that is not in this table is a bug. Each row is a test of the same name in `tests/test_deviations.py`,
from `tests/cases/deviations.yaml`; a property test holds that the two agree elsewhere. *valid, …* names defects of the
standard, which are told and do not count against the data.

| name | field or schema | input | frictionless | beffroi | reason |
|---|---|---|---|---|---|
"""
TAIL = """
On the corpus two more rules make a difference: `opening-hours` and `siret`. Schemas ask for them as `custom_checks`,
which beffroi runs and frictionless leaves out. Test: `tests/test_corpus.py`, from `tests/cases/corpus-deviations.yaml`.
"""


def cases():
    return read_document(CASES).value if CASES.exists() else []


def schema_and_rows(case):
    if "schema" in case:
        return case["schema"], case["rows"]
    rows = [["9" * 4400 if cell == NINES else cell] for cell in case["cells"]]
    return {"fields": [{"name": "f", **case["field"]}]}, rows


def by_frictionless(case):
    """`valid`, the types of errors, or what kept frictionless from a verdict."""
    schema, rows = schema_and_rows(case)
    try:
        reference = Schema.from_descriptor({"$schema": VERSION_2, **schema})
    except FrictionlessException:
        return "schema refused"
    header = [field["name"] for field in schema["fields"]]
    try:
        report = Resource(data=[header, *rows], schema=reference).validate()
    except (TypeError, re.error, InvalidOperation):
        return "stops"
    return "valid" if report.valid else ", ".join(sorted({kind for (kind,) in report.flatten(["type"])}))


def by_beffroi(case):
    """The rules that the data breaks, and the defects of the standard."""
    schema, rows = schema_and_rows(case)
    read = read_table_schema(schema)
    columns = tuple(pa.array(column, type=pa.string()) for column in zip(*rows, strict=True))
    batch = Batch(columns=columns, rows=len(rows))
    table = Table(labels=read.names, read=ReadAs(format="csv"), parts=parts_of(lambda: iter([batch])))
    rules = ResourceRules(name="t", schema=read)
    judged = TableJudge(table, rules, References(), 1).run()
    defects = [each.fault.rule for each in defects_of(rules)]
    return sorted({each.rule for each in judged.tally.findings(lambda _: Level.MUST)}), defects


def page():
    """What the documentation begins with: one row a deviation."""
    return HEAD + "".join(line(case) for case in cases()) + TAIL


def line(case):
    shown = case.get("cells") or [", ".join(row) for row in case["rows"]]
    verdict = ", ".join(case["beffroi"] or ["valid"]) + "".join(f", {each}" for each in case.get("defects", []))
    field = json.dumps(case.get("field", case.get("schema")), ensure_ascii=False)
    inputs = "; ".join(json.dumps(cell, ensure_ascii=False)[1:-1] for cell in shown)
    columns = (case["name"], f"`{field}`", f"`{inputs}`", case["frictionless"], verdict, case["reason"])
    return "| " + " | ".join(each.replace("|", "\\|") for each in columns) + " |\n"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
@pytest.mark.filterwarnings("ignore::dateutil.parser.UnknownTimezoneWarning")
def test_both_judge_as_the_table_says(case):
    assert by_frictionless(case) == case["frictionless"]
    assert by_beffroi(case) == (case["beffroi"], case.get("defects", []))
    same = {"": "valid", "type": "type-error", "required": "constraint-error"}.get(", ".join(case["beffroi"]))
    assert same != case["frictionless"] or case.get("defects")


def test_the_page_begins_with_the_table():
    assert PAGE.read_text(encoding="utf-8").startswith(page())


def test_names_are_names():
    names = [case["name"] for case in cases()]
    assert len(names) == len(set(names))
    assert set(PREDICATES) <= set(names)


OTHER_DIGITS = re.compile(r"(?![0-9])\d")
PREDICATES = {
    "space around an integer": lambda _, text: text != text.strip(),
    "underscore in an integer": lambda _, text: "_" in text,
    "other digits in an integer": lambda _, text: OTHER_DIGITS.search(text) is not None,
    "signed special value": lambda _, text: re.fullmatch(r"(?i)\+inf|[+-]nan", text) is not None,
    "infinity in words": lambda _, text: re.fullmatch(r"(?i)[+-]?infinity", text) is not None,
    "NaN with a payload": lambda _, text: re.fullmatch(r"(?i)[+-]?s?nan[0-9]+", text) is not None,
    "signalling NaN": lambda _, text: re.fullmatch(r"(?i)[+-]?snan", text) is not None,
    "short date": lambda field, text: (
        field["type"] == "date"
        and re.fullmatch(r"\d{4}-[\d ]\d?-[\d ]\d?", text) is not None
        and re.fullmatch(r"\d{4}-\d\d-\d\d", text) is None
    ),
    "year of five digits": lambda field, text: field["type"] == "year" and re.fullmatch(r"\d{5,}", text) is not None,
    "year before our era": lambda field, text: field["type"] == "year" and text.startswith("-"),
    "year with a plus sign": lambda field, text: field["type"] == "year" and text.startswith("+"),
    "year with a time zone": lambda field, text: (
        field["type"] == "year" and re.search(r"(Z|[+-]\d\d:\d\d)$", text) is not None
    ),
    "alternatives in a pattern": lambda field, _: "|" in field.get("constraints", {}).get("pattern", ""),
    "line break behind a pattern": lambda field, text: (
        "pattern" in field.get("constraints", {}) and text.endswith("\n")
    ),
}
RULES = {"type": "type", "minimum": "minimum", "maximum": "maximum", "pattern": "pattern", "enum": "enum"}
RULES |= {"exclusiveMinimum": "exclusive-minimum", "exclusiveMaximum": "exclusive-maximum"}
RULES |= {"minLength": "min-length", "maxLength": "max-length"}

PIECES = st.sampled_from(
    ["0", "1", "9", "12", "-", "+", ".", ",", "e", "E", "_", " ", "٣", "NaN", "nan", "INF", "-INF", "sNaN", "a"]
)
NUMBERS = st.integers(-200, 200).map(str) | st.decimals(-9, 9).map(str) | st.lists(PIECES, max_size=5).map("".join)
DATE_PIECES = st.sampled_from(
    ["2024", "1900", "-", "-", "/", "0", "1", "2", "01", "02", "12", "29", "30", "31", " ", "٣", "T"]
)
DATES = st.dates().map(str) | st.lists(DATE_PIECES, min_size=3, max_size=6).map("".join)
DATES |= st.builds("{:04}-{:02}-{:02}".format, st.integers(0, 2100), st.integers(0, 13), st.integers(0, 32))
YEARS = st.integers(-100, 20000).map(str) | st.builds(
    "{:04}{}".format, st.integers(0, 9999), st.sampled_from(["", "Z", "+01:00", " "])
)
WORDS = st.text("abcABé1 |\n", max_size=5)
BOOLEANS = st.sampled_from(["true", "True", "TRUE", "tRUE", "1", "0", "false", "False", "FALSE", "oui", "01", "", " 1"])
CELLS = {"integer": NUMBERS, "number": NUMBERS, "date": DATES, "year": YEARS, "string": WORDS, "boolean": BOOLEANS}
BOUNDS = {
    "integer": st.integers(-50, 50),
    "number": st.integers(-50, 50) | st.decimals(-9, 9, places=2).map(float),
    "date": st.dates().map(str),
    "year": st.integers(1000, 9999),
}
ENUMS = {
    "integer": st.integers(-50, 50),
    "number": st.integers(-50, 50),
    "date": st.dates().map(str),
    "year": st.integers(1000, 9999),
    "string": WORDS,
    "boolean": st.booleans(),
}
BOUND_NAMES = st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
PATTERNS = st.sampled_from([r"[a-c]+", r"^a.*$", r"\w{2,3}", "ab|cd", r"a?b?1*", ".*"])


@st.composite
def fields_and_cells(draw):
    kind = draw(st.sampled_from(sorted(CELLS)))
    constraints = {"enum": draw(st.lists(ENUMS[kind], min_size=1, max_size=40))} if draw(st.integers(0, 3)) == 0 else {}
    if kind in BOUNDS:
        constraints |= draw(st.dictionaries(BOUND_NAMES, BOUNDS[kind], max_size=2))
    if kind == "string":
        optional = {"pattern": PATTERNS, "minLength": st.integers(0, 4), "maxLength": st.integers(0, 4)}
        constraints |= draw(st.fixed_dictionaries({}, optional=optional))
    cells = st.one_of(CELLS[kind], CELLS[kind], WORDS)
    if "enum" in constraints:
        cells |= st.sampled_from([json.dumps(each).strip('"') for each in constraints["enum"] if each != ""] or ["x"])
    return {"type": kind, "constraints": constraints}, draw(st.lists(cells, min_size=1, max_size=10))


@settings(derandomize=True, deadline=None, max_examples=700, database=None, suppress_health_check=list(HealthCheck))
@given(drawn=fields_and_cells())
def test_elsewhere_both_agree(drawn):
    field, cells = drawn
    reference = ReferenceField.from_descriptor({"name": "f", **field}).create_cell_reader()
    read = read_table_schema({"fields": [{"name": "f", **field}]})
    plan, defects = compile_plan(read.fields[0], read.missing_values)
    assert (read.defects, defects) == ((), ())
    for text in cells:
        if any(applies(field, text) for applies in PREDICATES.values()):
            continue
        _, notes = reference(text)
        expected = sorted(RULES[name] for name in notes or {})
        found = [] if text in plan.missing_values else sorted(each.rule for each in plan.faults(text))
        assert (text, found) == (text, expected)
