"""`beffroi standard lint`: what it finds, in tables of examples; what it takes in; how it tells."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from benchmarks.registry import figures
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import FILE
from beffroi.checking import standard_subject
from beffroi.errors import NoSuchInput, UnknownStandard
from beffroi.model.levels import Level
from beffroi.rulebook import rule
from beffroi.settings import Settings
from beffroi.standards import lint as package
from beffroi.standards.lint import lint
from beffroi.standards.lint.levels import levels
from beffroi.standards.lint.of_tables.patterns import alternatives
from conftest import ROOT

FAMILIES = Path(package.__file__).parent
CASES = ROOT / "tests/cases/lint"
REPORT = json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8"))
BESIDES = {"standard-no-example", "standard-no-description"}
"""What the fields of short examples lack, and what is left out where they are not about that."""
SCHEMA = {
    "name": "benches",
    "title": "Benches",
    "description": "Where to sit",
    "version": "1.0.0",
    "licenses": [{"name": "etalab-2.0"}],
    "resources": [{"path": "https://example.org/valid.csv"}],
    "fields": [{"name": "id", "type": "string", "description": "Its number", "example": "1"}],
}
STANDARD = {
    "id": "benches",
    "version": "1.0.0",
    "status": "active",
    "title": {"en": "Benches", "fr": "Bancs"},
    "description": {"en": "Where to sit", "fr": "Où s’asseoir"},
    "licences": {"accept": ["etalab-2.0"]},
    "resources": [{"name": "benches", "title": {"en": "Benches", "fr": "Bancs"}, "schema": "benches.schema.yaml"}],
}
FIELDS = """fields:
  - name: id
    type: string
    title: {en: Number, fr: Numéro}
    description: {en: Its number, fr: Son numéro}
    example: "1"
