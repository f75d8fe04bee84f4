"""Every type, format and constraint by its table of cases: what is accepted as which value, what is refused and why."""

import time
from pathlib import Path

import pyarrow as pa
import pytest

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import read_document
from beffroi.tables.fields import field_type, known_types
from beffroi.tables.plans import compile_plan
from beffroi.tables.texts import Texts

CASES = Path(__file__).parent / "cases" / "fields"
SECTIONS = [
    pytest.param(kind, section, id=f"{kind}-{number}")
    for kind in known_types()
    for number, section in enumerate(read_document(CASES / f"{kind}.yaml").value, start=1)
]


def planned(kind, given):
    """The plan for a field as a schema writes it, and the rules of the schema's defects."""
    read = read_table_schema({"fields": [{"name": "f", "type": kind, **given}]})
    plan, defects = compile_plan(read.fields[0], read.missing_values)
    return plan, [each.fault.rule for each in (*read.defects, *defects)]


def judged(plan, text):
    """The broken rules and the cause, the same in bulk as one by one."""
    texts = Texts(pa.array([text, text]))
    in_bulk = [(text, faults, rows.tolist()) for text, faults, rows in plan.faults_in(texts, ~plan.missing(texts))]
    faults = plan.faults(text)
    assert in_bulk == ([(text, faults, [0, 1])] if faults else [])
    return [each.rule for each in faults], next((each.cause for each in faults), None)


@pytest.mark.parametrize(("kind", "section"), SECTIONS)
def test_a_field_accepts_and_refuses_what_its_table_says(kind, section):
    plan, defects = planned(kind, section["field"])
    assert defects == section.get("defects", [])
    if "missing" in section:
        assert sorted(plan.missing_values) == sorted(section["missing"])
    for text, canonical in section.get("accepted", []):
        assert (text, *judged(plan, text)) == (text, [], None)
        assert (text, plan.canonical_text(text)) == (text, canonical)
    for text, canonical in section.get("spaced", []):
        assert (text, *judged(plan, text)) == (text, ["stray-space"], None)
        assert (text, plan.canonical_text(text)) == (text, canonical)
        assert plan.faults(text)[0].suggestion == text.strip()
    for text, rules, cause in section.get("refused", []):
        assert (text, *judged(plan, text)) == (text, [rules] if isinstance(rules, str) else rules, cause)


@pytest.mark.parametrize("kind", known_types())
def test_the_table_of_a_type_tries_all_its_constraints_and_formats(kind):
    found = field_type(kind)
    sections = read_document(CASES / f"{kind}.yaml").value
    tried = {
        name for section in sections for name in section["field"].get("constraints", {}) if section.get("accepted")
    }
    formats = {section["field"].get("format", "default") for section in sections}
    assert set(found.constraints) - {"required", "unique"} <= tried
    assert set(found.formats or ()) <= formats


@pytest.mark.parametrize("kind", ["integer", "number", "year", "duration", "geopoint", "date", "any", "array"])
def test_a_text_of_a_million_digits_is_judged_at_once(kind):
    plan, _ = planned(kind, {"constraints": {"minimum": "1"}} if kind == "number" else {})
    started = time.process_time()
    for text in ("9" * 10**6, "-" * 10**6, "1" * 5000 + "," + "1" * 5000, " " * 10**6, "0." + "0" * 10**6 + "1"):
        plan.faults(text)
        plan.canonical_text(text)
    assert time.process_time() - started < 5


def test_integers_of_thousands_of_digits_are_integers():
    plan, _ = planned("integer", {"constraints": {"maximum": "1" + "0" * 5000}})
    assert judged(plan, "9" * 5000) == ([], None)
    assert judged(plan, "1" + "0" * 4999 + "1") == (["maximum"], None)
    assert plan.canonical_text("0" + "9" * 5000) == "9" * 5000


def test_numbers_are_compared_exactly_whatever_their_length():
    plan, _ = planned("number", {})
    long = "0." + "1" * 60
    assert plan.canonical_text(long) != plan.canonical_text(long + "1")
    assert plan.canonical_text("1" + "0" * 600) == plan.canonical_text("1E600") == plan.canonical_text("10.00e599")


