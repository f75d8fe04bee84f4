"""The table checks by their tables of cases, their words, and the translation of the national `custom_checks`."""

import json
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import frformat
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from beffroi import tables
from beffroi.catalogue.custom_checks import TRANSLATIONS, translated
from beffroi.catalogue.table_schema import read_table_schema
from beffroi.checking import check_paths
from beffroi.model.faults import Cell
from beffroi.model.levels import Level
from beffroi.model.standard import CheckUse, ResourceRules, Standard
from beffroi.settings import Settings
from beffroi.tables.checks import find, known
from beffroi.tables.row_checks import compile_check

HERE = Path(__file__).parent
CASES = HERE / "cases" / "checks"
RULES = Path(tables.__file__).parents[1] / "rules"
CORPUS = HERE.parents[1] / "shared" / "corpus"
LANGUAGES = {"en", "fr"}
ON_TEXT = [i for i in known() if find(i).columns == ("field",)]


def cases_of(check_id):
    return yaml.safe_load((CASES / f"{check_id}.yaml").read_text(encoding="utf-8"))


def rule_of(check_id):
    return yaml.safe_load((RULES / f"{check_id}.yaml").read_text(encoding="utf-8"))


ALL_CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}-{number}")
    for path in sorted(CASES.glob("*.yaml"))
    for number, case in enumerate(cases_of(path.stem), start=1)
]
SUGGESTING = [
    case for case in ALL_CASES if "suggestion" in (case.values[1]["fault"] or {}) and "values" not in case.values[1]
]


def logical(value):
    """A YAML value as a field's type would read it: exact numbers, points as tuples."""
    if isinstance(value, list):
        return tuple(Decimal(str(number)) for number in value)
    return Decimal(str(value)) if isinstance(value, float) else value


def cells_of(case):
    values = case.get("values", case["cells"])
    return [Cell(text=text, value=logical(value)) for text, value in zip(case["cells"], values, strict=True)]


def options_of(check, case):
    """The case's options, with the columns called a, b, c … in the order of its cells."""
    names = list(string.ascii_lowercase[: len(case["cells"])])
    options = dict(case.get("options", {}))
    if any(option in options for option in check.columns):
        return options
    for option in check.options.get("required", check.columns[:1]) if "oneOf" in check.options else check.columns:
        takes_many = check.options["properties"][option]["type"] == "array"
        options[option] = names if takes_many else names.pop(0)
    return options


def run_case(check_id, case):
    check = find(check_id)
    return check.run(cells_of(case), options_of(check, case))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts_of(rule) -> Iterator[tuple[str, dict]]:
    yield from ((key, rule[key]) for key in ("title", "message", "fix", "why"))
    for cause, words in rule.get("causes", {}).items():
        yield from ((f"{cause} {key}", text) for key, text in words.items())


@pytest.mark.parametrize(("check_id", "case"), ALL_CASES)
def test_a_case_gets_the_fault_it_must_get(check_id, case):
    found = run_case(check_id, case)
    expected = case["fault"]
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert (found.rule, found.cause, found.suggestion) == (check_id, expected.get("cause"), expected.get("suggestion"))
    assert dict(found.details) == expected.get("details", dict(found.details))


@pytest.mark.parametrize(("check_id", "case"), SUGGESTING)
def test_a_suggestion_passes_the_check(check_id, case):
    suggestion = case["fault"]["suggestion"]
    assert run_case(check_id, {"cells": [suggestion], "options": case.get("options", {})}) is None


@pytest.mark.parametrize("check_id", ON_TEXT)
@settings(deadline=None)
@given(text=st.text(min_size=1) | st.text("0123456789 .,/-+:EehWlunvedi", min_size=1, max_size=20))
def test_no_text_stops_a_check_and_what_it_suggests_passes(check_id, text):
    found = run_case(check_id, {"cells": [text]})
    if found is not None and found.suggestion is not None:
        assert run_case(check_id, {"cells": [found.suggestion]}) is None


@pytest.mark.parametrize(("check_id", "case"), ALL_CASES)
def test_the_options_of_a_case_are_options_of_the_check(check_id, case):
    check = find(check_id)
    Draft202012Validator(check.options).validate(options_of(check, case))


