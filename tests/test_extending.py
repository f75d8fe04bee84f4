"""A standard that extends another: it adds and tightens; what it asks less of needs a reason."""

import json

import pytest

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.errors import BeffroiError
from beffroi.model.levels import Level

BOTH = {"en": "x", "fr": "x"}
PARENT = {
    "id": "benches",
    "version": "1.2.0",
    "status": "active",
    "title": {"en": "Benches", "fr": "Bancs"},
    "description": {"en": "Where to sit", "fr": "Où s’asseoir"},
    "theme": "urban-planning",
    "sources": [{"title": "The law of benches"}],
    "licences": {"accept": ["etalab-2.0", "ODbL-1.0"]},
    "package": {"required": ["title"]},
    "resources": [
        {
            "name": "benches",
            "schema": "benches.schema.yaml",
            "formats": ["csv", "xlsx"],
            "checks": [{"check": "siret", "field": "owner"}],
        }
    ],
    "levels": {"extra-column": "should"},
}
TABLE = {
    "fields": [
        {"name": "id", "type": "string", "constraints": {"required": True}},
        {"name": "seats", "type": "integer", "constraints": {"minimum": 1, "maximum": 20}},
        {"name": "wood", "type": "string", "constraints": {"required": True, "enum": ["oak", "pine", "teak"]}},
        {"name": "owner", "type": "string"},
    ],
    "primaryKey": ["id"],
}
CHILD = {
    "id": "city-benches",
    "version": "1.0.0",
    "status": "draft",
    "title": {"en": "Benches of the city", "fr": "Bancs de la ville"},
    "extends": "benches@1",
}


@pytest.fixture
def city(tmp_path):
    """A city's folder with standards, each of a `standard.yaml` and tables by file name."""

    def write(*standards):
        for descriptor, tables in standards:
            folder = tmp_path / "city/standards" / descriptor["id"]
            folder.mkdir(parents=True, exist_ok=True)
            for name, value in {"standard.yaml": descriptor, **tables}.items():
                (folder / name).write_text(json.dumps(value), encoding="utf-8")
        return Catalogue.of(tmp_path / "city")

    return write


def of_city(city, table=None, **changes):
    """The child standard, with a table schema of its own where one is given."""
    tables = {}
    child = {**CHILD, **changes}
    if table is not None:
        child = {"resources": [{"name": "benches", "schema": "benches.schema.yaml"}], **child}
        tables["benches.schema.yaml"] = table
    return city((PARENT, {"benches.schema.yaml": TABLE}), (child, tables)).standard("city-benches")


def test_what_it_does_not_say_is_its_parents(city):
    standard = of_city(city)
    parent = Catalogue.of(standard.folder.parents[1]).standard("benches")
    assert [each.name for each in standard.resources[0].schema.fields] == ["id", "seats", "wood", "owner"]
    assert standard.resources[0].formats == ("csv", "xlsx")
    assert standard.package == {"required": ["title"]}
    assert (standard.id, standard.version, standard.status) == ("city-benches", "1.0.0", "draft")
    assert standard.descriptor["theme"] == "urban-planning"
    assert standard.extends == parent.reference
    assert standard.sha256 != parent.sha256


