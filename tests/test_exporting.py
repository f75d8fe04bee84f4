"""`beffroi standard export`: what others make of our standards is what we make of them, or the difference is told."""

import csv
import io
import json
import re
import shutil
import string
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource

from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.catalogue.changes import changes
from beffroi.catalogue.reading import standard_from_file
from beffroi.errors import BeffroiError, UnusableFile
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, Field, ResourceRules, Standard, TableSchema
from beffroi.settings import LANGUAGES
from beffroi.standards.exporting import exported, targets
from beffroi.standards.exporting._expressions import for_ecma, for_python
from beffroi.standards.exporting._geometries import DEFINITIONS
from beffroi.standards.exporting._values import json_value
from beffroi.standards.testing import examples_of
from beffroi.tables.patterns import compiled
from beffroi.tables.plans import compile_plan
from beffroi.tables.sources.values import text_of
from conftest import ROOT
from strategies import VALID, cells, fields

CASES = yaml.safe_load((ROOT / "tests/cases/exporting.yaml").read_text(encoding="utf-8"))
IDS = Catalogue.of().ids()
EXAMPLES = [
    pytest.param(each, path, id=f"{each}/{path.name}")
    for each in IDS
    for path, _ in examples_of(Catalogue.of().standard(each))
]
OF_VALUES = {
    *("type", "required", "enum", "categories", "pattern", "min-length", "max-length"),
    *("minimum", "maximum", "exclusive-minimum", "exclusive-maximum"),
}
"""Our rules on single values, which every other engine has in its own words."""
OF_ROWS = {"missing-cell", "blank-row"}
"""Our rules on rows, which JSON does not know: there, all required values of a row are missing."""


@cache
def standard(name):
    return Catalogue.of().standard(name)


def put(export, folder):
    """Write the files of an export; the folder."""
    for name, text in export.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def tables_of(of, path):
    """The tables of an example: the rules of each, and its entry in a descriptor; one file is told by its columns."""
    if path.is_dir():
        entries = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        only = of.resources[0] if len(of.resources) == 1 else None
        found = [(of.resource(each["name"]) or only, each) for each in entries if isinstance(each.get("path"), str)]
        return [(rules, each) for rules, each in found if rules]
    head = path.read_bytes().decode("utf-8-sig", "replace")[:4000]
    rules = max(of.resources, key=lambda each: sum(name in head for name in each.schema.names))
    return [(rules, {"name": rules.name, "path": path.name})]


@cache
def findings(name, path):
    """What ours finds in an example: each with its table."""
    return [
        (subject.resource or standard(name).resources[0].name, each)
        for subject in check(path, standard=name).subjects
        if subject.delivered
        for each in subject.findings
    ]


def invalid_columns(of, path, rules, level=None):
    """Where ours finds what breaks one of the rules: the table and the field."""
    found = findings(of.id, path)
    return {(table, each.field) for table, each in found if each.rule in rules and level in (None, each.level)}


def lacking(of, path):
    """Which columns others miss: those that are required, and not there under just their name."""
    required = {(rules.name, each.name) for rules in of.resources for each in rules.schema.fields if each.required}
    return invalid_columns(of, path, {"missing-column"}) | (invalid_columns(of, path, {"column-case"}) & required)


# --- Table Schema and Data Package, as frictionless reads them


THEIRS = {"type-error", "constraint-error", "missing-label", "unique-error"}


def as_delivered(of, path, folder):
    """The package that a vendor makes of the template with the data of an example, or `None` without a CSV file."""
    put(exported(of, "data-package", "en"), folder)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    tables = {rules.name: each for rules, each in tables_of(of, path) if each["path"].endswith(".csv")}
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] in tables]
    source = path if path.is_dir() else path.parent
    for each in descriptor["resources"]:
        given_ = tables[each["name"]]
        each |= {key: given_[key] for key in ("path", "dialect") if key in given_}
        (folder / each["path"]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / each["path"], folder / each["path"])
        each["encoding"] = encoding_of(folder / each["path"])
        without_absent(folder / each["schema"], tables)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder / "datapackage.json" if tables else None


