"""What changed between two standards: told exactly, with what it does to verdicts; and which version it asks for."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from beffroi.catalogue import changes as changes_module
from beffroi.catalogue import version_key
from beffroi.catalogue.building import standard_of
from beffroi.catalogue.changes import Effect, bump, changes, is_too_low, next_version
from beffroi.catalogue.changes.json_schemas import of_json_schemas
from beffroi.catalogue.changes.patterns import of_patterns, usable
from beffroi.catalogue.changes.sides import MODES
from beffroi.catalogue.changes.types import CONSTRAINTS, WITHIN, kind_of, words
from beffroi.catalogue.definitions import Definition, WrittenSchema
from beffroi.catalogue.reading import standard_from_file
from beffroi.deliveries import Judge
from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.model.levels import Level, Verdict
from beffroi.model.standard import Field, ResourceRules, Standard, TableSchema
from beffroi.rulebook import default_level
from beffroi.settings import LANGUAGES, Settings
from beffroi.showing import changes as showing
from beffroi.showing.words import table
from beffroi.standards import comparing
from beffroi.tables.fields import field_type, known_types
from beffroi.tables.plans import compile_plan
from conftest import ROOT
from strategies import VALID, cells, fields

CASES = read_document(ROOT / "tests/cases/changes.yaml").value
IDS = {
    each
    for line in changes_module.__doc__.splitlines()
    if line.startswith(("- of", "  "))
    for each in re.findall("`([a-z-]+)`", line)
}


def standard(*tables, **descriptor):
    """A standard of tables, each a resource's own keys and its Table Schema."""
    rules = [{"name": f"t{number or ''}", "schema": "x", **own} for number, (own, _) in enumerate(tables)]
    value = {"id": "x", "version": "1.0.0", "status": "draft", "title": "X", "resources": rules, **descriptor}
    schemas = {
        own["name"]: WrittenSchema(descriptor=schema, file="x", line=lambda _: None)
        for own, (_, schema) in zip(rules, tables, strict=True)
    }
    nowhere = Path("nowhere")
    return standard_of(
        Definition(folder=nowhere, path="x", descriptor=value, schemas=schemas, sha256="0", line=lambda _: None)
    )


def told(change):
    """A change in a few words: its id, where it is, what it does."""
    fields = next(
        (side["fields"] for side in (change.before, change.after) if isinstance(side, dict) and "fields" in side), ()
    )
    place = change.field or "+".join(fields) or (change.key if change.id in ("level", "metadata") else None)
    does = {(True, True): "both", (True, False): "narrows", (False, True): "widens"}
    effect = does.get((change.narrows, change.widens), "remarks" if change.remarks else "nothing")
    return " ".join(each for each in (change.id, place, effect) if each)


def compared(case):
    own, descriptor = (case.get(key, [{}, {}]) for key in ("rules", "standard"))
    pair = (standard((own[side], case[name]), **descriptor[side]) for side, name in enumerate(("before", "after")))
    return changes(*pair)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["it"])
def test_what_changes_is_told_with_what_it_does(case):
    assert [told(each) for each in compared(case)] == case["changes"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["it"])
def test_a_standard_is_as_it_is(case):
    own, descriptor = (case.get(key, [{}, {}]) for key in ("rules", "standard"))
    assert changes(*2 * [standard((own[1], case["after"]), **descriptor[1])]) == ()


def test_every_documented_change_has_an_example_and_words():
    with_tables = {
        "required-resource-added",
        "optional-resource-added",
        "resource-removed",
        "resource-renamed",
        "resource-required",
        "resource-optional",
    }
    assert {line.split()[0] for case in CASES for line in case["changes"]} | with_tables == IDS
    assert set(table("changes")) >= IDS


# several tables

STATIONS = {"fields": [{"name": "id"}, {"name": "name"}], "primaryKey": "id"}
MEASUREMENTS = {
    "fields": [{"name": "station"}, {"name": "value", "type": "number"}],
    "foreignKeys": [{"fields": "station", "reference": {"resource": "stations", "fields": "id"}}],
}
BOTH = [({"name": "stations"}, STATIONS), ({"name": "measurements"}, MEASUREMENTS)]


def with_place(change):
    return f"{told(change)} ({change.resource})"


MEASURED = ({"name": "measurements", "required": False}, MEASUREMENTS)
SITES = ({"name": "sites"}, STATIONS)


