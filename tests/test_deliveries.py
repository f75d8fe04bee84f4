"""What a delivery may be: a package as folder, descriptor or zip, a folder of files, one file of a package."""

import json
import shutil
import zipfile

import pytest

from beffroi import check
from conftest import ROOT

EXAMPLE = ROOT / "examples/air-quality"


def told(report):
    """What each subject is, and the findings at level must."""
    return [
        (
            subject.kind,
            subject.resource,
            [(each.rule, each.field, each.cause, each.count) for each in subject.findings if each.level == "must"],
        )
        for subject in report.subjects
        if subject.kind != "standard"
    ]


def zipped(folder, path, top=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, top + file.relative_to(folder).as_posix())
    return path


def written(folder, **files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


def test_a_package_is_judged_table_by_table_with_keys_between_them():
    assert told(check(EXAMPLE, standard="air-quality")) == [
        ("package", None, []),
        (
            "table",
            "stations",
            [("pattern", "municipality_code", "lost-leading-zero", 1), ("type", "start_date", "day-first-date", 1)],
        ),
        (
            "table",
            "measurements",
            [
                ("primary-key", None, None, 1),
                ("foreign-key", "station_id", None, 2),
                ("enum", "pollutant", "wrong-case", 3),
                ("type", "value", "decimal-comma", 10),
            ],
        ),
    ]


@pytest.mark.parametrize("top", ["", "delivery/"])
def test_a_zip_is_judged_as_the_folder_it_holds(tmp_path, top):
    packed = zipped(EXAMPLE, tmp_path / "delivery.zip", top)
    report = check(packed, standard="air-quality")
    assert told(report) == told(check(EXAMPLE, standard="air-quality"))
    assert report.subjects[1].path == f"{packed}/stations.csv"


def test_a_descriptor_stands_for_its_package():
    assert told(check(EXAMPLE / "datapackage.json", standard="air-quality")) == told(
        check(EXAMPLE, standard="air-quality")
    )


def test_a_folder_without_descriptor_is_judged_by_the_names_and_columns_of_its_files(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    shutil.copy(EXAMPLE / "stations.csv", folder / "stations.csv")
    shutil.copy(EXAMPLE / "measurements.csv", folder / "relevés 2026.csv")
    tables = told(check(folder, standard="air-quality"))
    assert sorted(tables, key=lambda each: each[1]) == sorted(
        told(check(EXAMPLE, standard="air-quality"))[1:], key=lambda each: each[1]
    )


def test_a_table_that_the_standard_requires_is_missed(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    shutil.copy(EXAMPLE / "measurements.csv", folder)
    whole, table = told(check(folder, standard="air-quality"))
    assert whole == ("package", None, [("missing-resource", None, None, 1)])
    assert table[1] == "measurements"


def test_one_file_of_a_package_says_what_could_not_be_looked_up():
    report = check(EXAMPLE / "measurements.csv", standard="air-quality")
    rules = {each.rule: str(each.level) for each in report.subjects[0].findings}
    assert rules["reference-not-there"] == "should"
    assert "foreign-key" not in rules


def test_what_a_missing_column_refers_to_is_not_asked_for(tmp_path):
    lines = (EXAMPLE / "measurements.csv").read_text(encoding="utf-8").splitlines()
    position = lines[0].split(";").index("station_id")
    rows = [";".join(cell for index, cell in enumerate(line.split(";")) if index != position) for line in lines]
    written(tmp_path, measurements__csv="\n".join(rows) + "\n")
    rules = [each.rule for each in check(tmp_path / "measurements.csv", standard="air-quality").subjects[0].findings]
    assert "missing-column" in rules
    assert "reference-not-there" not in rules


def test_a_table_that_the_standard_does_not_know_cannot_be_judged(tmp_path):
    folder = written(tmp_path / "d", photos__csv="name,size\na,1\n")
    report = check(folder / "photos.csv", standard="air-quality")
    assert [each.rule for each in report.subjects[0].findings] == ["no-rules"]
    assert (report.verdict, report.exit_code()) == ("cannot-tell", 3)


def test_a_package_without_standard_is_judged_by_its_own_schemas(tmp_path):
    folder = written(
        tmp_path / "d",
        a__csv="id,parent\n1,\n2,1\n3,7\n",
        b__csv="a\n1\n9\n",
        c__csv="x\n1\n",
        datapackage__json={
            "name": "d",
            "licenses": [{"name": "etalab-2.0"}],
            "resources": [
                {
                    "name": "a",
                    "path": "a.csv",
                    "profile": "tabular-data-resource",
                    "schema": {
                        "fields": [
                            {"name": "id", "type": "integer", "contraints": {}},
                            {"name": "parent", "type": "integer"},
                        ],
                        "primaryKey": "id",
                        "foreignKeys": [{"fields": "parent", "reference": {"resource": "", "fields": "id"}}],
                    },
                },
                {
                    "name": "b",
                    "path": "b.csv",
                    "schema": {
                        "fields": [{"name": "a", "type": "integer"}],
                        "foreignKeys": [{"fields": "a", "reference": {"resource": "a", "fields": "id"}}],
                    },
                },
                {"name": "c", "path": "c.csv"},
            ],
        },
    )
    report = check(folder)
    assert told(report) == [
        ("package", None, []),
        ("table", "a", [("foreign-key", "parent", "same-table", 1)]),
        ("table", "b", [("foreign-key", "a", None, 1)]),
        ("table", "c", []),
    ]
    assert [each.rule for each in report.subjects[0].findings] == ["standard-unknown-key"]
    assert [(each.rule, str(each.level)) for each in report.subjects[3].findings] == [("no-schema", "may")]


def test_a_descriptor_of_version_2_with_inline_data_and_parts(tmp_path):
    folder = written(
        tmp_path / "d",
        one__csv="n;x\n1;a\n",
        two__csv="n;x\n2;b\nz;c\n",
        datapackage__json={
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "resources": [
                {
                    "name": "parts",
                    "type": "table",
                    "path": ["one.csv", "two.csv"],
                    "dialect": {"delimiter": ";"},
                    "schema": {"fields": [{"name": "n", "type": "integer"}, {"name": "x", "type": "string"}]},
                },
                {
                    "name": "inline",
                    "data": [{"n": 1}, {"n": "q"}],
                    "schema": {"fields": [{"name": "n", "type": "integer"}]},
                },
            ],
        },
    )
    assert told(check(folder)) == [
        ("package", None, []),
        ("table", "parts", [("type", "n", None, 1)]),
        ("table", "inline", [("type", "n", None, 1)]),
    ]


def test_hidden_files_and_links_that_lead_out_are_not_looked_at(tmp_path):
    outside = written(tmp_path / "outside", numbers__csv="a\n1\n")
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / ".hidden.csv").write_text("a\n1\n")
    (folder / "link.csv").symlink_to(outside / "numbers.csv")
    report = check(folder)
    assert [[each.rule for each in subject.findings] for subject in report.subjects] == [["nothing-to-check"]]
    assert report.exit_code() == 3


def test_files_are_named_with_their_hashes():
    import hashlib

    table = check(EXAMPLE, standard="air-quality").subjects[1]
    content = (EXAMPLE / "stations.csv").read_bytes()
    assert (table.sha256, table.bytes) == (hashlib.sha256(content).hexdigest(), len(content))
    assert table.standard.id == "air-quality"


def test_files_named_together_may_refer_to_each_other(tmp_path):
    files = [EXAMPLE / "stations.csv", EXAMPLE / "measurements.csv"]
    assert told(check(*files, standard="air-quality")) == told(check(EXAMPLE, standard="air-quality"))[1:]


def test_a_folder_of_packages_judges_each_and_says_what_it_passed_over(tmp_path):
    for name in ("one", "two"):
        shutil.copytree(EXAMPLE, tmp_path / "deliveries" / name)
    (tmp_path / "deliveries" / "LISEZMOI.txt").write_text("Bonjour, voici nos données.", encoding="utf-8")
    (tmp_path / "deliveries" / "plan.pdf").write_bytes(b"%PDF-1.7")
    report = check(tmp_path / "deliveries", standard="air-quality")
    one = told(check(EXAMPLE, standard="air-quality"))
    assert told(report) == [("package", None, []), *one, *one]
    assert [(each.rule, each.count) for each in report.subjects[0].findings] == [("not-looked-at", 2)]


def test_a_standard_that_no_table_of_a_package_falls_under_is_missed(tmp_path):
    folder = written(
        tmp_path / "d",
        b__csv="x\n1\n",
        c__csv="x\n1\n",
        datapackage__json={"name": "d", "resources": [{"name": name, "path": f"{name}.csv"} for name in "bc"]},
    )
    found = told(check(folder, standard="council-grants"))[0][2]
    assert ("missing-resource", None, None, 1) in found


def test_two_files_of_one_table_are_looked_up_together(tmp_path):
    schema = {
        "resources": [
            {"name": "a", "schema": {"fields": [{"name": "id"}, {"name": "label"}]}},
            {
                "name": "b",
                "schema": {
                    "fields": [{"name": "ref"}, {"name": "n"}],
                    "foreignKeys": [{"fields": "ref", "reference": {"resource": "a", "fields": "id"}}],
                },
            },
        ]
    }
    folder = written(tmp_path / "d", standard__json=schema)
    files = written(
        tmp_path / "f", a1__csv="id,label\n1,x\n", a2__csv="id,label\n2,y\n", b__csv="ref,n\n1,1\n2,2\n3,3\n"
    )
    assert told(check(*sorted(files.iterdir()), standard=folder / "standard.json"))[2] == (
        "table",
        "b",
        [("foreign-key", "ref", None, 1)],
    )


def test_a_package_that_nothing_of_could_be_read_cannot_be_told(tmp_path):
    descriptor = {"name": "d", "resources": [{"name": "map", "path": "https://example.org/map.json"}]}
    report = check(written(tmp_path / "d", datapackage__json=descriptor))
    assert (report.verdict, report.exit_code()) == ("cannot-tell", 3)
