"""Patterns of standards: none can hang, each is answered as Python does, and what it cannot tell apart is known."""

import json
import re
import subprocess
import sys
import time
import warnings
from collections import deque
from contextlib import suppress
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.documents import DIALECT, JsonSchema, json_schema_validator, refused_pattern
from beffroi.expressions import digit_blind, searched
from beffroi.expressions.alike import classes
from beffroi.expressions.automata import Automaton, automaton, automaton_anywhere
from beffroi.expressions.backtracking import STEPS, Shapes, harmless, harmless_anywhere
from beffroi.expressions.keywords import patterns_in
from beffroi.expressions.notation import LONGEST, straight
from beffroi.expressions.syntax import Anchor, Atomic, Choice, Look, Member, Repeat, Sequence, Text, parsed
from beffroi.model.faults import fault
from beffroi.model.standard import Field
from beffroi.packages.metadata import against_standard
from beffroi.tables import signatures
from beffroi.tables.checks import _sirene, opening_hours, phone_number, year_interval
from beffroi.tables.fields import type_duration
from beffroi.tables.fields.type_string import LONGEST_EMAIL, PLAIN_EMAIL
from beffroi.tables.mends import Wanted, cause_of
from beffroi.tables.patterns import compiled
from beffroi.tables.plans import compile_plan
from beffroi.tables.signatures import not_a_table
from beffroi.tables.sources import geojson, sheets

ROOT = Path(__file__).parents[1]

MANY = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))

HARMLESS = [
    "",
    r"^\d{14}$",
    r"^([013-9]\d|2[AB1-9])\d{3}$",
    r"^(\d+|N/A)$",
    r"^[^|]+(\|[^|]+)*$",
    r"^[A-Z]+-\d+(\|[A-Z]+-\d+)*$",
    r"^(MIC|PME|ETI|GE)(\|(MIC|PME|ETI|GE))*$",
    r"(?:(?:^|\|)(Jeunes|Étudiants|Êtres))+$",
    r"^\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?$",
    r"^(?!00)\d{5}$",
    r"^(?=.{1,10}$)[a-z]+$",
    r"^((?!\.{2}).)*$",
    r"([\"']?)[a-z]*\1",
    r"(?P<sep>[/-])\d+(?P=sep)\d+",
    r"(a)?(?(1)b|c)\d+",
    r"\w+(\s\w+)*",
    r"\S+\s[^/\s]+",
    r"^\"?[^\"]*\"?$",
    r"[a-z]*+[a-z]",
    r"(?>[a-z]+)[a-z]",
    r"(?>a|ab)*",
    r"(a{0,3}){0,3}",
    r"(a|a)(a|a)(a|a)",
    r"[^ ]{1,32000}",
    r"(?i)[a-z]+",
    r"(?x) \d+ (?# none ) - \d+ # comment",
    "|".join(f"{number:04}" for number in range(5000)),
]
BOUNDED = [
    r"(a+)+b",
    r"(a|a)*b",
    r"(\w+\s?)*x",
    r"(.*),(.*),(.*),(.*)!",
    r"^(.+)/(.+)$",
    r"\d+\w+",
    r"(a*)*",
    r"(a?)*",
    r"(?:a{1,2}){2}(?:a*)a",
    r"(?:a{1,2}){30}",
    r"(?:(?:a?)*b)*c",
    r"(2|20|0)*",
    r"(?i)(s+ſ*)+",
    r"(?:(?:^|\|)(Gratuit|Gratuit sous condition))+$",
    r"^(?=.*[A-Z])(?=.*\d).+$",
    r"(?<!a)(?:b|b)*",
    r"(?:\b\w*)*",
    r"(?:(?:\B)?\w)*!",
    r"(?:a|b)*a(?:a|b){200}",
    r"(?:a{0,30}){0,30}",
    r"(?i)k*\u212a*",
    r".{0,30000}x",
    "(" + "|".join(f"{number:04}" for number in range(2000)) + ")*",
    "(?:a|" * 100 + "b*" + ")*" * 100,
]
REFUSED = [
    r"(a+)+\1",
    r"(a*)\1*b",
    r"(?:(?:^|\|)([A-Z]\d[a-z]|)\1+[A-Z]\d[a-z])+$",
    r"(?:(a)|b)*(?(1)c+|c*c*)d",
    r"(?>(a|a)*)b",
    r"(?:a*a*)++b",
    r"((a{0,100}){0,100}){0,100}",
    r"(?:a|b)*a(?:a|b){5000}",
    "(?:a*" + r"\b" * 300 + ")*",
    "(?:a|" * 101 + "b*" + ")*" * 101,
]


