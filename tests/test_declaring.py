"""The interview without a terminal: its questions, what requirements ask for, what answers mean, what is written."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from itertools import count, product
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.declaring import answering
from beffroi.declaring.answering import told, understood
from beffroi.declaring.choosing import choices_for
from beffroi.declaring.forms import Kind, as_any, form_at
from beffroi.declaring.interviewing import NEEDED, Interview
from beffroi.declaring.questions import question_at, top_questions, written_questions
from beffroi.declaring.wanting import wanted
from beffroi.declaring.writing import written
from beffroi.documents import Document, parse_document, read_document
from beffroi.model.charter import Method, Requirement, VerifierUse
from beffroi.model.faults import Fault
from beffroi.model.levels import Level
from beffroi.projects.declaration import Declaration
from beffroi.projects.verifiers import known_verifiers, verifier
from beffroi.settings import LANGUAGES
from beffroi.showing.interview import question, why
from conftest import ROOT

CASES = ROOT / "tests/cases/declaring"
QUESTIONS = written_questions()
MENDS = tomllib.loads(Path(answering.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MUNICIPAL = Charters.of(Catalogue.of()).charter("municipal")
TODAY = date(2026, 11, 23)
SPACES = re.compile(r"[^\s\u00a0\u202f:/][:;?!](?=\s|$)|(?<=[^\u00a0]) [:;?!]|« | »|'")


def cases(name):
    return read_document(CASES / name).value


# The questions


@pytest.mark.parametrize("pointer", QUESTIONS)
def test_every_question_is_about_a_place_of_the_declaration(pointer):
    asked, above = question_at(pointer), pointer.rpartition("/")[0].removesuffix("/-")
    assert set(asked.words) == set(LANGUAGES)
    assert not SPACES.search(asked.words["fr"])
    assert top_questions().count(pointer) == (above in {"", "/project"})
    assert above in {"", "/project"} or above in QUESTIONS
    for key in asked.written.get("when", {}):
        assert form_at(f"{pointer.rpartition('/')[0]}/{key}")


@pytest.mark.parametrize("pointer", [each for each in QUESTIONS if form_at(each).choices])
def test_every_value_that_may_be_chosen_has_words(pointer):
    words = QUESTIONS[pointer]["choices"]
    assert tuple(words) == form_at(pointer).choices
    assert all(set(each) == set(LANGUAGES) for each in words.values())


def test_every_verifier_that_questions_name_is_there():
    named = {each for written_as in QUESTIONS.values() for each in written_as.get("for", ())}
    assert named - set(known_verifiers()) == set()
    for among in (each["among"] for each in QUESTIONS.values() if "among" in each):
        assert among["option"] in verifier(among["verifier"]).options["properties"]


def test_every_flag_that_questions_need_is_one_of_the_charter():
    flags = {each["needs"] for each in QUESTIONS.values() if "needs" in each}
    assert flags <= set(MUNICIPAL.vocabulary.flags)


KINDS_OF_PROJECT = list(product(MUNICIPAL.vocabulary.layers, MUNICIPAL.vocabulary.phases, (True, False)))


def interview_of(layer, phase, flag, lang="en"):
    flags = dict.fromkeys(MUNICIPAL.vocabulary.flags, flag)
    project = {"name": "Trees", "layers": [layer], "phase": phase, "flags": flags}
    return Interview(charter=MUNICIPAL, lang=lang, today=TODAY, given={"project": project})


@pytest.mark.parametrize("layer, phase, flag", KINDS_OF_PROJECT)
def test_all_that_our_charter_asks_for_has_a_question_of_its_own(layer, phase, flag):
    asked = {as_any(each.pointer): each.question for each in interview_of(layer, phase, flag).open()}
    assert [pointer for pointer, each in asked.items() if not each.is_known] == []


def test_a_first_pilot_is_asked_less_than_a_project_in_service():
    asked = [len(list(interview_of("application", phase, True).questions)) for phase in ("idea", "pilot", "running")]
    assert asked == sorted(asked)
    assert len(set(asked)) == len(asked)


# What requirements ask for


@pytest.mark.parametrize("case", cases("wanted.yaml"), ids=lambda case: case["name"])
def test_what_a_requirement_asks_for(case):
    text = dict.fromkeys(LANGUAGES, "x")
    requirement = Requirement(
        id="X-1",
        **dict.fromkeys(("title", "statement", "why", "fix"), text),
        principle="x",
        level=Level.MUST,
        accepts=(Method.DECLARED,),
        since="1.0.0",
        declare=case.get("declare"),
        verify=tuple(VerifierUse(**each) for each in case.get("verify", ())),
    )
    value = case.get("declaration", {})
    declaration = Declaration(path="x", document=Document("x", value, ""))
    assert list(wanted(requirement, declaration)) == case["wanted"]


# What answers mean


@pytest.mark.parametrize("case", cases("answers.yaml"), ids=lambda case: f"{case['pointer']} {case['typed']}")
def test_what_an_answer_means(case):
    form = form_at(case["pointer"])
    found = understood(str(case["typed"]), form, "en", dict.fromkeys(form.choices))
    if "value" in case:
        assert found == case["value"]
        return
    assert isinstance(found, Fault)
    assert found.rule == case["mend"]
    assert dict(found.details).get("meant") == case.get("meant")
    for lang in LANGUAGES:
        assert told(found, lang)


def test_every_mend_is_in_both_languages_and_used():
    code = Path(answering.__file__).read_text(encoding="utf-8")
    for key, texts in MENDS.items():
        assert f'"{key}"' in code, key
        assert set(texts) == set(LANGUAGES)
        assert not SPACES.search(texts["fr"]), key
        assert re.findall(r"{\w+}", texts["en"]).sort() == re.findall(r"{\w+}", texts["fr"]).sort()


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=40))
def test_whatever_is_typed_is_a_value_of_the_form_or_a_mend(pointer, typed):
    form = form_at(pointer)
    if form.is_list or form.is_mapping:
        return
    found = understood(typed, form, "fr", dict.fromkeys(form.choices))
    if isinstance(found, Fault):
        assert told(found, "fr")
    elif typed.strip() and found != []:
        interview = Interview(charter=MUNICIPAL, lang="fr", today=TODAY)
        place = as_first_item(pointer)
        problems = [
            each for each in interview.answered(place, found).declaration.problems if each.keyword != "required"
        ]
        assert [each for each in problems if each.keyword != "dependentRequired"] == []


def as_first_item(pointer):
    return pointer.replace("/-", "/0")


# What is written

VALUES = {
    Kind.TEXT: st.text(min_size=1, max_size=60).map(lambda text: text.strip() or "x"),
    Kind.WORD: st.sampled_from(["x", "no", "12", "Ville: demain", "#1", "a, b", "« é »"]),
    Kind.YES_NO: st.booleans(),
    Kind.WHOLE: st.integers(1, 17),
    Kind.NUMBER: st.one_of(st.integers(0, 10**6), st.floats(0, 100)),
    Kind.DATE: st.dates().map(date.isoformat),
    Kind.PERIOD: st.sampled_from(["P1M", "continuous"]),
    Kind.EMAIL: st.just("a@example.org"),
    Kind.ADDRESS: st.just("https://example.org"),
    Kind.PATH: st.sampled_from(["a.csv", "raw/*.csv", "docs/plan d’été.md"]),
}
SPECIAL = {
    "identifier": "a-b",
    "currency": "EUR",
    "country": "FR",
    "year": 2026,
    "languages": ["fr"],
    "catalogue": "city",
}


ENOUGH = 60
"""After so many questions the interview is ended, as people may."""


def value_for(prompt, interview, data):
    """An answer that fits a question."""
    form, key = prompt.question.form, prompt.question.key
    if key in SPECIAL:
        return SPECIAL[key]
    choices = tuple(choices_for(prompt, interview))
    one = st.sampled_from(choices) if choices else VALUES[form.kind]
    if form.kind is Kind.TEXT:
        one = one.map(lambda text: {interview.lang: text})
    return data.draw(st.lists(one, min_size=1, max_size=3, unique_by=str) if form.many else one)


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(KINDS_OF_PROJECT), st.sampled_from(LANGUAGES), st.data())
def test_whatever_is_answered_is_written_and_loads_without_a_defect(kind, lang, data):
    interview = interview_of(*kind, lang)
    likely = data.draw(st.sampled_from([0.1, 0.5, 0.9]))
    for turn in count():
        prompt = next(interview.open(), None)
        if prompt is None or (turn > ENOUGH and not prompt.is_needed):
            break
        assert question(prompt, interview, choices_for(prompt, interview))
        assert why(prompt, lang)
        is_answered = prompt.is_needed or data.draw(st.floats(0, 1)) < likely
        value = value_for(prompt, interview, data) if is_answered else None
        interview = interview.answered(prompt.pointer, value)
    text = written(interview, "municipal@1")
    read = Declaration(path="beffroi.yaml", document=parse_document(text, "beffroi.yaml"))
    assert read.document.value == {**interview.value, "charter": "municipal@1", "lastUpdated": "2026-11-23"}
    assert read.defects == ()
    assert yaml.safe_load(text) == read.document.value


def test_what_a_charter_says_cannot_break_out_of_a_comment():
    strange = dict.fromkeys(LANGUAGES, "yes?\nproject: {name: other}\r\u2028\x07 more")
    vocabulary = MUNICIPAL.vocabulary
    flags = dict.fromkeys(vocabulary.flags, strange)
    charter = replace(MUNICIPAL, vocabulary=replace(vocabulary, flags=flags))
    interview = Interview(charter=charter, lang="fr", today=TODAY).answered(NEEDED, {"fr": "Arbres"})
    value = parse_document(written(interview, "municipal@1"), "beffroi.yaml").value
    assert value["project"] == {"name": {"fr": "Arbres"}}
