"""What `check` says of the licences of a data package."""

import json
import os
import zipfile

import pytest

from beffroi import check
from beffroi.licences.register import UnknownPolicy
from conftest import ROOT

DATA = "id\n1\n"
RESOURCE = {"name": "rows", "path": "rows.csv", "schema": {"fields": [{"name": "id", "type": "integer"}]}}
BENCHES = {
    "id": "benches",
    "version": "1.0.0",
    "status": "draft",
    "title": {"en": "Benches", "fr": "Bancs"},
    "description": {"en": "x", "fr": "x"},
    "licences": {"accept": ["etalab-2.0", "ODbL-1.0"]},
    "resources": [{"name": "rows", "schema": "rows.schema.yaml"}],
}


@pytest.fixture
def package(tmp_path):
    """A package of one table, with more keys; checked against a standard where `accept` says what it accepts."""

    def checked(accept=None, resource=(), files=(), lang="en", **keys):
        folder = tmp_path / "package"
        folder.mkdir(exist_ok=True)
        for name, text in dict(files).items():
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "rows.csv").write_text(DATA, encoding="utf-8")
        descriptor = {"name": "benches", "resources": [{**RESOURCE, **dict(resource)}], **keys}
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        standard = None
        if accept is not None:
            home = tmp_path / "city/benches"
            home.mkdir(parents=True, exist_ok=True)
            rules = {**BENCHES, "licences": {"accept": accept}}
            (home / "standard.yaml").write_text(json.dumps(rules), encoding="utf-8")
            (home / "rows.schema.yaml").write_text(json.dumps(RESOURCE["schema"]), encoding="utf-8")
            standard = home
        report = check(folder, standard=standard, lang=lang)
        found = [each for each in report.subjects[0].findings if "licence" in each.rule or "credited" in each.rule]
        return [(each.rule, str(each.level), each.pointer) for each in found], found

    return checked


def named(*names):
    return [{"name": name} for name in names]


@pytest.mark.parametrize(
    ("licenses", "expected"),
    [
        (named("etalab-2.0"), []),
        (named("lov2"), []),
        ([{"path": "https://opendatacommons.org/licenses/odbl/1-0/"}], []),
        (named("WTFBBQ-9.9"), [("licence-unknown", "should", "/licenses/0")]),
        (named("cc-by"), [("licence-ambiguous", "should", "/licenses/0")]),
        (named("fr-lo"), [("licence-deprecated", "may", "/licenses/0")]),
        (named("etalab-2.0", "notspecified"), [("licence-unknown", "should", "/licenses/1")]),
        (
            [{"name": "etalab-2.0", "path": "https://opendatacommons.org/licenses/odbl/1-0/"}],
            [("licence-contradicted", "should", "/licenses/0")],
        ),
    ],
)
def test_a_licence_of_a_package_is_understood_or_told(package, licenses, expected):
    assert package(licenses=licenses)[0] == expected


def test_a_package_without_a_licence_is_told_unless_all_its_resources_have_one(package):
    assert package()[0] == [("licence-missing", "should", None)]
    assert package(resource={"licenses": named("ODbL-1.0")})[0] == []
    told = package(resource={"licenses": named("cc-by-sa")})[0]
    assert told == [("licence-ambiguous", "should", "/resources/0/licenses/0")]


@pytest.mark.parametrize(
    ("accept", "licenses", "expected"),
    [
        (["etalab-2.0", "ODbL-1.0"], named("odc-odbl"), []),
        (["lov2"], named("etalab-2.0"), []),
        (["etalab-2.0"], named("ODbL-1.0"), [("licence-not-accepted", "must", "/licenses/0")]),
        (["etalab-2.0"], named("CC-BY-NC-4.0"), [("licence-not-accepted", "must", "/licenses/0")]),
        (["etalab-2.0"], named("cc-by"), [("licence-ambiguous", "must", "/licenses/0")]),
        (["etalab-2.0"], named("my own"), [("licence-unknown", "must", "/licenses/0")]),
        (["etalab-2.0"], [], [("licence-missing", "must", None)]),
        ("open-data", named("CC-BY-4.0"), []),
        ("open-data", named("CC-BY-ND-4.0"), [("licence-not-accepted", "must", "/licenses/0")]),
    ],
)
def test_a_standard_accepts_some_licences(package, accept, licenses, expected):
    assert package(accept=accept, licenses=licenses)[0] == expected


def test_what_is_accepted_is_told(package):
    _, found = package(accept=["etalab-2.0", "ODbL-1.0"], licenses=named("CC-BY-NC-4.0"))
    assert found[0].message == "CC-BY-NC-4.0 is not accepted; expected one of: etalab-2.0, ODbL-1.0"


def test_sources_that_do_not_allow_the_licence_are_told(package):
    osm = {"title": "OpenStreetMap", "path": "https://www.openstreetmap.org", "licenses": named("ODbL-1.0")}
    rules, _ = package(licenses=named("etalab-2.0"), sources=[osm])
    assert ("source-licence-incompatible", "/sources/0") in [(rule, pointer) for rule, _, pointer in rules]
    readme = {"README.md": "Made with OpenStreetMap, under the ODbL 1.0.\n"}
    assert package(licenses=named("ODbL-1.0"), sources=[osm], files=readme)[0] == []


def test_a_policy_that_nobody_knows_is_told_with_the_standard_that_names_it(package):
    with pytest.raises(UnknownPolicy, match="opendata") as caught:
        package(accept="opendata", licenses=named("etalab-2.0"))
    assert caught.value.where.endswith("benches/standard.yaml")


# Files beside the descriptor