"""


def as_yaml(value):
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def city(tmp_path):
    """Writes a standard of a city in which there is nothing to mend, with the changes that are given."""

    def made(name="benches", **changes):
        folder = tmp_path / "city" / name
        value = {**STANDARD, "id": name, **changes}
        write(folder / FILE, as_yaml(value))
        write(folder / "benches.schema.yaml", FIELDS)
        write(folder / "CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-31\n")
        write(folder / "examples/valid/benches.csv", "id\n1\n")
        write(folder / "examples/invalid/dates.csv", "id\n\n")
        write(folder / "examples/invalid/dates.expected.yaml", "- {rule: blank-row, count: 1}\n")
        return folder

    return made


def found_in(names, catalogue=None):
    """Every finding, of all subjects."""
    report = lint([str(each) for each in names], catalogue or Catalogue.of(), Settings())
    return [each for subject in report.subjects for each in subject.findings]


def told(findings):
    """Findings as the tables of examples write them, those of fields besides left out."""
    keys = ("rule", "cause", "level", "field", "pointer")
    found = []
    for each in findings:
        kept = {key: str(getattr(each, key)) for key in keys if getattr(each, key)}
        suggestion = each.samples[0].suggestion if each.samples else None
        found.append({**kept, **({"suggestion": suggestion} if suggestion else {})})
    return sorted(found, key=str)


def wanted(case):
    return sorted(({key: str(value) for key, value in each.items()} for each in case["found"]), key=str)


def cases(kind):
    """The examples of every family of a kind."""
    for path in sorted((CASES / kind).glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")


def without_nothing(value):
    return {key: each for key, each in value.items() if each is not None}


@pytest.mark.parametrize(("family", "case"), list(cases("of_tables")))
def test_what_is_found_in_the_rules_of_a_table(family, case, tmp_path):
    missing = {"missingValues": case["missingValues"]} if "missingValues" in case else {}
    schema = {**SCHEMA, **case.get("schema", {}), **missing, "fields": case["fields"]}
    path = write(tmp_path / "schema.json", json.dumps(schema, default=str))
    besides = BESIDES - {"examples": {"standard-no-example"}, "texts": {"standard-no-description"}}.get(family, set())
    assert told(each for each in found_in([path]) if each.rule not in besides) == wanted(case)


@pytest.mark.parametrize(("family", "case"), list(cases("of_standards")))
def test_what_is_found_in_a_standard(family, case, city, tmp_path):
    if "file" in case:
        value = case.get("value") or without_nothing({**SCHEMA, **case.get("schema", {})})
        folder = tmp_path
        linted = write(folder / case["file"], json.dumps(value))
    else:
        folder = city(**case.get("standard", {}))
        linted = tmp_path / "city" / case.get("linted", "benches")
    if "beside" in case:
        city(case["beside"])
    for name, text in case.get("files", {}).items():
        change(folder, name, text)
    catalogue = Catalogue.of(tmp_path / "city") if case.get("catalogue") else Catalogue.of()
    assert told(found_in([linted], catalogue)) == wanted(case)


def change(folder, name, text):
    """Write a file, take one away (`None`), or copy it from the newest version (`same`)."""
    path = folder / name
    if text == "same":
        source = folder / path.relative_to(folder / "versions").relative_to(
            path.relative_to(folder / "versions").parts[0]
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, path) if source.is_dir() else shutil.copy(source, path)
    elif text is not None:
        write(path, text)
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("kind", ["of_tables", "of_standards"])
def test_every_family_has_examples_with_findings_and_without(kind):
    modules = {path.stem for path in (FAMILIES / kind).glob("*.py")} - {"__init__"}
    assert {path.stem for path in (CASES / kind).glob("*.yaml")} == modules
    for path in (CASES / kind).glob("*.yaml"):
        found = [bool(case["found"]) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
        assert any(found), path.name


def test_a_standard_in_order_has_no_findings(city):
    assert found_in([city()]) == []


def test_levels_are_of_rules_and_causes_that_there_are():
    for name, level in levels().items():
        described = rule(name).words.get("causes", {})
        for cause, given_level in level.items() if isinstance(level, dict) else [("else", level)]:
            assert Level(given_level)
            assert cause == "else" or cause in described, (name, cause)
        assert not isinstance(level, dict) or "else" in level


def test_our_own_standards_have_nothing_to_mend():
    report = lint([], Catalogue.of(), Settings())
    assert len(report.subjects) >= 3
    found = [(subject.path, each) for subject in report.subjects for each in subject.findings]
    assert [(path, each.rule, each.field) for path, each in found if each.level.reaches(Level.SHOULD)] == []


BROKEN = """id: Benches
version: "1.0"
statut: active
title: {en: Benches}
description: {en: Where to sit, fr: Où s’asseoir}
licences: {accept: [etalab-2.0]}
checks: []
resources:
  - name: benches
    schema: benches.schema.yaml
    formats: [csv, pdf]
