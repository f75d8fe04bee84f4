"""Rows that are made up for a standard: they pass it, whatever it asks, or it is told why there are none."""

import csv
import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml
from frictionless import Package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import strategies
from beffroi import check
from beffroi.catalogue import Catalogue
from beffroi.catalogue.reading import standard_from_file
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.cli.standard.sample import FORMATS
from beffroi.errors import BeffroiError, CannotSample
from beffroi.model.standard import CheckUse, ForeignKey, ResourceRules, Standard, TableSchema
from beffroi.standards.sampling import checks
from beffroi.standards.sampling.draws import draw
from beffroi.standards.sampling.expressions import text_of
from beffroi.standards.sampling.families import FAMILIES
from beffroi.standards.sampling.files import WRITERS
from beffroi.standards.sampling.json_schemas import instance
from beffroi.standards.sampling.tables import VARIED, Order, made_up
from beffroi.standards.sampling.texts import words
from beffroi.standards.sampling.writing import Shape, shape_of, write
from beffroi.tables.checks import known
from beffroi.tables.fields import known_types
from conftest import ROOT

CASES = ROOT / "tests/cases/sampling"
OURS = Catalogue.of().survey().standards
REGISTRY = "datagouv+schema.data.gouv.fr/site/.vuepress/public/schemas"
AS_CSV = Shape(package=False, forms=("csv",))


def cases(name):
    return yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))


def standard_of(descriptor, *uses):
    rules = ResourceRules(name="table", schema=read_table_schema(descriptor), checks=uses)
    return Standard(id="made", version="1.0.0", path="made.yaml", sha256="", resources=(rules,))


def used(given):
    return CheckUse(check=given["check"], options={**given.get("options", {}), **only(given, "field")})


def only(given, key):
    return {key: given[key]} if key in given else {}


def rows_of(standard, rows, **order):
    (table,) = made_up(standard, Order(rows=rows, **order))
    return [list(each.values()) for each in table.records]


def to_mend(path, standard):
    report = check(path, standard=standard)
    found = [each for subject in report.subjects if subject.delivered for each in subject.findings]
    return report.verdict, [each.rule for each in found if each.level != "may"]


@pytest.mark.parametrize("standard", OURS, ids=lambda each: each.id)
@pytest.mark.parametrize("rows", [1, 10, 1000])
def test_rows_that_are_made_up_for_our_standards_pass_them(standard, rows, tmp_path):
    path = tmp_path / "made"
    tables = write(standard, Order(rows=rows, seed=rows), path, shape_of(standard, path, None))
    assert [len(each.records) for each in tables] == [rows] * len(standard.resources)
    assert [each.left_empty for each in tables] == [()] * len(tables)
    assert to_mend(path, standard.id) == ("conformant", [])


@pytest.mark.parametrize("standard", OURS, ids=lambda each: each.id)
def test_the_first_row_holds_the_examples(standard):
    for table in made_up(standard, Order(rows=1)):
        references = {name for key in table.schema.foreign_keys for name in key.fields}
        examples = {each.name: each.example for each in table.schema.fields if each.name not in references}
        other = [name for name, given in examples.items() if str(given) != table.records[0][name]]
        assert len(other) <= len(examples) // 3, other


@pytest.mark.parametrize("standard", [each for each in OURS if not each.is_package], ids=lambda each: each.id)
def test_they_pass_in_every_format_that_the_standard_accepts(standard, tmp_path):
    for form in standard.resources[0].formats:
        if form in WRITERS:
            path = tmp_path / f"made.{form}"
            write(standard, Order(rows=5), path, shape_of(standard, path, None))
            assert to_mend(path, standard.id) == ("conformant", [])


@pytest.mark.parametrize("form", sorted(WRITERS))
def test_every_format_holds_the_same_rows(form, tmp_path):
    kinds = {kind: kind for kind in sorted(FAMILIES)} | {"geometry": "geojson"}
    standard = standard_of({"fields": [{"name": name, "type": kind} for name, kind in kinds.items()]})
    for seed in range(3):
        path = tmp_path / f"made{seed}.{form}"
        write(standard, Order(rows=20, seed=seed), path, shape_of(standard, path, None))
        assert path.stat().st_size > 0