def test_a_missing_value_of_the_field_replaces_those_of_the_schema():
    fields = [{"name": "column1"}, {"name": "column2", "missingValues": ["-"]}]
    read = read_table_schema({"fields": fields, "missingValues": ["", "NA"]})
    plans = [compile_plan(each, read.missing_values)[0] for each in read.fields]
    column = Texts(pa.array(["", "NA", "-", None]))
    assert [plan.missing(column).tolist() for plan in plans] == [[True, True, False, True], [False, False, True, True]]


def test_a_required_value_is_not_mended_into_none():
    plan, _ = planned("integer", {"constraints": {"required": True}})
    assert judged(plan, "  ") == (["type"], None)
    plan, _ = planned("integer", {})
    assert judged(plan, "  ") == (["type"], "stray-space")


USUAL = {
    "integer": ["12", "-5"],
    "number": ["12.5", "-5"],
    "boolean": ["true", "0"],
    "string": ["a b", "é"],
    "date": ["2024-01-31"],
    "datetime": ["2024-01-31T10:00:00", "2024-01-31T10:00:00Z"],
    "time": ["10:00:00"],
    "year": ["2024"],
    "yearmonth": ["2024-01"],
    "any": ["x"],
}


@pytest.mark.parametrize("kind", sorted(USUAL))
def test_usual_values_are_judged_in_bulk(kind):
    bounds = {"minimum": "0001-01-01"} if kind == "date" else {"minimum": -100} if kind in {"integer", "number"} else {}
    plan, _ = planned(kind, {"constraints": bounds})
    assert plan.sure(Texts(pa.array(USUAL[kind]))).all()


SCHEMA_DEFECTS = {
    "fields": ({"fields": {}}, "standard-bad-key", "/fields"),
    "no name": ({"fields": [{}]}, "standard-bad-field", "/fields/0"),
    "same name": ({"fields": [{"name": "a"}, {"name": "a"}]}, "standard-bad-field", "/fields/1"),
    "misplaced": ({"fields": [{"name": "a", "required": True}]}, "standard-misplaced-constraint", "/fields/0/required"),
    "misspelt": ({"fields": [{"name": "a", "contraints": {}}]}, "standard-unknown-key", "/fields/0/contraints"),
    "constraint": (
        {"fields": [{"name": "a", "constraints": {"minimun": 1}}]},
        "standard-unknown-key",
        "/fields/0/constraints/minimun",
    ),
    "required": (
        {"fields": [{"name": "a", "constraints": {"required": "oui"}}]},
        "standard-bad-constraint",
        "/fields/0/constraints/required",
    ),
    "type": ({"fields": [{"name": "a", "type": "texte"}]}, "standard-unknown-type", "/fields/0/type"),
    "missing values": ({"missingValues": [-99]}, "standard-bad-key", "/missingValues"),
    "match": ({"fieldsMatch": "exactly"}, "standard-bad-key", "/fieldsMatch"),
    "key": ({"fields": [{"name": "a"}], "primaryKey": ["b"]}, "standard-unknown-field", "/primaryKey"),
    "unique keys": ({"uniqueKeys": ["a"]}, "standard-unknown-field", "/uniqueKeys/0"),
    "foreign keys": ({"foreignKeys": [{"fields": "a"}]}, "standard-bad-key", "/foreignKeys/0"),
    "foreign fields": (
        {"fields": [{"name": "a"}], "foreignKeys": [{"fields": "a", "reference": {"resource": "b"}}]},
        "standard-bad-key",
        "/foreignKeys/0/reference/fields",
    ),
}


@pytest.mark.parametrize("case", sorted(SCHEMA_DEFECTS))
def test_a_defect_of_a_schema_is_told_with_its_place(case):
    descriptor, rule, pointer = SCHEMA_DEFECTS[case]
    found = read_table_schema(descriptor)
    assert [(each.fault.rule, each.pointer) for each in found.defects] == [(rule, pointer)]


def test_what_older_versions_write_is_understood():
    read = read_table_schema(
        {
            "fields": [{"name": "a", "format": "fmt:%d/%m/%Y", "type": "date"}, {"name": "b"}],
            "primaryKey": "a",
            "foreignKeys": [{"fields": "b", "reference": {"resource": "", "fields": "a"}}],
            "fieldsMatch": ["subset"],
        }
    )
    assert (read.fields[0].format, read.fields[1].type) == ("%d/%m/%Y", "string")
    assert (read.primary_key, read.fields_match, read.defects) == (("a",), "subset", ())
    assert [(each.fields, each.resource, each.reference_fields) for each in read.foreign_keys] == [(("b",), "", ("a",))]
