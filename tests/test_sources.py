"""Workbooks, Parquet, JSON, NDJSON, GeoJSON: what is read from real files, and what is said of those that are none."""

import csv
import datetime
import decimal
import gzip
import json
import struct
import zipfile
from pathlib import Path

import odf.opendocument
import odf.table
import odf.text
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi import limits
from beffroi.model.faults import fault
from beffroi.tables.batches import Expected, Table
from beffroi.tables.delivery import delivered
from beffroi.tables.sources import geojson, jsontext, ndjson, objects, open_table, sheets


def opened(path, *names, **expected):
    with delivered(path) as taken:
        return open_table(taken, Expected(names=names, **expected))


def rows_of(table):
    assert isinstance(table, Table), table
    batches = (batch for _, batch in table.placed())
    return [list(row) for each in batches for row in zip(*(c.to_pylist() for c in each.columns), strict=True)]


def read(path, *names, **expected):
    table = opened(path, *names, **expected)
    return table.labels, rows_of(table)


def told(table):
    return [(notice.fault.rule, dict(notice.fault.details), notice.line) for notice in table.notices]


def told_on_the_way(table):
    return [
        (each.fault.rule, each.fault.cause, each.line, each.fatal)
        for _, batch in table.placed()
        for each in batch.notices
    ]


def places(table):
    return [
        (place.number(i), place.cell(i, 0), place.line if place.line is None else place.physical(batch.lines[i]))
        for place, batch in table.placed()
        for i in range(batch.rows)
    ]


def write_xlsx(path, **content):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in content.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def write_xls(path, rows, date_format="yyyy-mm-dd"):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuille1")
    style = xlwt.easyxf(num_format_str=date_format)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, *([style] if isinstance(value, datetime.date) else []))
    book.save(path)
    return path


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:calcext="urn:org:documentfoundation:names:calc"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Feuille1">{}</table:table></office:spreadsheet></office:body></office:document-content>"""


def write_archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_raw_ods(path, rows, **members):
    content = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS.format(rows), **members}
    return write_archive(path, {"META-INF/manifest.xml": "<manifest/>", **content})


def write_ods(path, rows):
    book = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="Feuille1")
    book.spreadsheet.addElement(table)
    for row in rows:
        line = odf.table.TableRow()
        table.addElement(line)
        for value in row:
            cell = odf.table.TableCell(**({} if value is None else {"valuetype": "string"}))
            if value is not None:
                cell.addElement(odf.text.P(text=value))
            line.addElement(cell)
    book.save(path)
    return path


def rewritten(path, into, change):
    with zipfile.ZipFile(path) as archive:
        return write_archive(into, {name: change(name, archive.read(name)) for name in archive.namelist()})


# workbooks


def test_the_sheet_and_the_header_are_those_that_hold_the_standards_names(tmp_path):
    path = write_xlsx(
        tmp_path / "a.xlsx",
        **{
            "Lisez-moi": [["Parc à vélos 2024"], ["nom", "le nom du parc"]],
            "Vide": [],
            "Données": [["Parcs à vélos"], [], ["Nom ", "capacite"], ["Gare", 12], ["Halle", 8.5]],
        },
    )
    table = opened(path, "nom", "capacite")
    assert table.labels == ("Nom ", "capacite")
    assert rows_of(table) == [["Gare", "12"], ["Halle", "8.5"]]
    assert places(table) == [(1, "A4", None), (2, "A5", None)]
    assert (table.read.format, table.read.sheet, table.read.header) == ("xlsx", "Données", 3)
    assert told(table) == [
        ("other-sheets", {"sheet": "Données", "others": "Lisez-moi"}, None),
        ("title-rows", {"count": "1", "header": "3"}, None),
    ]


