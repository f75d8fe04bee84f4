"""The rules in words: complete in both languages, in our style, and one for every fault that the code can make."""

import ast
import re
import string
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
import yaml

import beffroi
from beffroi.documents import read_document
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Sample
from beffroi.projects.checking import RULES as REQUIREMENT_RULES
from beffroi.rulebook import CAUSES, FOLDER, known_rules, rule, with_words
from beffroi.settings import LANGUAGES
from beffroi.tables.checks import known as known_checks
from beffroi.tables.fields import known_types
from beffroi.tables.fields.type_list import ITEM_TYPES
from beffroi.tables.fields.type_string import FORMATS
from beffroi.tables.mends import MENDS
from beffroi.tables.signatures import MAGIC

SOURCES = Path(beffroi.__file__).parent
WORDING = yaml.safe_load((Path(__file__).parent / "cases" / "wording.yaml").read_text(encoding="utf-8"))

MENDED = {cause for cause, _, _ in MENDS} | {"scientific-notation"}
"""The causes that the engine finds by mending a value, under whatever rule the value breaks."""
EMITTERS = {"fault": (0, 1), "not_of_type": (None, 1), "defect": (1, 2)}
"""Functions that make a fault: the places of the rule (`None`: `type`) and of the cause among their arguments."""
COMPUTED = {
    "among": ("enum", "categories"),
    "bound": ("minimum", "maximum", "exclusive-minimum", "exclusive-maximum"),
    "length": ("min-length", "max-length"),
    "Key": ("unique", "primary-key", "unique-key"),
    "missing-cell or extra-cell": ("missing-cell", "extra-cell"),
}
"""Rules that the code names elsewhere than where it makes the fault."""
GIVEN_OTHERWISE = {
    **{key: {"fields", "row"} for key in COMPUTED["Key"]},
    **{key: {"expected", "found"} for key in COMPUTED["missing-cell or extra-cell"]},
    **{key: {"limit"} for key in COMPUTED["length"]},
    "type": {"type", "expected"},
    "missing-column": {"name"},
    "missing-optional-column": {"name"},
    **{key: {"requirement", "title", "told", "mend"} for key in REQUIREMENT_RULES.values()},
}
"""Details that are always given, but not as keywords where the fault is made."""
CERTAIN = {
    ("missing-column", "did-you-mean"): {"name", "meant"},
    ("missing-optional-column", "did-you-mean"): {"name", "meant"},
    ("standard-unknown-key", "did-you-mean"): {"key", "meant"},
    ("standard-unknown-check", "did-you-mean"): {"check", "meant"},
    ("not-a-package", "broken"): {"file", "problem"},
}
"""The same for a cause that comes with details of its own."""
TOLD_BY_SCHEMA = {"package-metadata"}
"""Rules whose details follow from the keyword of a JSON Schema; tests of packages look at their words."""
EVERYWHERE = {"field", "column"}


@cache
def trees():
    """The syntax trees of our sources, but for those of the table checks, which are tested with their cases."""
    files = [each for each in SOURCES.rglob("*.py") if each.parent.name != "checks"]
    return {each: ast.parse(each.read_text(encoding="utf-8")) for each in files}


def called(node):
    """The name of the function that a call calls."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)


def texts_in(node, assigned):
    """What an argument can be: a literal, `None`, either branch of a choice, or what its name was given."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str | None) else set()
    if isinstance(node, ast.IfExp):
        return texts_in(node.body, assigned) | texts_in(node.orelse, assigned)
    return assigned.get(node.id, set()) if isinstance(node, ast.Name) else set()


def assignments(function, constants):
    """The texts that the names of a function are given, by itself or by its module."""
    found = defaultdict(set)
    for node in (*constants, *ast.walk(function)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] |= texts_in(node.value, {})
    return found


def calls_in(tree, assigned):
    """Every call in a module that makes a fault; `assigned` is set to what the names around it were given."""
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    for scope in (*functions, tree):
        assigned.clear()
        assigned.update(assignments(scope if scope is not tree else ast.Module([], []), tree.body))
        yield from (each for each in ast.walk(scope) if isinstance(each, ast.Call) and called(each) in EMITTERS)


def argument(call, place):
    """The argument at a place, if the call has one."""
    return call.args[place] if place is not None and place < len(call.args) else ast.Constant(None)