def encoding_of(file):
    """The encoding that whoever delivers a file states in its descriptor."""
    try:
        file.read_bytes().decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def without_absent(file, tables):
    """Take the foreign keys to tables that are not delivered out of a schema, as the template asks."""
    schema = json.loads(file.read_text(encoding="utf-8"))
    keys = [key for key in schema.get("foreignKeys", []) if key["reference"]["resource"] in {"", *tables}]
    file.write_text(json.dumps({**schema, "foreignKeys": keys} if keys else without(schema, "foreignKeys")), "utf-8")


def without(value, key):
    return {name: each for name, each in value.items() if name != key}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("name", "path"), EXAMPLES)
def test_frictionless_finds_the_same_invalid_columns(tmp_path, name, path):
    from frictionless import Package

    of = standard(name)
    descriptor = as_delivered(of, path, tmp_path)
    if descriptor is None:
        pytest.skip("frictionless reads no GeoJSON")
    report = Package(descriptor).validate()
    assert report.errors == []
    errors = [(task.name, each) for task in report.tasks for each in task.errors]
    found = {(table, getattr(each, "field_name", None) or each.label) for table, each in errors if each.type in THEIRS}
    ours = invalid_columns(of, path, {*OF_VALUES, "unique"}, Level.MUST) | lacking(of, path)
    assert found == ours
    if path.parent.name == "valid":
        assert [(table, each.type, each.note) for table, each in errors] == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", IDS)
def test_frictionless_accepts_every_table_schema_alone(name):
    from frictionless import Schema

    for text in exported(standard(name), "table-schema", "fr").files.values():
        assert list(Schema.metadata_validate(json.loads(text))) == []
        assert Schema.from_descriptor(json.loads(text)).field_names


@pytest.mark.parametrize("name", IDS)
def test_the_template_is_valid_but_for_what_it_tells_to_add(corpus, name):
    export = exported(standard(name), "data-package", "fr")
    descriptor = json.loads(export.files["datapackage.json"])
    profile = json.loads((corpus / PROFILES / "datapackage.json").read_text(encoding="utf-8"))
    assert list(Draft7Validator(profile).iter_errors(descriptor)) == []
    missing = [each.message for each in Draft202012Validator(standard(name).package or {}).iter_errors(descriptor)]
    created = "complete-created" in {each.kind for each in export.to_complete}
    assert missing == (["'created' is a required property"] if created else [])
    assert descriptor["licenses"][0]["name"] in standard(name).descriptor["licences"]["accept"]


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("target", ["table-schema", "data-package", "schema-data-gouv-fr"])
def test_what_we_read_back_asks_for_the_same_but_for_what_is_told(tmp_path, name, target):
    of = standard(name)
    export = exported(of, target, "fr")
    put(export, tmp_path)
    told = {each.kind for each in export.lost}
    for part, file in parts_of(of, export, tmp_path, target):
        again = standard_from_file(file)
        assert (again.defects, [each.schema.defects for each in again.resources if each.schema.defects]) == ((), [])
        for change in changes(part, again):
            if change.narrows or change.widens:
                assert told & set(CASES["told"][change.id]), change


def parts_of(of, export, folder, target):
    """What is read back alone: a package as a whole, or each of the tables."""
    if target == "data-package":
        return [(of, folder / "datapackage.json")]
    files = [folder / each for each in export.files if each.endswith("schema.json")]
    return [
        (Standard(**{**vars(of), "resources": (rules,)}), file) for rules, file in zip(of.resources, files, strict=True)
    ]


# --- JSON Schema


@cache
def validator_of(name, table):
    (text,) = exported(standard(name), "json-schema", "en", table).files.values()
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def records(rules, file):
    """The rows of a CSV file as JSON holds them."""
    text = file.read_bytes().decode(encoding_of(file)).removeprefix("\ufeff")
    delimiter = max(",;\t", key=text.splitlines()[0].count)
    known = {each.name: each for each in rules.schema.fields}
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield {
            name: json_value(known[name], cell) if name in known else cell
            for name, cell in row.items()
            if name and cell is not None and cell not in missing_words(known.get(name), rules)
        }