def test_without_names_the_first_filled_row_of_the_first_filled_sheet_is_the_header(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", Vide=[], Un=[[], ["a", "b"], [1, 2]], Deux=[["c"]])
    table = opened(path)
    assert (table.labels, rows_of(table), table.read.header) == (("a", "b"), [["1", "2"]], 2)
    assert told(table) == [("other-sheets", {"sheet": "Un", "others": "Deux"}, None)]


def test_a_hidden_sheet_is_read_only_if_it_matches_better(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        hidden, seen = book.add_worksheet("Listes"), book.add_worksheet("Table")
        hidden.write_row(0, 0, ["a", "b"])
        seen.write_row(0, 0, ["x", "y"])
        seen.activate()
        hidden.hide()
    assert opened(path).read.sheet == "Table"
    assert opened(path, "a").read.sheet == "Listes"


def test_a_descriptor_may_name_the_sheet_and_the_header(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", Un=[["a"], ["1"]], Deux=[["title"], ["b"], ["2"]])
    assert read(path, dialect={"sheetName": "Deux", "headerRows": [2]}) == (("b",), [["2"]])
    assert read(path, dialect={"sheetNumber": 2}) == (("title",), [["b"], ["2"]])
    assert read(path, dialect={"header": False}) == (("field1",), [["a"], ["1"]])
    missing = fault("not-a-table", "no-such-sheet", sheet="Trois", others="Un, Deux")
    assert opened(path, dialect={"sheetName": "Trois"}) == missing


def test_every_kind_of_xlsx_cell_becomes_the_text_a_person_would_write(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        time, duration, moment = (book.add_format({"num_format": f}) for f in ("hh:mm:ss", "[h]:mm:ss", "d/m/yy hh:mm"))
        cells = [
            ("12", 12.0, None),
            ("12.5", 12.5, None),
            ("73282932000074", 73282932000074, None),
            ("123456789012345700", 1.234567890123457e17, None),
            ("0.0000001", 1e-7, None),
            ("1e+300", 1e300, None),
            ("-3", -3, None),
            ("2024-01-31", datetime.datetime(2024, 1, 31), None),
            ("2024-01-31T13:05:09", datetime.datetime(2024, 1, 31, 13, 5, 9), moment),
            ("2024-01-31T13:05:09.5", datetime.datetime(2024, 1, 31, 13, 5, 9, 500000), moment),
            ("13:05:09", datetime.time(13, 5, 9), time),
            ("P1DT12H", 1.5, duration),
            ("true", True, None),
            ("false", False, None),
            (" x ", " x ", None),
            ("01000", "01000", None),
        ]
        for column, (_, value, form) in enumerate(cells):
            sheet.write(0, column, f"c{column}")
            if isinstance(value, str):
                sheet.write_string(1, column, value)
            else:
                sheet.write(1, column, value, *([form] if form else []))
    assert rows_of(opened(path)) == [[text for text, _, _ in cells]]


def test_error_cells_keep_their_text_in_xlsx(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Lisez-moi").write("A1", "texte")
        sheet = book.add_worksheet("Table & <liste>")
        sheet.write_row(1, 1, ["nom", "valeur"])
        sheet.write_formula(2, 2, "=NA()", None, "#N/A")
        sheet.write_row(3, 1, ["x", 1])
        sheet.write_formula(4, 1, '=IF(1>0,"a",1/0)', None, "#DIV/0!")
        sheet.write_formula(6, 2, "=Z1", None, "#REF!")
    assert read(path, "nom", "valeur") == (
        ("", "nom", "valeur"),
        [[None, None, "#N/A"], [None, "x", "1"], [None, "#DIV/0!", None], [None, None, None], [None, None, "#REF!"]],
    )


def test_error_cells_keep_their_text_in_xls(tmp_path):
    path = write_xls(tmp_path / "a.xls", [["a", "b"], [1.2345, "x"]])
    content = path.read_bytes()
    at = content.index(struct.pack("<HHHH", 0x203, 14, 1, 0))  # the number in A2 …
    error = struct.pack("<HHHHHBB", 0x205, 8, 1, 0, 17, 42, 1)  # … becomes the error that is number 42
    filler = struct.pack("<HHH", 0xFFF, 2, 0)
    path.write_bytes(content[:at] + error + filler + content[at + 18 :])
    assert read(path) == (("a", "b"), [["#N/A", "x"]])


def test_xls_is_read_with_its_dates(tmp_path):
    rows = [["nom", "n", "jour", "vu"], ["é", 12.0, datetime.date(2024, 1, 31), True], [None, 0.5, None, False]]
    path = write_xls(tmp_path / "a.xls", rows)
    table = opened(path)
    assert rows_of(table) == [["é", "12", "2024-01-31", "true"], [None, "0.5", None, "false"]]
    assert (table.read.format, places(table)[0]) == ("xls", (1, "A2", None))


def test_ods_cells_and_errors(tmp_path):
    cells = [
        ("12", 'office:value-type="float" office:value="12"', "12"),
        ("2024-01-31", 'office:value-type="date" office:date-value="2024-01-31"', "31/01/24"),
        ("2024-01-31T13:05:09", 'office:value-type="date" office:date-value="2024-01-31T13:05:09"', "x"),
        ("13:05:09", 'office:value-type="time" office:time-value="PT13H05M09S"', "13:05"),
        ("true", 'office:value-type="boolean" office:boolean-value="true"', "VRAI"),
        ("0.125", 'office:value-type="percentage" office:value="0.125"', "12,5 %"),
        ("#N/A", 'office:value-type="string" office:string-value="" calcext:value-type="error"', "#N/A"),
        ("#DIV/0!", 'office:value-type="float" office:value="0" calcext:value-type="error"', "#DIV/0!"),
    ]
    xml = [
        f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>" for _, attributes, shown in cells
    ]
    names = [
        f'<table:table-cell office:value-type="string"><text:p>c{n}</text:p></table:table-cell>'
        for n in range(len(cells))
    ]
    rows = f"<table:table-row>{''.join(names)}</table:table-row><table:table-row>{''.join(xml)}</table:table-row>"
    endless = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert rows_of(opened(write_raw_ods(tmp_path / "a.ods", rows + endless))) == [[text for text, _, _ in cells]]


def test_blank_rows_at_the_end_and_unnamed_blank_columns_are_not_part_of_the_table(tmp_path):
    rows = [["a", "b", "", " "], [1, 2, "", ""], [" ", "", "", "  "], [3, "", "", ""], ["", " "], [" "]]
    path = write_xlsx(tmp_path / "a.xlsx", Table=rows)
    assert read(path) == (("a", "b"), [["1", "2"], [" ", None], ["3", None]])


def test_an_unnamed_column_that_holds_something_stays(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", Table=[["a", "", "", ""], [1, "", "note", ""]])
    assert read(path) == (("a", "", ""), [["1", None, "note"]])


def test_cells_keep_the_letters_and_row_numbers_of_the_spreadsheet(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(3):
            sheet.write_row(row + 4, 2, [f"v{row}", f"w{row}"])
    table = opened(path)
    ((place, _),) = table.placed()
    assert table.labels == ("", "", "v0", "w0")
    assert rows_of(table) == [[None, None, "v1", "w1"], [None, None, "v2", "w2"]]
    assert [place.cell(1, 3), table.read.header] == ["D7", 5]


def test_a_long_sheet_comes_in_batches_whose_places_go_on(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", Table=[["n"], *([n] for n in range(45_000))])
    batches = list(opened(path).placed())
    assert [(b.rows, p.number(0), p.shown(p.number(0))) for p, b in batches] == [
        (20_000, 1, 2),
        (20_000, 20_001, 20_002),
        (5_000, 40_001, 40_002),
    ]
    assert batches[-1][1].columns[0][-1].as_py() == "44999"


def test_a_header_alone_is_a_table_without_records(tmp_path):
    assert read(write_xlsx(tmp_path / "a.xlsx", Table=[["a", "b"]])) == (("a", "b"), [])


def test_the_content_tells_the_kind_of_workbook_not_the_name(tmp_path):
    write_xlsx(tmp_path / "a.xls", Table=[["a"], [1]])
    write_xls(tmp_path / "b.xlsx", [["a"], [1]])
    assert [opened(tmp_path / name).read.format for name in ("a.xls", "b.xlsx")] == ["xlsx", "xls"]


def test_xlsm_is_called_so(tmp_path):
    assert opened(write_xlsx(tmp_path / "a.xlsm", Table=[["a"], [1]])).read.format == "xlsm"


def biff12(record, body):
    number = bytes([record]) if record < 0x80 else bytes([record & 0x7F | 0x80, record >> 7])
    return number + bytes([len(body)]) + body


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(path, column=1):
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    one = f'<Relationship Id="rId1" Type="{relation}/{{}}" Target="{{}}"/>'
    one = f'<Relationships xmlns="{package}">{one}</Relationships>'
    cell = struct.pack("<II", column, 0)
    sheet = [
        biff12(0x81, b""),
        biff12(0x94, struct.pack("<IIII", 0, 1, 0, 1)),
        biff12(0x91, b""),
        biff12(0, struct.pack("<I", 0) + bytes(13)),
        biff12(6, struct.pack("<II", 0, 0) + wide("a")),
        biff12(6, cell + wide("b")),
        biff12(0, struct.pack("<I", 1) + bytes(13)),
        biff12(5, struct.pack("<II", 0, 0) + struct.pack("<d", 12.0)),
        biff12(3, cell + b"\x2a"),
        biff12(0x92, b""),
        biff12(0x82, b""),
    ]
    book = [
        biff12(0x83, b""),
        biff12(0x8F, b""),
        biff12(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("Table")),
        biff12(0x90, b""),
        biff12(0x84, b""),
    ]
    return write_archive(
        path,
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": one.format("officeDocument", "xl/workbook.bin"),
            "xl/workbook.bin": b"".join(book),
            "xl/_rels/workbook.bin.rels": one.format("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": b"".join(sheet),
        },
    )


def test_xlsb_is_read_with_its_errors(tmp_path):
    table = opened(write_xlsb(tmp_path / "a.xlsb"))
    assert (table.labels, rows_of(table), table.read.format) == (("a", "b"), [["12", "#N/A"]], "xlsb")


# what is no workbook, or not whole, or too much


def patched_with_password(path):
    content = path.read_bytes()
    at = content.index(struct.pack("<HH", 0x5C, 112))  # the record of the author's name becomes one of encryption
    path.write_bytes(content[:at] + struct.pack("<H", 0x2F) + content[at + 2 :])
    return path


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.xlsx", b"", "empty"),
        ("a.xls", b"<!DOCTYPE html><html><table><tr><td>a</td></tr></table></html>", "html"),
        ("a.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml"),
        ("a.xls", b"a;b\n1;2\n", "text"),
        ("a.xls", "a\tb\n1\t2\n".encode("utf-16"), "text"),
        ("a.ods", b"%PDF-1.7", "pdf"),
        ("a.xlsx", b'[{"a": 1}]', "json"),
        ("a.parquet", b"a,b\n1,2\n", "text"),
        ("a.parquet", b"<html></html>", "html"),
        ("a.json", b"<html></html>", "html"),
        ("a.json", b"  \n", "empty"),
        ("a.json", b"PK\x03\x04", "zip"),
        ("a.json", b"[]", "empty"),
        ("a.json", b"[1, 2]", "json-not-records"),
        ("a.json", b'"text"', "json-not-records"),
        ("a.json", b'{"a": [{"b": 1}]}', "json-object"),
        ("a.json", b'{"type": "Feature", "geometry": null, "properties": {}}', "geojson-feature"),
        ("a.ndjson", b"", "empty"),
        ("a.ndjson", b'{\n "a": 1\n}\n', "json-object"),
        ("a.geojson", b'[{"type": "Feature"}]', "not-geojson"),
        ("a.geojson", b'{"a": 1}', "not-geojson"),
        ("a.geojson", b'{"type": "Feature", "geometry": null, "properties": {}}', "geojson-feature"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(tmp_path, name, content, cause):
    (tmp_path / name).write_bytes(content)
    assert opened(tmp_path / name) == fault("not-a-table", cause)


def test_other_archives_are_no_workbooks(tmp_path):
    zipped = write_archive(tmp_path / "a.xlsx", {"a.csv": "a,b"})
    document = write_raw_ods(tmp_path / "a.ods", "", mimetype="application/vnd.oasis.opendocument.text")
    assert [opened(zipped), opened(document)] == [fault("not-a-table", "zip")] * 2


def test_workbooks_without_a_filled_cell_are_empty(tmp_path):
    empty = [write_xlsx(tmp_path / "a.xlsx", Un=[], Deux=[]), write_xls(tmp_path / "a.xls", [])]
    assert [opened(path) for path in empty] == [fault("not-a-table", "empty")] * 2


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods", "parquet"])
def test_truncated_files_are_corrupt(tmp_path, suffix, share):
    path = tmp_path / f"a.{suffix}"
    rows = [["a", "b"], *([str(n), "x" * 50] for n in range(200))]
    {
        "xlsx": lambda: write_xlsx(path, T=rows),
        "xls": lambda: write_xls(path, rows),
        "ods": lambda: write_ods(path, rows),
    }.get(suffix, lambda: pq.write_table(pa.table({"a": [1] * 200}), path))()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    corrupt = "corrupt-parquet" if suffix == "parquet" else "corrupt-workbook"
    assert opened(path) == fault("unreadable", corrupt)


def test_a_damaged_sheet_is_corrupt(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", T=[["a"], [1]])
    broken = rewritten(path, tmp_path / "b.xlsx", lambda name, part: part[:-60] if "sheet1" in name else part)
    assert opened(broken) == fault("unreadable", "corrupt-workbook")


def test_damage_that_the_reader_panics_on_is_corrupt(tmp_path):
    path = write_xls(tmp_path / "a.xls", [["a", "b"], ["x", 1.5]])
    content = bytearray(path.read_bytes())
    results = set()
    for at in range(512, len(content), 7):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        found = opened(path)
        results.add("table" if isinstance(found, Table) else found.rule)
    assert results <= {"table", "unreadable", "not-a-table"}


def test_a_password_is_told_from_damage(tmp_path):
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "a.xlsx").write_bytes(compound)
    manifest = {"META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"}
    locked = [
        tmp_path / "a.xlsx",
        write_raw_ods(tmp_path / "a.ods", "", **manifest),
        patched_with_password(write_xls(tmp_path / "a.xls", [["a"], [1]])),
    ]
    assert [opened(path) for path in locked] == [fault("unreadable", "encrypted-workbook")] * 3


def test_a_stray_cell_far_away_is_refused_before_memory_is_asked_for(tmp_path):
    far = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(far) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "z")
    repeated = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" '
        'office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    )
    refused = fault("unreadable", "sheet-too-large", rows=1048576, columns=16384)
    assert opened(far) == refused
    assert opened(write_raw_ods(tmp_path / "a.ods", repeated)) == refused
    assert opened(write_xlsb(tmp_path / "a.xlsb", column=2**31)) == fault(
        "unreadable", "sheet-too-large", rows=2, columns=2**31 + 1
    )


def test_formatted_empty_cells_do_not_make_a_sheet_large(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_blank("XFD1048576", None, bold)
    assert read(path) == (("a", "b"), [])


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        (b'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="AB9" t="s"><v>1</v></c></row>', (9, 28)),
        (b"<x:row r='1'><x:c foo='>' r='XFD7'><x:v>1</x:v></x:c></x:row>", (7, 16384)),
        (b'<row><c><v>1</v></c><c t="s"><v>1</v></c></row><row><c><v>1</v></c></row>', (2, 2)),
        (b'<row r="3"><c r="A3"><v>1</v></c><c s="1" r="ZZ3"/></row>', (3, 1)),
    ],
)
def test_the_exact_size_of_a_sheet(cells, size):
    assert sheets.exact_size([cells]) == size


def test_a_workbook_that_expands_too_far_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 2000)
    path = write_xlsx(tmp_path / "a.xlsx", T=[["a"]])
    assert opened(path) == fault("unreadable", "workbook-too-large", limit=0)


def test_a_workbook_that_lies_about_its_size_is_corrupt(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", T=[["a" * 1000]])
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    path.write_bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 10)))
    assert opened(path) == fault("unreadable", "corrupt-workbook")


# Parquet


def test_every_kind_of_parquet_column_becomes_text(tmp_path):
    moment = datetime.datetime(2024, 1, 31, 13, 5, 9)
    columns = [
        (["12", "1.5", "NaN", None], pa.array([12.0, 1.5, float("nan"), None])),
        (["0.1", "10000000000000000", "INF", "1e+30"], pa.array([0.1, 1e16, float("inf"), 1e30], pa.float32())),
        (["1", "2", "3", None], pa.array([1, 2, 3, None], pa.int8())),
        (["true", "false", None, "true"], pa.array([True, False, None, True])),
        (["2024-01-31T13:05:09"] * 4, pa.array([moment] * 4)),
        (["2024-01-31T13:05:09Z"] * 4, pa.array([moment] * 4, pa.timestamp("ms", "UTC"))),
        (["2024-01-31T14:05:09+01:00"] * 4, pa.array([moment] * 4, pa.timestamp("us", "Europe/Paris"))),
        (["2024-01-31T13:05:09.12"] * 4, pa.array([moment.replace(microsecond=120000)] * 4)),
        (["2024-01-31"] * 4, pa.array([moment.date()] * 4)),
        (["13:05:09"] * 4, pa.array([moment.time()] * 4)),
        (["P1DT12H"] * 4, pa.array([datetime.timedelta(days=1, hours=12)] * 4)),
        (["12.50", "0.01"] * 2, pa.array([decimal.Decimal("12.5"), decimal.Decimal("0.01")] * 2)),
        (["0.00000001"] * 4, pa.array([decimal.Decimal("1e-8")] * 4)),
        (["AQI="] * 4, pa.array([b"\x01\x02"] * 4)),
        (["a", "b", None, "a"], pa.array(["a", "b", None, "a"]).dictionary_encode()),
        ([None] * 4, pa.nulls(4)),
        (['{"a":[1.5,null],"b":"2024-01-31"}'] * 4, pa.array([{"a": [1.5, None], "b": moment.date()}] * 4)),
    ]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({f"c{n}": array for n, (_, array) in enumerate(columns)}), path)
    table = opened(path)
    ((place, batch),) = table.placed()
    assert [column.to_pylist() for column in batch.columns] == [texts for texts, _ in columns]
    assert (table.read.format, place.cell(0, 0), place.line) == ("parquet", None, None)


def test_parquet_comes_in_batches(tmp_path):
    pq.write_table(pa.table({"n": range(45_000)}), tmp_path / "a.parquet")
    batches = list(opened(tmp_path / "a.parquet").placed())
    assert sum(batch.rows for _, batch in batches) == 45_000
    assert all(batch.rows <= objects.ROWS for _, batch in batches)
    assert [place.record for place, _ in batches][:2] == [0, batches[0][1].rows]


def test_parquet_that_is_damaged_inside_ends_the_reading(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"t": [f"text {n}" for n in range(1000)]}), path, compression="snappy")
    content = bytearray(path.read_bytes())
    content[4:200] = bytes(196)
    path.write_bytes(content)
    assert told_on_the_way(opened(path)) == [("unreadable", "corrupt-parquet", None, True)]


# JSON


def test_json_objects_have_the_union_of_their_keys_and_the_text_of_their_numbers(tmp_path):
    (tmp_path / "a.json").write_text(
        '[\n{"nom": "Gare", "n": 1.50, "siret": 73282932000074},\n'
        '{"n": 1e3, "vu": true, "nom": null, "ici": [2.350, "é"]}\n]'
    )
    table = opened(tmp_path / "a.json")
    assert table.labels == ("nom", "n", "siret", "vu", "ici")
    assert rows_of(table) == [
        ["Gare", "1.50", "73282932000074", None, None],
        [None, "1e3", None, "true", '[2.350,"é"]'],
    ]
    assert places(table) == [(1, None, 2), (2, None, 3)]
    assert (table.read.format, table.read.encoding, told(table)) == ("json", "utf-8", [])


def test_json_arrays_have_their_header_first(tmp_path):
    (tmp_path / "a.json").write_text('[["a", "b"],\n[1, null],\n[2],\n[3, 4, 5]]')
    table = opened(tmp_path / "a.json")
    ((_, batch),) = table.placed()
    assert (table.labels, rows_of(table)) == (("a", "b"), [["1", None], ["2", None], ["3", "4"]])
    assert (batch.ragged, batch.given_lines) == ({1: 1, 2: 3}, (2, 3, 4))


def test_json_records_are_all_of_one_kind(tmp_path):
    (tmp_path / "a.json").write_text('[{"a": 1},\n\n[2]]')
    assert opened(tmp_path / "a.json") == fault("not-a-table", "json-mixed", record=2, line=3)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('[{"a": 1},\n {"a": }]', 2, 8),
        ('[{"a": 1}\n {"a": 2}]', 2, 2),
        ('[{"a": 1},]', 1, 11),
        ('[{"a": 1}', 1, 10),
        ('[{"a": 1}]\n]', 2, 1),
        ('{"type": "FeatureCollection" "features": []}', 1, 30),
        ("{'type': 1}", 1, 2),
        ("nom;n\n", 1, 1),
    ],
)
def test_bad_json_is_told_with_its_place(tmp_path, text, line, column):
    (tmp_path / "a.json").write_text(text)
    assert opened(tmp_path / "a.json") == fault("unreadable", "bad-json", line=line, column=column)