def kind(pattern):
    """What becomes of a pattern."""
    expression, problem = compiled(pattern)
    if expression is None:
        return problem.rule
    return "bounded" if isinstance(expression, Automaton) else "harmless"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [(each, "harmless") for each in HARMLESS]
    + [(each, "bounded") for each in BOUNDED]
    + [(each, "standard-unsafe-pattern") for each in REFUSED],
    ids=lambda value: value[:40],
)
def test_a_pattern_is_proved_harmless_or_bounded_or_refused(pattern, expected):
    assert kind(pattern) == expected


def test_what_is_refused_is_said_with_the_pattern():
    _, problem = compiled(r"(a+)+\1")
    assert (problem.rule, problem.details) == ("standard-unsafe-pattern", (("pattern", r"(a+)+\1"),))


def test_a_pattern_that_is_refused_is_a_defect_of_the_standard_and_not_applied():
    field = {"name": "code", "type": "string", "constraints": {"pattern": r"(a+)+\1", "maxLength": 3}}
    read = read_table_schema({"fields": [field]})
    plan, defects = compile_plan(read.fields[0], read.missing_values)
    assert [each.fault.rule for each in defects] == ["standard-unsafe-pattern"]
    assert ("field", "code") in defects[0].fault.details
    assert [[each.rule for each in plan.faults(text)] for text in ("b", "bbbb")] == [[], ["max-length"]]


def test_a_pattern_that_is_bounded_is_applied_as_any_other():
    read = read_table_schema({"fields": [{"name": "code", "constraints": {"pattern": r"^(\w+\s?)*$"}}]})
    plan, defects = compile_plan(read.fields[0], read.missing_values)
    assert defects == ()
    assert [[each.rule for each in plan.faults(text)] for text in ("a b c", "a" * 5000 + "!")] == [[], ["pattern"]]


def test_a_unicode_class_that_is_understood_is_still_told():
    expression, problem = compiled(r"(\p{Lu}+)*x")
    assert isinstance(expression, Automaton)
    assert (problem.rule, problem.cause) == ("standard-bad-pattern", "unicode-class")
    assert [expression.fullmatch(each) for each in ("ÉTÉx", "étéx", "É" * 50)] == [True, False, False]