def missing_words(field, rules):
    own = field.missing_values if field else None
    return rules.schema.missing_values if own is None else own


def broken(validator, value, table):
    """Where a JSON Schema finds something: the table and the field."""
    for error in validator.iter_errors(value):
        for each in (error, *(error.context or [])):
            place = [
                key for key in each.absolute_path if isinstance(key, str) and key not in {"features", "properties"}
            ]
            if each.validator == "required":
                yield table, re.match("'(.*)' is a required property", each.message)[1]
            elif place or each.validator != "additionalProperties":
                yield table, place[0] if place else each.message


@pytest.mark.parametrize(("name", "path"), EXAMPLES)
def test_json_schema_finds_the_same_invalid_columns(name, path):
    of, found = standard(name), set()
    for rules, entry in tables_of(of, path):
        file = (path if path.is_dir() else path.parent) / entry["path"]
        if file.suffix == ".csv":
            found |= set(broken(validator_of(name, rules.name), list(records(rules, file)), rules.name))
        elif file.suffix in {".geojson", ".json"}:
            value = json.loads(file.read_text(encoding="utf-8"))
            found |= set(broken(validator_of(name, rules.name), value, rules.name))
    ours = invalid_columns(of, path, OF_VALUES) | lacking(of, path)
    assert found >= ours if invalid_columns(of, path, OF_ROWS) else found == ours
    if path.parent.name == "valid":
        assert found == set()


@pytest.mark.parametrize("name", IDS)
def test_the_examples_of_fields_are_valid(name):
    of = standard(name)
    for rules in of.resources:
        (text,) = exported(of, "json-schema", "en", rules.name).files.values()
        schema = json.loads(text)
        for field, asked in schema["$defs"]["record"]["properties"].items():
            judge = Draft202012Validator({**asked, "$defs": schema["$defs"]})
            assert [error.message for each in asked["examples"] for error in judge.iter_errors(each)] == [], field


def test_one_record_is_judged_as_well_as_many():
    of = standard("bicycle-parking")
    judge = validator_of(of.id, "parkings")
    record = next(records(of.resources[0], of.folder / "examples/valid/parkings.csv"))
    assert judge.is_valid(record)
    assert judge.is_valid([record, record])
    assert not judge.is_valid(without(record, "id_local"))
    feature = {"type": "Feature", "geometry": None, "properties": record}
    assert judge.is_valid({"type": "FeatureCollection", "features": [feature]})
    assert not judge.is_valid({"type": "FeatureCollection", "features": [without(feature, "geometry")]})
    assert not judge.is_valid("a text")


def test_a_feature_may_have_its_identifier_beside_its_properties():
    of = standard("trees")
    judge = validator_of(of.id, "trees")
    collection = json.loads((of.folder / "examples/valid/trees.geojson").read_text(encoding="utf-8"))
    for each in collection["features"]:
        assert "id" in each["properties"]
        each["id"] = each["properties"].pop("id")
    assert judge.is_valid(collection)
    del collection["features"][0]["id"]
    assert not judge.is_valid(collection)


GEOMETRIES = Draft202012Validator({"$ref": "#/$defs/geometry", "$defs": DEFINITIONS})


@pytest.mark.parametrize("case", CASES["geometries"], ids=lambda case: case["case"])
def test_geometries(case):
    assert GEOMETRIES.is_valid(case["geometry"]) is case["valid"]


NATIVE_ONLY = {"integer", "number", "year", "boolean", "array", "object", "geojson"}


@given(st.data(), st.sampled_from(sorted(VALID)))
def test_what_we_accept_of_json_is_valid_there(data, kind):
    field = data.draw(fields(kind))
    of = alone(field)
    schema = json.loads(exported(of, "json-schema", "en").files["odd.json-schema.json"])
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    plan, defects = compile_plan(field, ("",))
    for cell in data.draw(st.lists(cells(kind, field), max_size=4)):
        value = json_value(field, cell or "")
        native = kind in NATIVE_ONLY or (kind == "geopoint" and field.format != "default")
        if not (not cell or defects or plan.judged(text_of(value)) or (native and isinstance(value, str))):
            assert judge.is_valid([{"f": value}]), (field, cell)