def test_the_same_seed_makes_the_same_bytes_in_every_process(beffroi, tmp_path):
    for number, seed, hashes in ((1, 5, "1"), (2, 5, "2"), (3, 6, "1")):
        options = ("--rows", 30, "--seed", seed, "--output", tmp_path / f"made{number}")
        assert (
            beffroi("standard", "sample", "on-street-parking", *options, env={"PYTHONHASHSEED": hashes}).returncode == 0
        )
    first, second, other = ((tmp_path / f"made{number}" / "bays.csv").read_bytes() for number in (1, 2, 3))
    assert first == second != other


def test_a_workbook_is_the_same_each_time(tmp_path):
    standard = Catalogue.of().standard("trees")
    for name in ("one.xlsx", "two.xlsx"):
        write(standard, Order(rows=3), tmp_path / name, Shape(package=False, forms=("xlsx",)))
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("case", cases("fields"), ids=lambda each: f"{each['field']['type']}-{each['values'][0]}")
def test_values_that_must_differ_count_up_from_the_example(case):
    field = {**case["field"], "constraints": {**case["field"].get("constraints", {}), "unique": True, "required": True}}
    uses = [CheckUse(check=case["check"], options={"field": field["name"]})] if "check" in case else []
    found = rows_of(standard_of({"fields": [field]}, *uses), len(case["values"]))
    assert [text for (text,) in found] == case["values"]


@pytest.mark.parametrize("case", cases("cannot"), ids=lambda each: each["what"])
def test_it_is_told_why_no_rows_can_be_made(case, tmp_path):
    given = {"fields": case["fields"], "primaryKey": case.get("key", []), "foreignKeys": case.get("foreignKeys", [])}
    standard = standard_of(given, *map(used, case.get("checks", ())))
    start = time.monotonic()
    with pytest.raises(CannotSample) as caught:
        write(standard, Order(rows=20), tmp_path / "made.csv", AS_CSV)
    found = {"kind": caught.value.kind, **caught.value.details}
    assert {key: found[key] for key in case["error"]} == case["error"]
    assert caught.value.exit_code == 3
    assert time.monotonic() - start < 10


def test_an_optional_column_without_any_value_is_left_empty_and_told(beffroi, tmp_path):
    schema = tmp_path / "schema.json"
    bad = {"name": "bad", "type": "integer", "constraints": {"minimum": 9, "maximum": 1}}
    schema.write_text(json.dumps({"fields": [{"name": "id", "type": "integer"}, bad]}), encoding="utf-8")
    done = beffroi("standard", "sample", "schema.json", "--rows", 2, "--output", "made.csv")
    assert done.stdout == (
        "written: made.csv (rows: 2)\n"
        "  left empty, as no value was found for them: bad\n"
        "  it passes: beffroi check made.csv --standard schema\n"
    )
    assert (tmp_path / "made.csv").read_text(encoding="utf-8").splitlines()[0] == "id,bad"


OF_SEVERAL = {
    "compare-columns": {"column": "a", "operator": "<", "other": "b"},
    "sum-columns": {"column": "a", "columns": ["b", "c"]},
    "cohesive-columns": {"columns": ["a", "b", "c"]},
    "one-of-required": {"columns": ["a", "b"]},
}
TYPES = {"compare-columns": "integer", "sum-columns": "number", "french-gps-coordinates": "geopoint"}


@pytest.mark.parametrize("check_id", known())
@pytest.mark.parametrize("when", [{}, {"kind": ("x",)}], ids=["always", "sometimes"])
def test_every_check_can_be_passed(check_id, when, tmp_path):
    options = OF_SEVERAL.get(check_id, {"field": "a"})
    kind = TYPES.get(check_id, "string")
    fields = [{"name": name, "type": kind} for name in "abc"]
    fields.append({"name": "kind", "type": "string", "constraints": {"enum": ["x", "y"], "required": True}})
    standard = standard_of({"fields": fields}, CheckUse(check=check_id, options=options, when=when))
    (table,) = write(standard, Order(rows=60), tmp_path / "made.csv", AS_CSV)
    assert any(each["a"] is not None for each in table.records)