@pytest.mark.parametrize("depth", [limits.DEPTH + 2, 100_000])
def test_json_that_nests_too_deep_is_refused(tmp_path, depth):
    (tmp_path / "a.json").write_text('[{"a": ' + "[" * depth + "]" * depth + "}]")
    assert opened(tmp_path / "a.json") == fault("unreadable", "too-deep", limit=limits.DEPTH)


def test_json_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(jsontext, "LARGEST", 4)
    (tmp_path / "a.json").write_text('[{"a": 1}]')
    assert opened(tmp_path / "a.json") == fault("unreadable", "json-too-large", limit=0)


def test_too_many_columns_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "COLUMNS", 2)
    (tmp_path / "a.json").write_text('[{"a": 1, "b": 2, "c": 3}]')
    assert opened(tmp_path / "a.json") == fault("not-a-table", "too-many-columns", limit=2)


def test_what_strict_json_does_not_allow_is_noticed_once(tmp_path):
    (tmp_path / "a.json").write_text('[{"a": NaN, "a": 1},\n{"a": Infinity},\n{"a": -Infinity}, {"a": 1, "a": NaN}]')
    table = opened(tmp_path / "a.json")
    assert rows_of(table) == [["1"], ["INF"], ["-INF"], ["NaN"]]
    assert told(table) == [
        ("json-nan", {"token": "NaN"}, 1),
        ("duplicate-key", {"key": "a"}, 1),
        ("json-nan", {"token": "Infinity"}, 2),
        ("json-nan", {"token": "-Infinity"}, 3),
    ]