id: benches
"""


def test_every_error_of_the_form_is_told_with_its_line(city):
    folder = city()
    write(folder / FILE, BROKEN)
    write(folder / "benches.schema.yaml", FIELDS + "    contraints: {required: true}\n")
    found = found_in([folder])
    lines = [(each.details.get("file"), each.samples[0].line if each.samples else None, each.message) for each in found]
    assert lines == [
        (None, 1, '/: the key "status" is missing'),
        (None, 2, "/version: 1.0 does not have the expected form"),
        (None, 3, '/: nobody knows the key "statut"; did you mean "status"?'),
        (None, 4, '/title: the key "fr" is missing'),
        (None, 7, '/: the key "checks" belongs elsewhere in a standard'),
        (
            None,
            11,
            '/resources/0/formats/1: "pdf" is not one of: csv, tsv, xlsx, xls, ods, parquet, json, ndjson, geojson',
        ),
        (None, 12, 'the key "id" stands twice in one place; only the last one was heeded'),
        (
            "benches.schema.yaml",
            7,
            'the property "contraints" is not known and was not heeded; did you mean "constraints"?',
        ),
    ]
    assert {each.level for each in found} == {Level.MUST}


def test_what_cannot_be_read_is_a_finding_beside_the_others(city):
    city("seats")
    write(city() / FILE, "id: [benches\n")
    report = lint([str(city("seats").parent)], Catalogue.of(), Settings())
    assert [(Path(each.path).parent.name, [one.rule for one in each.findings]) for each in report.subjects] == [
        ("benches", ["standard-unusable"]),
        ("seats", []),
    ]
    assert report.subjects[0].findings[0].samples[0].line == 2
    assert report.exit_code() == 1


def test_a_schema_that_is_not_there_is_named(city):
    folder = city()
    (folder / "benches.schema.yaml").unlink()
    (found,) = found_in([folder])
    assert (found.rule, found.message) == (
        "standard-unusable",
        "it names the file benches.schema.yaml, which is not there",
    )


def test_a_standard_that_extends_what_is_beside_it_is_linted_as_a_whole(city):
    city("seats")
    (found,) = found_in([city(extends="stools@1", resources=[{"name": "benches"}])])
    assert "which no catalogue holds" in found.message
    own = city(extends="seats@1")
    write(own / "benches.schema.yaml", "fields:\n  - {name: id, contraints: {}}\n  - {name: n, type: integer}\n")
    found = found_in([own])
    assert [(each.rule, each.field, each.samples[0].line) for each in found] == [
        ("standard-unknown-key", "id", 2),
        ("standard-no-example", "n", 3),
        ("standard-no-description", "n", 3),
        ("standard-no-title", "n", 3),
    ]


def test_what_a_standard_takes_over_is_left_to_the_one_that_it_extends(city):
    write(city("seats") / "benches.schema.yaml", FIELDS + "    exemple: 1\n")
    assert found_in([city(extends="seats@1", resources=[{"name": "benches"}])]) == []


def test_two_folders_with_one_id_and_version_are_told(city):
    folders = [city("benches"), city("seats", id="benches")]
    found = [each for each in found_in([folders[0].parent]) if each.rule == "standard-same-id"]
    assert [each.message for each in found] == [
        f'"benches@1.0.0" is also what {folders[0].as_posix()}/{FILE} is called'
    ]


def test_a_standard_that_silently_takes_the_place_of_a_bundled_one_is_told(city):
    own = Catalogue.of(city("council-grants").parent)
    (found,) = found_in([], own)
    assert (found.rule, found.cause) == ("standard-same-id", "other-catalogue")
    city("council-grants", shadows={"en": "so", "fr": "ainsi"})
    assert found_in([], own) == []


def test_names_and_paths_mean_what_they_mean_elsewhere(city, tmp_path):
    folder = city()
    older = folder / "versions/0.9.0"
    write(older / FILE, as_yaml({**STANDARD, "version": "0.9.0"}))
    write(older / "benches.schema.yaml", FIELDS)
    catalogue = Catalogue.of(folder.parent)

    def linted(*names):
        report = lint([str(each) for each in names], catalogue, Settings())
        return [Path(each.path).relative_to(tmp_path / "city").as_posix() for each in report.subjects]

    both = ["benches/standard.yaml", "benches/versions/0.9.0/standard.yaml"]
    assert linted() == linted("benches") == linted(folder) == linted(folder.parent) == both
    assert linted("benches", "benches@1") == both
    assert linted("benches@0.9") == linted(older) == linted(older / FILE) == both[1:]
    assert linted(folder / "benches.schema.yaml", folder / FILE) == both[:1]
    with pytest.raises(UnknownStandard, match='no version "3"'):
        linted("benches@3")
    with pytest.raises(UnknownStandard, match='no standard "stools"'):
        linted("stools")
    for name in ("", "no/such/folder", "schema.json", "a" * 5000 + "/x", "a\0b/c"):
        with pytest.raises(NoSuchInput):
            linted(name)


def test_an_older_version_without_its_file_cannot_be_told(city):
    folder = city()
    (folder / "versions/0.9.0").mkdir(parents=True)
    report = lint([str(folder)], Catalogue.of(), Settings())
    assert [each.verdict for each in report.subjects] == ["conformant", "cannot-tell"]
    assert report.exit_code() == 3


def test_files_of_others_are_found_in_a_folder(city, tmp_path):
    folder = tmp_path / "schemas"
    write(folder / "trees/schema.json", json.dumps(SCHEMA))
    write(folder / "trees/feature.json", '{"type": "Feature", "properties": {}}')
    write(folder / "trees/broken-schema.json", "{")
    write(folder / "trees/data.json", "{")
    write(folder / "trees/.hidden/schema.json", json.dumps(SCHEMA))
    write(folder / "profile.json", '{"type": "object", "properties": {}}')
    write(
        folder / "parks/datapackage.json", '{"resources": [{"name": "a", "path": "a.csv", "schema": "a.schema.json"}]}'
    )
    write(folder / "parks/a.schema.json", json.dumps(SCHEMA))
    shutil.copytree(city(), folder / "own/benches")
    (folder / "link.json").symlink_to(write(tmp_path / "outside.json", json.dumps(SCHEMA)))
    report = lint([str(folder)], Catalogue.of(), Settings())
    assert [Path(each.path).relative_to(folder).as_posix() for each in report.subjects] == [
        "own/benches/standard.yaml",
        "parks/datapackage.json",
        "profile.json",
        "trees/broken-schema.json",
        "trees/schema.json",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"fields": [1, null, [], {"name": {}}]}',
        '{"fields": [{"name": "a", "constraints": {"enum": [[], {}], "minimum": {}, "maximum": [], "pattern": 3}}]}',
        '{"fields": [{"name": "a", "example": [[[]]], "examples": 3, "type": ["string"], "format": {}}]}',
        '{"fields": [{"name": "a", "type": "date", "format": "%"}], "version": 1, "resources": [3], "path": {}}',
        '{"fields": [], "resources": {"a": 1}, "licenses": 7, "title": [], "foreignKeys": [[]], "version": "v"}',
        '{"resources": [{"schema": {"fields": "x"}}, {"schema": "../../etc/passwd"}]}',
        '{"resources": [{"schema": {}}, 3], "version": 1, "name": []}',
        '{"properties": {}, "allOf": 3}',
        '{"fields": ' + "[" * 5000,
        '{"fields": [{"name": "lat", "type": "number", "constraints": {"minimum": 1e999, "maximum": "nan"}}]}',
    ],
)
def test_rubbish_gives_findings_and_no_traceback(text, tmp_path):
    path = write(tmp_path / "schema.json", text)
    (subject,) = lint([str(path)], Catalogue.of(), Settings()).subjects
    assert subject.findings
    assert lint([str(write(tmp_path / FILE, text))], Catalogue.of(), Settings()).subjects[0].findings


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda each: st.lists(each), max_leaves=5))
def test_whatever_stands_under_a_key_is_no_traceback(tmp_path_factory, value):
    folder = tmp_path_factory.mktemp("lint")
    keys = ("constraints", "example", "examples", "title", "description", "missingValues")
    field = {"name": "date_code_postal", "type": "integer", **dict.fromkeys(keys, value)}
    schema = {**dict.fromkeys(("primaryKey", "foreignKeys", "version", "path", "resources"), value), "fields": [field]}
    path = write(folder / "schema.json", json.dumps(schema))
    assert lint([str(path)], Catalogue.of(), Settings()).subjects[0].findings


@given(st.lists(st.text("ab()[]|^$\\", max_size=4), max_size=4))
def test_alternatives_put_together_are_the_pattern(parts):
    pattern = "|".join(parts)
    assert "|".join(alternatives(pattern)) == pattern


def test_the_order_of_findings_is_that_of_the_lines(city):
    folder = city()
    write(folder / "benches.schema.yaml", FIELDS.replace("string", "chaîne") + "    required: true\n")
    lines = [each.samples[0].line for each in found_in([folder])]
    assert lines == sorted(lines)


IN_ENGLISH = """✘ not conformant  schema.json
  benches 1.0.0

  to mend first (must)
  • 1 × code_postal: the field is called like an identifier, but has the type "integer"
    line 4
    → give it the type string, and a pattern for its form

  advice (should)
  • 3 × the field has no example
    a, b, c
    → write a value under "example" as it would stand in a cell

