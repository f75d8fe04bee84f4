"""publiccode.yml: the fixtures of others judged as they must be, and what no file can do to us."""

import json
import random
from pathlib import Path

import pytest
import yaml

from beffroi.catalogue.definitions import form_of
from beffroi.documents import Document, JsonSchema
from beffroi.licences.register import Register
from beffroi.model.faults import Fault
from beffroi.model.levels import Level
from beffroi.projects.publiccode.flaw import dotted
from beffroi.projects.publiccode.form import keys_of
from beffroi.projects.publiccode.formats import FORMATS
from beffroi.projects.publiccode.judging import LARGEST, MOST_VALUES, flaws, read
from beffroi.projects.verifiers import words

CASES = Path(__file__).parent / "cases" / "publiccode"
EXPECTED = yaml.safe_load((CASES / "corpus.yaml").read_text(encoding="utf-8"))
NOT_TOLD = yaml.safe_load((CASES / "not-told.yaml").read_text(encoding="utf-8"))
OUTCOMES = {"valid": "valid", "valid_with_warnings": "valid_with_warnings"}
"""What the corpus expects; all the rest is invalid."""
PNG = b"\x89PNG\r\n\x1a\n"
BESIDE = {
    "assets/AUTHORS": b"Ada Example\n",
    "assets/img/logo.png": PNG,
    "assets/img/not-an-image.png": b"no picture",
    **{f"assets/img/sshot{number}.png": PNG for number in (1, 2, 3)},
}
"""Files that lie beside the fixtures where they come from, and that the corpus leaves out."""
VALID = """
publiccodeYmlVersion: "0"
name: Map
url: https://example.org/map
platforms: [web]
developmentStatus: beta
softwareType: standalone/web
description:
  en:
    shortDescription: A map.
    longDescription: %s
    features: [a map]
legal: {license: EUPL-1.2}
maintenance: {type: none}
localisation: {localisationReady: true, availableLanguages: [en]}
""" % ("It shows where bicycles can be parked. " * 5)


@pytest.fixture
def folder(tmp_path):
    """A folder with the files that fixtures name."""
    for name, content in BESIDE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def fixtures(corpus):
    """What others expect of their fixtures, by path."""
    listed = json.loads((corpus / "verdicts.json").read_text(encoding="utf-8"))["expected_only"]
    return {each["data"]: each["expected"] for each in listed if each["kind"] == "publiccode"}


def judged(file, folder):
    """A verdict on a file, and the rule and key of each error."""
    document = read(file)
    if isinstance(document, Fault):
        return "invalid", [document.rule]
    found = flaws(document, folder, Register.bundled())
    errors = [f"{each.because.rule} {dotted(each.pointer)}".strip() for each in found if each.level is Level.MUST]
    return ("invalid" if errors else "valid_with_warnings" if found else "valid"), errors


def told(text, folder):
    """The rules of everything that is wrong with a text."""
    file = folder / "publiccode.yml"
    file.write_text(text, encoding="utf-8")
    document = read(file)
    return [each.because.rule for each in flaws(document, folder, Register.bundled())]


def test_the_fixtures_of_others_are_judged_as_they_must_be(corpus, folder):
    expected = fixtures(corpus)
    assert len(expected) == 333
    otherwise = {
        path: verdict
        for path, wanted in expected.items()
        if (verdict := judged(corpus / path, folder)[0]) != OUTCOMES.get(wanted, "invalid")
    }
    start = "italia+publiccode-parser-go/testdata/"
    assert {path.removeprefix(start): verdict for path, verdict in otherwise.items()} == {
        path: each["verdict"] for path, each in NOT_TOLD.items()
    }


def test_invalid_fixtures_are_invalid_for_what_they_are_named_after(corpus, folder):
    start = corpus / "italia+publiccode-parser-go/testdata"
    found = {
        path.relative_to(start).as_posix(): judged(path, folder)[1]
        for path in sorted(start.glob("v0/invalid/**/*.yml"))
    }
    assert {path: errors for path, errors in found.items() if errors} == EXPECTED
    assert {path for path, errors in found.items() if not errors} == set(NOT_TOLD)


def test_every_exception_has_its_reason():
    assert all(each["why"] for each in NOT_TOLD.values())


def test_the_examples_of_the_standard_are_valid(corpus, folder):
    for name in ("img/logo.svg", "img/sshot1.jpg", "img/sshot2.jpg", "img/sshot3.jpg"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"<svg/>" if name.endswith("svg") else b"\xff\xd8\xff")
    examples = sorted((corpus / "publiccodeyml+publiccode.yml/docs/standard").rglob("*.yml"))
    assert [(path.name, judged(path, folder)) for path in examples] == [
        ("publiccode.minimal.yml", ("valid", [])),
        ("publiccode.yml", ("valid", [])),
    ]


def test_our_form_is_a_json_schema_and_names_only_formats_that_there_are():
    whole = form_of("publiccode")
    JsonSchema(whole)
    named = {each["format"] for each in mappings(whole) if isinstance(each.get("format"), str)}
    assert named == set(FORMATS)