def test_json_in_other_encodings_is_read_and_told(tmp_path):
    text = '[{"nom": "été"}]'
    for name, encoding in (("a.json", "cp1252"), ("b.json", "utf-16"), ("c.json", "utf-8-sig")):
        (tmp_path / name).write_bytes(text.encode(encoding))
    tables = [opened(tmp_path / name) for name in ("a.json", "b.json", "c.json")]
    assert [rows_of(table) for table in tables] == [[["été"]]] * 3
    assert [[rule for rule, _, _ in told(table)] for table in tables] == [["encoding"], ["encoding"], []]


# NDJSON


def test_ndjson_skips_bad_lines_and_judges_the_others(tmp_path):
    (tmp_path / "a.ndjson").write_text('{"a": 1.0}\n\n{"a": 2,}\n[3]\n{"b": "x", "b": "y"}\r\n' + '{"a": 4}')
    table = opened(tmp_path / "a.ndjson")
    assert (table.labels, rows_of(table)) == (("a", "b"), [["1.0", None], [None, "y"], ["4", None]])
    assert places(table) == [(1, None, 1), (2, None, 5), (3, None, 6)]
    assert told(table) == [("duplicate-key", {"key": "b"}, 5)]
    assert told_on_the_way(table) == [
        ("bad-json-line", None, 3, False),
        ("bad-json-line", "not-an-object", 4, False),
    ]