def test_every_case_file_is_of_a_known_check():
    assert {path.stem for path in CASES.glob("*.yaml")} <= set(known())


@pytest.mark.parametrize("check_id", known())
def test_a_check_has_valid_and_invalid_cases(check_id):
    faults = [case["fault"] for case in cases_of(check_id)]
    assert len(faults) >= 6
    assert None in faults
    assert any(expected is not None for expected in faults)


@pytest.mark.parametrize("check_id", known())
def test_a_check_takes_columns_and_refuses_unknown_options(check_id):
    check = find(check_id)
    Draft202012Validator.check_schema(check.options)
    required = {name for form in check.options.get("oneOf", [check.options]) for name in form["required"]}
    assert set(check.columns) <= required
    assert check.options["additionalProperties"] is False
    assert check.needs in {"all", "any"}


@pytest.mark.parametrize("check_id", known())
def test_a_check_has_a_manual_page(check_id):
    page = import_module(f"beffroi.tables.checks.{check_id.replace('-', '_')}").__doc__
    claim, blank, *rest = page.splitlines()
    assert claim.endswith(".")
    assert blank == ""
    assert any(line.startswith("Why: ") for line in rest)
    assert any(line.startswith("Source: ") for line in rest)


@pytest.mark.parametrize("check_id", known())
def test_a_rule_is_complete_in_english_and_french(check_id):
    rule = rule_of(check_id)
    assert rule["level"] in {"must", "should", "may"}
    assert set(rule["example"]) == {"valid", "invalid"}
    for key, text in texts_of(rule):
        assert set(text) == LANGUAGES, key
        assert placeholders(text["en"]) == placeholders(text["fr"]), key


@pytest.mark.parametrize("check_id", known())
def test_a_rule_is_written_in_our_style(check_id):
    for key, text in texts_of(rule_of(check_id)):
        for language, words in text.items():
            assert not words.endswith("."), (key, language)
            assert words == words.strip(), (key, language)
            assert "'" not in words, (key, language)
        assert key == "title" or not re.match("[A-ZÀ-Ý][a-zà-ÿ]", text["en"] + text["fr"]), key
        outside_values = re.sub(r"Mo-Fr [0-9:-]+; Sa", "", text["fr"])
        assert not re.search("[^\u00a0][;:?!](?= )", outside_values), key


@pytest.mark.parametrize("check_id", known())
def test_causes_are_worded_and_shown(check_id):
    shown = {(case["fault"] or {}).get("cause") for case in cases_of(check_id)} - {None}
    assert shown == set(rule_of(check_id).get("causes", {}))


@pytest.mark.parametrize(("check_id", "case"), ALL_CASES)
def test_a_fault_fills_every_placeholder_of_its_words(check_id, case):
    found = run_case(check_id, case)
    if found is None:
        return
    rule = rule_of(check_id)
    words = rule | rule.get("causes", {}).get(found.cause, {})
    filled = {"value", *dict(found.details)}
    for language in LANGUAGES:
        assert placeholders(words["message"][language]) | placeholders(words["fix"][language]) <= filled


@pytest.mark.parametrize("check_id", ON_TEXT)
def test_the_examples_of_a_rule_are_what_they_claim(check_id):
    example = rule_of(check_id)["example"]
    assert run_case(check_id, {"cells": [example["valid"]]}) is None
    assert run_case(check_id, {"cells": [example["invalid"]]}) is not None


@pytest.mark.parametrize(
    "name", ["siert", "", "os", "../os", "checks.siret", "_sirene", "-options", "SIRET", "siret\n", "phone_number"]
)
def test_a_name_that_is_no_check_is_not_found(name):
    assert find(name) is None


def test_ids_are_sorted_and_leave_out_shared_modules():
    assert known() == tuple(sorted(known()))
    assert {"siret", "compare-columns"} <= set(known())
    assert not any("sirene" in check_id for check_id in known())