def alone(*given_fields, checks=(), levels=None, **schema):
    """A standard of one table."""
    with_places = tuple(
        Field(**{**{key: getattr(each, key) for key in FIELD}, "pointer": f"/fields/{index}"})
        for index, each in enumerate(given_fields)
    )
    described = {"fields": [{"name": each.name} for each in given_fields]}
    table = TableSchema(fields=with_places, descriptor=described, **schema)
    rules = ResourceRules(name="odd", schema=table, checks=checks)
    return Standard(
        id="odd", version="1.0.0", path="odd.yaml", sha256="0" * 64, resources=(rules,), levels=levels or {}
    )


FIELD = (
    "name",
    "type",
    "format",
    "title",
    "description",
    "example",
    "unit",
    "constraints",
    "options",
    "missing_values",
)


# --- profiles


PROFILES = Path("frictionlessdata+datapackage/public/profiles/2.0")


def judge_of(corpus, name):
    """The exported profile with the published one that it refers to."""
    (text,) = exported(standard(name), "profile", "en").files.values()
    profile = json.loads(text)
    Draft7Validator.check_schema(profile)
    published = json.loads((corpus / PROFILES / "datapackage.json").read_text(encoding="utf-8"))
    address = "https://datapackage.org/profiles/2.0/datapackage.json"
    return Draft7Validator(profile, registry=Registry().with_resource(address, Resource.from_contents(published)))


PACKAGES = [each for each in EXAMPLES if each.values[1].is_dir()]


@pytest.mark.parametrize(("name", "path"), PACKAGES)
def test_a_profile_refuses_the_packages_whose_metadata_we_refuse(corpus, name, path):
    descriptor = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    refused = [error.message for error in judge_of(corpus, name).iter_errors(descriptor)]
    rules = {each.rule for _, each in findings(name, path)}
    assert bool(refused) == bool(rules & {"package-metadata", "missing-resource", "licence-missing"}), refused


def test_a_profile_is_a_standard_of_ours_too(tmp_path):
    put(exported(standard("air-quality"), "profile", "en"), tmp_path)
    package = shutil.copytree(standard("air-quality").folder / "examples/valid/sensor-campaign", tmp_path / "package")
    descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    (package / "datapackage.json").write_text(json.dumps(without(descriptor, "contributors")), encoding="utf-8")
    found = [
        [each.message for subject in check(package, standard=one).subjects for each in subject.findings]
        for one in ("air-quality", str(tmp_path / "air-quality.profile.json"))
    ]
    missing = [[message for message in messages if "contributors" in message] for messages in found]
    assert len(missing[0]) == 1
    assert missing[0] == missing[1]


def test_a_profile_judges_schemas_that_stand_in_the_descriptor(corpus):
    judge = judge_of(corpus, "air-quality")
    path = standard("air-quality").folder / "examples/valid/sensor-campaign/datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    schema = descriptor["resources"][1]["schema"]
    assert judge.is_valid(descriptor)
    value = next(each for each in schema["fields"] if each["name"] == "value")
    value["type"] = "string"
    assert not judge.is_valid(descriptor)
    value["type"] = "number"
    schema["fields"] = [each for each in schema["fields"] if each["name"] != "pollutant"]
    assert not judge.is_valid(descriptor)
    descriptor["resources"][1]["schema"] = "measurements.schema.json"
    assert judge.is_valid(descriptor)
    del descriptor["resources"][0]
    assert not judge.is_valid(descriptor)