def test_ndjson_under_whose_name_an_array_stands_is_read_as_json(tmp_path):
    (tmp_path / "a.ndjson").write_text('[\n{"a": 1},\n{"a": 2}\n]')
    table = opened(tmp_path / "a.ndjson")
    assert (rows_of(table), table.read.format) == ([["1"], ["2"]], "json")


def test_ndjson_without_any_record_is_bad_json(tmp_path):
    (tmp_path / "a.ndjson").write_text("a;b\n1;2\n")
    assert opened(tmp_path / "a.ndjson") == fault("unreadable", "bad-json", line=1, column=1)


def test_ndjson_of_features_is_read_like_geojson(tmp_path):
    feature = '{"type": "Feature", "properties": {"nom": "A"}, "geometry": null}'
    (tmp_path / "a.geojsonl").write_text(f'\x1e{feature}\n\x1e{feature}\n{{"nom": "B"}}\n')
    table = opened(tmp_path / "a.geojsonl", "Geometry")
    assert (table.labels, rows_of(table)) == (("nom", "Geometry"), [["A", None], ["A", None]])
    assert told_on_the_way(table) == [("bad-json-line", "not-a-feature", 3, False)]


def test_ndjson_stops_at_a_line_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "RECORD_BYTES", 50)
    monkeypatch.setattr(ndjson, "utf8_chunks", lambda file, _form: iter([Path(file).read_bytes(), b" "]))
    (tmp_path / "a.ndjson").write_text('{"a": 1}\n{"a": "' + "x" * 100)
    table = opened(tmp_path / "a.ndjson")
    assert rows_of(table) == [["1"]]
    assert told_on_the_way(table) == [("record-too-large", None, 2, True)]