def test_importing_every_check_loads_no_heavy_library():
    script = (
        "import sys; from beffroi.tables.checks import find, known; [find(check_id) for check_id in known()]; "
        "print(sorted({'frformat', 'stdnum', 'phonenumbers', 'opening_hours', 'shapely'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("check_id", "form"),
    [
        ("canton", frformat.Canton),
        ("code-commune-insee", frformat.CodeCommuneInsee),
        ("code-pays-iso2", frformat.CodePaysISO2),
        ("code-pays-iso3", frformat.CodePaysISO3),
        ("code-region", frformat.CodeRegion),
        ("commune", frformat.Commune),
        ("departement", frformat.Departement),
        ("numero-departement", frformat.CodeDepartement),
        ("pays", frformat.Pays),
        ("region", frformat.Region),
    ],
)
def test_the_editions_offered_are_those_that_frformat_holds(check_id, form):
    years = [edition.get_id() for edition in form._versioned_valid_values.ls()]
    offered = find(check_id).options["properties"]["cog"]["enum"]
    assert offered == [*map(int, years), *years, "latest"]


@pytest.mark.parametrize(("check_id", "form"), [("siren", frformat.Siren), ("siret", frformat.Siret)])
def test_siren_and_siret_agree_with_frformat(check_id, form):
    for text in (case["cells"][0] for case in cases_of(check_id)):
        if text is not None:
            assert (run_case(check_id, {"cells": [text]}) is None) == form().is_valid(text), text


LEGACY = [
    ("french-siren-value", {"column": "s"}, ("siren", {"field": "s"})),
    ("siren", {"column": "s"}, ("siren", {"field": "s"})),
    ("french-siret-value", {"column": "s"}, ("siret", {"field": "s"})),
    ("siret", {"column": "s"}, ("siret", {"field": "s"})),
    ("nomenclature-actes-value", {"column": "s"}, ("nomenclature-acte", {"field": "s"})),
    ("nomenclature-acte", {"column": "s"}, ("nomenclature-acte", {"field": "s"})),
    ("year-interval-value", {"column": "s"}, ("year-interval", {"field": "s"})),
    (
        "year-interval-value",
        {"column": "s", "allow-year-only": "yes"},
        ("year-interval", {"field": "s", "allow-year-only": "yes"}),
    ),
    (
        "year-interval-value",
        {"column": "s", "allow-year-only": False},
        ("year-interval", {"field": "s", "allow-year-only": False}),
    ),
    ("phone-number-value", {"column": "s"}, ("phone-number", {"field": "s"})),
    ("opening-hours-value", {"column": "s"}, ("opening-hours", {"field": "s"})),
    ("french-gps-coordinates", {"column": "s"}, ("french-gps-coordinates", {"field": "s"})),
    ("coordonnees-gps-francaises", {"column": "s"}, ("french-gps-coordinates", {"field": "s"})),
    (
        "compare-columns-value",
        {"column": "a", "op": ">=", "column2": "b"},
        ("compare-columns", {"column": "a", "operator": ">=", "other": "b"}),
    ),
    (
        "cohesive-columns-value",
        {"column": "a", "othercolumns": ["b", "c"]},
        ("cohesive-columns", {"columns": ["a", "b", "c"]}),
    ),
    ("cohesive-columns-value", {"column": "a", "othercolumns": "b"}, ("cohesive-columns", {"columns": ["a", "b"]})),
    (
        "sum-columns-value",
        {"column": "a", "columns": ["b", "c"]},
        ("sum-columns", {"column": "a", "columns": ["b", "c"]}),
    ),
    ("one-of-required", {"column1": "a", "column2": "b"}, ("one-of-required", {"columns": ["a", "b"]})),
    ("canton", {"column": "s", "cog": "2023"}, ("canton", {"field": "s", "cog": "2023"})),
    (
        "code-commune-insee",
        {"column": "s", "version": "2024"},
        ("code-commune-insee", {"field": "s", "cog": "2024"}),
    ),
    ("code-departement", {"column": "s"}, ("numero-departement", {"field": "s"})),
    ("code-fantoir", {"column": "s"}, ("code-fantoir", {"field": "s"})),
    ("code-pays-iso2", {"column": "s"}, ("code-pays-iso2", {"field": "s"})),
    ("code-pays-iso3", {"column": "s"}, ("code-pays-iso3", {"field": "s"})),
    ("code-postal", {"column": "s"}, ("code-postal", {"field": "s"})),
    ("code-region", {"column": "s"}, ("code-region", {"field": "s"})),
    ("code-rna", {"column": "s"}, ("code-rna", {"field": "s"})),
    ("commune", {"column": "s"}, ("commune", {"field": "s"})),
    ("departement", {"column": "s"}, ("departement", {"field": "s"})),
    ("id-rnb", {"column": "s"}, ("id-rnb", {"field": "s"})),
    ("numero-departement", {"column": "s"}, ("numero-departement", {"field": "s"})),
    ("pays", {"column": "s"}, ("pays", {"field": "s"})),
    ("region", {"column": "s"}, ("region", {"field": "s"})),
    ("code-ommune-insee", {"column": "s"}, ("code-ommune-insee", {"column": "s"})),
    ("siret", {"colum": "s"}, ("siret", {"colum": "s"})),
    ("compare-columns-value", {"column": "a", "opp": ">"}, ("compare-columns", {"column": "a", "opp": ">"})),
]


