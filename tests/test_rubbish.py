"""Whatever is delivered or defined, a report or a clear error comes out: schemas, descriptors and files, mutated."""

import copy
import json
import random

import pytest
from jsonschema import Draft202012Validator

from beffroi import BeffroiError, check
from beffroi.reports.json import report_value
from beffroi.reports.text import render
from conftest import ROOT

FORM = Draft202012Validator(json.loads((ROOT / "schemas/report.schema.json").read_text(encoding="utf-8")))
JUNK = [None, True, 0, -1, 1.5, 1e400, "", "x", "\ud800", "(a", "\0", [], {}, [[]], [None], {"a": 1}, "é" * 300, 10**30]
SCHEMA = {
    "name": "x",
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": 1, "unique": True}},
        {"name": "d", "type": "date", "format": "%d/%m/%Y", "constraints": {"minimum": "2020-01-01"}},
        {"name": "s", "type": "string", "constraints": {"enum": ["a", "b"], "pattern": "^[ab]$", "maxLength": 3}},
        {"name": "l", "type": "list", "itemType": "integer"},
        {"name": "g", "type": "geopoint", "format": "array"},
        {"name": "a", "type": "array", "arrayItem": {"type": "string"}},
        {"name": "o", "type": "object", "constraints": {"jsonSchema": {"type": "object"}}},
        {"name": "n", "type": "number", "decimalChar": ",", "groupChar": " ", "bareNumber": False},
        {"name": "b", "type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
        {"name": "c", "type": "string", "categories": [{"value": "x", "label": "X"}]},
        {"name": "t", "type": "datetime"},
    ],
    "primaryKey": ["id"],
    "uniqueKeys": [["s", "d"]],
    "missingValues": ["", "NA"],
    "foreignKeys": [{"fields": ["id"], "reference": {"resource": "", "fields": ["id"]}}],
    "fieldsMatch": "subset",
    "custom_checks": [
        {"name": "french-siret-value", "params": {"column": "s"}},
        {"name": "compare-columns-value", "params": {"column": "id", "op": "<", "column2": "n"}},
    ],
}
DATA = (
    "id,d,s,l,g,a,o,n,b,c,t\n"
    '1,01/02/2024,a,"1,2","[2,48]","[""x""]","{""a"":1}","1 000,5 €",oui,x,2024-01-31T00:00:00\n'
    'x,2024-02-30,c,"1,z","[200,1]",[1],[],abc,maybe,y,no\n,,,,,,,,,,\n'
)
RESOURCE = {
    "name": "t",
    "path": "t.csv",
    "format": "csv",
    "encoding": "utf-8",
    "dialect": {"delimiter": ",", "quoteChar": '"', "header": True},
    "schema": SCHEMA,
    "hash": "md5:x",
    "bytes": 3,
}
PACKAGE = {"name": "p", "licenses": [{"name": "etalab-2.0"}], "resources": [RESOURCE]}
FEATURES = {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": None, "properties": {"id": 1}}]}
CONTENTS = [
    DATA.encode(),
    DATA.encode("utf-16"),
    DATA.encode("utf-32"),
    json.dumps(SCHEMA).encode(),
    json.dumps(FEATURES).encode(),
    b'[{"id": 1, "s": "a"}]',
    b'{"id": 1}\n{"id": "x"}\n',
    b"PK\x03\x04" + bytes(50),
    b"\x1f\x8b\x08" + bytes(30),
    b"PAR1" + bytes(30),
    b"\xd0\xcf\x11\xe0" + bytes(600),
    b"",
]
SUFFIXES = ["csv", "tsv", "csv.gz", "xlsx", "xls", "ods", "parquet", "json", "ndjson", "geojson", "zip", "txt", "bin"]


def pointers(value, here=()):
    """Every place in a JSON value but the whole."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield (*here, key)
        yield from pointers(child, (*here, key))


def mutated(value, pick):
    """A copy with something else in one or two places."""
    changed = copy.deepcopy(value)
    for _ in range(pick.choice([1, 1, 2])):
        *parents, last = pick.choice(list(pointers(changed)))
        place = changed
        for key in parents:
            place = place[key]
        place[last] = copy.deepcopy(pick.choice(JUNK))
    return changed


def survives(*paths, **options):
    """Check, and make sure that what comes out is a report of the right form or an error in both languages."""
    try:
        report = check(*paths, **options)
    except BeffroiError as error:
        assert all(error.message(lang) and error.hint(lang) for lang in ("en", "fr"))
        return
    assert render(report)
    assert [error.message for error in FORM.iter_errors(json.loads(json.dumps(report_value(report))))] == []


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "t.csv").write_text(DATA, encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("seed", range(4))
def test_no_schema_breaks_us(folder, seed):
    pick = random.Random(seed)
    for _ in range(60):
        (folder / "schema.json").write_text(json.dumps(mutated(SCHEMA, pick)), encoding="utf-8")
        survives(folder / "t.csv", standard=folder / "schema.json", lang=pick.choice(["en", "fr"]))


@pytest.mark.parametrize("seed", range(4))
def test_no_descriptor_breaks_us(folder, seed):
    pick = random.Random(seed)
    for _ in range(40):
        (folder / "datapackage.json").write_text(json.dumps(mutated(PACKAGE, pick)), encoding="utf-8")
        survives(folder, standard=pick.choice([None, "council-grants", "air-quality"]), lang=pick.choice(["en", "fr"]))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_file_breaks_us(folder, suffix):
    pick = random.Random(suffix)
    for content in CONTENTS:
        for changes in (0, 1, 5):
            damaged = bytearray(content)
            for _ in range(changes if content else 0):
                damaged[pick.randrange(len(damaged))] = pick.randrange(256)
            (folder / f"file.{suffix}").write_bytes(bytes(damaged))
            survives(folder / f"file.{suffix}", standard=pick.choice([None, folder / "schema.json"]))
