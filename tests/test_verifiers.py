"""The verifiers by their tables of cases, their words, and their manual pages."""

import copy
import re
import string
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from beffroi.model.charter import Method
from beffroi.projects.verifiers import known_verifiers, manual, verifier, words
from beffroi.projects.wording import own_words, worded
from beffroi.settings import LANGUAGES
from declared import project_of

CASES = Path(__file__).parent / "cases" / "verifiers"
KEYS = {"name", "today", "lang", "options", "declaration", "files", "portfolio", "charter", "seen"}
SEEN = {"outcome", "reason", "pointer", "method", "details", "looked", "line"}
VERB = re.compile(r"^no-|-(is|are|has|have|was|were|lets?|tells?|travels|agree|exists|forbid|passes|came)(-|$)")
"""What makes a name a sentence."""


def cases_of(name):
    """The cases of a verifier."""
    file = CASES / f"{name}.yaml"
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) if file.is_file() else []


ALL = [pytest.param(name, case, id=f"{name}: {case['name']}") for name in known_verifiers() for case in cases_of(name)]


def observed(name, case, folder):
    """What a verifier sees in a case."""
    return list(verifier(name).run(project_of(case, folder), case.get("options", {})))


def as_listed(seen, expected):
    """An observation, in the keys in which a case lists it."""
    whole = {
        "outcome": seen.outcome.value,
        "reason": seen.because.rule,
        "pointer": seen.pointer,
        "method": seen.method.value,
        "details": dict(seen.because.details),
        "looked": seen.looked.path if seen.looked else None,
        "line": seen.line,
    }
    return {key: whole[key] for key in {"outcome", "reason", "pointer", *expected}}


def placeholders(text):
    """The details that a text needs."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def texts_of(name):
    """Every (key, language, text) of a verifier's words."""
    return [(key, lang, text) for key, each in words(name).items() for lang, text in each.items()]


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_is_seen_as_it_must_be(name, case, tmp_path):
    seen = observed(name, case, tmp_path)
    expected = [*case["seen"], *({} for _ in seen)]
    assert [as_listed(*each) for each in zip(seen, expected, strict=False)] == case["seen"]
    verified = [each for each in seen if each.method is Method.VERIFIED]
    assert all(each.looked or each.because.rule in own_words() for each in verified)


@pytest.mark.parametrize(("name", "case"), ALL)
def test_what_is_seen_has_words_and_the_details_that_fill_them(name, case, tmp_path):
    for each in observed(name, case, tmp_path):
        texts = words(name).get(each.because.rule) or own_words()[each.because.rule]
        assert placeholders(texts["en"]) <= {key for key, _ in each.because.details}, each.because
        assert set(worded(each, name).said) == set(LANGUAGES)


@pytest.mark.parametrize(("name", "case"), ALL)
def test_a_case_is_well_formed(name, case):
    assert set(case) <= KEYS
    assert {"name", "declaration", "seen"} <= set(case)
    assert case["seen"]
    assert all({"outcome", "reason", "pointer"} <= set(each) <= SEEN for each in case["seen"])
    Draft202012Validator(verifier(name).options).validate(case.get("options", {}))


@pytest.mark.parametrize("name", known_verifiers())
def test_the_cases_of_a_verifier_have_names_of_their_own(name):
    names = [each["name"] for each in cases_of(name)]
    assert names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", known_verifiers())
def test_every_word_of_a_verifier_is_said_in_a_case_and_one_case_is_met(name):
    listed = [each for case in cases_of(name) for each in case["seen"]]
    assert set(words(name)) <= {each["reason"] for each in listed}
    assert {"met", "needs-review"} & {each["outcome"] for each in listed}


def test_every_case_file_is_of_a_verifier():
    assert {each.stem for each in CASES.glob("*.yaml")} <= set(known_verifiers())


def without_each_key(value):
    """A declaration, each time without another of its keys or items."""
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        rest = copy.copy(value)
        del rest[key]
        yield rest
        for each in without_each_key(value[key]):
            changed = copy.copy(value)
            changed[key] = each
            yield changed


@pytest.mark.parametrize("name", known_verifiers())
def test_something_is_seen_whatever_a_declaration_leaves_out(name, tmp_path):
    first = cases_of(name)[0]
    declarations = [{"project": {"name": "Demo"}}, *without_each_key(first["declaration"])]
    for number, declaration in enumerate(declarations):
        seen = observed(name, {**first, "declaration": declaration}, tmp_path / str(number))
        assert seen, declaration
        assert all(worded(each, name) for each in seen)


@pytest.mark.parametrize("name", known_verifiers())
def test_the_options_of_a_verifier_are_closed(name):
    options = verifier(name).options
    Draft202012Validator.check_schema(options)
    closed = options.get("additionalProperties") is False or options.get("maxProperties") == 0
    assert options["type"] == "object"
    assert closed
    assert not Draft202012Validator(options).is_valid({"no-such-option": 1})


@pytest.mark.parametrize("name", known_verifiers())
def test_a_verifier_is_called_by_what_is_so_when_it_is_satisfied(name):
    assert VERB.search(name), "say it as a sentence; add its verb above if it is one"


@pytest.mark.parametrize("name", known_verifiers())
def test_a_verifier_has_a_manual_page_that_begins_with_its_claim(name):
    claim, blank, *rest = manual(name).splitlines()
    assert re.fullmatch(r"[A-Z].*[^.]\.", claim)
    assert blank == ""
    assert any(rest)


@pytest.mark.parametrize("name", known_verifiers())
def test_english_and_french_say_the_same_with_the_same_details(name):
    for key, texts in words(name).items():
        assert set(texts) == set(LANGUAGES), key
        assert placeholders(texts["en"]) == placeholders(texts["fr"]), key


@pytest.mark.parametrize("name", known_verifiers())
def test_words_are_in_our_style(name):
    for key, lang, text in texts_of(name):
        assert text == text.strip(), (key, lang)
        assert "  " not in text, (key, lang)
        assert not text.endswith("."), (key, lang)
        assert not re.match("[A-ZÀ-Ý][a-zà-ÿ]", text), (key, lang)
        assert not re.search(r"\b(Error|Exception|None|NoneType|regex)\b", text), (key, lang)


@pytest.mark.parametrize("name", known_verifiers())
def test_french_is_set_as_french(name):
    for key, lang, text in texts_of(name):
        if lang != "fr":
            continue
        plain = re.sub(r"https?://\S+", "", text)
        assert "'" not in plain, key
        assert not re.search('["“”]', plain), key
        assert not re.search(" [;:?!»]|« ", plain), key
        assert not re.search("[^\u00a0\u202f][;:?!](?=\\s|$)|«[^\u00a0\u202f]|[^\u00a0\u202f]»", plain), key