def test_two_columns_of_coordinates_are_brought_to_france():
    fields = [{"name": name, "type": "number", "example": 60.5, "constraints": {"required": True}} for name in "xy"]
    use = CheckUse(check="french-gps-coordinates", options={"longitude": "x", "latitude": "y"})
    places = rows_of(standard_of({"fields": fields}, use), 30)
    assert all(-6 < float(longitude) < 10 and 41 < float(latitude) < 52 for longitude, latitude in places)


def test_every_hook_is_of_a_check_and_every_family_of_a_type():
    folder = Path(checks.__file__).parent
    named = {path.stem.replace("_", "-") for path in folder.glob("[a-z]*.py")}
    assert named <= set(known())
    assert set(FAMILIES) == set(known_types())


def test_checks_of_several_columns_hold_together():
    names = ["total", "a", "b", "c", "most"]
    fields = [{"name": name, "type": "integer", "constraints": {"minimum": 0, "maximum": 60}} for name in names]
    uses = (
        CheckUse(check="sum-columns", options={"column": "total", "columns": ["a", "b", "c"]}),
        CheckUse(check="compare-columns", options={"column": "total", "operator": "<", "other": "most"}),
        CheckUse(check="cohesive-columns", options={"columns": ["a", "b", "c"]}),
        CheckUse(check="one-of-required", options={"columns": ["a", "most"]}),
    )
    found = rows_of(standard_of({"fields": fields}, *uses), 300)
    filled = [[int(each) for each in row] for row in found if None not in row]
    assert len(filled) > 100
    assert all(row[0] == sum(row[1:4]) and row[0] < row[4] for row in filled)
    assert any(None in row for row in found)


def test_moments_and_places_of_a_row_stay_together():
    fields = [
        {"name": "start", "type": "datetime", "example": "2026-11-02T08:00:00Z"},
        {"name": "end", "type": "datetime", "example": "2026-11-02T09:00:00Z"},
        {"name": "longitude", "type": "number", "example": 2.4321},
        {"name": "place", "type": "geopoint", "format": "array", "example": "[2.4321, 50.9684]"},
    ]
    for each in fields:
        each["constraints"] = {"required": True}
    for start, end, longitude, place in rows_of(standard_of({"fields": fields}), 50):
        assert start[14:] == end[14:] == "00:00Z"
        assert abs(json.loads(place)[0] - float(longitude)) < 0.0001


@pytest.mark.parametrize("rows", [10, VARIED + 50])
def test_foreign_keys_hold_between_tables_and_within_one(rows, tmp_path):
    stations = read_table_schema(
        {
            "fields": [{"name": "id", "type": "string"}, {"name": "above", "type": "string"}],
            "primaryKey": "id",
            "foreignKeys": [{"fields": "above", "reference": {"resource": "", "fields": "id"}}],
        }
    )
    measures = read_table_schema(
        {
            "fields": [{"name": "station", "type": "string"}, {"name": "hour", "type": "integer"}],
            "primaryKey": ["station", "hour"],
            "foreignKeys": [{"fields": "station", "reference": {"resource": "stations", "fields": "id"}}],
        }
    )
    resources = (ResourceRules(name="measures", schema=measures), ResourceRules(name="stations", schema=stations))
    standard = Standard(id="made", version="1.0.0", path="made.yaml", sha256="", resources=resources)
    path = tmp_path / "made"
    second, first = write(standard, Order(rows=rows), path, shape_of(standard, path, None))
    assert {each["station"] for each in second.records} <= {each["id"] for each in first.records}
    assert any(each["above"] for each in first.records)


def test_tables_that_refer_to_each_other_in_a_circle_are_told():
    def table(name, other):
        key = ForeignKey(fields=("a",), resource=other, reference_fields=("a",))
        schema = replace(read_table_schema({"fields": [{"name": "a", "type": "string"}]}), foreign_keys=(key,))
        return ResourceRules(name=name, schema=schema)

    standard = Standard(id="x", version=None, path="x", sha256="", resources=(table("one", "two"), table("two", "one")))
    with pytest.raises(CannotSample) as caught:
        made_up(standard, Order(rows=1))
    assert (caught.value.kind, caught.value.details) == ("sample-circle", {"tables": "one, two"})


