"""Standards of others in our form: what is put right is told, nothing is lost, and data get the same verdict."""

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml

from beffroi.catalogue import Catalogue
from beffroi.catalogue.reading import standard_from_file
from beffroi.checking import check_paths, standard_subject
from beffroi.errors import BeffroiError
from beffroi.settings import Settings
from beffroi.standards.describing import language_of, numbered
from beffroi.standards.drafting import tried
from beffroi.standards.importing import ImportOrder, imported
from beffroi.standards.testing import judged_examples
from conftest import CORPUS, ROOT

CASES = ROOT / "tests/cases/import"
REGISTRY = CORPUS / "datagouv+schema.data.gouv.fr/site/.vuepress/public/schemas"


def order(lang="en", *, contacts=False):
    return ImportOrder(id="draft", lang=lang, contacts=contacts, today=date(2026, 11, 23), catalogue=Catalogue.of())


@pytest.fixture
def repository(tmp_path):
    """A repository as schema.data.gouv.fr asks for it, with the usual mistakes."""
    folder = tmp_path / "schema-bancs"
    (folder / "exemples").mkdir(parents=True)
    (folder / "schema.json").write_bytes((CASES / "schema.json").read_bytes())
    (folder / "exemple-valide.csv").write_text(
        "id,siret,etat,pose,places\nB-1,73282932000074,bon,31/01/2024,4\n", encoding="utf-8"
    )
    wrong = "id,siret,etat,pose,places\nB-1,123,cassé,2024-01-31,-4\nB-1,,bon,,\n"
    (folder / "exemples/exemple-invalide.csv").write_text(wrong, encoding="utf-8")
    (folder / "README.md").write_text("# Bancs\n\nÉcrire à verts@ville.example.\n", encoding="utf-8")
    (folder / "notes.txt").write_text("not ours", encoding="utf-8")
    return folder


def test_a_repository_is_put_into_our_form(beffroi, tmp_path, repository):
    done = beffroi("standard", "import", "schema-bancs", "--lang", "fr")
    folder = tmp_path / "standards/schema-bancs"
    assert (done.returncode, done.stderr) == (0, "")
    for name in ("standard.yaml", "schema-bancs.schema.yaml"):
        assert (folder / name).read_text(encoding="utf-8") == (CASES / f"fr.{name}").read_text(encoding="utf-8")
    assert done.stdout == (CASES / "fr.txt").read_text(encoding="utf-8")
    assert (folder / "upstream/README.md").read_text(encoding="utf-8") == "# Bancs\n\nÉcrire à […].\n"
    assert (folder / "examples/invalid/exemple-invalide-csv.expected.yaml").read_text(encoding="utf-8") == (
        CASES / "invalid.expected.yaml"
    ).read_text(encoding="utf-8")
    for command in ("test", "lint"):
        assert beffroi("standard", command, "standards/schema-bancs").returncode == 0


def test_it_is_told_in_english_too(beffroi, repository):
    told = json.loads(beffroi("standard", "import", "schema-bancs", "--output", "city", "--format", "json").stdout)
    assert [each["text"] for each in told["told"] if each["kind"] in {"corrected", "moved", "version"}] == [
        "version v1.2 written 1.2.0",
        "“texte” corrected into string: id",
        "“contraints” corrected into constraints: id",
        "“exemple” corrected into example: id",
        "“requird” corrected into required: siret",
        '“"true"” corrected into true: etat',
        "enum put under constraints, where it takes effect: etat",
        "“fmt:%d/%m/%Y” corrected into %d/%m/%Y: pose",
        "minimum put under constraints, where it takes effect: places",
    ]


def test_addresses_are_copied_only_where_that_is_asked(beffroi, tmp_path, repository):
    for asked in ((), ("--contacts",)):
        beffroi("standard", "import", "schema-bancs", "--output", "x" if asked else "y", *asked)
    texts = {
        root: "".join(
            path.read_text(encoding="utf-8") for path in sorted((tmp_path / root).rglob("*")) if path.is_file()
        )
        for root in "xy"
    }
    assert ("@" in texts["y"], texts["x"].count("verts@ville.example"), "bancs@ville.example" in texts["x"]) == (
        False,
        2,
        True,
    )