@pytest.mark.parametrize(
    ("pattern", "piece", "times", "last"),
    [
        (r"(a+)+b", "a", 100_000, ""),
        (r"(a|a)*b", "a", 100_000, ""),
        (r"(\w+\s?)*x", "é", 100_000, "!"),
        (r"(.*),(.*),(.*),(.*)!", ",", 100_000, ""),
        (r"^(.+)/(.+)$", "/", 100_000, "\n"),
        (r"(?:(?:a?)*b)*c", "b", 100_000, ""),
        (r"^(?=.*[A-Z])(?=.*\d).+$", "a", 100_000, ""),
        (r"((?=.*b)a)*", "a", 100_000, ""),
        (r"(a?){50}a{50}", "a", 49, ""),
        (r"(x+x+)+y", "x", 100_000, ""),
        (r"(?:a|b)*a(?:a|b){200}", "abbab", 2_000, "c"),
    ],
)
def test_no_cell_can_hang(pattern, piece, times, last):
    program = (
        "import time; from beffroi.tables.patterns import compiled; start = time.perf_counter(); "
        f"found = compiled({pattern!r})[0].fullmatch({piece!r} * {times} + {last!r}); "
        "print(bool(found), time.perf_counter() - start)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    found, seconds = told.stdout.split()
    assert found == "False"
    assert float(seconds) < 3


def test_a_long_list_of_codes_is_understood_quickly():
    pattern = "^(" + "|".join(f"{number:09}" for number in range(10_000)) + ")$"
    re.compile(pattern)
    start = time.process_time()
    assert kind(pattern) == "harmless"
    assert time.process_time() - start < 5


HOSTILE_BLANKS = ("", " ", "!")
HOSTILE_DIGITS = ("", "1", "!")
HOSTILE_TAGS = [
    ("", "<", ""),
    ("<c ", "a", ""),
    ("<", "a", "!"),
    ("<c ", "a=", ">"),
    ('<c a="', "<", ""),
    ("", "<c '", ""),
]
OURS = [
    (signatures, "HTML", "match", [HOSTILE_BLANKS, ("", "<!---->", ""), ("", "<!-- ", ""), ("", "<!--> ", "-->")]),
    (signatures, "XML", "match", [HOSTILE_BLANKS, ("<a", ":-", "!"), ("<", "a", "!")]),
    (signatures, "JSON", "match", [HOSTILE_BLANKS, ("{", " ", "!"), ("[", " ", "!")]),
    (sheets, "USUAL_CELL", "findall", HOSTILE_TAGS),
    (sheets, "USUAL_ROW", "findall", [*HOSTILE_TAGS, ("", '<c r="A', "")]),
    (sheets, "UNUSUAL_CELL", "search", [*HOSTILE_TAGS, ("", "<a:", "")]),
    (sheets, "CELL", "findall", [*HOSTILE_TAGS, ("", "<c ''", ""), ("<c ", "'a'\"", ""), ("<c ", "\"'", "")]),
    (
        sheets,
        "CELL_PLACE",
        "search",
        [HOSTILE_BLANKS, ("", " r", ""), (" r", " ", ""), ("", " r = ", ""), ("", " r='A", "")],
    ),
    (sheets, "PLACE", "search", [HOSTILE_BLANKS, ("", " r", ""), (" r", " ", ""), ("", " r = ", "")]),
    (sheets, "ROW", "split", [*HOSTILE_TAGS, ("", "<a:", ""), ("", "<row", "")]),
    (
        sheets,
        "ROW_PLACE",
        "match",
        [HOSTILE_BLANKS, ("", " r", ""), (" r", " ", ""), ("", " r = ", ""), ("", " r='1", "")],
    ),
    (
        sheets,
        "SHARED",
        "findall",
        [*HOSTILE_TAGS, ("", " t='s'", ""), ("<c", " t='s'", ""), ("<c", " t='s'", ">"), ("", "<c t='s'", "")],
    ),
    (
        sheets,
        "SHARED",
        "findall",
        [("<c t='s'>", " ", ""), ("", "<c t='s'> <v ", ""), ("<c t='s'><v>", " ", "1"), ("<c t", " ", "")],
    ),
    (sheets, "SHARED_CELL", "findall", [HOSTILE_BLANKS, ("", "t=", ""), ("t", " ", ""), ("", "t ", "")]),
    (sheets, "SHARED_TEXT", "split", [*HOSTILE_TAGS, ("", "<si", "")]),
    (
        sheets,
        "ERROR_CELL",
        "findall",
        [*HOSTILE_TAGS, ("", " t='e'", ""), ("<c", " t='e'", ""), ("<c", " t='e'", ">"), ("", "<c t='e'", "")],
    ),
    (
        sheets,
        "ERROR_CELL",
        "findall",
        [("<c t='e'><f", "/", ""), ("", "<c t='e'><f>", ""), ("<c t='e'><f>", "a", ""), ("<c t='e'><v>", "a", "")],
    ),
    (
        sheets,
        "SHEET",
        "findall",
        [("", "<sheet ", ""), ("<sheet ", "a", ""), ("<sheet ", "a:id=", ""), ("<sheet ", "a:id=' ", "")],
    ),
    (
        sheets,
        "SHEET",
        "findall",
        [("<sheet a:id", " ", ""), ("", "<sheet a:id='", ""), ("<sheet ", ":", ""), ("", "<a:sheet", "")],
    ),
    (sheets, "BINARY_SHEET", "findall", [("", "\x9c\x01", ""), ("\x9c\x01\x80" + "\0" * 13 + "r\0i\0d\0", "1\0", "!")]),
    (sheets, "RELATION", "findall", [*HOSTILE_TAGS, ("", "<Relationship ", ""), ("<Relationship ", "a", "<")]),
    (
        sheets,
        "ATTRIBUTE",
        "findall",
        [("", "a", ""), ("a", " ", ""), ("", "a ", ""), ("", "a=", ""), ("a='", "a=", ""), ("", "a= ", "")],
    ),
    (
        sheets,
        "ODS_PART",
        "finditer",
        [("", "<table:table ", ""), ("<table:table ", "''", ""), ("<table:table ", "'a'\"", "")],
    ),
    (sheets, "ODS_TEXT", "match", [("<text:p", " ", ""), ("<text:p>", "a", ""), ("<text:p>", "<", "")]),
    (sheets, "ODS_REPEATED", "search", [("", "table:number-rows-repeated='", ""), ("", "table:number-", "")]),
    (opening_hours, "FRENCH", "search", [("", "1 ", ""), HOSTILE_BLANKS, ("", "lundi", ""), ("", "1", "")]),
    (type_duration, "DURATION", "fullmatch", [("P", "1", "!"), ("PT", "1", "!"), ("P", "1Y", ""), ("PT1.", "1", "!")]),
    (
        geojson,
        "WGS84",
        "fullmatch",
        [("EPSG:", "4", ""), ("OGC:", "1.", ""), ("EPSG:", ".", ":432"), ("", "urn:ogc:def:crs:", "")],
    ),
    (_sirene, "SCIENTIFIC", "fullmatch", [HOSTILE_BLANKS, HOSTILE_DIGITS, ("1,", "1", "!"), ("1E1", " ", "!")]),
    (_sirene, "DECIMAL_TAIL", "fullmatch", [HOSTILE_BLANKS, HOSTILE_DIGITS, ("1.", "0", "!"), ("1.0", " ", "!")]),
    (phone_number, "SCIENTIFIC", "fullmatch", [HOSTILE_BLANKS, ("1.", "1", "!"), ("1E", "1", "!"), ("1E1", " ", "!")]),
    (phone_number, "SEPARATORS", "split", [HOSTILE_BLANKS, ("", ";", ""), ("", " ou et ", "")]),
    (
        year_interval,
        "LIKE_INTERVAL",
        "fullmatch",
        [HOSTILE_BLANKS, ("2000", " ", "!"), ("2000-", " ", "!"), ("2000-2001", " ", "!")],
    ),
]
"""Our own expressions, how they are used, and texts that give them much to do: what is repeated, and what is around."""


@pytest.mark.parametrize(
    ("module", "name", "use", "texts"), OURS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_our_own_expressions_take_no_time_on_hostile_texts(module, name, use, texts):
    expression = getattr(module, name)
    for before, piece, after in texts:
        text = before + piece * (1_000_000 // len(piece)) + after
        start = time.process_time()
        found = getattr(expression, use)(text.encode("latin-1") if isinstance(expression.pattern, bytes) else text)
        deque(found if use == "finditer" else (), maxlen=0)
        assert time.process_time() - start < 5, (before, piece, after)


@pytest.mark.parametrize(
    ("before", "piece", "after"), [("", "<!---->", ""), ("", "<!--", ""), ("", " ", ""), ("<a", ":", "")]
)
def test_no_first_bytes_can_hang(before, piece, after):
    start = time.process_time()
    assert not_a_table((before + piece * 1_000_000 + after).encode()) in (None, fault("not-a-table", "empty"))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "piece", ["1,", "1 000", "1", "€", " ", "1.", "12-", "Mo-Tu,", "Mo 08:00-12:00; ", "lundi ", "a.", "a@a-"]
)
@pytest.mark.parametrize("size", [200, 1_000_000])
def test_what_mends_a_value_sees_short_texts_only(piece, size):
    text = (piece * size)[: size - 1] + "!"
    start = time.process_time()
    for kind in ("number", "integer", "date", "geopoint", "string"):
        assert cause_of(text, Wanted(Field(name="a", type=kind)), lambda _: False) == (None, None)
    assert opening_hours._translated(text) is None
    assert PLAIN_EMAIL.fullmatch(text[:LONGEST_EMAIL]) is None
    assert time.process_time() - start < 5


def test_the_patterns_of_our_own_schemas_take_no_time_on_hostile_texts():
    pieces = ["a", "/", "a/", "./", "..", "-", "a-", ".", "1", "1.", "@", "a:", " ", "\\", "\n"]
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "schemas").glob("*.json")]
    patterns = {each for schema in schemas for each in patterns_in(schema)}
    assert len(patterns) > 10
    for pattern, piece in product(patterns, pieces):
        text = piece * (1_000_000 // len(piece)) + "\n!"
        start = time.process_time()
        re.search(pattern, text)
        assert time.process_time() - start < 5, (pattern, piece)


ATOMS = st.sampled_from(
    ["a", "b", "ab", "é", "0", ".", " ", "-", r"\d", r"\w", r"\s", r"\W", r"\D", r"\S", r"\.", r"\n", r"\x61", r"\101"]
    + ["[ab]", "[^a]", "[a-c0-9]", "[]a]", r"[^]\d]", r"[\w-]", r"[\]b]", "{", "}", "{,", "#", "K", "ſ", "İ", "{}"]
    + ["^", "$", r"\b", r"\B", r"\A", r"\Z", "(?<=a)", "(?<!b)", "(?<=ab|0é)", r"(?<=\b)", "(?#c)"]
)
QUANTIFIERS = st.sampled_from(
    ["*", "+", "?", "{2}", "{,2}", "{1,}", "{1,3}", "{0}", "{2,3}", "*?", "+?", "??", "{1,2}?", "{,}"]
)
OPENINGS = st.sampled_from(
    ["(?:", "(", "(?=", "(?!", "(?i:", "(?s:", "(?m:", "(?a:", "(?u:", "(?-i:", "(?x:", "(?x-i: ", "(?i-s:", "(?#c)(?:"]
)
FLAGS = st.sampled_from(["", "", "", "(?i)", "(?s)", "(?m)", "(?x)", "(?a)", "(?ai)", "(?im)"])
TEXTS = st.lists(st.text("aabbc0 \nAé-#.kKſİ{}x,", max_size=6), min_size=1, max_size=12)


def repeated(body, quantifier):
    """A repetition that `re` is able to match: it may run for ever where lazy loops hold others that match nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nested = re.search(r"[*+?{]", body.replace("(?", "("))
        try:
            return f"(?:{body})" if nested and re.fullmatch(body, "") else f"(?:{body}){quantifier}"
        except re.error:
            return f"(?:{body})"


def larger(inner):
    return (
        st.builds("{}{}".format, inner, inner)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("{}{})".format, OPENINGS, inner)
        | st.builds(repeated, inner, QUANTIFIERS)
    )


PATTERNS = st.builds("{}{}".format, FLAGS, st.recursive(ATOMS, larger, max_leaves=7))


def by_python(pattern):
    """The pattern as Python compiles it, if it does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return re.compile(pattern)
        except re.error:
            return None


@MANY
@given(pattern=PATTERNS, texts=TEXTS)
def test_an_automaton_answers_as_python_does(pattern, texts):
    expression = by_python(pattern)
    matcher = automaton(parsed(expression)) if expression else None
    for text in texts if matcher else ():
        assert matcher.fullmatch(text) == bool(expression.fullmatch(text)), text


@MANY
@given(pattern=PATTERNS, texts=TEXTS)
def test_an_automaton_searches_as_python_does(pattern, texts):
    expression = by_python(pattern)
    matcher = automaton_anywhere(parsed(expression)) if expression else None
    for text in texts if matcher else ():
        assert matcher.search(text) == bool(expression.search(text)), text


PIECES = st.sampled_from(
    [
        "a",
        "é",
        " ",
        "#",
        "-",
        ".",
        r"\d",
        r"\S",
        r"\.",
        r"\-",
        r"\_",
        r"\\",
        "[ab]",
        "[^a-c0-9]",
        "[-._]",
        r"[\w-]",
        r"[\]é]",
    ]
)
TIMES = st.sampled_from(["", "", "", "{2}", "{0}", "{9999}"])
ROWS = st.lists(st.builds("{}{}".format, PIECES, TIMES), max_size=40).map("".join)
ENDS = st.builds("({}){}".format, ROWS, st.sampled_from(["", "?"])) | st.builds(
    "{}{}".format, PIECES, st.sampled_from(["*", "+", "?", "{2,}", "{0,9999}", "{1,2}"])
)
WORDS = st.lists(st.text("abcé -", min_size=1, max_size=20), min_size=1, max_size=20).map("|".join).map("({})".format)
STRAIGHT = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "^"]),
    st.builds("{}{}".format, ROWS, ENDS | st.just("")) | WORDS,
    st.sampled_from(["", "$"]),
)