def test_a_batch_of_bad_lines_only_still_counts_them(tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "ROWS", 2)
    (tmp_path / "a.ndjson").write_text("{}x\n" * 5 + '{"a": 1}\n')
    batches = list(opened(tmp_path / "a.ndjson").placed())
    found = [(batch.rows, len(batch.notices), place.record) for place, batch in batches]
    assert found == [(0, 2, 0), (0, 2, 0), (1, 1, 0)]


def test_a_compressed_file_is_read_too(tmp_path):
    (tmp_path / "a.ndjson.gz").write_bytes(gzip.compress(b'{"a": 1}\n'))
    with delivered(tmp_path / "a.ndjson.gz") as taken:
        table = open_table(taken, Expected())
        assert (rows_of(table), table.read.compression) == ([["1"]], "gzip")


# GeoJSON

FEATURES = """{"type": "FeatureCollection", "name": "parcs",
"features": [
{"type": "Feature", "id": 7, "properties": {"nom": "Gare"},"geometry":{"type": "Point", "coordinates": [2.350, 48.8]}},
{"type": "Feature", "properties": {"n": 2}, "geometry": null}
]CRS}"""


@pytest.mark.parametrize("name", ["a.geojson", "a.json"])
def test_geojson_features_are_records(tmp_path, name):
    (tmp_path / name).write_text(FEATURES.replace("CRS", ""))
    table = opened(tmp_path / name, "nom", "GEOMETRY")
    assert table.labels == ("id", "nom", "n", "GEOMETRY")
    assert rows_of(table) == [
        ["7", "Gare", None, '{"type":"Point","coordinates":[2.350,48.8]}'],
        [None, None, "2", None],
    ]
    assert places(table) == [(1, None, 3), (2, None, 4)]
    assert (table.read.format, told(table)) == ("geojson", [])
    assert opened(tmp_path / name).labels[-1] == "geometry"