@pytest.mark.parametrize(("name", "params", "expected"), LEGACY)
def test_a_legacy_check_is_translated(name, params, expected):
    before = json.dumps(params)
    assert translated(name, params) == expected
    assert json.dumps(params) == before


def test_every_legacy_name_is_shown_above_and_becomes_a_known_check():
    assert set(TRANSLATIONS) <= {name for name, _, _ in LEGACY}
    assert {check_id for check_id, _ in TRANSLATIONS.values()} <= set(known())


def custom_checks_in(node) -> Iterator[dict]:
    if isinstance(node, dict):
        checks = node.get("custom_checks", [])
        yield from (check for check in checks if isinstance(check, dict))
        for value in node.values():
            yield from custom_checks_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from custom_checks_in(value)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not on this machine")
def test_every_custom_check_of_the_corpus_is_known_with_its_options():
    misspelt = {"code-ommune-insee"}
    entries = []
    for path in CORPUS.rglob("schema.json"):
        entries += custom_checks_in(json.loads(path.read_text(encoding="utf-8-sig")))
    assert len(entries) > 200
    for entry in entries:
        check_id, options = translated(entry["name"], entry["params"])
        if entry["name"] not in misspelt:
            Draft202012Validator(find(check_id).options).validate(options)


WHEN = {"kind": ("SIRET", "siret"), "country": ("FR",)}
ROWS = [
    ("SIRET", "FR", "35600000000048", None),
    ("SIRET", "FR", "35600000000049", "siret"),
    ("siret", "FR", "35600000000049", "siret"),
    ("SIRET", "BE", "35600000000049", None),
    ("VAT", "FR", "BE0123456789", None),
    ("", "FR", "35600000000049", None),
    ("SIRET", "FR", "", None),
]


def rules_with(use):
    schema = read_table_schema({"fields": [{"name": name, "type": "string"} for name in ("kind", "country", "id")]})
    return ResourceRules(name="holders", schema=schema, checks=(use,))


def test_a_check_may_have_a_condition(tmp_path):
    file = tmp_path / "holders.csv"
    file.write_text("kind,country,id\n" + "".join(f"{','.join(row[:3])}\n" for row in ROWS), encoding="utf-8")
    use = CheckUse(check="siret", options={"field": "id"}, when=WHEN, level=Level.MUST)
    standard = Standard(id="x", version=None, path="x", sha256="", resources=(rules_with(use),))
    findings = check_paths([file.as_posix()], standard, Settings()).subjects[0].findings
    assert [(each.rule, each.field, each.count) for each in findings] == [("siret", "id", 2)]
    assert [sample.row for sample in findings[0].samples] == [2, 3]


def test_a_condition_on_an_unknown_column_is_a_defect_of_the_standard():
    use = CheckUse(check="siret", options={"field": "id"}, when={"sort": ("SIRET",)})
    _, defects = compile_check(use, ("kind", "id"))
    assert [(each.fault.rule, dict(each.fault.details)["name"]) for each in defects] == [
        ("standard-unknown-field", "sort")
    ]