@MANY
@given(pattern=STRAIGHT)
def test_what_is_straight_is_harmless(pattern):
    assert straight(pattern) == (len(pattern) <= LONGEST)
    assert not straight(pattern) or harmless(parsed(re.compile(pattern)))


@settings(MANY, max_examples=3000)
@given(pattern=PATTERNS | st.text("ab^$.[]-{}()|*+?\\d12,", max_size=8))
def test_whatever_is_taken_for_straight_is_harmless(pattern):
    expression = by_python(pattern) if straight(pattern) else None
    assert expression is None or harmless(parsed(expression))


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        r"\d{14}",
        r"W\d{9}",
        r"^[A-Z]{2}[0-9]{3}$",
        r"\d{4}-\d{2}-\d{2}(/\d{4}-\d{2}-\d{2})?",
        "^(a|b|Île de Ré)$",
        "^[^@ ]+$",
    ],
)
def test_usual_patterns_are_straight(pattern):
    assert straight(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "a+b",
        "(a+)?",
        "(a|b)?",
        "a|b",
        "((a))",
        "(a)*",
        "(?i)a",
        "a+?",
        r"\bA",
        r"(a)\1",
        "[[a]",
        "[]a]",
        "[a--b]",
        "a{,2}",
        "(?=a)",
    ]
    + ["a" * 501],
)
def test_other_patterns_are_not_straight(pattern):
    assert not straight(pattern)


