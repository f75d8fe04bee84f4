"""The report as a workbook, opened again: the verdict, the findings, the tables with marked and commented cells."""

import io

import openpyxl
import pytest

from beffroi.reports import xlsx
from reports_of import KINDS, laid_out, report_of


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """The workbook of a report."""
    monkeypatch.chdir(tmp_path)
    laid_out(tmp_path)
    return lambda kind, excerpt=xlsx.EXCERPT: openpyxl.load_workbook(
        io.BytesIO(xlsx.render(report_of(kind, excerpt=excerpt)))
    )


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_it_is_a_formula_or_a_link(opened, kind):
    cells = [cell for sheet in opened(kind) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in risky)
    assert risky or kind != "hostile"


def test_the_table_is_copied_with_marked_and_commented_cells(opened):
    book = opened("dirty")
    assert book.sheetnames == ["Report", "findings", "dirty.csv"]
    sheet = book["dirty.csv"]
    assert values(sheet)[:2] == [
        ["row", "id", "name", "length_m", "placed", "material", "colour"],
        [2, "B1", "Oak lane", "1,5", "01/03/2024", "wood", "green"],
    ]
    marked = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked["D2"] == '"1,5" has a decimal comma; expected "1.5"'
    assert marked["D7"] == '"2,25" has a decimal comma; expected "2.25"'
    assert sheet["D2"].fill.fgColor.rgb == "FFFDEAEA"
    assert sheet["C2"].comment is None


def test_findings_can_be_sorted_and_filtered(opened):
    sheet = opened("dirty")["findings"]
    rows = values(sheet)
    assert rows[0][:4] == ["level", "file", "column", "place"]
    assert len(rows) == 1 + 14
    assert sheet.auto_filter.ref == "A1:J15"
    assert sheet.freeze_panes == "A2"


def test_of_a_large_table_the_first_rows_and_those_with_findings_are_copied(opened):
    sheet = opened("dirty", 4)["dirty.csv"]
    assert values(sheet)[-1][1] == "first rows, and rows with findings"


def test_a_project_has_the_matrix_of_its_charter(opened):
    book = opened("project.fr")
    assert book.sheetnames == ["Rapport", "mini", "constats"]
    assert values(book["mini"])[1][:6] == [
        "Finalité",
        "PUR-1",
        "Finalité énoncée",
        "obligatoire",
        "non satisfait",
        "déclaré",
    ]


def test_two_tables_of_the_same_name_have_sheets_of_their_own(opened):
    names = opened("package").sheetnames
    assert names == ["Report", "findings", "stations.csv", "measurements.csv"]
    report = report_of("dirty", excerpt=10)
    twice = type(report)(**{**vars(report), "subjects": (report.subjects[0], report.subjects[0])})
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(twice)))
    assert book.sheetnames == ["Report", "findings", "dirty.csv", "dirty.csv (2)"]
