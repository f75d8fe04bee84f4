"""What usually went wrong with a value: the cause and the value that would pass, and no cause where none is known."""

import time
from pathlib import Path

import pyarrow as pa
import pytest

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import read_document
from beffroi.tables.mends import LONGEST, MENDS
from beffroi.tables.plans import compile_plan
from beffroi.tables.texts import Texts

SECTIONS = read_document(Path(__file__).parent / "cases" / "mends.yaml").value
MENDED = [(section["field"], *row) for section in SECTIONS for row in section.get("mended", [])]
LEFT = [(section["field"], text) for section in SECTIONS for text in section.get("left", [])]


def planned(field):
    schema = read_table_schema({"fields": [{"name": "f", **field}]})
    plan, defects = compile_plan(schema.fields[0], schema.missing_values)
    assert (schema.defects, defects) == ((), ())
    return plan


@pytest.mark.parametrize(("field", "text", "cause", "suggestion"), MENDED)
def test_a_value_that_usually_goes_wrong_is_explained(field, text, cause, suggestion):
    plan = planned(field)
    assert {(each.cause, each.suggestion) for each in plan.faults(text)} == {(cause, suggestion)}
    assert suggestion in {None, *plan.missing_values} or plan.faults(suggestion) == ()


@pytest.mark.parametrize(("field", "text"), LEFT)
def test_no_cause_is_invented(field, text):
    faults = planned(field).faults(text)
    assert faults
    assert {(each.cause, each.suggestion) for each in faults} == {(None, None)}


def test_every_mend_has_a_case():
    assert {cause for cause, _, _ in MENDS} | {"scientific-notation"} <= {cause for _, _, cause, _ in MENDED}
    assert len(MENDED) >= 60


def test_a_long_text_is_not_mended():
    plan = planned({"type": "integer"})
    assert plan.faults("1 " + "0" * LONGEST)[0].cause is None


COMMUNES = [f"commune {number} é" for number in range(20_000)]
COLUMNS = {
    "number": ({"type": "number"}, "{},5 x"),
    "number mended": ({"type": "number"}, "{},5"),
    "date": ({"type": "date"}, "{} janvier"),
    "long text": ({"type": "date"}, "{} " + "1/" * 90),
    "datetime": ({"type": "datetime"}, "2024-01-31 {}"),
    "enum": ({"type": "string", "constraints": {"enum": COMMUNES}}, "commun {} à"),
    "pattern": ({"type": "string", "constraints": {"pattern": r"\d{14}"}}, "x{}"),
    "email": ({"type": "string", "format": "email"}, "x{}@@b"),
    "boolean": ({"type": "boolean"}, "oui {}"),
}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_fifty_thousand_different_bad_values_are_judged_in_linear_time(name):
    field, text = COLUMNS[name]
    plan = planned(field)
    texts = Texts(pa.array([text.format(number) for number in range(50_000)]))
    started = time.process_time()
    found = list(plan.faults_in(texts, ~plan.missing(texts)))
    assert len(found) == 50_000
    assert time.process_time() - started < 15  # measured: 0.5 to 2 seconds