def test_the_longest_straight_patterns_are_harmless():
    for pattern in (".{9999}" + "." * 493, r"\d" * 250, "(" + "a|" * 248 + "ab)", "." * 240 + "(" + "[a]" * 80 + ")?"):
        assert straight(pattern)
        assert harmless(parsed(re.compile(pattern)))


@pytest.mark.parametrize(
    "pattern",
    ["(a?)*", "(?:|a)+b", "(?:^|b)+a", r"(?:\b|a)*", "(?:a|){3}", "(?:^|a){2,3}", "(?:(?=a)|a)*b", r"(?:a?\b){2,}b"]
    + ["(?:a*)*", "(?:a*b*)+", "(?:)*a", "(?:(?:a?)*b)*", "(?:$|a)*", r"(?:a|b\Z)*", "(?:(?!b)|b)*", "a{0}b"],
)
def test_what_can_match_nothing_is_repeated_as_python_repeats_it(pattern):
    matcher = automaton(parsed(re.compile(pattern)))
    texts = ["".join(each) for size in range(6) for each in product("ab", repeat=size)]
    assert {each for each in texts if matcher.fullmatch(each)} == {
        each for each in texts if re.fullmatch(pattern, each)
    }


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        (r"(?a)\w(?u:\w)(?a:\d)", ["aé1", "ab1"], ["éa1", "aé٣"]),
        (r"(?u:\d)(?a:\d)", ["٣1"], ["1٣"]),
        ("(?i)a(?-i:b)[c-d]ſ", ["AbCS", "abdſ"], ["aBcs"]),
        ("a(?i:k)", ["aK", "a\u212a"], ["AK"]),
        ("(?x) a b(?-x: c|#) # all", ["ab c", "ab#"], ["abc", "a b c"]),
        ("(?x: a + b )c ", ["aabc "], ["a bc ", "aabc"]),
        ("(?s).(?-s:.)", ["\na"], ["a\n"]),
        ("a\n^(?m:^b$)\n", [], ["a\nb\n"]),
        ("(?m:^a$)\n(?m:^b)", ["a\nb"], ["a b"]),
        (r"a{,2}b{2,}c{}d{,}{e", ["aabbc{}dd{e", "bbc{}{e"], ["aaabbc{}{e", "abc{}{e"]),
        (r"[]-a][^]b][[\]-]\]", ["^c-]", "]c[]"], ["b]-]", "ab[]"]),
        (r"\x41\u0042\U00000043\N{DIGIT FOUR}\105\0\07", ["ABC4E\0\7"], ["ABC4E07"]),
        ("a(?#b)*c", ["aac", "c"], ["ab"]),
        ("(?:ab)*c(ab){2}", ["ababcabab", "cabab"], ["abbcabb"]),
    ],
)
def test_the_syntax_is_read_as_python_reads_it(pattern, matching, other):
    matcher, expression = automaton(parsed(by_python(pattern))), by_python(pattern)
    for text in (*matching, *other):
        assert (matcher.fullmatch(text), bool(expression.fullmatch(text))) == (text in matching, text in matching), text


