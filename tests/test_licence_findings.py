"""What `check` says of the licences of a data package."""

import json

import pytest

from beffroi import check

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

    def checked(accept=None, resource=(), **keys):
        folder = tmp_path / "package"
        folder.mkdir(exist_ok=True)
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
        report = check(folder, standard=standard)
        found = [each for each in report.subjects[0].findings if "licence" in each.rule]
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
    assert package(licenses=named("ODbL-1.0"), sources=[osm])[0] == []


def test_a_policy_that_nobody_knows_is_told(package):
    with pytest.raises(Exception, match="opendata"):
        package(accept="opendata", licenses=named("etalab-2.0"))