@pytest.mark.parametrize(
    ("before", "after", "levels", "expected"),
    [
        (BOTH[:1], BOTH, {}, "required-resource-added narrows (measurements)"),
        (BOTH[:1], [BOTH[0], MEASURED], {}, "optional-resource-added remarks (measurements)"),
        (BOTH[:1], BOTH, {"extra-resource": "must"}, "required-resource-added both (measurements)"),
        (BOTH, BOTH[:1], {}, "resource-removed widens (measurements)"),
        (BOTH, BOTH[:1], {"extra-resource": "must"}, "resource-removed both (measurements)"),
        (BOTH, [SITES, BOTH[1]], {}, "resource-renamed both (sites)"),
        (BOTH[:1], [SITES], {}, "resource-renamed nothing (sites)"),
        (BOTH, [BOTH[0], MEASURED], {}, "resource-optional widens (measurements)"),
        ([BOTH[0], MEASURED], BOTH, {}, "resource-required narrows (measurements)"),
    ],
)
def test_tables_come_and_go(before, after, levels, expected):
    pair = (standard(*tables, levels=levels) for tables in (before, after))
    found = changes(*pair)
    assert [with_place(each) for each in found if "resource" in each.id] == [expected]


def test_what_refers_to_a_column_or_a_table_follows_its_new_name():
    sites = {"fields": [{"name": "ID"}, {"name": "name"}], "primaryKey": "ID"}
    reference = {"fields": "station", "reference": {"resource": "sites", "fields": "ID"}}
    theirs = ({"name": "measurements"}, {**MEASUREMENTS, "foreignKeys": [reference]})
    found = changes(standard(*BOTH), standard(({"name": "stations"}, sites), theirs))
    assert [with_place(each) for each in found] == [
        "field-renamed ID remarks (stations)",
        "foreign-key-added station narrows (measurements)",
        "foreign-key-removed station widens (measurements)",
    ]
    same = {"fields": [{"name": "id"}, {"name": "name"}], "primaryKey": "id"}
    reference = {"fields": "station", "reference": {"resource": "sites", "fields": "id"}}
    theirs = ({"name": "measurements"}, {**MEASUREMENTS, "foreignKeys": [reference]})
    found = changes(standard(*BOTH), standard(({"name": "sites"}, same), theirs))
    assert [with_place(each) for each in found] == ["resource-renamed both (sites)"]
    reference = {"fields": "station", "reference": {"resource": "stations", "fields": "ID"}}
    theirs = ({"name": "measurements"}, {**MEASUREMENTS, "foreignKeys": [reference]})
    found = changes(standard(*BOTH), standard(({"name": "stations"}, sites), theirs))
    assert [with_place(each) for each in found] == ["field-renamed ID remarks (stations)"]


# versions


@pytest.mark.parametrize(
    ("before", "after", "version", "expected", "following"),
    [
        ({}, {"required": True}, "1.2.3", "major", "2.0.0"),
        ({"required": True}, {}, "1.2.3", "minor", "1.3.0"),
        ({"pattern": "a|b"}, {"pattern": "[ab]"}, "1.2.3", "patch", "1.2.4"),
        ({}, {"required": True}, "0.2.3", "minor", "0.3.0"),
        ({}, {"required": True}, "v1.2", "major", "2.0.0"),
        ({}, {"required": True}, "2024-01", "major", "2025.0.0"),
        ({}, {"required": True}, "first", "major", None),
        ({}, {"required": True}, None, "major", None),
        ({}, {}, "1.2.3", None, None),
    ],
)
def test_changes_ask_for_a_version(before, after, version, expected, following):
    pair = (standard(({}, {"fields": [{"name": "a", "constraints": each}]})) for each in (before, after))
    found = bump(changes(*pair), version)
    assert (found, next_version(version, found)) == (expected, following)


@pytest.mark.parametrize(
    ("version", "asked", "expected"),
    [
        ("1.2.0", "2.0.0", True),
        ("v2.0", "2.0.0", False),
        ("2.1.0", "2.0.0", False),
        (None, "2.0.0", False),
        ("x", "1.0.0", False),
    ],
)
def test_a_version_may_be_too_low(version, asked, expected):
    assert is_too_low(version, asked) is expected


# what is known of types, held to what reads them


@pytest.mark.parametrize("name", sorted(CONSTRAINTS))
def test_constraints_and_formats_of_types_are_those_that_are_judged(name):
    kind = field_type(name)
    assert {"required", "unique", "enum", *CONSTRAINTS[name]} == set(kind.constraints)
    for form in ("default", "email", "array", "topojson", "%d/%m/%Y"):
        known = kind.formats is None or form in kind.formats
        heeded_format = kind_of(Field(name="a", type=name, format=form))[1]
        assert (heeded_format == form) is (known and (name != "any" or form == "default")), form


def test_every_type_is_known():
    assert sorted(CONSTRAINTS) == sorted(known_types())