def test_an_automaton_that_forgets_answers_the_same(monkeypatch):
    monkeypatch.setattr("beffroi.expressions.automata.REMEMBERED", 3)
    matcher = automaton(parsed(re.compile("(?:a|b)*a(?:a|b){3}")))
    texts = ["".join(each) for size in range(9) for each in product("ab", repeat=size)]
    assert [matcher.fullmatch(each) for each in texts] == [len(each) > 3 and each[-4] == "a" for each in texts]


@MANY
@given(pattern=PATTERNS, texts=TEXTS)
def test_a_text_and_its_translation_get_the_same_verdict(pattern, texts):
    table, expression = classes(pattern), by_python(pattern)
    for text in texts if table and expression else ():
        translated = text.encode().translate(table).decode()
        assert bool(expression.fullmatch(text)) == bool(expression.fullmatch(translated)), (text, translated)


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        (r"^[A-Z]{2}\d{3}$", ["ABYZ", "0189", "\n", "az_ .\t\0"]),
        (r"[a-c]x|\S", ["abc", "x", "dzAZ09_-", " \t\n"]),
        (r"\bA.", ["A", "BZaz09_", " -\t", "\n"]),
        (r"(?i)[a-f]+", ["afAF", "gGz0 -\n"]),
        (r"(?i)ſ", ["sS", "aA0-"]),
        (r"\p{Lu}\d", ["AZ", "09", "az -"]),
        (r"(?a)\w(?=\s)", ["azAZ09_", " \t\n", "-."]),
    ],
)
def test_characters_are_alike_where_no_set_tells_them_apart(pattern, same):
    table = classes(pattern)
    told = [{table[ord(char)] for char in each} for each in same]
    assert [len(each) for each in told] == [1] * len(same)
    assert len(set.union(*told)) == len(same)
    assert all(table[each] <= each and table[table[each]] == table[each] for each in range(256))
    assert table[128:] == bytes(range(128, 256))


@pytest.mark.parametrize("pattern", [r"(\d)\1", r"(?P<a>.)(?P=a)", "(", r"(a)(?=\1)"])
def test_characters_that_are_compared_with_each_other_are_not_alike(pattern):
    assert classes(pattern) is None
    assert not digit_blind(pattern)


@pytest.mark.parametrize(("pattern", "blind"), [(r"\d+", True), ("[0-9]", True), ("[a-z]", True), ("[0-8]", False)])
def test_digits_are_alike_where_no_set_tells_them_apart(pattern, blind):
    assert digit_blind(pattern) == blind


class TooMany(Exception):
    """More steps were taken than are allowed."""