@cache
def emitted():
    """Every (rule, cause, names of details) that the sources make a fault of; a cause is `None` where there is none."""
    found = set()
    for tree in trees().values():
        assigned = {}
        for call in calls_in(tree, assigned):
            place, cause_place = EMITTERS[called(call)]
            rules = {"type"} if place is None else texts_in(argument(call, place), assigned)
            causes = texts_in(argument(call, cause_place), assigned) or {None}
            details = frozenset(each.arg for each in call.keywords if each.arg)
            found |= {(each, cause, details) for each in rules - {None} for cause in causes}
    return found


@cache
def literals():
    """Every text in the sources."""
    nodes = (node for tree in trees().values() for node in ast.walk(tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def emitted_causes(rule_id):
    """The causes that the sources give to a rule."""
    causes = {cause for each, cause, _ in emitted() if each == rule_id and cause}
    return causes | ({kind for _, kind in MAGIC} if rule_id == "not-a-table" else set())


def own_text(rule_id, cause, key):
    """Whether a cause has a text of its own under a rule."""
    own = words_of(rule_id).get("causes", {}).get(cause, {})
    return key in own or (cause in SHARED and key in words_of(f"causes/{cause}"))


def given_details(rule_id, cause, key):
    """The details that every fault has which gets this text."""
    made = [(why, names) for each, why, names in emitted() if each == rule_id]
    getting = [names for why, names in made if why == cause or (cause is None and not own_text(rule_id, why, key))]
    getting = getting or [names for _, names in made]
    always = frozenset.intersection(*getting) if getting else frozenset()
    return always | GIVEN_OTHERWISE.get(rule_id, set()) | CERTAIN.get((rule_id, cause), set()) | EVERYWHERE


EMITTED_RULES = sorted(
    {each for each, _, _ in emitted()} | {each for rules in COMPUTED.values() for each in rules} | set(known_checks())
)
OUR_RULES = sorted(set(known_rules()) - set(known_checks()))
SHARED = sorted(path.stem for path in CAUSES.glob("*.yaml"))


def words_of(name):
    """The words of a rule, or of a shared cause (`causes/…`)."""
    return read_document(FOLDER / f"{name}.yaml").value


ALL_FILES = [*known_rules(), *(f"causes/{each}" for each in SHARED)]


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def as_list(text):
    return text if isinstance(text, list) else [text]


def worded_keys(words):
    """Every (place, key, text by language) of a file, causes included."""
    for key in ("title", "message", "why", "fix"):
        if key in words:
            yield None, key, words[key]
    for cause, own in words.get("causes", {}).items():
        for key, text in own.items():
            yield cause, key, text


def sentences(words, lang):
    """Every text of a file in a language, words for details included."""
    for cause, key, text in worded_keys(words):
        yield from ((f"{cause or ''} {key}", each) for each in as_list(text[lang]))
    for placeholder, values in words.get("words", {}).items():
        yield from ((f"{placeholder} {value}", text[lang]) for value, text in values.items())


def without_examples(text):
    """A text without JSON, web addresses, hashes, and hours as OpenStreetMap writes them."""
    text = re.sub(r"Mo-Fr [0-9:-]+; Sa|https?://\S+|sha256:", "", text)
    return re.sub(r"\{+\".*\}|\[\"[^\]]*\]", "", text)


@pytest.mark.parametrize("rule_id", known_rules())
def test_a_rule_has_a_level_and_all_its_words(rule_id):
    words = words_of(rule_id)
    assert words["level"] in set(Level)
    assert {"title", "message", "why", "fix", "example"} <= set(words)
    assert set(words) <= {"level", "title", "message", "why", "fix", "example", "causes", "words"}
    assert set(words["example"]) == {"valid", "invalid"}


@pytest.mark.parametrize("cause", SHARED)
def test_a_shared_cause_has_a_message_and_a_fix(cause):
    assert set(words_of(f"causes/{cause}")) == {"message", "fix"}


@pytest.mark.parametrize("name", ALL_FILES)
def test_english_and_french_say_the_same_with_the_same_details(name):
    for cause, key, text in worded_keys(words_of(name)):
        assert set(text) == set(LANGUAGES), (cause, key)
        english, french = as_list(text["en"]), as_list(text["fr"])
        assert [placeholders(each) for each in english] == [placeholders(each) for each in french], (cause, key)
    for placeholder, values in words_of(name).get("words", {}).items():
        assert all(set(text) == set(LANGUAGES) for text in values.values()), placeholder


@pytest.mark.parametrize("rule_id", sorted(set(OUR_RULES) - TOLD_BY_SCHEMA))
def test_the_last_text_of_a_list_can_always_be_filled(rule_id):
    for cause, key, text in worded_keys(words_of(rule_id)):
        assert placeholders(as_list(text["en"])[-1]) <= given_details(rule_id, cause, key), (cause, key)


@pytest.mark.parametrize("cause", SHARED)
def test_the_last_text_of_a_shared_cause_needs_no_detail(cause):
    for _, key, text in worded_keys(words_of(f"causes/{cause}")):
        assert not placeholders(as_list(text["en"])[-1]), key


@pytest.mark.parametrize("name", ALL_FILES)
def test_a_message_is_lower_case_without_full_stop_and_without_jargon(name):
    for cause, key, text in worded_keys(words_of(name)):
        if key not in {"message", "fix"}:
            continue
        for each in (one for lang in LANGUAGES for one in as_list(text[lang])):
            assert not re.match("[A-ZÀ-Ý][a-zà-ÿ]", each), (cause, key, each)
            assert not each.endswith("."), (cause, key, each)
            each = re.sub(r"\"\\\"|«\s\\\s»", "", each)  # a backslash that is itself the matter
            assert not re.search(r"\\|\^|\b(Error|Exception|None|NoneType|regex)\b", each), (cause, key, each)


@pytest.mark.parametrize("name", ALL_FILES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_is_trimmed_and_has_no_double_space(name, lang):
    for where, text in sentences(words_of(name), lang):
        assert text == text.strip(), where
        assert "  " not in text, where


@pytest.mark.parametrize("name", ALL_FILES)
def test_french_is_set_as_french(name):
    for where, text in sentences(words_of(name), "fr"):
        assert "'" not in text, where
        plain = without_examples(text)
        assert not re.search('["“”]', plain), where
        assert not re.search(" [;:?!»]|« ", plain), where
        assert not re.search("[^\u00a0\u202f][;:?!](?=\\s|$)|«[^\u00a0\u202f]|[^\u00a0\u202f]»", plain), where


@pytest.mark.parametrize("rule_id", EMITTED_RULES)
def test_every_rule_that_the_code_names_has_words(rule_id):
    assert rule_id in known_rules()


@pytest.mark.parametrize("rule_id", EMITTED_RULES)
def test_every_cause_that_the_code_names_has_words(rule_id):
    own = set(words_of(rule_id).get("causes", {}))
    assert emitted_causes(rule_id) <= own | set(SHARED)


def test_every_cause_found_by_mending_has_words_that_all_rules_share():
    assert set(SHARED) >= MENDED


def test_no_rule_has_words_that_the_code_never_asks_for():
    assert set(OUR_RULES) - literals() == set()


@pytest.mark.parametrize("rule_id", OUR_RULES)
def test_no_cause_of_a_rule_has_words_that_the_code_never_asks_for(rule_id):
    assert set(words_of(rule_id).get("causes", {})) <= literals() | emitted_causes(rule_id)


def test_no_shared_cause_has_words_that_the_code_never_asks_for():
    assert set(SHARED) <= literals()


def test_rules_named_elsewhere_than_where_the_fault_is_made_are_still_in_the_code():
    assert {each for rules in COMPUTED.values() for each in rules} <= literals()


def test_causes_are_not_rules():
    assert not any(each.startswith("causes") for each in known_rules())
    assert "day-first-date" not in known_rules()


def test_every_type_and_notation_has_a_name():
    names = words_of("type")["words"]
    assert set(names["type"]) == {*known_types(), *FORMATS} - {"string", "any"}
    written = {"pattern", "any-date", "any-datetime", "any-time", "topojson"}
    points = {"geopoint-default", "geopoint-array", "geopoint-object"}
    assert set(names["expected"]) == (set(names["type"]) - {"geopoint"}) | written | points
    assert set(names["item"]) == set(ITEM_TYPES) - {"string"}


def finding_of(case):
    sample = {key: case[key] for key in ("value", "suggestion") if key in case}
    return Finding(
        rule=case["rule"],
        level=rule(case["rule"]).level,
        cause=case.get("cause"),
        field=case.get("field"),
        column=case.get("column"),
        details={name: str(value) for name, value in case.get("details", {}).items()},
        samples=(Sample(**sample),) if sample else (),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", WORDING, ids=lambda case: f"{case['rule']}-{case.get('cause', '')}")
def test_a_finding_is_told_in_these_words(case, lang):
    found = with_words(finding_of(case), lang)
    assert found.message == case[lang]
    assert found.fix


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule_id", known_rules())
def test_no_finding_is_left_without_words(rule_id, lang):
    bare = with_words(Finding(rule=rule_id, level=rule(rule_id).level), lang)
    assert bare.message
    assert "{" not in re.sub(r"\{\"[^}]*\}+|\{check[^}]*\}", "", bare.message)