def test_words_for_true_and_false_are_those_that_are_read():
    for options in ({}, {"trueValues": ["oui", " x", True]}, {"falseValues": ["oui", "0"], "trueValues": ["oui"]}):
        field = Field(name="a", type="boolean", options=options)
        reader = field_type("boolean").reader(field)
        assert {text: reader.read(text) for text in words(field)} == words(field)


@settings(max_examples=500)
@given(st.data())
def test_a_type_takes_all_texts_of_one_within_it_as_the_same_values(data):
    one, other = data.draw(st.sampled_from(WITHIN))
    text = data.draw(VALID[one[0]])
    narrow, wide = (compile_plan(Field(name="a", type=kind, format=form), ())[0] for kind, form in (one, other))
    if not narrow.judged(text):
        assert not wide.judged(text)
        assert wide.cell(text).value == narrow.cell(text).value


# what a change is said to do, held to verdicts

FEW = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
PIECES = [
    "a",
    "b",
    "[ab]",
    r"\d",
    r"\w",
    "[^a]",
    "(?:a|b)",
    "a?",
    "a*",
    "b+",
    "a{1,2}",
    "^",
    "$",
    r"\n",
    ".",
    "(?i:A)",
    "",
]
PATTERNS = st.lists(st.sampled_from(PIECES), max_size=4).map("".join) | st.builds(
    "{}|{}".format, *2 * [st.lists(st.sampled_from(PIECES), max_size=2).map("".join)]
)


@settings(max_examples=700)
@given(PATTERNS, PATTERNS, st.lists(st.text(alphabet="abA1é\n ", max_size=5), max_size=20))
def test_no_text_contradicts_what_is_said_of_patterns(before, after, texts):
    assume(usable(before) and usable(after))
    effect = of_patterns(before, after)
    for text in texts:
        matched, matches = re.fullmatch(before, text) is not None, re.fullmatch(after, text) is not None
        if matched != matches:
            assert (Effect.NARROWS if matched else Effect.WIDENS) in effect


SHORT = st.lists(st.sampled_from(PIECES), max_size=2).map("".join)


@settings(max_examples=300)
@given(SHORT, SHORT)
def test_what_is_said_of_simple_patterns_has_a_proof(before, after):
    assume(usable(before) and usable(after))
    effect = of_patterns(before, after)
    short = ["".join(each) for size in range(5) for each in product("ab1\nA é", repeat=size)]
    for sense, one, other in ((Effect.NARROWS, before, after), (Effect.WIDENS, after, before)):
        if sense in effect:
            assert any(re.fullmatch(one, each) and not re.fullmatch(other, each) for each in short)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (r"^FR\d$", r"^[A-Z]{2}\d$", Effect.WIDENS),
        (r"\d{5}", "[0-9]{5}", Effect.NARROWS),
        (r"(?:(?:^|,)(^FR[A-Z]{2}$|no))+$", r"(?:(?:^|,)(^[A-Z]{4}$|no))+$", Effect.WIDENS),
        ("a$\n", "a", Effect.BOTH),
        ("a$\n?", "a\n?", Effect.NONE),
        ("^a|b$", "[ab]", Effect.NONE),
        ("(x+x+)+y", "x+y", Effect.WIDENS),
        ("(a|b)*a(a|b){20}", "(a|b)*b(a|b){20}", Effect.BOTH),
        (r"(a)\1", "aa", Effect.BOTH),
        (r"\bx", "x", Effect.BOTH),
    ],
)
def test_patterns_are_compared(before, after, expected):
    assert of_patterns(before, after) is expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"properties": {}}, {"properties": {"a": {"type": "string"}}}, Effect.NARROWS),
        (
            {"properties": {}, "additionalProperties": False},
            {"properties": {"a": {"type": "string"}}, "additionalProperties": False},
            Effect.BOTH,
        ),
        (
            {"prefixItems": [{}], "items": False},
            {"prefixItems": [{}, {"type": "string"}], "items": False},
            Effect.BOTH,
        ),
        (
            {"properties": {"a": {}}, "unevaluatedProperties": False},
            {
                "properties": {"a": {}},
                "unevaluatedProperties": False,
                "allOf": [{"properties": {"b": {"type": "null"}}}],
            },
            Effect.BOTH,
        ),
        ({"items": {"required": ["a", "b"]}}, {"items": {"required": ["a"]}}, Effect.WIDENS),
        ({"type": "integer"}, {"type": "number"}, Effect.WIDENS),
        ({"minItems": 1, "maxItems": 2}, {"minItems": 2, "maxItems": 2}, Effect.NARROWS),
        ({"maxItems": 2}, {"maxItems": 3}, Effect.WIDENS),
        ({"enum": [1, 2]}, {"enum": [2, 3]}, Effect.BOTH),
        ({"title": "A", "description": "one"}, {"title": "B", "$comment": "two"}, Effect.NONE),
        (
            {"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}},
            {"$ref": "#/$defs/a", "$defs": {"a": {}}},
            Effect.BOTH,
        ),
        ({"required": ["a"]}, {"allOf": [{"required": ["a"]}, {"minProperties": 2}]}, Effect.NARROWS),
        ({"allOf": [{"required": ["a"]}, {"minProperties": 2}]}, {"required": ["a"]}, Effect.WIDENS),
        ({"not": {"type": "null"}}, {"not": {"type": ["null", "string"]}}, Effect.BOTH),
        ({}, {"not": {"type": "null"}}, Effect.NARROWS),
    ],
)
def test_json_schemas_are_compared(before, after, expected):
    assert of_json_schemas(before, after) is expected


