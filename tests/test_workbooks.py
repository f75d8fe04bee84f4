"""Workbooks and Parquet files end to end: what an officer's spreadsheet holds, judged sensibly."""

import json
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet
import pytest
import xlsxwriter

from beffroi import check

FIELDS = [
    {"name": "postcode", "type": "string", "constraints": {"pattern": r"^\d{5}$"}},
    {"name": "siret", "type": "string", "constraints": {"pattern": r"^\d{14}$"}},
    {"name": "opened", "type": "date", "format": "%d/%m/%Y"},
    {"name": "seen", "type": "datetime"},
    {"name": "places", "type": "integer"},
]
MORNING = datetime(2024, 1, 31, 9, 30)
MIDNIGHT = datetime(2024, 1, 31)


@pytest.fixture
def schema(tmp_path):
    path = tmp_path / "schema.json"
    path.write_text(json.dumps({"fields": FIELDS}), encoding="utf-8")
    return path


def workbook(path, rows):
    """A workbook with a read-me sheet first and a title above the header."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet("Lisez-moi").write(0, 0, "Comment remplir ce fichier")
        sheet = book.add_worksheet("Données")
        sheet.write(0, 0, "Inventaire 2026")
        sheet.write_row(2, 0, [field["name"] for field in FIELDS])
        for number, row in enumerate(rows, start=3):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
        sheet.write_blank(40, 0, None, day)
    return path


def told(report):
    return [(each.rule, each.field, each.cause, [s.cell for s in each.samples]) for each in report.subjects[0].findings]


def test_a_good_workbook_is_conformant(tmp_path, schema):
    rows = [
        [75001, 73282932000074, date(2024, 1, 31), MORNING, 12],
        ["97442", "73282932000074", MIDNIGHT, MIDNIGHT, 12.0],
    ]
    report = check(workbook(tmp_path / "good.xlsx", rows), standard=schema)
    assert report.verdict == "conformant"
    subject = report.subjects[0]
    assert (subject.read.sheet, subject.read.header, subject.rows) == ("Données", 3, 2)
    assert [each.rule for each in subject.findings] == ["title-rows", "other-sheets"]


def test_what_a_spreadsheet_breaks_is_named(tmp_path, schema):
    rows = [[1000, 7.3282932e13, "31/01/2024", MORNING, 12.5], ["01000", "7,33E+13", MORNING, "hier", "12,0"]]
    report = check(workbook(tmp_path / "bad.xlsx", rows), standard=schema)
    assert [each for each in told(report) if each[0] not in {"title-rows", "other-sheets"}] == [
        ("pattern", "postcode", "lost-leading-zero", ["A4"]),
        ("pattern", "siret", "scientific-notation", ["B5"]),
        ("type", "opened", "date-with-time", ["C5"]),
        ("type", "seen", None, ["D5"]),
        ("type", "places", None, ["E4"]),
        ("type", "places", "decimal-zero", ["E5"]),
    ]


def test_parquet_dates_have_no_notation_to_be_wrong(tmp_path, schema):
    table = pa.table(
        {
            "postcode": ["75001", "1000"],
            "siret": pa.array([73282932000074, None], pa.int64()),
            "opened": pa.array([date(2024, 1, 31), None]),
            "seen": pa.array([MORNING, MIDNIGHT]),
            "places": pa.array([1, 2]),
        }
    )
    path = tmp_path / "t.parquet"
    pyarrow.parquet.write_table(table, path)
    report = check(path, standard=schema)
    assert [(each.rule, each.field, each.cause) for each in report.subjects[0].findings] == [
        ("pattern", "postcode", "lost-leading-zero")
    ]
    assert report.subjects[0].findings[0].samples[0].row == 2