class Trying:
    """Tries one way after another, as `re` does, and counts."""

    def __init__(self, text, most):
        self.text, self.left = text, most

    def ends(self, node, at):  # noqa: C901
        """Every place where a part can end that begins at a place, once for each way."""
        self.left -= 1
        if self.left < 0:
            raise TooMany
        match node:
            case Text(characters=text):
                yield from [at + len(text)] * self.text.startswith(text, at)
            case Member(words=words):
                yield from [at + 1] * bool(re.fullmatch(words, self.text[at : at + 1]))
            case Anchor(words=words):
                yield from [at] * bool(re.compile(words).match(self.text, at))
            case Sequence(items=items):
                yield from self.row(items, at)
            case Choice(branches=branches):
                for each in branches:
                    yield from self.ends(each, at)
            case Repeat():
                yield from self.again(node, at, 0)
            case Look(item=item, wanted=wanted):
                yield from [at] * (any(True for _ in self.ends(item, at)) == wanted)
            case Atomic(item=item):
                yield from list(self.ends(item, at))[:1]

    def row(self, items, at):
        if not items:
            yield at
        else:
            for end in self.ends(items[0], at):
                yield from self.row(items[1:], end)

    def again(self, node, at, times):
        if times < node.high:
            for end in self.ends(node.item, at):
                if end > at or times < node.low:
                    yield from self.again(node, end, times + 1)
        if times >= node.low:
            yield at


PARTS = st.sampled_from(["a", "b", "ab", "[ab]", "[^a]", "a?", "b*", "a{1,2}", "b{2}", "^", "", "c"])


def larger_of_few(inner):
    return (
        st.builds("{}{}".format, inner, inner)
        | st.builds("(?:{}|{})".format, inner, inner)
        | st.builds("(?:{}){}".format, inner, QUANTIFIERS)
        | st.builds("({}{})".format, st.sampled_from(["?=", "?!", "?>", "?:"]), inner)
    )


FEW_CHARACTERS = st.recursive(PARTS, larger_of_few, max_leaves=8)


@settings(MANY, max_examples=2000)
@given(pattern=FEW_CHARACTERS, pieces=st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=2))
def test_what_is_proved_harmless_takes_few_steps(pattern, pieces):
    tree = parsed(re.compile(pattern))
    if harmless(tree):
        text = "".join(each * 12 for each in pieces)
        steps = Shapes(tree).of(tree).steps
        assert list(Trying(text, 3 * (1 + steps) * (len(text) + 1)).ends(tree, 0)) is not None


@settings(MANY, max_examples=2000)
@given(pattern=FEW_CHARACTERS, pieces=st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=2))
def test_what_is_proved_harmless_anywhere_takes_few_steps_from_every_place(pattern, pieces):
    tree = parsed(re.compile(pattern))
    text = "".join(each * 100 for each in pieces)
    trying = Trying(text, 2 * STEPS * (len(text) + 1))
    for start in range(len(text) + 1) if harmless_anywhere(tree) else ():
        list(trying.ends(tree, start))


@settings(MANY, max_examples=2000)
@given(pattern=FEW_CHARACTERS, texts=st.lists(st.text("abc\n", max_size=6), min_size=1, max_size=12))
def test_an_automaton_answers_as_trying_every_way_does(pattern, texts):
    tree = parsed(re.compile(pattern))
    matcher = automaton(tree)
    for text in texts if matcher else ():
        with suppress(TooMany):
            assert matcher.fullmatch(text) == (len(text) in Trying(text, 20_000).ends(tree, 0)), text


SEARCHED = [
    ("", "harmless"),
    (r"^\d{14}$", "harmless"),
    (r"^[a-z0-9]+(-[a-z0-9]+)*$", "harmless"),
    ("^a+$|^b+$", "harmless"),
    ("(^[a-z]+)$", "harmless"),
    (r"\A\S+ \S+", "harmless"),
    ("a|b", "harmless"),
    (r"\.csv$", "harmless"),
    ("[a-z]{1,20}[0-9]", "harmless"),
    ("(a)\\1", "harmless"),
    ("^([a-z])[a-z]\\1$", "harmless"),
    ("a+b", "bounded"),
    ("(?m)^a+b", "bounded"),
    ("[a-z]+@[a-z]+", "bounded"),
    ("^(a+)+$", "bounded"),
    ("^a+$|b+$", "bounded"),
    (r"(?<=a)b*c", "bounded"),
    ("(?=.*a).", "bounded"),
    ("[a-z]{1,2000}[0-9]", "bounded"),
    ("(a+)\\1", None),
    ("^(a+)+\\1", None),
    ("(", None),
    (r"\p{L}", None),
    ("a{99999999999}", None),
]


@pytest.mark.parametrize(("pattern", "expected"), SEARCHED)
def test_a_pattern_is_searched_for_by_python_or_bounded_or_refused(pattern, expected):
    found = searched(pattern)
    assert (found and ("bounded" if isinstance(found, Automaton) else "harmless")) == expected