SCHEMAS = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["object", "array", "string", "integer", "number", ["string", "null"]]),
            "required": st.lists(st.sampled_from("ab"), unique=True),
            "enum": st.lists(st.sampled_from([1, 2.5, "x", None]), min_size=1, unique=True),
            "minimum": st.integers(0, 3),
            "maximum": st.integers(0, 3),
            "minLength": st.integers(0, 2),
            "maxItems": st.integers(0, 2),
            "const": st.sampled_from([1, "x"]),
            "title": st.sampled_from(["x", "y"]),
            "additionalProperties": st.booleans(),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            "items": inner,
            "allOf": st.lists(inner, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "not": inner,
            "additionalProperties": inner,
            "required": st.lists(st.sampled_from("ab"), unique=True),
            "patternProperties": st.dictionaries(st.just("^a"), inner, max_size=1),
            "prefixItems": st.lists(inner, min_size=1, max_size=1),
            "unevaluatedProperties": st.just(False),
        },
    ),
    max_leaves=4,
)
SOME_JSON = st.recursive(
    st.sampled_from([None, 1, 2, 2.5, "", "x", "xx", True]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS, st.data())
def test_no_value_contradicts_what_is_said_of_json_schemas(before, data):
    after = data.draw(SCHEMAS | st.builds(lambda more: {"allOf": [before, more]}, SCHEMAS) | with_keys_of(before))
    effect = of_json_schemas(before, after)
    for value in data.draw(st.lists(SOME_JSON, max_size=15)):
        valid, valid_now = (Draft202012Validator(each).is_valid(value) for each in (before, after))
        if valid != valid_now:
            assert (Effect.NARROWS if valid else Effect.WIDENS) in effect


def with_keys_of(schema):
    """The same schema with some keys replaced or gone."""
    return st.builds(
        lambda other, gone: {key: each for key, each in {**schema, **other}.items() if key not in gone},
        SCHEMAS,
        st.sets(st.sampled_from(["type", "required", "properties", "enum", "allOf", "items"]), max_size=2),
    )


@st.composite
def neighbours(draw, kind):
    """Two fields that differ in one thing."""
    one = draw(fields(kind))
    thing = draw(st.sampled_from(["type", "constraints", "options", "missing_values", "enum", "bound", "required"]))
    if thing == "type":
        other = draw(fields(draw(st.sampled_from([kind, *KINDS]))))
        bare = replace(one, **draw(st.sampled_from([{}, {"constraints": {}, "options": {}}])))
        return bare, replace(bare, type=other.type, format=other.format)
    if thing == "enum":
        values = draw(st.lists(VALID[kind], min_size=1, max_size=3))
        lists = draw(st.sampled_from([(values, [*values, "1"]), ([*values, "0"], values), (values, values[1:])]))
        return tuple(with_constraint(one, "enum", listed) for listed in lists)
    if thing == "bound":
        name = draw(st.sampled_from([each for each in CONSTRAINTS[kind] if each in BOUND] or ["enum"]))
        values = st.integers(0, 6) if "Length" in name else VALID[kind]
        bare = replace(one, constraints={}, format="default", options={})
        return tuple(
            with_constraint(bare, draw(st.sampled_from([name, name, name, *PARTNER.get(name, [])])), draw(values))
            for _ in "12"
        )
    if thing == "required":
        return tuple(with_constraint(one, "required", value) for value in draw(st.permutations([True, False])))
    return one, replace(one, **{thing: getattr(draw(fields(kind)), thing)})


BOUND = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength")
PARTNER = {"minimum": ["exclusiveMinimum"], "maximum": ["exclusiveMaximum"]}


def with_constraint(field, name, value):
    return replace(field, constraints={**field.constraints, name: value})


KINDS = sorted(CONSTRAINTS)


def of_field(field):
    """A standard of one table of one column."""
    rules = ResourceRules(name="t", schema=TableSchema(fields=(field,)))
    return Standard(id="x", version="1", path="x", sha256="0", resources=(rules,))


def accepts(field):
    """Whether a cell may hold a text, by what judges cells: nothing stands against it that is a `must`."""
    plan, _ = compile_plan(field, ("",))

    def accepted(text):
        if text in plan.missing_values:
            return not field.required
        return all(default_level(each.rule) is not Level.MUST for each in plan.judged(text))

    return accepted


@settings(max_examples=900, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_no_cell_contradicts_what_is_said_of_a_field(data):
    kind = data.draw(st.sampled_from(KINDS))
    before, after = data.draw(neighbours(kind))
    found = changes(of_field(before), of_field(after))
    accepted, accepts_now = accepts(before), accepts(after)
    written = [each for field in (before, after) for value in field.constraints.values() for each in listed(value)]
    missing = [*(before.missing_values or ()), *(after.missing_values or ())]
    texts = data.draw(st.lists(cells(kind, before) | cells(after.type, after), min_size=5, max_size=15))
    for text in {"", *written, *missing, *filter(None, texts)}:
        if accepted(text) and not accepts_now(text):
            assert any(each.narrows for each in found), text
        if accepts_now(text) and not accepted(text):
            assert any(each.widens for each in found), text


def listed(value):
    """The texts that a constraint names."""
    values = value if isinstance(value, list) else [value]
    return [each if isinstance(each, str) else json.dumps(each) for each in values]


@st.composite
def tables(draw):
    """A table of a few columns of simple types, with keys and checks, and levels of rules."""
    names = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True))
    columns = [{"name": name, **draw(st.sampled_from(COLUMNS))} for name in names]
    schema = {"fields": columns}
    keys = [
        {"primaryKey": names[:1]},
        {"primaryKey": names},
        {"uniqueKeys": [names]},
        {"uniqueKeys": [names[:1], names]},
    ]
    schema |= draw(st.sampled_from([{}, {}, *keys]))
    schema |= draw(st.sampled_from([{}, {}, {}, *({"fieldsMatch": mode} for mode in MODES)]))
    schema |= draw(st.sampled_from([{}, {}, {"missingValues": ["", "-"]}, {"missingValues": ["", "1"]}]))
    uses = [
        {"check": "one-of-required", "options": {"columns": ["a", "b"]}},
        {"check": "compare-columns", "options": {"column": "a", "operator": "<", "other": "b"}},
        {"check": "siret", "field": "a"},
        {"check": "siret", "field": "c", "level": "should"},
    ]
    rules = {
        "checks": draw(st.lists(st.sampled_from(uses), max_size=2)),
        "columns": draw(st.sampled_from(["by-name"] * 4 + ["exact"])),
    }
    return rules, schema, draw(st.dictionaries(st.sampled_from(LEVELS), st.sampled_from(list(Level)), max_size=2))


