"""Workbooks made to take memory or time, or to break the library that reads them, are refused beforehand."""

import json
import zipfile

import pytest
import xlsxwriter

from beffroi import check
from beffroi.model.faults import Fault, fault
from beffroi.tables.batches import Expected
from beffroi.tables.delivery import delivered
from beffroi.tables.sources import sheets, workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CORRUPT = fault("unreadable", "corrupt-workbook")


def opened(path):
    with delivered(path) as taken:
        return workbook.open_table(taken, Expected())


def write_raw(path, rows, strings=None):
    """A workbook with a sheet of raw XML."""
    usual = path.with_name("usual.xlsx")
    with xlsxwriter.Workbook(usual) as book:
        book.add_worksheet().write(0, 0, "a")
    new = {"xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"}
    if strings is not None:
        new["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    with zipfile.ZipFile(usual) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(name, new.get(name, old.read(name)))
    return path


@pytest.mark.parametrize("place", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_text_without_end_is_refused(tmp_path, monkeypatch, place):
    monkeypatch.setattr(sheets, "TEXT", 10_000)
    monkeypatch.setattr(sheets, "CHUNK", 1000)
    long = "a" * 20_000
    rows, strings = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{long}</t></si>"
    if "sheet" in place:
        rows, strings = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{long}</t></is></c></row>', None
    assert opened(write_raw(tmp_path / "a.xlsx", rows, strings)) == CORRUPT


def test_a_shared_text_that_cells_repeat_too_often_is_refused(tmp_path, monkeypatch):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1001))
    path = write_raw(tmp_path / "a.xlsx", rows, f"<si><t>{'a' * 1000}</t></si>")
    assert not isinstance(opened(path), Fault)
    monkeypatch.setattr(sheets, "LARGEST", 900_000)
    assert opened(path) == fault("unreadable", "workbook-too-large", limit=0)


def test_a_long_text_that_few_cells_hold_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 200_000)
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, 1001))
    strings = f"<si><t>{'a' * 10_000}</t></si>" + "<si><t>b</t></si>" * 999
    assert not isinstance(opened(write_raw(tmp_path / "a.xlsx", rows, strings)), Fault)


@pytest.mark.parametrize(
    "place", ["ZZZZZZ99999999999", "A99999999999", "FXSHRXX1", "ZZZZ1", "A", "1A", "", "$A$1", "A-1"]
)
@pytest.mark.parametrize("cell", ['<c r="{}"><v>1</v></c>', "<c  r='{}'><v>1</v></c>", '<c r="{}"/>'])
def test_a_cell_that_stands_nowhere_is_damage_and_nothing_is_printed(tmp_path, capfd, place, cell):
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{cell.format(place)}</row>'
    assert opened(write_raw(tmp_path / "a.xlsx", rows)) == CORRUPT
    assert capfd.readouterr() == ("", "")


def test_a_row_far_away_counts_for_cells_that_do_not_tell_their_place(tmp_path):
    rows = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'
    assert opened(write_raw(tmp_path / "a.xlsx", rows)).cause == "sheet-too-large"


def test_pieces_lose_nothing():
    content = b"".join(b"<row>%d</row>" % n for n in range(1000)) + b"<end/>"
    for chunk in (1, 7, 100):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sheets, "CHUNK", chunk)
            assert b"".join(sheets.pieces(Stream(content), b"row>")) == content


class Stream:
    """Bytes to read."""

    def __init__(self, content):
        self.content, self.at = content, 0

    def read(self, size):
        self.at += size
        return self.content[self.at - size : self.at]


@pytest.mark.parametrize(("words", "found"), [((["oui"], ["non"]), []), ((["oui"], []), ["false"]), (None, [])])
def test_a_real_boolean_has_no_notation_to_be_wrong(tmp_path, words, found):
    field = {"name": "a", "type": "boolean"}
    if words:
        field |= {"trueValues": words[0], "falseValues": words[1]}
    table = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(table) as book:
        book.add_worksheet().write_column(0, 0, ["a", True, False])
    report = check(table, standard=written(tmp_path / "s.json", {"fields": [field]}))
    assert [sample.value for each in report.subjects[0].findings for sample in each.samples] == found


def test_the_word_true_is_not_a_real_boolean(tmp_path):
    field = {"name": "a", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}
    schema = written(tmp_path / "s.json", {"fields": [field]})
    for name, rows in (("t.json", [{"a": True}, {"a": "true"}]), ("u.json", [["a"], [False], ["false"]])):
        report = check(written(tmp_path / name, rows), standard=schema)
        assert [(each.rule, each.count) for each in report.subjects[0].findings] == [("type", 1)], name


def written(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