@pytest.mark.parametrize("pattern", [each for each, kind in SEARCHED if kind])
@pytest.mark.parametrize("piece", ["a", "ab", "a@", "1", "-", "\n", "aé", "a b"])
def test_no_search_can_hang(pattern, piece):
    start = time.process_time()
    searched(pattern).search(piece * (100_000 // len(piece)) + "!")
    assert time.process_time() - start < 5


KEYS = st.sampled_from(["a", "b", "ab", "é", "", "0"])
IN_SCHEMAS = PATTERNS.filter(by_python)
LEAVES = st.fixed_dictionaries(
    {}, optional={"pattern": IN_SCHEMAS, "type": st.just("string"), "minLength": st.integers(0, 2)}
)
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "properties": st.dictionaries(KEYS, LEAVES, max_size=2),
        "patternProperties": st.dictionaries(IN_SCHEMAS, LEAVES, max_size=2),
        "additionalProperties": st.booleans() | LEAVES,
        "propertyNames": LEAVES,
        "unevaluatedProperties": st.booleans(),
        "allOf": st.lists(LEAVES, min_size=1, max_size=2),
        "$schema": st.sampled_from(
            [DIALECT, "http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-04/schema#"]
        ),
    },
)
VALUES = st.dictionaries(KEYS | st.text("ab0 \n", max_size=3), st.text("ab0 \n", max_size=3), max_size=4)


@settings(MANY, max_examples=300)
@given(schema=OBJECTS, value=VALUES)
def test_a_json_schema_says_what_it_says_to_jsonschema(schema, value):
    ours = json_schema_validator(schema)
    assume(ours)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            theirs = list(JsonSchema(schema).problems(value))
        except re.error:  # jsonschema joins the patterns of a schema, which may spoil them
            return
    assert list(ours.problems(value)) == theirs


KNOWN_KEYS = {"patternProperties": {"a+b": {"const": "a"}, "(?i)A+b": {}}, "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"pattern": "[a-z]+@"}, "a" * 200_000, [("", "pattern")]),
        ({"pattern": "^(a+)+$"}, "a" * 200_000 + "!", [("", "pattern")]),
        ({"$schema": DIALECT, "items": {"$ref": "#"}, "pattern": "a+b"}, ["a" * 200_000], [("/0", "pattern")]),
        (KNOWN_KEYS, {"a" * 200_000: 1}, [("", "additionalProperties")]),
        (KNOWN_KEYS, {"aab": "b", "aB": "a"}, [("/aab", "const")]),
        (KNOWN_KEYS, {"aab": "b", "d": 2}, [("", "additionalProperties"), ("/aab", "const")]),
    ],
)
def test_no_json_schema_can_hang(schema, value, expected):
    start = time.process_time()
    found = list(json_schema_validator(schema).problems(value))
    assert [(each.pointer, each.keyword) for each in found] == expected
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("schema", "pattern"),
    [
        ({"items": [{"pattern": r"(a+)+\1"}]}, r"(a+)+\1"),
        ({"patternProperties": {r"(a+)+\1": {}}}, r"(a+)+\1"),
        ({"pattern": "("}, "("),
        ({"pattern": "a{99999999999}"}, "a{99999999999}"),
        ({"kept": {"pattern": "("}, "$ref": "#/kept"}, "("),
        ({"patternProperties": {"a+b": {}}, "unevaluatedProperties": False}, "a+b"),
        ({"items": {"$schema": DIALECT, "pattern": "a+b"}}, "a+b"),
        ({"$ref": DIALECT, "$dynamicAnchor": "meta", "pattern": "a+b"}, "a+b"),
    ],
)
def test_a_json_schema_with_a_pattern_that_cannot_be_bounded_is_refused(schema, pattern):
    assert json_schema_validator(schema) is None
    assert refused_pattern(schema) == pattern
    read = read_table_schema({"fields": [{"name": "o", "type": "object", "constraints": {"jsonSchema": schema}}]})
    defect = compile_plan(read.fields[0], read.missing_values)[1][0].fault
    assert (defect.rule, defect.cause, dict(defect.details)["pattern"]) == (
        "standard-bad-constraint",
        "unsafe-pattern",
        pattern,
    )
    defect = against_standard({}, schema)[0].fault
    assert (defect.rule, defect.cause, dict(defect.details)["pattern"]) == (
        "standard-bad-key",
        "unsafe-pattern",
        pattern,
    )


def test_what_a_json_schema_calls_pattern_without_being_one_does_no_harm():
    schema = {"properties": {"pattern": {"pattern": "^a"}, "patternProperties": {"type": "object"}}}
    problems = json_schema_validator(schema).problems({"pattern": "b"})
    assert [(each.pointer, each.keyword, each.expected) for each in problems] == [("/pattern", "pattern", "^a")]