COLUMNS = (
    {},
    {},
    {"type": "integer"},
    {"type": "number"},
    {"constraints": {"required": True}},
    {"constraints": {"unique": True}},
    {"constraints": {"enum": ["1", "-"]}},
    {"type": "integer", "constraints": {"required": True, "maximum": 1}},
    {"missingValues": ["", "2"]},
)
RULES = ("missing-column", "missing-optional-column", "extra-column", "column-order", "column-case", "required", "type")
LEVELS = (*RULES, "enum", "unique", "primary-key", "siret")


@st.composite
def variants(draw):
    """Two tables that differ in one thing."""
    rules, schema, levels = draw(tables())
    other_rules, other, other_levels = draw(tables())
    thing = draw(st.sampled_from(["rules", "levels", "keys", "fieldsMatch", "missingValues", *["fields"] * 4]))
    if thing == "rules":
        return (rules, schema, levels), (other_rules, schema, levels)
    if thing == "levels":
        return (rules, schema, levels), (rules, schema, other_levels)
    if thing == "fields":
        return (rules, schema, levels), (rules, {**schema, "fields": draw(with_other(schema["fields"]))}, levels)
    taken = ("primaryKey", "uniqueKeys") if thing == "keys" else (thing,)
    kept = {key: each for key, each in schema.items() if key not in taken}
    return (rules, schema, levels), (rules, kept | {key: other[key] for key in taken if key in other}, levels)


