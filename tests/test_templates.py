"""Files to fill in: what they hold, what a spreadsheet sees to, and that what is filled in is judged as it should."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.errors import CannotWrite
from beffroi.model.standard import ResourceRules, Standard
from beffroi.showing.template import column_letters, workbook
from beffroi.standards.sampling.files import is_short_number, rows
from beffroi.standards.sampling.tables import Order, made_up
from beffroi.standards.templating import header_csv, kind_of_file, sheet_name, template

OURS = Catalogue.of().survey().standards
README = {"en": "Read me", "fr": "Lisez-moi"}


def standard_of(*fields, name="table", **schema):
    rules = ResourceRules(name=name, schema=read_table_schema({"fields": list(fields), **schema}))
    return Standard(id="made", version="1.0.0", path="made.yaml", sha256="", resources=(rules,))


def opened(standard, lang="en"):
    return openpyxl.load_workbook(io.BytesIO(workbook(template(standard, lang), lang)))


def validations(sheet):
    """By column letter."""
    return {
        next(iter(each.sqref.ranges)).coord.split(":")[0][:-1]: each for each in sheet.data_validations.dataValidation
    }


def rules_found(path, standard):
    report = check(path, standard=standard)
    found = [each for subject in report.subjects if subject.delivered for each in subject.findings]
    return report.verdict, sorted(each.rule for each in found if each.level != "may")


def filled(standard, name, lang, path):
    """The workbook with made-up rows typed into the sheet of one table."""
    book = opened(standard, lang)
    for table in made_up(standard, Order(rows=20, lang=lang)):
        if table.rules.name == name:
            for number, record in enumerate(rows(table), start=2):
                for column, (field, text) in enumerate(zip(table.schema.fields, record, strict=True), start=1):
                    typed = float(text) if is_short_number(field, text) else text
                    book[name].cell(number, column).value = None if typed == "" else typed
    book.save(path)


ACCEPTED = [
    pytest.param(standard, each.name, id=f"{standard.id}-{each.name}")
    for standard in OURS
    for each in standard.resources
    if "xlsx" in each.formats and not each.schema.foreign_keys
]


@pytest.mark.parametrize(("standard", "name"), ACCEPTED)
def test_a_workbook_that_is_filled_in_passes(standard, name, tmp_path):
    path = tmp_path / f"{name}.xlsx"
    filled(standard, name, "fr", path)
    assert rules_found(path, standard.id) == ("conformant", [])


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("standard", [each for each in OURS if not each.is_package], ids=lambda each: each.id)
def test_an_empty_workbook_has_no_records_and_nothing_else(standard, lang, tmp_path):
    path = tmp_path / "empty.xlsx"
    path.write_bytes(workbook(template(standard, lang), lang))
    assert rules_found(path, standard.id) == ("conformant", ["no-records"])
    read = check(path, standard=standard.id).subjects[0].read
    assert (read.sheet, read.header) == (standard.resources[0].name, 1)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("standard", OURS, ids=lambda each: each.id)
def test_a_workbook_has_a_sheet_that_says_how_and_one_a_table(standard, lang):
    book = opened(standard, lang)
    assert book.sheetnames == [README[lang], *(each.name for each in standard.resources), "lists"]
    assert [each.title for each in book if each.sheet_state == "hidden"] == ["lists"]
    first = [row[0].value for row in book[README[lang]].iter_rows() if row[0].value]
    assert first[0] == standard.title[lang]
    assert any(f"--standard {standard.name}" in each for each in first)
    for rules in standard.resources:
        sheet = book[rules.name]
        assert tuple(cell.value for cell in sheet[1]) == rules.schema.names
        assert sheet.freeze_panes == "A2"
        assert set(rules.schema.names) <= set(first)
        for cell, field in zip(sheet[1], rules.schema.fields, strict=True):
            assert cell.comment.text.startswith(field.title[lang])
            needed = field.required or field.name in rules.schema.primary_key
            assert (cell.fill.fgColor.rgb == "FF1F3864") is needed


def test_cells_of_codes_and_dates_are_text_and_those_of_numbers_are_not():
    sheet = opened(Catalogue.of().standard("bicycle-parking"))["parkings"]
    plain = {
        number
        for each in sheet.column_dimensions.values()
        if each.number_format != "@"
        for number in range(each.min, each.max + 1)
    }
    assert {cell.value for cell in sheet[1] if cell.column in plain} == {"capacite", "capacite_cargo", "d_service"}


def test_a_spreadsheet_sees_to_lists_numbers_dates_and_lengths():
    fields = (
        {"name": "kind", "type": "string", "constraints": {"enum": ["=1+1", "b, c", "d"]}},
        {"name": "open", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
        {"name": "count", "type": "integer", "constraints": {"minimum": 1, "maximum": 9}},
        {"name": "share", "type": "number", "constraints": {"minimum": 0.5}},
        {"name": "comma", "type": "number", "decimalChar": ",", "constraints": {"minimum": 0.5}},
        {"name": "year", "type": "year"},
        {"name": "day", "type": "date", "constraints": {"minimum": "2020-01-01"}},
        {"name": "other_day", "type": "date", "format": "%d/%m/%Y"},
        {"name": "code", "type": "string", "constraints": {"minLength": 2, "maxLength": 5}},
        {"name": "free", "type": "string"},
        {"name": "rank", "type": "integer", "categories": [{"value": 1, "label": "first"}, {"value": 2, "label": "x"}]},
    )
    book = opened(standard_of(*fields))
    found = validations(book["table"])
    told = {key: (each.type, each.operator, each.formula1, each.formula2) for key, each in found.items()}
    assert told == {
        "A": ("list", None, "'lists'!$A$1:$A$3", None),
        "B": ("list", None, "'lists'!$B$1:$B$2", None),
        "C": ("whole", None, "1", "9"),
        "D": ("decimal", "greaterThanOrEqual", "0.5", None),
        "F": ("whole", None, "1000", "9999"),
        "G": ("custom", None, "AND(LEN(G2)=10,ISNUMBER(DATEVALUE(G2)),DATEVALUE(G2)>=DATE(2020,1,1))", None),
        "I": ("textLength", None, "2", "5"),
        "K": ("list", None, "'lists'!$C$1:$C$2", None),
    }
    lists = book["lists"]
    assert [[cell.value for cell in column if cell.value] for column in lists.columns] == [
        ["=1+1", "b, c", "d"],
        ["oui", "non"],
        ["1", "2"],
    ]
    assert lists["A1"].data_type == "s"


def test_a_list_of_any_length_can_be_chosen_from():
    values = [f"value number {number:04}" for number in range(2000)]
    book = opened(standard_of({"name": "kind", "type": "string", "constraints": {"enum": values}}))
    found = validations(book["table"])["A"]
    assert found.formula1 == "'lists'!$A$1:$A$2000"
    assert [cell.value for cell in book["lists"]["A"]] == values


@pytest.mark.parametrize(
    ("lang", "title", "message"),
    [
        ("en", "not what is expected here", "a whole number; digits only such as 1250; at least 1; at most 9"),
        (
            "fr",
            "ce n’est pas ce qui est attendu",
            "un nombre entier\u00a0; des chiffres seulement comme 1250\u00a0; au moins 1\u00a0; au plus 9",
        ),
    ],
)
def test_what_is_refused_is_told_in_words(lang, title, message):
    field = {"name": "n", "type": "integer", "constraints": {"minimum": 1, "maximum": 9}}
    found = validations(opened(standard_of(field), lang)["table"])["A"]
    assert (found.errorTitle, found.error, found.showErrorMessage) == (title, message, True)


def test_a_note_tells_what_a_column_holds():
    field = {
        "name": "etat",
        "title": {"en": "State", "fr": "État"},
        "description": {"en": "How it is.", "fr": "Comment il est."},
        "type": "string",
        "categories": [
            {"value": "o", "label": {"en": "open", "fr": "ouvert"}},
            {"value": "f", "label": {"en": "shut", "fr": "fermé"}},
        ],
        "example": "o",
        "constraints": {"required": True},
    }
    assert opened(standard_of(field), "fr")["table"]["A1"].comment.text == (
        "État\n(obligatoire)\nComment il est.\n• o: ouvert\n• f: fermé\n"
        "du texte\u00a0; l’une de ces valeurs\u00a0: o, f\nexemple\u00a0: o"
    )


def test_texts_of_a_standard_are_never_formulas():
    field = {"name": "=cmd()", "title": "=1+1", "description": "@SUM(A1)", "type": "string", "example": "+1"}
    book = opened(standard_of(field, name="=2"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {"=cmd()", "=1+1", "@SUM(A1)", "+1"} <= {cell.value for cell in cells}


def test_texts_that_are_too_long_for_a_spreadsheet_are_cut():
    values = ["x" * 300, "y" * 300]
    field = {"name": "n" * 400, "description": "d" * 50_000, "constraints": {"enum": values}}
    sheet = opened(standard_of(field, name="t" * 60))["t" * 31]
    assert len(validations(sheet)["A"].error) == 255
    assert len(sheet["A1"].comment.text) == 2000


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("stations", set(), "stations"),
        ("a/b[c]:d*e?f\\g", set(), "a-b-c--d-e-f-g"),
        ("'quoted'", set(), "quoted"),
        ("s" * 40, set(), "s" * 31),
        ("Stations", {"stations"}, "Stations-2"),
        ("s" * 40, {"s" * 31, "s" * 27 + "-2"}, "s" * 27 + "-3"),
        ("", set(), "table"),
    ],
)
def test_a_sheet_has_a_name_that_spreadsheets_accept(name, taken, expected):
    assert sheet_name(name, taken) == expected


def test_a_table_may_be_called_like_the_other_sheets():
    rules = ResourceRules(
        name="lists", schema=read_table_schema({"fields": [{"name": "a", "constraints": {"enum": ["x"]}}]})
    )
    standard = replace(standard_of({"name": "a"}, name="Read me"), id="x")
    standard = replace(standard, resources=(*standard.resources, rules))
    assert opened(standard).sheetnames == ["Read me beffroi", "Read me", "lists", "lists beffroi"]


@pytest.mark.parametrize(
    ("lang", "content"),
    [("en", '\ufeffid,"a;b, c",été\r\n'), ("fr", '\ufeffid;"a;b, c";été\r\n')],
)
def test_a_csv_file_is_what_the_excel_of_its_country_opens(lang, content):
    (sheet,) = template(standard_of({"name": "id"}, {"name": "a;b, c"}, {"name": "été"}), lang).sheets
    assert header_csv(sheet, lang) == content


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("standard", [each for each in OURS if not each.is_package], ids=lambda each: each.id)
def test_a_csv_file_that_is_filled_in_passes(standard, lang, tmp_path):
    made = template(standard, lang)
    path = tmp_path / "filled.csv"
    path.write_text(header_csv(made.sheets[0], lang), encoding="utf-8", newline="")
    assert rules_found(path, standard.id) == ("conformant", ["no-records"])
    (table,) = made_up(standard, Order(rows=10, lang=lang))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";" if lang == "fr" else ",").writerows(rows(table))
    assert rules_found(path, standard.id) == ("conformant", [])


def test_a_name_that_would_be_run_is_not_written_to_csv():
    (sheet,) = template(standard_of({"name": "=cmd()"}), "en").sheets
    with pytest.raises(CannotWrite) as caught:
        header_csv(sheet, "en")
    assert (caught.value.kind, caught.value.details) == ("template-formula", {"name": "=cmd()"})


@pytest.mark.parametrize(
    ("path", "one", "several"),
    [
        ("a.xlsx", "xlsx", "xlsx"),
        ("a.XLSX", "xlsx", "xlsx"),
        ("a.csv", "csv", None),
        ("a", None, "folder"),
        ("a.ods", None, None),
    ],
)
def test_the_suffix_tells_what_is_made(path, one, several):
    for name, expected in (("trees", one), ("air-quality", several)):
        standard = Catalogue.of().standard(name)
        if expected:
            assert kind_of_file(standard, Path(path)) == expected
        else:
            with pytest.raises(CannotWrite):
                kind_of_file(standard, Path(path))


def test_a_workbook_is_the_same_each_time():
    standard = Catalogue.of().standard("trees")
    assert workbook(template(standard, "fr"), "fr") == workbook(template(standard, "fr"), "fr")


def test_columns_have_the_letters_of_spreadsheets():
    assert [column_letters(number) for number in (0, 25, 26, 702)] == ["A", "Z", "AA", "AAA"]


def test_the_command_writes_a_file_or_a_folder(beffroi, tmp_path):
    done = beffroi("standard", "template", "bicycle-parking", "--output", "parkings.xlsx", "--lang", "fr")
    assert (done.returncode, done.stdout) == (0, "écrit\u00a0: parkings.xlsx\n")
    assert openpyxl.load_workbook(tmp_path / "parkings.xlsx").sheetnames == ["Lisez-moi", "parkings", "lists"]
    done = beffroi("standard", "template", "air-quality", "--output", "air")
    assert (done.returncode, done.stdout) == (0, "written: air\n")
    assert sorted(each.name for each in (tmp_path / "air").iterdir()) == ["measurements.csv", "stations.csv"]
    assert beffroi("check", "air", "--standard", "air-quality").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trees", "-o", "trees.ods"], "cannot be the name of a file to fill in for a standard of 1 table(s)"),
        (["air-quality", "-o", "air.csv"], "cannot be the name of a file to fill in for a standard of 2 table(s)"),
        (["air-quality", "-o", "there"], "exists already; nothing was changed"),
        (["trees", "-o", "no/such/trees.csv"], "cannot be written"),
        (["none.json", "-o", "x.csv"], "says nothing about the columns of the table none"),
        (["bad.json", "-o", "x.csv"], "whose name a spreadsheet would run as a formula: =a"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is(beffroi, tmp_path, arguments, told):
    (tmp_path / "there").mkdir()
    (tmp_path / "none.json").write_text('{"fields": []}', encoding="utf-8")
    (tmp_path / "bad.json").write_text(json.dumps({"fields": [{"name": "=a"}]}), encoding="utf-8")
    done = beffroi("standard", "template", *arguments)
    assert (done.returncode, done.stdout, told in done.stderr) == (2, "", True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.json", "none.json", "there"]