@st.composite
def schemas(draw):
    fields = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(sorted(strategies.VALID)))
        field = draw(strategies.fields(kind))
        keys = draw(st.sampled_from([{}, {}, {"required": True}, {"unique": True}, {"required": True, "unique": True}]))
        example = draw(st.none() | strategies.VALID[kind])
        fields.append(replace(field, name=f"f{number}", constraints={**field.constraints, **keys}, example=example))
    names = st.sampled_from([each.name for each in fields])
    return TableSchema(fields=tuple(fields), primary_key=tuple(draw(st.lists(names, max_size=2, unique=True))))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(schemas(), st.sampled_from([1, 7]))
def test_for_any_schema_rows_pass_or_it_is_told_that_there_are_none(tmp_path_factory, schema, rows):
    rules = ResourceRules(name="made", schema=schema)
    standard = Standard(id="made", version="1.0.0", path="made.yaml", sha256="", resources=(rules,))
    try:
        write(standard, Order(rows=rows), tmp_path_factory.mktemp("made") / "made.csv", AS_CSV)
    except CannotSample as error:
        assert error.kind in {"sample-no-value", "sample-few-keys"}


PATTERNS = [
    r"^([013-9]\d|2[AB1-9])\d{3}$",
    r"^[A-Z0-9]+([-._][A-Z0-9]+)*$",
    r"^(?![^@]*[1-9]([\s./-]?\d\d){4})[^@]*$",
    r"^@[acv]:[0-9A-Fa-f-]{36}( @[acv]:[0-9A-Fa-f-]{36})?$",
    r"(a|b)\1(?P<sign>[x-z])(?P=sign)",
    r"\p{Lu}\p{Ll}{3,}",
    r"(?i)abc|[^\x00-\x7f]{2}",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_of_a_pattern_match_it(pattern):
    field = {"name": "code", "type": "string", "constraints": {"required": True, "pattern": pattern}}
    assert len({row[0] for row in rows_of(standard_of({"fields": [field]}), 30)}) > 5


@pytest.mark.parametrize("pattern", ["(", "(a{2000}){2000}", "(()*){1000000000}", "[^\\s\\S]", "(" * 300 + ")" * 300])
def test_no_text_is_made_of_a_pattern_that_has_none_or_takes_too_long(pattern):
    start = time.monotonic()
    assert not text_of(pattern, draw(Random(1), 1))
    assert time.monotonic() - start < 2


def test_a_json_schema_gets_a_value():
    schema = {
        "type": "object",
        "required": ["kind", "parts", "when", "deep"],
        "properties": {
            "kind": {"enum": ["a"]},
            "parts": {"type": "array", "minItems": 2, "items": {"type": "integer", "minimum": 3}},
            "when": {"type": "string", "format": "date"},
            "deep": {"anyOf": [{"type": "object", "required": ["x"], "properties": {"x": {"const": 1}}}]},
        },
    }
    made = instance(schema, draw(Random(0), 0))
    assert made == {"kind": "a", "parts": [3, 3], "when": "2024-06-03", "deep": {"x": 1}}


def test_what_a_standard_asks_of_a_package_is_there(tmp_path):
    asked = {"required": ["title", "keywords", "x_owner"], "properties": {"keywords": {"type": "array", "minItems": 1}}}
    standard = replace(Catalogue.of().standard("air-quality"), package=asked)
    path = tmp_path / "made"
    write(standard, Order(rows=2), path, shape_of(standard, path, None))
    described = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    assert (described["keywords"], described["x_owner"]) == (["x"], "x")


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_others_can_read_the_package(lang, tmp_path):
    """But for bounds of durations, which frictionless does not have."""
    for standard in OURS:
        if standard.id == "sensor-inventory":
            continue
        path = tmp_path / standard.id
        write(standard, Order(rows=20, lang=lang), path, shape_of(standard, path, None))
        package = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
        assert package["licenses"][0]["name"] in standard.descriptor["licences"]["accept"]
        assert all(isinstance(each["schema"]["title"], str) for each in package["resources"])
        assert len(Package(str(path / "datapackage.json")).resources) == len(standard.resources)


def test_the_command_offers_every_format():
    assert tuple(WRITERS) == FORMATS


def test_there_are_words_in_both_languages_and_none_twice():
    assert {lang: len(each) == len(set(each)) > 30 for lang, each in words().items()} == {"en": True, "fr": True}


def test_nearly_all_schemas_of_the_registry_can_be_sampled(corpus, tmp_path):
    """Two refer to a table of another schema; six have no columns."""
    told = {}
    files = sorted((corpus / REGISTRY).glob("*/*/latest/*schema*.json"))
    for number, file in enumerate(files):
        try:
            standard = standard_from_file(file)
            path = tmp_path / str(number)
            write(standard, Order(rows=20), path, shape_of(standard, path, "csv"))
            told[file.parent.parent.name] = "passes"
        except BeffroiError as error:
            told[file.parent.parent.name] = error.details.get("rule", error.kind)
    counts = {each: list(told.values()).count(each) for each in sorted(set(told.values()))}
    assert counts["passes"] >= 50
    assert set(counts) <= {"passes", "reference-not-there", "sample-no-fields", "not-a-standard"}


def test_a_table_goes_into_a_file_and_several_into_a_folder(beffroi, tmp_path):
    done = beffroi("standard", "sample", "council-grants", "--rows", 3, "--output", "grants.csv")
    assert (done.returncode, done.stdout) == (
        0,
        "written: grants.csv (rows: 3)\n  it passes: beffroi check grants.csv --standard council-grants@1.0.0\n",
    )
    with (tmp_path / "grants.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 4
    done = beffroi("standard", "sample", "air-quality", "--lang", "fr", "--output", "air")
    assert done.stdout == (
        "écrit\u00a0: air (lignes de chaque table\u00a0: 10)\n"
        "  la validation passe\u00a0: beffroi check air --standard air-quality@1.0.0\n"
    )
    assert sorted(each.name for each in (tmp_path / "air").iterdir()) == [
        "datapackage.json",
        "measurements.csv",
        "stations.csv",
    ]
    assert beffroi("check", "air", "--standard", "air-quality", "--fail-on", "should").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (
            ["air-quality", "-o", "air.csv"],
            3,
            "is one file, and the standard has several tables: stations, measurements",
        ),
        (["air-quality", "-o", "there"], 2, "exists already; nothing was changed"),
        (["trees", "-o", "trees.ods"], 3, "for the table trees there is the choice of csv, xlsx, geojson, parquet"),
        (["trees", "-o", "trees.exe"], 3, "cannot be written as exe"),
        (["trees", "-o", "trees.csv", "--rows", "0"], 2, "0 is not in the range"),
        (["trees", "-o", "no/such/trees.csv"], 2, "cannot be written"),
        (["trees", "-o", "there.csv"], 2, "cannot be written (Is a directory)"),
        (["trees", "-o", ""], 2, "the name of the file is empty"),
        (["no-such", "-o", "x.csv"], 2, 'there is no standard "no-such"'),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is(beffroi, tmp_path, arguments, code, told):
    (tmp_path / "there").mkdir()
    (tmp_path / "there.csv").mkdir()
    done = beffroi("standard", "sample", *arguments)
    assert (done.returncode, done.stdout, told in done.stderr) == (code, "", True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["there", "there.csv"]


def test_a_reason_is_told_in_french_too(beffroi, tmp_path):
    schema = {
        "fields": [{"name": "a", "type": "integer", "constraints": {"required": True, "minimum": 9, "maximum": 1}}]
    }
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    done = beffroi("standard", "sample", "schema.json", "-o", "a.csv", "--lang", "fr")
    assert done.stderr.startswith(
        "beffroi: schema.json: aucune valeur n’a été trouvée pour le champ a de la table schema, dont il est demandé"
    )


def test_a_file_is_replaced_whole_and_stays_as_it_was_when_the_run_is_ended(tmp_path):
    file = tmp_path / "trees.csv"
    file.write_text("before", encoding="utf-8")
    command = [sys.executable, "-m", "beffroi", "standard", "sample", "trees", "--rows", "500000", "-o", str(file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as run:
        deadline = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        run.communicate(timeout=30)
    assert run.returncode in {130, 143}
    assert [each.name for each in tmp_path.iterdir()] == ["trees.csv"]
    assert file.read_text(encoding="utf-8") == "before"