verdict: not conformant (must: 1 · should: 3 · may: 0)
"""
IN_FRENCH = """✘ non conforme  schema.json
  benches 1.0.0

  à corriger d’abord (obligatoire)
  • 1 × code_postal : le champ porte le nom d’un identifiant, mais il est du type « integer »
    ligne 4
    → donnez-lui le type string, et un motif pour sa forme

  conseils (recommandé)
  • 3 × le champ n’a pas d’exemple
    a, b, c
    → écrivez sous « example » une valeur telle qu’elle serait dans une cellule

verdict : non conforme (obligatoire : 1 · recommandé : 3 · facultatif : 0)
"""


@pytest.fixture
def schema(tmp_path):
    """A schema with a mistake and with fields that lack an example, a key a line."""
    lacking = [{"name": each, "type": "string", "description": "x"} for each in "abc"]
    wrong = {"name": "code_postal", "type": "integer", "description": "x", "example": 1}
    fields = ",\n".join(json.dumps(each) for each in (wrong, *lacking))
    rest = json.dumps({key: value for key, value in SCHEMA.items() if key != "fields"})
    return write(tmp_path / "schema.json", f'{rest[:-1]},\n"fields":\n[\n{fields}]}}')


@pytest.mark.parametrize(("lang", "expected"), [("en", IN_ENGLISH), ("fr", IN_FRENCH)])
def test_the_report_word_for_word(beffroi, schema, lang, expected):
    done = beffroi("standard", "lint", "schema.json", "--lang", lang)
    assert (done.stdout.replace("\u00a0", " "), done.stderr, done.returncode) == (expected, "", 1)


def test_the_report_as_json_is_of_its_form(beffroi, schema, tmp_path):
    done = beffroi("standard", "lint", "schema.json", "--format", "json", "--output", "report.json")
    assert (done.stdout, done.returncode) == ("", 1)
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    Draft202012Validator(REPORT).validate(report)
    assert report["counts"] == {"must": 1, "should": 3, "may": 0}
    assert [(each["kind"], each["delivered"]) for each in report["subjects"]] == [("standard", True)]


@pytest.mark.parametrize("form", ["text", "json"])
def test_exit_codes(beffroi, schema, city, tmp_path, form):
    (tmp_path / "empty").mkdir()
    write(tmp_path / "may.json", json.dumps({**SCHEMA, "version": "v1.0.0"}))

    def code(*arguments):
        return beffroi("standard", "lint", *arguments, "--format", form).returncode

    assert code(city()) == code(city(), "--fail-on", "may") == code("may.json") == 0
    assert code("may.json", "--fail-on", "should") == 0
    assert code("may.json", "--fail-on", "may") == code("schema.json") == code(city(), "schema.json") == 1
    assert code("nowhere.json") == code("stools") == code("--fail-on", "never") == 2
    assert code("empty") == 3


def test_only_the_citys_own_standards_are_linted_without_a_name(beffroi, city):
    folder = city(title=None).parent
    done = beffroi("standard", "lint", "--catalogue", folder, "--format", "json")
    report = json.loads(done.stdout)
    assert [each["path"] for each in report["subjects"]] == [f"{folder.as_posix()}/benches/{FILE}"]
    assert done.returncode == 1


def test_the_page_on_the_registry_shows_the_real_figures(corpus):
    page = (ROOT / "docs/registry.md").read_text(encoding="utf-8")
    assert page.split("<!-- figures -->\n")[1].split("<!-- /figures -->")[0] == figures(corpus)


def test_no_schema_of_the_corpus_breaks_lint(corpus):
    linted = 0
    for folder in sorted(each for each in corpus.iterdir() if each.is_dir()):
        report = lint([str(folder)], Catalogue.of(), Settings(lang="fr"))
        assert all(each.message and each.fix for subject in report.subjects for each in subject.findings)
        linted += len(report.subjects)
    assert linted > 300


def test_the_findings_of_check_are_among_those_of_lint(city, tmp_path):
    folder = city(levels={"colum-order": "may"})
    write(folder / "benches.schema.yaml", FIELDS + "    constraints: {minimum: 1, patern: x}\n")
    standard = Catalogue.of().standard(str(folder))
    ours = {(each.rule, each.field, each.pointer) for each in found_in([folder])}
    theirs = {(each.rule, each.field, each.pointer) for each in standard_subject(standard, []).findings}
    assert {each for each in theirs if each[0] != "not-judged"} <= ours


def test_a_key_that_stands_twice_is_told_with_its_line(city):
    folder = city()
    write(folder / FILE, (folder / FILE).read_text(encoding="utf-8") + "status: draft\n")
    write(folder / "benches.schema.yaml", FIELDS + '    example: "2"\n')
    assert [(each.rule, each.details.get("file"), each.pointer) for each in found_in([folder])] == [
        ("standard-repeated-key", None, "/status"),
        ("standard-repeated-key", "benches.schema.yaml", "/fields/0/example"),
    ]