def test_properties_go_before_the_features_own_members(tmp_path):
    feature = {"type": "Feature", "id": 1, "properties": {"id": "A", "geometry": "x"}, "geometry": None}
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    table = opened(tmp_path / "a.geojson")
    assert (table.labels, rows_of(table)) == (("id", "geometry"), [["A", None]])
    assert told(table) == [("duplicate-key", {"key": "geometry"}, 1)]


@pytest.mark.parametrize(
    ("crs", "shown"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", None),
        ("urn:ogc:def:crs:EPSG::4326", None),
        ("EPSG:4326", None),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", None),
        ("urn:ogc:def:crs:EPSG::2154", "urn:ogc:def:crs:EPSG::2154"),
    ],
)
def test_another_reference_system_is_noticed(tmp_path, crs, shown):
    written = json.dumps({"type": "name", "properties": {"name": crs}})
    (tmp_path / "a.geojson").write_text(FEATURES.replace("CRS", f', "crs": {written}'))
    assert told(opened(tmp_path / "a.geojson")) == ([("geojson-crs", {"crs": shown}, None)] if shown else [])


def test_a_bare_geometry_is_no_table(tmp_path):
    (tmp_path / "a.geojson").write_text('{"type": "Point", "coordinates": [2, 48]}')
    assert opened(tmp_path / "a.geojson") == fault("not-a-table", "geojson-geometry", type="Point")