@st.composite
def with_other(draw, columns):
    """Columns of which one is another, new or gone, or that stand in another order."""
    place = draw(st.integers(0, len(columns) - 1))
    known = {each["name"] for each in columns}
    name = draw(st.sampled_from([columns[place]["name"], *(each for each in "abcd" if each not in known)]))
    new = {"name": name, **draw(st.sampled_from(COLUMNS))}
    without = columns[:place] + columns[place + 1 :]
    if draw(st.booleans()):
        return draw(st.sampled_from([columns[::-1], without or columns]))
    return [*columns, new] if name not in known else columns[:place] + [new] + columns[place + 1 :]


def deliveries(one, other):
    """Tables with the columns of one or of both, in some order, sometimes with other capitals or without a column."""
    own = [[each["name"] for each in schema["fields"]] for _, schema, _ in (one, other)]
    labels = st.sampled_from([*own, *own, sorted({*own[0], *own[1]})]).flatmap(st.permutations)
    odd = labels.map(lambda each: each[:-1] or each) | labels.map(lambda each: [name.upper() for name in each])
    row = st.lists(st.sampled_from(["1", "1", "2", "-", "", "x", "01", "1.5"]), min_size=4, max_size=4)
    return st.lists(st.tuples(labels | labels | odd, st.lists(row, min_size=1, max_size=2)), min_size=4, max_size=8)


def conforms(rules, labels, rows, folder):
    """The verdict on a file."""
    path = folder / "t.csv"
    lines = [labels, *(row[: len(labels)] for row in rows)]
    path.write_text("".join(",".join(each) + "\n" for each in lines), encoding="utf-8")
    subjects = Judge(standard=rules, settings=Settings(samples=1, jobs=1)).paths([str(path)])
    return [each.verdict for each in subjects] == [Verdict.CONFORMANT]


@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_table_contradicts_what_is_said_of_standards(data, tmp_path):
    """But for columns that the first does not know, and for tables without a column that both know."""
    pair = data.draw(variants())
    before, after = (standard((rules, schema), levels=levels) for rules, schema, levels in pair)
    known, known_now = ({name.casefold() for name in each.resources[0].schema.names} for each in (before, after))
    found = changes(before, after)
    for labels, rows in data.draw(deliveries(*pair)):
        assume(known & known_now & {each.casefold() for each in labels})
        conformed, conforms_now = (conforms(each, labels, rows, tmp_path) for each in (before, after))
        if conformed and not conforms_now and {each.casefold() for each in labels} <= known:
            assert any(each.narrows for each in found), (labels, rows)
        if conforms_now and not conformed:
            assert any(each.widens for each in found), (labels, rows)


# published versions

PAIRS = read_document(ROOT / "tests/cases/changes-corpus.yaml").value
REGISTRY = "datagouv+schema.data.gouv.fr/site/.vuepress/public/schemas"


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["next"])
def test_published_versions_have_the_changes_that_are_read_in_them(corpus, case):
    before, after = (standard_from_file(corpus / REGISTRY / case[each]) for each in ("schema", "next"))
    found = changes(before, after)
    assert [told(each) for each in found if each.kind != "editorial"] == case["changes"]
    assert bump(found, before.version) == case["bump"]


def versions_in(folder):
    """The standards that a folder of versions holds, by file, oldest version first."""
    found = {}
    folders = [each for each in folder.iterdir() if each.is_dir() and each.name.lstrip("v")[:1].isdigit()]
    for version in sorted(folders, key=lambda each: version_key(each.name.lstrip("v"))):
        for file in version.rglob("*.json"):
            with suppress(BeffroiError):
                found.setdefault(file.relative_to(version), []).append(standard_from_file(file))
    return found.values()


def test_all_published_versions_can_be_compared_and_told(corpus):
    count = 0
    for folder in (*sorted((corpus / REGISTRY).glob("*/*")), *sorted(corpus.glob("*/_tags"))):
        for before, after in (pair for versions in versions_in(folder) for pair in pairwise(versions)):
            comparison = comparing.compared(before, after)
            assert {each.id for each in comparison.changes} <= IDS
            assert all(showing.text(comparison, lang) for lang in LANGUAGES)
            assert json.dumps(showing.values(comparison, "fr"))
            assert changes(after, after) == ()
            count += 1
    assert count > 150


# the command