def test_it_adds_and_tightens(city):
    standard = of_city(
        city,
        table={
            "fields": [
                {"name": "seats", "constraints": {"maximum": 10, "required": True}},
                {"name": "wood", "constraints": {"enum": ["oak", "teak"]}},
                {"name": "shade", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
            ],
            "uniqueKeys": [["owner", "seats"]],
        },
        levels={"extra-column": "must"},
        licences={"accept": ["etalab-2.0"]},
        package={"required": ["licenses"]},
        sources=[{"title": "The council's decision"}],
    )
    fields = {each.name: each for each in standard.resources[0].schema.fields}
    assert list(fields) == ["id", "seats", "wood", "owner", "shade"]
    assert fields["seats"].constraints == {"minimum": 1, "maximum": 10, "required": True}
    assert fields["seats"].type == "integer"
    assert fields["wood"].constraints == {"required": True, "enum": ["oak", "teak"]}
    assert standard.resources[0].schema.unique_keys == (("owner", "seats"),)
    assert standard.resources[0].schema.primary_key == ("id",)
    assert standard.levels == {"extra-column": Level.MUST}
    assert standard.package == {"allOf": [{"required": ["title"]}, {"required": ["licenses"]}]}
    assert [each["title"] for each in standard.descriptor["sources"]] == [
        "The law of benches",
        "The council's decision",
    ]


def test_a_check_is_added_and_the_same_check_takes_another_level(city):
    checks = [{"check": "siret", "field": "owner", "level": "must"}, {"check": "siren", "field": "owner"}]
    standard = of_city(city, resources=[{"name": "benches", "checks": checks}])
    assert [(each.check, each.level) for each in standard.resources[0].checks] == [
        ("siret", Level.MUST),
        ("siren", None),
    ]


def test_a_resource_is_added(city, tmp_path):
    rows = {"fields": [{"name": "bench", "type": "string"}], "foreignKeys": []}
    rows["foreignKeys"] = [{"fields": ["bench"], "reference": {"resource": "benches", "fields": ["id"]}}]
    folder = tmp_path / "city/standards/city-benches"
    folder.mkdir(parents=True)
    (folder / "repairs.schema.yaml").write_text(json.dumps(rows), encoding="utf-8")
    standard = of_city(city, resources=[{"name": "repairs", "required": False, "schema": "repairs.schema.yaml"}])
    assert [each.name for each in standard.resources] == ["benches", "repairs"]


@pytest.mark.parametrize(
    ("table", "changes", "told"),
    [
        ({"fields": [{"name": "seats", "constraints": {"maximum": 30}}]}, {}, "benches.seats.maximum"),
        ({"fields": [{"name": "seats", "constraints": {"maximum": None}}]}, {}, "benches.seats.maximum"),
        ({"fields": [{"name": "wood", "constraints": {"required": False}}]}, {}, "benches.wood.required"),
        ({"fields": [{"name": "wood", "constraints": {"enum": ["oak", "plastic"]}}]}, {}, "benches.wood"),
        ({"fields": [{"name": "seats", "type": "number"}]}, {}, "benches.seats"),
        ({"fields": [], "primaryKey": ["owner"]}, {}, "benches"),
        (None, {"resources": [{"name": "benches", "formats": ["csv", "xls"]}]}, "benches"),
        (None, {"resources": [{"name": "benches", "required": False}]}, "benches"),
        (None, {"licences": {"accept": ["etalab-2.0", "MIT"]}}, "licen"),
    ],
)
def test_loosening_is_refused_without_a_reason_and_taken_with_one(city, table, changes, told):
    with pytest.raises(BeffroiError) as caught:
        of_city(city, table, **changes)
    assert "asks less than benches@1.2.0" in str(caught.value)
    assert told in str(caught.value)
    assert caught.value.where.endswith("city-benches/standard.yaml")
    standard = of_city(city, table, loosens=[{"reason": BOTH}], **changes)
    assert standard.id == "city-benches"


def test_a_reason_covers_its_own_place_only(city):
    table = {"fields": [{"name": "seats", "constraints": {"maximum": 30}}]}
    reason = {"resource": "benches", "field": "wood", "reason": BOTH}
    with pytest.raises(BeffroiError, match=r"benches\.seats"):
        of_city(city, table, loosens=[reason])
    assert of_city(city, table, loosens=[{**reason, "field": "seats"}]).id == "city-benches"


def test_a_level_is_lowered_with_its_own_reason(city):
    with pytest.raises(BeffroiError, match="asks less"):
        of_city(city, levels={"missing-column": "may"})
    assert (
        of_city(city, levels={"missing-column": {"level": "may", "reason": BOTH}}).levels["missing-column"] is Level.MAY
    )


def test_it_may_extend_one_that_extends_another(city):
    second = {**CHILD, "id": "quarter-benches", "extends": "city-benches@1.0"}
    table = {"fields": [{"name": "seats", "constraints": {"maximum": 5}}]}
    first = {**CHILD, "resources": [{"name": "benches", "schema": "benches.schema.yaml"}]}
    catalogue = city((PARENT, {"benches.schema.yaml": TABLE}), (first, {"benches.schema.yaml": table}), (second, {}))
    standard = catalogue.standard("quarter-benches")
    assert standard.resources[0].schema.fields[1].constraints == {"minimum": 1, "maximum": 5}
    assert (standard.extends.id, standard.extends.version) == ("city-benches", "1.0.0")


def test_a_circle_and_a_missing_parent_are_told(city):
    one, two = {**CHILD, "id": "one", "extends": "two@1"}, {**CHILD, "id": "two", "extends": "one@1"}
    catalogue = city(
        (one, {}),
        (two, {}),
        ({**CHILD, "id": "three", "extends": "none@1"}, {}),
        ({**CHILD, "extends": "city-benches@1"}, {}),
    )
    with pytest.raises(BeffroiError, match=r"one@1\.0\.0 → two@1\.0\.0 → one@1\.0\.0"):
        catalogue.standard("one")
    with pytest.raises(BeffroiError, match=r"city-benches@1\.0\.0 → city-benches@1\.0\.0"):
        catalogue.standard("city-benches")
    with pytest.raises(BeffroiError, match='extends "none@1", which no catalogue holds') as caught:
        catalogue.standard("three")
    assert caught.value.where.endswith("three/standard.yaml")


def test_a_new_version_may_extend_the_older_one(city, tmp_path):
    catalogue = city((PARENT, {"benches.schema.yaml": TABLE}))
    folder = catalogue.folder("benches")
    (folder / "versions/1.2.0").mkdir(parents=True)
    for file in folder.glob("*.yaml"):
        file.rename(folder / "versions/1.2.0" / file.name)
    newer = {**CHILD, "id": "benches", "version": "1.3.0", "extends": "benches@1.2.0"}
    (folder / "standard.yaml").write_text(json.dumps(newer), encoding="utf-8")
    assert catalogue.standard("benches").version == "1.3.0"
    assert catalogue.standard("benches@1").version == "1.3.0"
    assert catalogue.standard("benches@1.2").version == "1.2.0"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"resources": [{"name": "tables"}]}, 'a resource "tables" without a schema'),
        ({"extends": "benches"}, "/extends"),
        ({"loosens": [{"resource": "benches"}]}, "reason"),
    ],
)
def test_a_mistake_is_told(city, changes, told):
    with pytest.raises(BeffroiError) as caught:
        of_city(city, **changes)
    assert told in str(caught.value)


def test_data_is_judged_against_the_whole(city, tmp_path):
    table = {"fields": [{"name": "seats", "constraints": {"maximum": 10}}]}
    of_city(city, table)
    data = tmp_path / "benches.csv"
    data.write_text("id,seats,wood,owner\na,12,oak,\n,2,fir,\n", encoding="utf-8")
    report = check(data, standard="city-benches", catalogue=[tmp_path / "city"])
    assert [(each.rule, each.field) for each in report.subjects[0].findings] == [
        ("required", "id"),
        ("maximum", "seats"),
        ("enum", "wood"),
    ]
    assert report.subjects[0].standard.id == "city-benches"


def test_a_defect_of_the_child_is_told_with_its_line(city, tmp_path):
    table = {"fields": [{"name": "shade", "type": "boolean", "pattern": "x"}]}
    standard = of_city(city, table)
    defect = standard.resources[0].schema.defects[0]
    text = (tmp_path / "city/standards/city-benches/benches.schema.yaml").read_text(encoding="utf-8")
    assert (defect.fault.rule, defect.file) == ("standard-misplaced-constraint", "benches.schema.yaml")
    assert "pattern" in text.splitlines()[defect.line - 1]