CONTRADICTED = [("licence-contradicted", "should", "/licenses/0")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("LICENSE", "Data under the ODbL 1.0 licence.\n", CONTRADICTED),
        ("licence.txt", "SPDX-License-Identifier: CC-BY-4.0\n", CONTRADICTED),
        ("COPYING.md", "# Licence\n\nReleased under the CC BY-SA license.\n", CONTRADICTED),
        ("LICENSE", (ROOT / "LICENSE").read_text(encoding="utf-8"), CONTRADICTED),
        ("LICENSE", "Ces données sont sous Licence Ouverte 2.0 (Etalab).\n", []),
        ("LICENSE", "Licence Ouverte\n", []),
        ("LICENSE", "You may do as you like with the benches of our city.\n", []),
        ("LICENSE", "Not under the ODbL 1.0 licence.\n", []),
        ("LICENSE", "", []),
        ("NOTES", "Data under the ODbL 1.0 licence.\n", []),
        ("LICENSE.pdf", "%PDF-1.7 ODbL 1.0", []),
    ],
)
def test_a_licence_file_may_contradict_what_is_declared(package, name, text, expected):
    assert package(licenses=named("etalab-2.0"), files={name: text})[0] == expected


def test_it_is_told_which_file_contradicts_what(package):
    files = {"LICENCE.md": "Données sous ODbL 1.0.\n"}
    assert package(licenses=named("lov2"), files=files)[1][0].message == (
        "by the file LICENCE.md, the licence is ODbL-1.0, but the package declares etalab-2.0"
    )
    assert package(licenses=named("lov2"), files=files, lang="fr")[1][0].message == (
        "d’après le fichier LICENCE.md, la licence est ODbL-1.0, mais le paquet déclare etalab-2.0"
    )


def test_one_file_or_resource_that_agrees_is_enough(package):
    files = {"LICENSE": "Code under the MIT licence.\n", "LICENSE-DATA": "Data under the ODbL 1.0 licence.\n"}
    assert package(licenses=named("ODbL-1.0"), files=files)[0] == []
    assert package(licenses=named("etalab-2.0"), resource={"licenses": named("MIT")}, files=files)[0] == []
    assert package(licenses=named("my own"), files=files)[0] == [("licence-unknown", "should", "/licenses/0")]


def test_what_a_file_says_helps_where_nothing_is_declared(package):
    files = {"LICENSE": "Data under the ODbL 1.0 licence.\n"}
    rules, found = package(files=files)
    assert rules == [("licence-missing", "should", None)]
    assert found[0].fix == (
        "the file LICENSE is of ODbL-1.0: if that holds for the data, "
        "write ODbL-1.0 into datapackage.json, under licenses"
    )
    assert "LICENSE" not in package(accept=["etalab-2.0"], files=files)[1][0].fix


def test_a_link_out_of_the_package_is_not_followed(package, tmp_path):
    (tmp_path / "elsewhere").write_text("Data under the ODbL 1.0 licence.\n", encoding="utf-8")
    (tmp_path / "package").mkdir()
    (tmp_path / "package/LICENSE").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "package/COPYING")
    assert package(licenses=named("etalab-2.0"))[0] == []


def test_a_licence_file_in_a_zip_is_read_too(tmp_path):
    descriptor = {"name": "benches", "resources": [RESOURCE], "licenses": named("etalab-2.0")}
    with zipfile.ZipFile(tmp_path / "benches.zip", "w") as archive:
        archive.writestr("datapackage.json", json.dumps(descriptor))
        archive.writestr("rows.csv", DATA)
        archive.writestr("LICENSE", "Data under the ODbL 1.0 licence.\n")
    found = check(tmp_path / "benches.zip").subjects[0].findings
    assert [(each.rule, each.pointer) for each in found] == [("licence-contradicted", "/licenses/0")]


# Lines for sources

TREES = {"title": "Arbres de Lyon", "path": "https://data.example.org/arbres", "licenses": named("lov2")}
LINE = (
    'nothing in the package names the source "Arbres de Lyon" with its licence, which asks for a line such as: '
    "[name of the producer], “Arbres de Lyon”, original data from https://data.example.org/arbres, "
    "updated on [date of the last update], Open Licence 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence)"
)
UNCREDITED = [("source-not-credited", "may", "/sources/0")]


@pytest.mark.parametrize(
    ("files", "keys", "expected"),
    [
        ({}, {}, UNCREDITED),
        ({"README.md": "Arbres de Lyon"}, {}, UNCREDITED),
        ({"README.md": "ARBRES DE LYON (Licence Ouverte 2.0)"}, {}, []),
        ({"NOTICE": "https://data.example.org/arbres, etalab-2.0"}, {}, []),
        ({"rows.md": "Arbres de Lyon, etalab-2.0"}, {}, UNCREDITED),
        ({}, {"description": "Tiré de Arbres de Lyon, sous Licence Ouverte v2.0"}, []),
    ],
)
def test_a_source_is_to_be_named_as_its_licence_asks(package, files, keys, expected):
    assert package(licenses=named("etalab-2.0"), sources=[TREES], files=files, **keys)[0] == expected


def test_the_line_to_print_is_told(package):
    assert package(licenses=named("etalab-2.0"), sources=[TREES])[1][0].message == LINE
    told = package(licenses=named("etalab-2.0"), sources=[TREES], lang="fr")[1][0].message
    assert told.startswith("rien dans le paquet ne cite la source «\u00a0Arbres de Lyon\u00a0» avec sa licence")
    assert told.endswith("Licence Ouverte 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence)")


@pytest.mark.parametrize("source", [{"title": "x"}, {"title": "x", "licenses": named("CC0-1.0")}, {"licenses": [3]}])
def test_a_source_whose_licence_asks_for_nothing_needs_no_line(package, source):
    rules = [each for each, *_ in package(licenses=named("etalab-2.0"), sources=[source])[0]]
    assert "source-not-credited" not in rules