def mappings(value):
    """Every mapping in a value."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from mappings(each)


def test_every_format_that_can_be_missed_has_words():
    missed = {each.removesuffix("-any-case") for each in FORMATS}
    assert {f"not-{each}" for each in missed} <= set(words("publiccode-is-valid"))


def test_version_one_knows_less_than_version_zero():
    assert keys_of("v1") < keys_of("v0")
    assert {"localisedName", "logo", "it", "website"} <= keys_of("v0") - keys_of("v1")


@pytest.mark.parametrize(
    ("licence", "rules"),
    [
        ("EUPL-1.2", []),
        ("MIT OR Apache-2.0", []),
        ("MIT WITH Bison-exception-2.2", []),
        ("agpl-3.0", ["licence-spelt-otherwise"]),
        ("GPL-3.0", ["licence-spelt-otherwise"]),
        ("Licence Ouverte 2.0", ["licence-meant"]),
        ("EUPL", ["licence-meant"]),
        ("MIT OR", ["not-an-expression"]),
        ("'MIT OR Unheard-1.0'", ["licence-unknown"]),
        ("'" + "(" * 300 + "MIT" + ")" * 300 + "'", ["not-an-expression"]),
    ],
)
def test_licences_are_spdx_expressions(licence, rules, folder):
    assert told(VALID.replace("EUPL-1.2", licence), folder) == rules


@pytest.mark.parametrize(
    ("before", "after", "rules"),
    [
        ("name: Map", "name: Map", []),
        ("name: Map", "name: 12", ["number-for-text"]),
        ("name: Map", "name: true", ["not-text"]),
        ('"0"', "0.7", ["number-for-text"]),
        ('"0"', '"0.7.1"', []),
        ('"0"', '"0.3"', ["older-version"]),
        ('"0"', '"2.4.0"', ["not-publiccode-version"]),
        ("features: [a map]", "features:", ["missing-in-all-languages"]),
        ("type: none", "type: contract, contractors: [{name: A, until: 2027-02-30}]", ["not-date"]),
        ("type: none", "type: contract", ["missing"]),
        ("[en]}", "[en]}\nname: Map", ["repeated-key"]),
        ("[en]}", "[en, sl-IT-nedis, zh-Hant, gsw]}", []),
        ("[en]}", "[en_GB, xxx, anglais]}", ["not-language"] * 3),
        ("[en]}", "[en]}\norganisation: {uri: urn:x-example:city}", []),
        ("[en]}", "[en]}\nlogo: https://example.org/logo.png?v=2", []),
        ("[en]}", "[en]}\nlogo: ../logo.png", ["not-path"]),
        ("[en]}", "[en]}\nlogo: .git/logo.png", ["not-path"]),
        ("[en]}", "[en]}\nIT: {riuso: {codiceIPA: c_h501}}", ["deprecated-key"]),
    ],
)
def test_one_change_has_the_consequence_that_it_must(before, after, rules, folder):
    assert told(VALID.replace(before, after), folder) == rules


def test_a_number_is_told_as_it_is_written(folder):
    (folder / "publiccode.yml").write_text(f"{VALID}softwareVersion: 1.10\n", encoding="utf-8")
    (flaw,) = flaws(read(folder / "publiccode.yml"), folder, Register.bundled())
    assert dict(flaw.because.details) == {"key": "softwareVersion", "found": "1.10"}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"a" * (LARGEST + 1), "too-large"),
        (b"- a\n" * (MOST_VALUES + 1), "too-many-values"),
        (b"\xff\xfe\x00", "not-utf-8"),
        (b"a: &a [1]\nb: *a\n", "not-well-formed"),
        (b"a: " + b"[" * 5000, "not-well-formed"),
        (b"a: " + b"[" * 300 + b"]" * 300, "not-well-formed"),
    ],
)
def test_what_is_too_much_is_not_read(content, rule, tmp_path):
    file = tmp_path / "publiccode.yml"
    file.write_bytes(content)
    assert read(file).rule == rule


def test_rubbish_in_any_place_is_told_and_never_raises(folder):
    whole, chance = yaml.safe_load(VALID), random.Random(7)
    rubbish = [
        None,
        True,
        -1,
        1.5,
        "",
        " ",
        "x" * 9000,
        "\u202e",
        [],
        {},
        [[]],
        {"": {}},
        ["a", None],
        {"a": {"b": []}},
    ]
    for _ in range(300):
        value = json.loads(json.dumps(whole))
        holder = chance.choice([each for each in mappings(value) if each])
        holder[chance.choice([*holder, "logo", "supports", "IT", "x/~y"])] = chance.choice(rubbish)
        document = Document("publiccode.yml", value, json.dumps(value))
        assert all(
            each.because.rule in words("publiccode-is-valid") for each in flaws(document, folder, Register.bundled())
        )