FOLDER = {
    "standard.yaml": {
        "id": "benches",
        "version": "1.1.0",
        "status": "active",
        "title": {"en": "Benches", "fr": "Bancs"},
        "description": {"en": "Where to sit", "fr": "Où s’asseoir"},
        "licences": {"accept": ["etalab-2.0"]},
        "levels": {"extra-column": "must"},
        "resources": [{"name": "benches", "schema": "benches.schema.yaml", "formats": ["csv", "xlsx"]}],
    },
    "benches.schema.yaml": {
        "fields": [
            {"name": "id", "constraints": {"required": True}},
            {"name": "seats", "type": "number", "constraints": {"exclusiveMinimum": 0}},
            {"name": "wood", "constraints": {"enum": ["oak", "teak"]}, "title": "Wood"},
            {"name": "siret_owner"},
        ],
        "missingValues": ["", "-"],
        "primaryKey": "id",
    },
}
OLDER = {
    "standard.yaml": {
        **FOLDER["standard.yaml"],
        "version": "1.0.0",
        "levels": {},
        "resources": [
            {
                "name": "benches",
                "schema": "benches.schema.yaml",
                "checks": [{"check": "siret", "field": "siret-owner"}],
            }
        ],
    },
    "benches.schema.yaml": {
        "fields": [
            {"name": "id", "constraints": {"required": True}},
            {"name": "seats", "type": "integer", "constraints": {"minimum": 0}},
            {"name": "wood", "constraints": {"enum": ["oak"]}},
            {"name": "siret-owner"},
        ]
    },
}


@pytest.fixture
def city(tmp_path):
    """A city's catalogue with a standard of two versions."""
    for place, files in (("benches", FOLDER), ("benches/versions/1.0.0", OLDER)):
        folder = tmp_path / "city/standards" / place
        folder.mkdir(parents=True)
        for name, value in files.items():
            (folder / name).write_text(json.dumps(value), encoding="utf-8")
    return tmp_path / "city"


ENGLISH = """\
benches@1.0.0 → benches@1.1.0

breaking: what conformed may not conform any more (6)
  • the rule extra-column is "must" instead of "should"
  • only these formats are accepted from now on: csv, xlsx
  • what stands for no value: an empty cell, -, instead of: an empty cell
  • seats: the least value is 0 (excluded) instead of 0
  • siret_owner: called siret-owner until now
  • what identifies a row: id, instead of: none

compatible: what conformed still does (3)
  • seats: holds a number instead of a whole number
  • wood: values newly accepted: teak
  • siret_owner: check no longer made: A SIRET is 14 digits whose check digit holds

editorial: no verdict depends on it (1)
  • wood: reworded: title

these changes ask for a major version, at least 2.0.0; 1.1.0 is too low
"""
FRENCH = """\
benches@1.0.0 → benches@1.1.0

ruptures~: ce qui était conforme peut ne plus l’être (6)
  • la règle extra-column devient «~obligatoire~» au lieu de «~recommandé~»
  • seuls ces formats sont désormais acceptés~: csv, xlsx
  • ce qui tient lieu d’absence de valeur~: une cellule vide, -, au lieu de~: une cellule vide
  • seats~: la plus petite valeur est 0 (exclu) au lieu de 0
  • siret_owner~: nommé siret-owner jusqu’ici
  • ce qui identifie une ligne~: id, au lieu de~: rien

compatibles~: ce qui était conforme le reste (3)
  • seats~: contient un nombre (avant~: un nombre entier)
  • wood~: valeurs nouvellement acceptées~: teak
  • siret_owner~: vérification supprimée~: Un SIRET compte 14 chiffres dont la clé de contrôle est
    juste

rédactionnels~: aucun verdict n’en dépend (1)
  • wood~: texte revu~: titre

ces changements demandent une version majeure, au moins 2.0.0~; 1.1.0 est trop basse
""".replace("~", "\u00a0")


@pytest.mark.parametrize(("lang", "expected"), [("en", ENGLISH), ("fr", FRENCH)])
def test_a_standard_is_compared_with_the_version_before_it(beffroi, city, lang, expected):
    done = beffroi("standard", "diff", "benches", "--catalogue", city, "--lang", lang)
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_two_versions_may_be_named_by_id_file_or_folder(beffroi, city):
    home = city / "standards/benches"
    for pair in (
        ("benches@1.0", "benches@1.1.0"),
        (home / "versions/1.0.0", home),
        (home / "versions/1.0.0/standard.yaml", home),
    ):
        assert beffroi("standard", "diff", *pair, "--catalogue", city).stdout == ENGLISH