def test_metadata_rules_in_newer_words_are_translated_or_told(corpus):
    of = standard("air-quality")
    package = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"text": {"type": "string", "minLength": 3}},
        "properties": {
            "title": {"$ref": "#/$defs/text"},
            "pair": {"prefixItems": [{"type": "string"}], "items": False},
            "$schema": {"type": "string"},
        },
        "dependentRequired": {"title": ["description"]},
        "unevaluatedProperties": False,
    }
    again = Standard(**{**vars(of), "package": package})
    export = exported(again, "profile", "en")
    assert [each.line("en") for each in export.lost if each.kind == "keywords"] == [
        "not checked: what the standard says of the datapackage.json by unevaluatedProperties, "
        "which draft-07 does not have"
    ]
    profile = json.loads(export.files["air-quality.profile.json"])
    judge = Draft7Validator({"definitions": profile["definitions"], "$ref": "#/definitions/metadata"})
    assert judge.is_valid({"title": "abc", "description": "d", "pair": ["a"], "$schema": "x"})
    for wrong in ({"title": "ab", "description": "d"}, {"title": "abc"}, {"pair": ["a", 1]}, {"$schema": 1}):
        assert not judge.is_valid(wrong)


# --- schema.data.gouv.fr


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", IDS)
def test_a_repository_is_what_the_catalogue_checks(tmp_path, monkeypatch, name):
    from frictionless import Detector, Package, Schema, validate

    of = standard(name)
    export = exported(of, "schema-data-gouv-fr", "en")
    monkeypatch.chdir(put(export, tmp_path))
    schemas = sorted(Path().rglob("schema.json"))
    assert len(schemas) == len(of.resources)
    for file in schemas:
        schema = json.loads(file.read_text(encoding="utf-8"))
        assert list(Schema.metadata_validate(schema)) == []
        needed = {"name", "title", "description", "version", "contributors", "countryCode", "created", "lastModified"}
        assert needed <= schema.keys()
        assert schema["version"] == of.version
        examples = {each["path"] for each in schema["resources"]}
        assert examples == {each.name for each in file.parent.glob("*.csv")}
        for example in examples:
            options = {"schema": file.as_posix(), "detector": Detector(schema_sync=True)}
            assert validate((file.parent / example).as_posix(), **options).valid is (example == "exemple-valide.csv")
    assert "exemple-valide.csv" in {Path(each).name for each in export.files}
    if of.is_package:
        assert Package("datapackage.json").validate().valid


@pytest.mark.parametrize("case", CASES["custom-checks"], ids=lambda case: case["case"])
def test_checks_that_validata_has(case):
    use = CheckUse(
        check=case["check"],
        options=case["options"],
        when={key: (value,) for key, value in case.get("when", {}).items()},
        level=Level(case["level"]) if "level" in case else None,
    )
    columns = [Field(name=each) for each in "abc"]
    export = exported(alone(*columns, checks=(use,)), "schema-data-gouv-fr", "en")
    assert json.loads(export.files["schema.json"]).get("custom_checks", []) == case.get("there", [])
    told = [each.line("en") for each in export.lost]
    assert told == case.get("told", [])


@pytest.mark.parametrize("name", IDS)
def test_a_repository_comes_back_as_the_same_standard_but_for_what_is_told(beffroi, tmp_path, name):
    of = standard(name)
    export = exported(of, "schema-data-gouv-fr", "en")
    put(export, tmp_path / "repository")
    done = beffroi("standard", "import", "repository", "--id", "again", "--output", "own")
    assert (done.returncode, done.stderr) == (0, "")
    told = {each.kind for each in export.lost}
    for change in changes(of, Catalogue.of(tmp_path / "own").standard("again")):
        if change.narrows or change.widens:
            assert told & set(CASES["told"][change.id]), change


def test_all_descriptors_of_a_repository_are_in_french():
    files = exported(standard("air-quality"), "schema-data-gouv-fr", "en").files
    assert json.loads(files["datapackage.json"])["title"] == "Qualité de l’air"
    assert json.loads(files["stations/schema.json"])["fields"][0]["title"] == "Code de la station"
    assert files["README.md"].startswith("# Qualité de l’air\n")
    assert files["stations/README.md"].startswith("# Stations\n")
    assert files["CHANGELOG.md"] == (ROOT / "standards/air-quality/CHANGELOG.md").read_text(encoding="utf-8")


# --- what is told