def test_nothing_is_lost(repository):
    source = json.loads((repository / "schema.json").read_text(encoding="utf-8"))
    draft = imported(repository, order())
    written = "".join(draft.files.values())
    told = "".join(each.text + (each.place or "") for each in draft.told)
    lost = [text for text in texts_in(source) if text not in written and text not in told and "@" not in text]
    examples = {"valide", "invalide", "parti", "exemples/exemple-invalide.csv"}  # they are told by their files' names
    examples |= {each for each in lost if each.endswith("/exemple-valide.csv")}
    renewed = {"2025-06-30T10:00:00", "french-siret-value", "https://frictionlessdata.io/schemas/table-schema.json"}
    assert set(lost) - examples == renewed


def texts_in(value):
    """Every text of a value."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts_in(each)


def test_a_package_becomes_a_standard_of_several_tables(tmp_path):
    station = {"fields": [{"name": "id", "constraints": {"required": True}}], "primaryKey": "id"}
    key = {"fields": "station", "reference": {"resource": "Stations du réseau", "fields": "id"}}
    (tmp_path / "mesures.json").write_text(
        json.dumps({"fields": [{"name": "station"}, {"name": "v", "type": "number"}], "foreignKeys": [key]}),
        encoding="utf-8",
    )
    resources = [
        {"name": "Stations du réseau", "path": "stations.csv", "schema": station},
        {"name": "mesures", "path": "mesures.csv", "schema": "mesures.json"},
        {"name": "ailleurs", "path": "x.csv", "schema": "https://elsewhere.example/schema.json"},
    ]
    package = {"name": "reseau", "title": "Réseau", "version": "2.0.0", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    (tmp_path / "stations.csv").write_text("id\nS1\n", encoding="utf-8")
    (tmp_path / "mesures.csv").write_text("station,v\nS1,1\nS9,2\n", encoding="utf-8")
    draft = imported(tmp_path, order())
    with tried(draft) as folder:
        standard = Catalogue.of().in_folder(folder)
        assert [each.name for each in standard.resources] == ["stations-du-reseau", "mesures"]
        assert [subject.findings for subject in judged_examples(standard, Settings()) if subject.findings] == []
    assert yaml.safe_load(draft.files["examples/invalid/source/expected.yaml"]) == [
        {"resource": "mesures", "rule": "foreign-key", "field": "station", "count": 1}
    ]
    assert {(each.kind, each.place) for each in draft.told} >= {("absent", "ailleurs"), ("not-valid", "source")}


def test_a_profile_comes_with_the_schemas_beside_it(corpus):
    draft = imported(corpus / "tdwg+camtrap-dp", order())
    value = yaml.safe_load(draft.files["standard.yaml"])
    assert [each["name"] for each in value["resources"]] == ["deployments", "media", "observations"]
    assert value["package"]["title"] == "Camera Trap Data Package"


@pytest.mark.parametrize(
    ("name", "content", "code", "told"),
    [
        ("absent", None, 2, "there is no such file or folder"),
        ("x.json", "{", 2, "not well-formed JSON"),
        ("x.json", "[1]", 2, "describes no table"),
        ("x.json", '{"fields": 3}', 2, "describes no table"),
        ("x.json", '{"properties": {"features": {}}}', 2, "describes no table"),
        ("x.json", '{"resources": [{"schema": "../../secret.json"}]}', 2, "describes no table"),
        ("x.yaml", "a: &a [*a]\n", 2, "uses an alias"),
        ("x.json", '{"fields": ' + "[" * 300 + "]" * 300 + "}", 2, "nests deeper than 200 levels"),
    ],
)
def test_what_is_no_standard_is_refused_in_words(beffroi, tmp_path, name, content, code, told):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = beffroi("standard", "import", name)
    assert (done.returncode, done.stdout, told in done.stderr) == (code, "", True)
    assert not (tmp_path / "standards").exists()


@pytest.mark.parametrize(
    "schema",
    [
        {"fields": []},
        {"fields": [1, None, {}, {"name": ""}, {"name": 3}, {"name": "a"}, {"name": "a"}]},
        {
            "fields": [{"name": "a", "constraints": [1], "type": 5, "format": {"x": 1}, "title": 7}],
            "primaryKey": {"a": 1},
        },
        {
            "fields": [{"name": "a", "contraints": 3, "enums": "x", "patern": "("}],
            "foreignKeys": [{"reference": []}, 4],
        },
        {
            "fields": [{"name": "a"}],
            "version": 3,
            "title": ["x"],
            "contributors": "me",
            "sources": [{}],
            "resources": "x",
        },
        {"fields": [{"name": "a"}], "custom_checks": ["x", {"name": "siret"}, {"name": "no", "params": {"column": 3}}]},
        {
            "fields": [{"name": "a\u0000b\nc", "x-y": {"deep": [1.5, None]}}],
            "name": "../../etc",
            "licenses": {"a": float("inf")},
        },
    ],
)
def test_a_broken_schema_is_imported_as_far_as_it_goes(tmp_path, schema):
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    draft = imported(tmp_path / "schema.json", order("fr"))
    with tried(draft) as folder:
        assert Catalogue.of().in_folder(folder).id == "draft"
    assert all(path.split("/")[0] != ".." for path in draft.paths)


@pytest.mark.parametrize(
    ("given", "expected"),
    [("v1.2.3", "1.2.3"), ("1.2", "1.2.0"), ("V2", "2.0.0"), ("1.2.3-beta", None), ("", None), (3, None), (None, None)],
)
def test_a_version_has_three_numbers(given, expected):
    assert numbered(given) == expected


def test_the_language_of_a_source_is_told_by_its_short_words():
    texts = ("Les arbres de la ville", "The trees of the city", "Arbres 2024")
    assert [language_of(text) for text in texts] == ["fr", "en", None]


def schemas_of_registry():
    paths = sorted(REGISTRY.glob("*/*/latest/*.json")) if REGISTRY.is_dir() else []
    return [path for path in paths if path.is_file() and "fields" in json.loads(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("path", schemas_of_registry(), ids=lambda path: "/".join(path.parts[-4:-2]))
def test_a_schema_of_the_registry_brings_no_new_defect(path):
    found = import_of(path)
    theirs, ours = (Counter(each.rule for each in standard_subject(one, []).findings) for one in found)
    del ours["not-judged"]
    assert ours - theirs == Counter()


def pairs():
    path = CORPUS / "verdicts.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["verdicts"] if path.is_file() else []
    found = defaultdict(list)
    for each in listed:
        if each["kind"] == "table-schema":
            found[each["schema"]].append(each["data"])
    return sorted(found.items())


@pytest.mark.parametrize(("schema", "data"), pairs(), ids=lambda value: value if isinstance(value, str) else "")
def test_data_get_the_same_findings_under_the_imported_standard(schema, data):
    original, ours = import_of(CORPUS / schema)
    for each in data:
        assert findings(CORPUS / each, ours) == findings(CORPUS / each, original)


def import_of(path: Path):
    """The standard that a file of others defines, and the one that it is imported as."""
    with tried(imported(path, order())) as folder:
        ours = Catalogue.of().in_folder(folder)
        wrong = [each.rule for subject in judged_examples(ours, Settings()) for each in subject.findings]
        assert set(wrong) <= {"example-none"}
    return standard_from_file(path), ours


def findings(path, standard):
    """The verdict on a file, and what is found in it."""
    report = check_paths([str(path)], standard, Settings())
    found = [each for subject in report.subjects if subject.delivered for each in subject.findings]
    return report.verdict, [(each.rule, each.field, each.cause, each.count) for each in found]


def test_no_other_json_of_the_corpus_breaks_us(corpus):
    kinds = Counter()
    for path in sorted([*REGISTRY.glob("*/*/latest/*"), *corpus.glob("*")]):
        try:
            imported(path, order())
            kinds["imported"] += 1
        except BeffroiError as error:
            kinds[error.kind] += 1
    assert set(kinds) <= {"imported", "not-importable", "not-json"}
    assert kinds["imported"] > 60