def test_the_answer_is_there_as_json(beffroi, city):
    done = beffroi("standard", "diff", "benches", "--catalogue", city, "--format", "json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(answer) == {"before", "after", "counts", "bump", "asked", "version", "changes"}
    assert [answer[side]["version"] for side in ("before", "after")] == ["1.0.0", "1.1.0"]
    assert (answer["counts"], answer["bump"]) == ({"breaking": 6, "compatible": 3, "editorial": 1}, "major")
    assert (answer["asked"], answer["version"]) == ("2.0.0", "too-low")
    assert next(each for each in answer["changes"] if each["id"] == "values-added") == {
        "id": "values-added",
        "kind": "compatible",
        "narrows": False,
        "widens": True,
        "remarks": True,
        "resource": "benches",
        "field": "wood",
        "key": "enum",
        "before": None,
        "after": ["teak"],
        "message": "values newly accepted: teak",
    }


def test_the_answer_can_be_written_to_a_file(beffroi, city, tmp_path):
    done = beffroi("standard", "diff", "benches", "--catalogue", city, "--output", "answer.txt")
    assert (done.stdout, (tmp_path / "answer.txt").read_text(encoding="utf-8")) == ("", ENGLISH)


SCHEMA = {"name": "a", "version": "1.0.0", "fields": [{"name": "a"}]}
EDITORIAL = {**SCHEMA, "version": "1.0.1", "title": "A"}
COMPATIBLE = {**SCHEMA, "version": "1.0.1", "fields": [{"name": "a"}, {"name": "b"}]}
BREAKING = {**SCHEMA, "version": "2.0.0", "fields": [{"name": "a", "type": "date"}]}
NAMELESS = {"fields": [{"name": "a", "type": "date"}]}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("after", "options", "code"),
    [
        (SCHEMA, ["--fail-on", "editorial", "--check-version"], 0),
        (EDITORIAL, ["--fail-on", "compatible", "--check-version"], 0),
        (EDITORIAL, ["--fail-on", "editorial"], 1),
        (COMPATIBLE, [], 0),
        (COMPATIBLE, ["--fail-on", "breaking"], 0),
        (COMPATIBLE, ["--fail-on", "compatible"], 1),
        (COMPATIBLE, ["--check-version"], 1),
        (BREAKING, ["--check-version"], 0),
        (BREAKING, ["--fail-on", "breaking"], 1),
        (NAMELESS, ["--check-version"], 3),
        (NAMELESS, ["--check-version", "--fail-on", "breaking"], 1),
    ],
)
def test_the_exit_code_is_what_was_asked_for(beffroi, tmp_path, after, options, code, form):
    for name, value in (("before", SCHEMA), ("after", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    assert beffroi("standard", "diff", "before.json", "after.json", *options, "--format", form).returncode == code


@pytest.mark.parametrize(
    ("after", "ends"),
    [
        (SCHEMA, "nothing has changed but, at most, the version\n"),
        (EDITORIAL, "these changes ask for a patch version, at least 1.0.1; 1.0.1 is fine\n"),
        (NAMELESS, "these changes ask for a major version, at least 2.0.0\n"),
        (
            {**COMPATIBLE, "version": "0.9"},
            "0.9 is an earlier version than 1.0.0: name them the other way round to know which version the\n"
            "changes ask for\n",
        ),
    ],
)
def test_the_answer_ends_with_the_version(beffroi, tmp_path, after, ends):
    for name, value in (("before", SCHEMA), ("after", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    assert beffroi("standard", "diff", "before.json", "after.json").stdout.endswith(f"\n\n{ends}")


def test_what_has_no_earlier_version_says_so(beffroi, city, tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    for name, called in (("benches@1.0.0", "benches@1.0.0"), ("a.json", "a@1.0.0")):
        done = beffroi("standard", "diff", name, "--catalogue", city)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"there is no version before {called} to compare with\n" in done.stderr


def test_what_extends_a_standard_and_tightens_it_widens_nothing():
    parent = FOLDER["standard.yaml"], FOLDER["benches.schema.yaml"]
    rules = {**parent[0]["resources"][0], "formats": ["csv"], "checks": [{"check": "siret", "field": "siret_owner"}]}
    schema = {
        **parent[1],
        "fields": [
            {"name": "id", "constraints": {"required": True, "pattern": "[A-Z]+"}},
            {"name": "seats", "type": "integer", "constraints": {"exclusiveMinimum": 0, "maximum": 9}},
            {"name": "wood", "constraints": {"enum": ["oak"], "required": True}},
            {"name": "siret_owner"},
            {"name": "shade", "type": "boolean"},
            {"name": "since", "type": "date", "constraints": {"required": True}},
        ],
        "uniqueKeys": [["wood", "seats"]],
    }
    levels = {"levels": {"missing-optional-column": "must"}, "package": {"required": ["title"]}}
    found = changes(standard(({"formats": ["csv", "xlsx"]}, parent[1])), standard((rules, schema), **levels))
    assert [told(each) for each in found if each.widens] == []
    assert len([each for each in found if each.narrows]) > 8