ODD = alone(
    Field(name="p", type="string", constraints={"pattern": r"\p{L}+", "unique": True}, missing_values=("-", "")),
    Field(name="c", type="string", options={"categories": [{"value": "x", "label": {"en": "X", "fr": "IX"}}, "y"]}),
    Field(name="n", type="number", constraints={"exclusiveMinimum": 0.5, "minLength": 3}),
    Field(name="i", type="integer", constraints={"exclusiveMaximum": 10, "maximum": 12}),
    Field(name="j", type="integer", constraints={"exclusiveMaximum": 10, "required": True}),
    Field(name="d", type="date", format="JJ/MM/AAAA", constraints={"minimum": "01/02/2024"}),
    Field(name="o", type="object", constraints={"jsonSchema": {"required": ["a"]}}),
    Field(name="l", type="list", options={"itemType": "integer"}, constraints={"maxLength": 2}),
    Field(name="t", type="duration", constraints={"maximum": "P1Y"}),
    Field(name="w", type="banana"),
    Field(name="e", type="string", constraints={"enum": ["a", "b"]}),
    levels={"enum": Level.SHOULD, "unique-key": Level.MAY},
    unique_keys=(("p", "c"),),
    primary_key=("p",),
)


@pytest.mark.parametrize("case", CASES["odd"], ids=lambda case: case["target"])
def test_what_cannot_be_said_is_told(case):
    export = exported(ODD, case["target"], "en")
    assert [each.line("en") for each in export.lost] == case["told"]
    shown = json.loads(next(iter(export.files.values())))
    fields_ = shown["fields"] if "fields" in shown else shown["$defs"]["record"]["properties"]
    assert fields_ == case["fields"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("target", ["table-schema", "schema-data-gouv-fr"])
def test_what_others_would_refuse_a_schema_for_is_set_aside(target):
    from frictionless import Schema

    schema = json.loads(next(iter(exported(ODD, target, "en").files.values())))
    assert list(Schema.metadata_validate(schema)) == []


@pytest.mark.parametrize("target", targets())
@pytest.mark.parametrize("name", IDS)
def test_an_export_tells_the_same_in_both_languages_each_time(name, target):
    english, french = (exported(standard(name), target, lang) for lang in LANGUAGES)
    assert exported(standard(name), target, "en") == english
    assert [each.kind for each in english.lost if each.kind != "language"] == [
        each.kind for each in french.lost if each.kind != "language"
    ]
    assert list(english.files) == list(french.files)


@pytest.mark.parametrize("target", [each for each in targets() if each != "schema-data-gouv-fr"])
def test_what_is_told_stands_in_the_file_too(target):
    export = exported(standard("sensor-measurements"), target, "fr")
    text = "\n".join(export.files.values())
    for each in export.lost:
        assert json.dumps(each.text["fr"], ensure_ascii=False)[1:-1] in text


WORDS = tomllib.loads((ROOT / "validator/beffroi/standards/exporting.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", WORDS)
def test_every_text_has_both_languages_and_the_same_placeholders(key):
    texts = WORDS[key]
    assert set(texts) == set(LANGUAGES)
    names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
    assert names[0] == names[1]
    assert not re.search(r"[^\s\u00a0\u202f:][:;?!](?=\s|$)|(?<=[^\u00a0]) [:;?!]|« | »|'", texts["fr"])
    code = "".join(
        each.read_text(encoding="utf-8")
        for each in (ROOT / "validator/beffroi/standards/exporting").iterdir()
        if each.suffix == ".py"
    )
    assert re.search(f"[\"']{key}[\"']", code) or key.startswith(("readme-", "title-"))


# --- expressions


@pytest.mark.parametrize("case", CASES["expressions"], ids=lambda case: case["pattern"])
def test_patterns_in_the_dialects_of_others(case):
    assert for_python(case["pattern"]) == case.get("python", case["pattern"])
    assert for_ecma(case["pattern"]) == case["ecma"]


PATTERNS = sorted(
    {
        field.constraints["pattern"]
        for name in IDS
        for rules in standard(name).resources
        for field in rules.schema.fields
        if "pattern" in field.constraints
    }
    | {case["pattern"] for case in CASES["expressions"] if case["ecma"]}
)


@given(st.sampled_from(PATTERNS), st.data())
def test_the_dialects_give_the_same_verdict(pattern, data):
    texts = st.from_regex(pattern) | st.text(max_size=6) | st.text(alphabet="aA01-/.é@ ", max_size=8)
    text = data.draw(texts.filter(lambda each: not each.endswith("\n")))
    ours = bool(compiled(pattern)[0].fullmatch(text))
    assert bool(re.match(f"^{for_python(pattern)}$", text)) == ours
    assert bool(re.search(for_ecma(pattern), text)) == ours


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no engine of ECMA-262")
def test_an_engine_of_ecma_262_gives_the_same_verdict():
    texts = ["", "a", "12345", "2A004", "01001", "ab", "a-b", "75056-P-001", "É", "W123456789", "a;b", "@a:", "24/7"]
    jobs = [(for_ecma(pattern), [*texts, pattern.strip("^$")]) for pattern in PATTERNS]
    program = (
        "const jobs = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(jobs.map(([p, texts]) => texts.map(t => new RegExp(p, 'u').test(t)))))"
    )
    done = subprocess.run(["node", "-e", program], input=json.dumps(jobs), capture_output=True, text=True, check=True)
    ours = [
        [bool(compiled(pattern)[0].fullmatch(text)) for text in tried]
        for pattern, (_, tried) in zip(PATTERNS, jobs, strict=True)
    ]
    assert json.loads(done.stdout) == ours


# --- the command


def test_a_single_file_is_printed_and_what_is_lost_is_told_beside(beffroi):
    done = beffroi("standard", "export", "bicycle-parking", "--to", "table-schema", "--lang", "fr")
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "Stationnement vélo"
    assert done.stderr.startswith("ce que ce format ne dit pas, ou que d’autres ne vérifient pas (")
    assert "  • les textes en anglais ne sont pas repris\n" in done.stderr


def test_a_file_is_written_and_what_is_lost_is_told(beffroi, tmp_path):
    done = beffroi(
        "standard", "export", "shops-and-markets", "--to", "json-schema", "--resource", "shops", "-o", "s.json"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("written: s.json\nwhat this format does not say, or others do not check (")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["title"] == "Shops"
    again = beffroi("standard", "export", "shops-and-markets", "--to", "json-schema", "--resource", "shops", "-o", ".")
    assert again.stdout.startswith("written: shops-and-markets-shops.json-schema.json\n")
    assert (tmp_path / "s.json").read_bytes() == (tmp_path / "shops-and-markets-shops.json-schema.json").read_bytes()


def test_a_folder_is_written_whole(beffroi, tmp_path):
    done = beffroi("standard", "export", "air-quality", "--to", "data-package", "-o", "out/aq", "--format", "json")
    told = json.loads(done.stdout)
    assert (told["standard"], told["target"], told["path"]) == ("air-quality@1.0.0", "data-package", "out/aq")
    assert sorted(told["files"]) == sorted(each.name for each in (tmp_path / "out/aq").iterdir())
    assert {each["kind"] for each in told["toComplete"]} == {"complete-texts", "complete-licence", "complete-data"}
    assert set(told["lost"][0]) == {"kind", "resource", "field", "text"}
    assert sorted(each.name for each in tmp_path.rglob("*") if each.name.startswith(".")) == []


def test_a_folder_that_is_there_is_not_touched(beffroi, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine", encoding="utf-8")
    done = beffroi("standard", "export", "air-quality", "--to", "data-package", "-o", "out")
    assert done.returncode == 2
    assert done.stderr.startswith("beffroi: out: exists already; nothing was changed\n")
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["air-quality", "--to", "data-package"], "this export takes several files (3), which cannot be printed"),
        (
            ["air-quality", "--to", "profile", "--resource", "x"],
            'standards/air-quality/standard.yaml: has no table "x"',
        ),
        (["no-such", "--to", "profile"], 'there is no standard "no-such"'),
        (["air-quality", "--to", "banana"], "Invalid value for '--to'"),
        (["profile.json", "--to", "profile"], "profile.json: describes no table, so that there is nothing to export"),
    ],
)
def test_what_cannot_be_exported(beffroi, tmp_path, arguments, told):
    (tmp_path / "profile.json").write_text('{"properties": {}}', encoding="utf-8")
    done = beffroi("standard", "export", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_the_command_names_every_target(beffroi):
    shown = beffroi("standard", "export", "--help").stdout
    assert [each for each in targets() if f"\n  {each} " not in shown] == []


def test_a_schema_of_others_can_be_exported(tmp_path):
    schema = {
        "name": "../../x/Été",
        "fields": [{"name": "a", "rdfType": "http://schema.org/name", "x-own": 1, "title": 3}, {"name": "a"}, 5],
        "contributors": "nobody",
        "sources": [{"title": "law"}, 7],
        "missingValues": [],
        "licences": "x",
        "created": {},
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    of = standard_from_file(tmp_path / "schema.json")
    export = exported(of, "table-schema", "en")
    assert list(export.files) == ["x-ete.schema.json"]
    written = json.loads(export.files["x-ete.schema.json"])
    assert written["fields"] == [{"name": "a", "type": "string", "rdfType": "http://schema.org/name", "x-own": 1}]
    assert (written["missingValues"], written["sources"]) == ([], [{"title": "law"}])
    for target in targets():
        assert exported(of, target, "fr").files


HOSTILE = """{"fields": [{"name": "a\\n", "type": ["x"], "format": {"a": 1}, "title": ["x"], "trueValues": 7,
  "categories": {"a": 1}, "missingValues": [null, {"value": 3}],
  "constraints": {"enum": "abc", "pattern": 5, "minLength": -1, "maximum": {}}},
  {"name": "n", "type": "number", "example": NaN, "constraints": {"minimum": Infinity, "enum": [1e999, "x"]}}],
 "title": {"fr": 7}, "contributors": [{"title": ["x"], "roles": "author"}, 5], "sources": {"a": 1}, "version": 5,
 "custom_checks": [{"name": "siret", "params": {"column": ["a"]}}, {"name": "cohesive-columns-value", "params": {}},
  {"name": "compare-columns-value", "params": {"column": "a", "op": [], "column2": {}}},
  {"name": "one-of-required", "params": {"column1": 1}}], "primaryKey": [[1]], "created": 7, "foreignKeys": [3]}"""


@pytest.mark.parametrize("target", targets())
def test_rubbish_is_exported_without_a_traceback(beffroi, tmp_path, target):
    (tmp_path / "schema.json").write_text(HOSTILE, encoding="utf-8")
    done = beffroi("standard", "export", "schema.json", "--to", target, "--output", "out")
    assert (done.returncode, done.stderr) == (0, "")
    files = [each for each in [tmp_path / "out", *(tmp_path / "out").rglob("*")] if each.is_file()]
    for each in files:
        if each.name.endswith(("json", "out")):
            json.loads(each.read_text(encoding="utf-8"), parse_constant=pytest.fail)


@pytest.mark.filterwarnings("ignore")
def test_every_schema_of_the_corpus_can_be_exported_and_frictionless_accepts_it(corpus):
    from frictionless import Schema

    accepted = 0
    for file in sorted(corpus.rglob("*schema*.json")):
        if {"_tags", "schemas"} & set(file.parts) and "latest" not in file.parts:
            continue  # another version of a schema
        try:
            of = standard_from_file(file)
        except BeffroiError:
            continue
        for target in targets() if of.resources else ():
            files = exported(of, target, "fr").files
            for name, text in files.items():
                if target in {"table-schema", "schema-data-gouv-fr"} and name.endswith("schema.json"):
                    assert list(Schema.metadata_validate(json.loads(text))) == [], (file, target)
                    accepted += 1
    assert accepted > 100


def test_there_is_nothing_to_export_of_a_standard_without_tables():
    with pytest.raises(UnusableFile, match="describes no table"):
        exported(Standard(id="x", version=None, path="x", sha256="0", resources=()), "table-schema", "en")
