"""Patterns of standards: none can hang, each is answered as Python does, and what it cannot tell apart is known."""

import re
import subprocess
import sys
import time
import warnings
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.catalogue.table_schema import read_table_schema
from beffroi.tables.automata import Automaton, automaton
from beffroi.tables.backtracking import Shapes, harmless
from beffroi.tables.expressions import Anchor, Atomic, Choice, Look, Member, Repeat, Sequence, Text, parsed
from beffroi.tables.patterns import classes, compiled, digit_blind
from beffroi.tables.plans import compile_plan

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
    start = time.perf_counter()
    assert kind(pattern) == "harmless"
    assert time.perf_counter() - start < 1


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
    monkeypatch.setattr("beffroi.tables.automata.REMEMBERED", 3)
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
@given(pattern=FEW_CHARACTERS, texts=st.lists(st.text("abc\n", max_size=6), min_size=1, max_size=12))
def test_an_automaton_answers_as_trying_every_way_does(pattern, texts):
    tree = parsed(re.compile(pattern))
    matcher = automaton(tree)
    for text in texts if matcher else ():
        with suppress(TooMany):
            assert matcher.fullmatch(text) == (len(text) in Trying(text, 20_000).ends(tree, 0)), text