def test_what_is_no_feature_is_told_with_its_place(tmp_path):
    (tmp_path / "a.geojson").write_text('{"features": [\n{"type": "Point"}], "type": "FeatureCollection"}')
    assert opened(tmp_path / "a.geojson") == fault("not-a-table", "not-a-feature", record=1, line=2)


def test_a_collection_without_features_is_a_table_without_records(tmp_path):
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    assert read(tmp_path / "a.geojson") == (("geometry",), [])
    assert geojson.GEOMETRY == "geometry"


# the same rows in every format


def write_csv(path, labels, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([labels, *rows])


def write_all(folder, labels, rows):
    objects_ = [dict(zip(labels, row, strict=True)) for row in rows]
    write_csv(folder / "t.csv", labels, rows)
    write_xlsx(folder / "t.xlsx")
    with xlsxwriter.Workbook(folder / "t.xlsx", {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([labels, *rows]):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    write_ods(folder / "t.ods", [labels, *rows])
    write_xls(folder / "t.xls", [labels, *rows])
    pq.write_table(pa.table({label: [row[n] for row in rows] for n, label in enumerate(labels)}), folder / "t.parquet")
    (folder / "t.json").write_text(json.dumps(objects_), encoding="utf-8")
    (folder / "t.ndjson").write_text(
        "\n".join(json.dumps(each, ensure_ascii=False) for each in objects_), encoding="utf-8"
    )


plain = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" é,;\"'"), min_size=1, max_size=8
).map(lambda text: f"x{text}x".replace("  ", " "))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(plain, plain, plain), min_size=1, max_size=5))
def test_every_format_gives_the_same_columns(tmp_path, rows):
    labels = ["nom", "capacité", "note"]
    write_all(tmp_path, labels, [list(row) for row in rows])
    found = {path.suffix: read(path, *labels) for path in tmp_path.iterdir()}
    assert found == dict.fromkeys(found, (tuple(labels), [list(row) for row in rows]))
    assert len(found) == 7
