"""What may be made of what: the table, the reasoning by it, and the two commands that answer from it."""

import json
import re
from itertools import permutations

import pytest
import yaml
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import errors_of_form
from beffroi.documents import read_document
from beffroi.errors import UnusableFile
from beffroi.licences.advising import advised
from beffroi.licences.asking import MOST, given, question
from beffroi.licences.attribution import attributions, mention_of
from beffroi.licences.comparing import compared
from beffroi.licences.compatibility import Table
from beffroi.licences.deriving import Reasoner, conflicts, is_among
from beffroi.licences.register import Register
from beffroi.licences.sourcing import lines_for, reasoned
from beffroi.model.compatibility import ANY, SAME, Certainty, Mention, Use, Verdict
from beffroi.model.licences import Domain, Obligation
from beffroi.rulebook import rule
from beffroi.settings import LANGUAGES
from beffroi.showing import derived as showing
from conftest import ROOT

FILE = ROOT / "standards/licence-compatibility.yaml"
CASES = yaml.safe_load((ROOT / "tests/cases/licences/compatibility.yaml").read_text(encoding="utf-8"))
REGISTER = Register.bundled()
TABLE = Table.bundled()
REASONER = Reasoner(register=REGISTER, table=TABLE)
LICENCES = tuple(REGISTER.licences)
EXPECTED_OF_CLASS = {
    "public-domain": set(),
    "public-domain-mark": set(),
    "permissive": set(),
    "permissive-other": set(),
    "attribution": set(),
    "cc-by": set(),
    "odbl": {"share-alike"},
    "cc-by-sa": {"share-alike"},
    "share-alike": {"share-alike"},
    "gfdl": {"share-alike"},
    "weak-copyleft": {"share-alike"},
    "strong-copyleft": {"share-alike"},
    "cc-by-nc": {"no-commercial"},
    "non-commercial": {"no-commercial"},
    "cc-by-nc-sa": {"no-commercial", "share-alike"},
    "cc-by-nd": {"no-derivative"},
    "cc-by-nc-nd": {"no-commercial", "no-derivative"},
}
"""What the licences of each class forbid or pass on, as the register must say too; the limited ones vary."""
UNREAD = {"LicenseRef-Licence-Mobilites", "LicenseRef-LIP", "Artistic-1.0", "Artistic-1.0-Perl", "LicenseRef-DbCL-1.0"}
"""Licences whose terms nobody has read for the table."""


def sources(*texts):
    return [given(each, REGISTER) for each in texts]


def verdict(texts, result, use=Use.DERIVED):
    return REASONER.derivation(sources(*texts), result, use).verdict


def every_pair():
    return ((source, result) for source in LICENCES for result in LICENCES)


def test_the_table_is_of_its_form():
    document = read_document(FILE)
    assert document.repeated == ()
    assert [str(each) for each in errors_of_form(document, "licence-compatibility")] == []


def test_every_name_in_the_table_is_one_that_is_known():
    known = {ANY, *TABLE.classes, *TABLE.groups, *LICENCES}
    named = {name for each in TABLE.rows for name in (*each.sources, *each.results)} - {SAME}
    assert named - known == set()
    assert set(TABLE.class_of) - set(LICENCES) == set()
    assert set(TABLE.reserved) - set(LICENCES) == set()
    assert {name for each in TABLE.forms for name in each.licences} - known == set()
    assert not set(TABLE.classes) & set(TABLE.groups)


def test_a_licence_is_in_one_class_and_those_in_none_are_listed_here():
    listed = [licence for each in TABLE.classes.values() for licence in each.licences]
    assert len(listed) == len(set(listed))
    assert set(LICENCES) - set(listed) == UNREAD


@pytest.mark.parametrize("name", EXPECTED_OF_CLASS)
def test_the_register_says_of_each_licence_what_its_class_says(name):
    telling = {"share-alike", "no-commercial", "no-derivative", "limited-use"}
    for licence in TABLE.classes[name].licences:
        assert set(REGISTER.licences[licence].obligations) & telling == EXPECTED_OF_CLASS[name], licence


def test_no_class_is_left_out_of_the_test_above():
    assert set(TABLE.classes) - set(EXPECTED_OF_CLASS) == {"limited-use"}
    for licence in TABLE.classes["limited-use"].licences:
        assert Obligation.LIMITED_USE in REGISTER.licences[licence].obligations


def test_every_row_has_an_id_of_its_own_and_a_source_to_be_looked_up():
    ids = [each.id for each in TABLE.rows]
    assert len(ids) == len(set(ids))
    for each in TABLE.rows:
        assert each.cited, each.id
        assert all(cited.title and cited.path for cited in each.cited), each.id


def test_what_nobody_is_sure_of_is_never_allowed_or_refused():
    for each in TABLE.rows:
        assert each.certainty is not Certainty.NEEDS_REVIEW or each.verdict is Verdict.NEEDS_REVIEW, each.id


def test_every_named_source_of_the_table_is_used():
    cited = {source for each in (*TABLE.rows, *TABLE.forms) for source in each.cited}
    assert set(TABLE.sources.values()) - cited == set()


def test_a_reason_is_a_phrase_in_lower_case_with_french_spaces():
    for each in TABLE.rows:
        for lang, text in each.why.items():
            assert not text.endswith("."), each.id
            assert "'" not in text, each.id
            assert lang == "en" or not re.search(" [;:?!»]|« ", text), each.id


def test_no_two_rows_that_name_a_pair_equally_exactly_say_different_things():
    for source, result in every_pair():
        for use in Use:
            rows = list(TABLE.matching(source, result, use, mixed=True))
            for mixed in (False, True):
                found = [each for each in rows if mixed or not each[-1].mixed]
                top = max(each[0] for each in found)
                said = {each[-1].verdict for each in found if each[0] == top}
                assert len(said) == 1, (source, result, use, mixed)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["it"])
def test_case_by_case(case):
    found = REASONER.derivation(sources(*case["from"]), case["to"], Use(case.get("use", "derived")))
    assert [each.row.id for each in found.steps] == case["rows"]
    assert found.verdict == case["verdict"]


def test_every_row_holds_in_a_case():
    assert {row for case in CASES for row in case["rows"]} == {each.id for each in TABLE.rows}


@pytest.mark.parametrize("use", Use)
def test_there_is_an_answer_for_every_pair_of_the_register(use):
    rows = {id(each) for each in TABLE.rows}
    assert all(id(TABLE.row(source, result, use)) in rows for source, result in every_pair())


def test_a_licence_that_lets_works_be_changed_lets_them_carry_itself():
    for licence in LICENCES:
        kind = TABLE.class_of.get(licence)
        expected = Verdict.REFUSED if kind in {"cc-by-nd", "cc-by-nc-nd"} else Verdict.ALLOWED
        assert TABLE.row(licence, licence, Use.DERIVED).verdict is (expected if kind else Verdict.NEEDS_REVIEW), licence


def test_whatever_may_be_passed_on_may_be_put_into_a_collection_under_its_own_licence():
    for licence in set(LICENCES) - UNREAD - {"CC-PDM-1.0"} - set(TABLE.classes["limited-use"].licences):
        assert TABLE.row(licence, licence, Use.COLLECTION).verdict is Verdict.ALLOWED, licence


@pytest.mark.parametrize("obligation", ["share-alike", "no-commercial", "no-derivative", "limited-use"])
def test_no_obligation_is_lost_in_what_is_derived(obligation):
    for source, result in every_pair():
        if TABLE.row(source, result, Use.DERIVED, mixed=True).verdict is Verdict.ALLOWED:
            asked, kept = REGISTER.licences[source].obligations, REGISTER.licences[result].obligations
            assert obligation not in asked or obligation in kept, (source, result)


def test_what_must_be_named_is_never_derived_into_what_asks_nothing():
    naming = {Obligation.ATTRIBUTION, Obligation.NOTICE}
    for source, result in every_pair():
        if TABLE.row(source, result, Use.DERIVED, mixed=True).verdict is Verdict.ALLOWED:
            asked, kept = REGISTER.licences[source].obligations, REGISTER.licences[result].obligations
            assert not naming & set(asked) or naming & set(kept), (source, result)


@pytest.mark.parametrize("use", Use)
def test_what_is_not_open_never_becomes_open(use):
    closed = {Obligation.NO_COMMERCIAL, Obligation.LIMITED_USE}
    closed |= set() if use is Use.COLLECTION else {Obligation.NO_DERIVATIVE}
    for licence in REGISTER.licences.values():
        if closed & set(licence.obligations):
            for result in REGISTER.policies["open-data"].accepts:
                assert TABLE.row(licence.id, result, use).verdict is not Verdict.ALLOWED, (licence.id, result)


def test_the_odbl_leaves_only_itself_for_a_derived_database():
    allowed = [each for each in LICENCES if verdict(["ODbL-1.0"], each) is not Verdict.REFUSED]
    assert allowed == ["ODbL-1.0"]


@pytest.mark.parametrize("use", Use)
def test_another_source_under_the_licence_of_the_result_only_ever_settles_a_doubt(use):
    for source, result in every_pair():
        alone, mixed = (TABLE.row(source, result, use, mixed=each).verdict for each in (False, True))
        assert alone is mixed or (alone, mixed) == (Verdict.NEEDS_REVIEW, Verdict.ALLOWED), (source, result)


LISTS = st.lists(st.sampled_from([*LICENCES, "cc-by", "nonsense"]), min_size=1, max_size=4)


@given_by(LISTS, st.sampled_from([*LICENCES, "cc-by", "nonsense"]), st.sampled_from(LICENCES), st.sampled_from(Use))
@settings(max_examples=400)
def test_one_source_more_never_turns_refused_into_anything_else(texts, more, result, use):
    before, after = (verdict(each, result, use) for each in (texts, [*texts, more]))
    assert before is not Verdict.REFUSED or after is Verdict.REFUSED
    assert after is not Verdict.ALLOWED or verdict([more], result, use) is not Verdict.REFUSED


@given_by(LISTS, st.sampled_from(LICENCES), st.sampled_from(Use))
@settings(max_examples=100)
def test_the_order_of_the_sources_does_not_matter(texts, result, use):
    found = [REASONER.derivation(sources(*each), result, use) for each in permutations(texts)]
    assert {(each.verdict, each.certainty, frozenset(map(str, each.steps))) for each in found} == {
        (found[0].verdict, found[0].certainty, frozenset(map(str, found[0].steps)))
    }


@given_by(LISTS, st.sampled_from(Use), st.sampled_from(sorted(REGISTER.policies)))
@settings(max_examples=60)
def test_a_choice_is_allowed_exactly_where_the_derivation_is(texts, use, policy):
    given_sources = sources(*texts)
    choices = REASONER.choices(given_sources, use, REGISTER.policy(policy))
    assert [each.verdict.weight for each in choices] == sorted(each.verdict.weight for each in choices)
    for each in choices:
        assert each == REASONER.derivation(given_sources, each.result, use)


def test_a_licence_that_is_not_known_needs_review_and_is_never_allowed():
    assert verdict(["nonsense"], "etalab-2.0") is Verdict.NEEDS_REVIEW
    assert verdict(["cc-by"], "etalab-2.0") is Verdict.NEEDS_REVIEW
    assert verdict(["nonsense", "ODbL-1.0"], "etalab-2.0") is Verdict.REFUSED


def test_one_of_several_licences_that_all_say_no_says_no():
    assert verdict(["cc-by-nc"], "etalab-2.0") is Verdict.REFUSED
    assert verdict(["MIT OR GPL-3.0-only"], "MIT") is Verdict.NEEDS_REVIEW


def test_no_source_is_no_permission():
    assert REASONER.derivation([], "CC0-1.0", Use.DERIVED).verdict is Verdict.NEEDS_REVIEW


def test_only_and_or_later_are_one_licence_beside_which_something_is_mixed():
    assert is_among("GPL-3.0-only", {"GPL-3.0-or-later"})
    assert not is_among("GPL-3.0-only", {"GPL-2.0-or-later", "LGPL-3.0-only", None})


def test_the_least_restrictive_licence_comes_first_and_what_is_replaced_is_left_out():
    found = REASONER.choices(sources("CC0-1.0"), Use.DERIVED, REGISTER.policy("open-data"))
    names = [each.result for each in found]
    assert names[:3] == ["CC0-1.0", "PDDL-1.0", "etalab-2.0"]
    assert names.index("CC-BY-4.0") < names.index("ODbL-1.0") < names.index("CC-BY-SA-4.0") < names.index("OGL-UK-3.0")
    assert not {"LicenseRef-LO-1.0", "CC-BY-3.0", "OGL-UK-2.0"} & set(names)


def test_a_licence_of_a_source_is_named_even_where_it_is_replaced_or_of_another_government():
    found = REASONER.choices(sources("OGL-UK-2.0"), Use.DERIVED, REGISTER.policy("open-data"))
    assert [each.result for each in found if each.verdict is Verdict.ALLOWED][:2] == ["OGL-UK-2.0", "etalab-2.0"]


def test_a_collection_had_best_carry_the_licence_of_a_part():
    found = REASONER.choices(sources("ODbL-1.0", "etalab-2.0"), Use.COLLECTION, REGISTER.policy("open-data"))
    assert [each.result for each in found[:3]] == ["etalab-2.0", "ODbL-1.0", "PDDL-1.0"]


def test_which_sources_leave_no_licence_together():
    both = sources("ODbL-1.0", "CC-BY-SA-4.0", "CC0-1.0")
    choices = REASONER.choices(both, Use.DERIVED, REGISTER.policy("open-data"))
    assert [[each.text for each in pair] for pair in conflicts(both, choices)] == [["ODbL-1.0", "CC-BY-SA-4.0"]]
    alone = sources("CC-BY-ND-4.0", "CC0-1.0")
    choices = REASONER.choices(alone, Use.DERIVED, REGISTER.policy("open-data"))
    assert [[each.text for each in pair] for pair in conflicts(alone, choices)] == [["CC-BY-ND-4.0"]]


def test_the_policy_is_of_what_all_sources_are_made_for():
    policies = {texts: advised(sources(*texts), Use.DERIVED, REASONER).policy.id for texts in (
        ("ODbL-1.0",), ("CC-BY-4.0", "LAL-1.3"), ("MIT",), ("CERN-OHL-S-2.0",), ("MIT", "ODbL-1.0"), ("nonsense",)
    )}  # fmt: skip
    assert list(policies.values()) == [
        "open-data", "open-content", "free-software", "open-hardware", "open-data", "open-data"
    ]  # fmt: skip


def duties(text, result, use=Use.DERIVED):
    return [str(each) for each in REASONER.derivation(sources(text), result, use).steps[0].duties]


def test_what_the_licence_asks_remains():
    assert duties("etalab-2.0", "ODbL-1.0") == ["attribution"]
    assert duties("ODbL-1.0", "ODbL-1.0") == ["attribution", "notice", "share-alike", "no-restriction"]
    assert duties("CC0-1.0", "etalab-2.0") == []


def test_a_produced_work_is_free_but_for_the_notice_and_the_changed_database():
    assert duties("ODbL-1.0", "etalab-2.0", Use.PRODUCED) == ["attribution", "notice", "offer-database"]


def test_a_part_of_a_collection_keeps_its_licence():
    assert duties("ODbL-1.0", "etalab-2.0", Use.COLLECTION)[-1] == "keep-licence"


@given_by(st.sampled_from(LICENCES), st.sampled_from(LICENCES))
@settings(max_examples=300)
def test_the_attribution_of_every_source_remains(source, result):
    for use in Use:
        asked = {Obligation.ATTRIBUTION, Obligation.NOTICE} & set(REGISTER.licences[source].obligations)
        row = TABLE.row(source, result, use)
        assert not asked & set(row.lifts) or row.id == "font-used"


FULL = {
    "title": "Arbres",
    "path": "https://data.example/arbres",
    "producer": "Ville de Brest",
    "modified": "2026-01-31",
}
LINES = {
    "etalab-2.0": (
        "Ville de Brest, “Arbres”, original data from https://data.example/arbres, updated on 2026-01-31, "
        "Open Licence 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence)",
        "Ville de Brest, «\u00a0Arbres\u00a0», données originales téléchargées sur https://data.example/arbres, "
        "mise à jour du 2026-01-31, Licence Ouverte 2.0 (https://www.etalab.gouv.fr/licence-ouverte-open-licence)",
    ),
    "ODbL-1.0": (
        "contains information from “Arbres” (https://data.example/arbres), by Ville de Brest, made available under the "
        "Open Data Commons Open Database License 1.0 (https://opendatacommons.org/licenses/odbl/)",
        "contient des informations de «\u00a0Arbres\u00a0» (https://data.example/arbres), par Ville de Brest, mises à "
        "disposition sous Licence Open Database (ODbL) 1.0 (https://opendatacommons.org/licenses/odbl/)",
    ),
    "CC-BY-4.0": (
        "“Arbres” by Ville de Brest (https://data.example/arbres), licensed under Creative Commons Attribution 4.0 "
        "International (https://creativecommons.org/licenses/by/4.0/); changes were made",
        "«\u00a0Arbres\u00a0» par Ville de Brest (https://data.example/arbres), sous licence Creative Commons "
        "Attribution 4.0 International (https://creativecommons.org/licenses/by/4.0/)\u00a0; "
        "des modifications ont été apportées",
    ),
    "OGL-UK-3.0": (
        "Ville de Brest, “Arbres” (https://data.example/arbres): contains public sector information licensed under the "
        "Open Government Licence 3.0 (United Kingdom) "
        "(https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)",
        None,
    ),
    "DL-DE-BY-2.0": (
        "Ville de Brest, “Arbres” (https://data.example/arbres), Data licence Germany – attribution – version 2.0 "
        "(https://www.govdata.de/dl-de/by-2-0); the data have been changed",
        None,
    ),
    "CC0-1.0": None,
}


def lines(mention, use=Use.DERIVED):
    found = list(attributions([mention], "ODbL-1.0", use, REASONER))
    return found[0] if found else None


@pytest.mark.parametrize("licence", LINES)
def test_each_licence_has_its_source_named_in_its_own_way(licence):
    found = lines(Mention(licence=licence, **FULL))
    if LINES[licence] is None:
        assert found is None
        return
    english, french = LINES[licence]
    names = {"OGL-UK-3.0", "DL-DE-BY-2.0"}
    if licence in names:
        english = english.replace(english_name(licence, english), REGISTER.licences[licence].name["en"])
    assert found.text["en"] == english
    assert french is None or found.text["fr"] == french
    assert found.missing == ()


def english_name(licence, line):
    """The name of a licence in an expected line; the register may call it otherwise."""
    marks = {"OGL-UK-3.0": ("under the ", " (https://www.nat"), "DL-DE-BY-2.0": ("arbres), ", " (https://www.gov")}
    start, end = marks[licence]
    return line.split(start, 1)[1].split(end, 1)[0]


def test_what_a_source_does_not_tell_stands_in_brackets():
    found = lines(Mention(licence="etalab-2.0", title="Arbres"))
    assert found.missing == ("path", "producer", "modified")
    assert found.text["fr"].startswith(
        "[nom du producteur], «\u00a0Arbres\u00a0», données originales téléchargées sur [adresse]"
    )
    assert "updated on [date of the last update]" in found.text["en"]


def test_changes_are_told_of_what_is_derived_only():
    mention = Mention(licence="CC-BY-4.0", **FULL)
    assert lines(mention, Use.DERIVED).text["en"].endswith("changes were made")
    assert lines(mention, Use.PRODUCED).text["en"].endswith("by/4.0/)")


def test_a_hostile_title_stays_one_line_and_fills_nothing():
    found = lines(Mention(licence="etalab-2.0", title="{path}\n\x1b[31m" + "x" * 5000, producer="{}", modified="%s"))
    assert "\n" not in found.text["en"] and "\x1b" not in found.text["en"]
    assert "{path}" in found.text["en"] and len(found.text["en"]) < 1000


def test_no_line_is_made_where_the_result_is_refused():
    assert list(attributions([Mention(licence="ODbL-1.0")], "CC0-1.0", Use.DERIVED, REASONER)) == []


@pytest.mark.parametrize("licence", LICENCES)
def test_every_licence_that_asks_for_a_name_gets_a_line_in_both_languages(licence):
    row = TABLE.row(licence, licence, Use.COLLECTION)
    asks = {Obligation.ATTRIBUTION, Obligation.NOTICE} & set(REGISTER.licences[licence].obligations)
    found = list(attributions([Mention(licence=licence, **FULL)], licence, Use.COLLECTION, REASONER))
    assert bool(found) == bool(asks and row.verdict is not Verdict.REFUSED)
    assert all(set(each.text) == set(LANGUAGES) and "Arbres" in each.text["fr"] for each in found)


@pytest.mark.parametrize(
    ("source", "producer"),
    [
        ({"contributors": [{"title": "A", "roles": ["publisher"]}, {"title": "B"}]}, "A"),
        ({"contributors": [{"title": "B", "role": "author"}, {"title": "C", "role": "wrangler"}]}, "B"),
        ({"contributors": [{"title": "B"}, {"title": "C"}]}, "B, C"),
        ({"producer": "P", "contributors": [{"title": "B"}]}, "P"),
        ({"contributors": [{"organization": "O"}]}, "O"),
        ({"contributors": "nobody"}, None),
        ({"contributors": [1, {}, {"title": 3}, {"roles": "publisher"}]}, None),
        ({"producer": " "}, None),
    ],
)
def test_who_made_a_source_is_read_from_its_descriptor(source, producer):
    assert mention_of(source, "MIT").producer == producer


def test_what_a_source_tells_is_read_from_its_descriptor():
    found = mention_of({"title": " Arbres ", "path": "https://x", "updated": "2026-01-31", "modified": 3}, "MIT")
    assert found == Mention(licence="MIT", title="Arbres", path="https://x", modified="2026-01-31")


def told(licences, *given_sources, use=Use.DERIVED):
    return [
        (each.fault.rule, each.fault.cause, each.pointer) for each in reasoned(licences, given_sources, use, REASONER)
    ]


OSM = {"title": "OpenStreetMap", "path": "https://www.openstreetmap.org", "licenses": [{"name": "ODbL-1.0"}]}
CITY = {"title": "Arbres", "license": "lov2", "producer": "Ville de Brest", "modified": "2026-01-31"}


def test_a_package_may_not_carry_what_a_source_refuses():
    assert told([{"name": "CC0-1.0"}], OSM, CITY) == [
        ("source-licence-incompatible", None, "/sources/0"),
        ("source-licence-incompatible", None, "/sources/1"),
    ]
    assert told([{"name": "ODbL-1.0"}], OSM, CITY) == []
    assert told([{"name": "etalab-2.0"}], OSM, CITY, use=Use.PRODUCED) == []
    assert told([{"name": "etalab-2.0"}], OSM, CITY, use=Use.COLLECTION) == []


def test_a_doubt_is_another_finding_than_a_refusal():
    assert told("ODbL-1.0", {"title": "x", "license": "CC-BY-4.0"}) == [("source-licence-unclear", None, "/sources/0")]
    assert told("ODbL-1.0", {"license": "cc-by"}) == [("source-licence-unclear", "not-known", "/sources/0")]


def test_the_finding_names_the_source_and_both_licences():
    found = reasoned("CC0-1.0", [OSM], Use.DERIVED, REASONER, "/resources/0/sources")[0]
    assert found.pointer == "/resources/0/sources/0"
    details = dict(found.fault.details)
    assert details == {"source": "OpenStreetMap", "licence": "ODbL-1.0", "result": "CC0-1.0", "made": "derived"}
    words = rule(found.fault.rule).text("message", None, details, "fr")
    assert words == (
        "la source «\u00a0OpenStreetMap\u00a0» est sous ODbL-1.0, "
        "qui ne permet pas de publier ce qui en dérive sous CC0-1.0"
    )


def test_whoever_uses_a_source_under_two_licences_may_choose():
    both = {"title": "x", "licenses": [{"name": "ODbL-1.0"}, {"name": "etalab-2.0"}]}
    assert told("CC-BY-4.0", both) == []


def test_a_package_under_two_licences_must_be_let_carry_both():
    found = reasoned([{"name": "ODbL-1.0"}, {"name": "etalab-2.0"}], [OSM], Use.DERIVED, REASONER)
    assert [dict(each.fault.details)["result"] for each in found] == ["etalab-2.0"]


def test_sources_and_packages_that_name_no_licence_are_passed_over():
    assert told("CC0-1.0", {"title": "x"}, {"licenses": []}, {"license": ""}) == []
    assert told(None, OSM) == []
    assert told("nonsense", OSM) == []


@pytest.mark.parametrize("rubbish", [3, {}, [[]], {"name": 3}, [None], "x" * 10_000, [{"name": ["MIT"]}]])
def test_rubbish_in_a_descriptor_is_unclear_and_never_raises(rubbish):
    assert set(told("CC0-1.0", {"licenses": rubbish})) <= {("source-licence-unclear", "not-known", "/sources/0")}
    assert told(rubbish, OSM) == []


def test_the_lines_of_a_package_are_those_of_its_sources():
    found = list(lines_for([{"name": "ODbL-1.0"}], [OSM, CITY, {"title": "x"}], Use.DERIVED, REASONER))
    assert [(each.licence, each.missing) for each in found] == [("ODbL-1.0", ("producer",)), ("etalab-2.0", ("path",))]


QUESTIONS = [
    (["data from ODbL-1.0 + etalab-2.0"], ["ODbL-1.0", "etalab-2.0"], None),
    (["données de ODbL et de LO v2"], ["ODbL-1.0", "etalab-2.0"], None),
    (["Données d’ODbL, lov2 et CC0"], ["ODbL-1.0", "etalab-2.0", "CC0-1.0"], None),
    (["des données sous licence ouverte 2.0"], ["etalab-2.0"], None),
    (["data from ODbL+lov2"], ["ODbL-1.0", "etalab-2.0"], None),
    (["data from A + B → ?"], [None, None], None),
    (["ODbL-1.0 -> CC0"], ["ODbL-1.0"], "CC0-1.0"),
    (["ODbL-1.0", "etalab-2.0"], ["ODbL-1.0", "etalab-2.0"], None),
    (["content from CC BY 4.0, CC BY-SA 4.0 and CC0"], ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"], None),
    (["GPL-2.0+ + MIT"], ["GPL-2.0-or-later", "MIT"], None),
    (["MIT and Apache-2.0"], ["MIT", "Apache-2.0"], None),
    (["MIT OR Apache-2.0"], [None], None),
    (["Open Data Commons Public Domain Dedication and License 1.0 and CC BY 4.0"], ["PDDL-1.0", "CC-BY-4.0"], None),
    (["data from https://creativecommons.org/licenses/by/4.0/ & `ODbL-1.0`"], ["CC-BY-4.0", "ODbL-1.0"], None),
    (["« ODbL » et « Licence Ouverte »"], ["ODbL-1.0", None], None),
    (["ODbL-1.0 + ODbL-1.0"], ["ODbL-1.0"], None),
    (["data from"], [], None),
    ([" + , et "], [], None),
]


@pytest.mark.parametrize(("texts", "licences", "result"), QUESTIONS, ids=lambda each: str(each)[:60])
def test_what_is_asked_in_words(texts, licences, result):
    found = question(texts, REGISTER)
    assert [each.answer.id for each in found.sources] == licences
    assert (found.result.answer.id if found.result else None) == result


@given_by(
    st.lists(st.sampled_from(LICENCES), min_size=1, max_size=5, unique=True),
    st.sampled_from([" + ", ", ", " and ", " et "]),
)
@settings(max_examples=300)
def test_ids_joined_by_any_separator_are_found_again(licences, separator):
    found = question([f"data from {separator.join(licences)}"], REGISTER)
    assert [each.answer.id for each in found.sources] == licences


@given_by(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_a_question_and_has_an_answer(text):
    found = question([text], REGISTER)
    if found.sources:
        for lang in LANGUAGES:
            assert showing.text(advised(found.sources, Use.DERIVED, REASONER, found.result), REGISTER, lang)


def test_a_question_names_so_many_licences_and_no_more():
    assert len(question([", ".join(f"x{each}" for each in range(1000))], REGISTER).sources) == MOST


OWN = """
sources:
  brest: {title: Licence de Brest, path: "https://data.brest.example/licence"}
classes:
  attribution: {licences: [LicenseRef-Brest]}
rows:
  - id: brest-into-odbl
    from: [LicenseRef-Brest]
    to: [odbl]
    use: [derived]
    verdict: allowed
    certainty: stated-by-licence
    why: {en: its article 3 says so, fr: son article 3 le dit}
    sources: [brest]
attributions:
  - for: [LicenseRef-Brest]
    text: {en: "{producer} (Brest)", fr: "{producer} (Brest)"}
    sources: [brest]
"""


def own(folder, text):
    (folder / "licence-compatibility.yaml").write_text(text, encoding="utf-8")
    return Table.of(Catalogue.of(folder))


def test_a_city_adds_licences_to_classes_rows_and_forms(tmp_path):
    table = own(tmp_path, OWN)
    assert table.row("LicenseRef-Brest", "ODbL-1.0", Use.DERIVED).id == "brest-into-odbl"
    assert table.row("LicenseRef-Brest", "CC-BY-4.0", Use.DERIVED).id == "attribution-kept"
    assert table.form("LicenseRef-Brest").text["fr"] == "{producer} (Brest)"
    assert table.row("ODbL-1.0", "CC0-1.0", Use.DERIVED).id == "odbl-derived"


def test_a_licence_that_only_a_city_knows_needs_review_until_a_row_speaks_of_it():
    assert TABLE.row("LicenseRef-Brest", "ODbL-1.0", Use.DERIVED).id == "not-in-the-table"
    assert TABLE.row("LicenseRef-Brest", "LicenseRef-Brest", Use.DERIVED).verdict is Verdict.NEEDS_REVIEW
    assert TABLE.row("ODbL-1.0", "LicenseRef-Brest", Use.DERIVED).verdict is Verdict.REFUSED


@pytest.mark.parametrize(
    ("before", "after", "kind", "line"),
    [
        ("id: brest-into-odbl", "id: odbl-derived", "compatibility-row-taken", 7),
        ("LicenseRef-Brest]}", "ODbL-1.0]}", "compatibility-two-classes", 5),
        ("to: [odbl]", "to: [odbls]", "compatibility-unknown-name", 9),
        ("sources: [brest]\nattr", "sources: [paris]\nattr", "compatibility-unknown-name", 14),
        ("verdict: allowed", "verdict: maybe", "form-not-listed", 11),
        ("    sources: [brest]\nattr", "attr", "form-missing-key", 7),
    ],
)
def test_a_table_that_cannot_be_used_is_told_with_its_line(tmp_path, before, after, kind, line):
    assert before in OWN
    with pytest.raises(UnusableFile) as raised:
        own(tmp_path, OWN.replace(before, after, 1))
    assert raised.value.kind == kind
    assert raised.value.where.endswith(f"licence-compatibility.yaml:{line}")


ANSWER = (ROOT / "tests/cases/licences/answer.fr.txt").read_text(encoding="utf-8")


def test_for_tells_all_of_it(beffroi):
    process = beffroi("licence", "for", "données de odbl et lov2", "--policy", "open-data-fr", "--lang", "fr")
    assert process.stdout == ANSWER
    assert (process.returncode, process.stderr) == (0, "")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["data from ODbL-1.0 + etalab-2.0"], 0),
        (["ODbL-1.0", "--output-licence", "CC0-1.0"], 1),
        (["ODbL-1.0 -> CC0-1.0"], 1),
        (["ODbL-1.0", "--output-licence", "ODbL-1.0"], 0),
        (["CC-BY-4.0", "--output-licence", "ODbL-1.0"], 3),
        (["etalab-2.0", "--output-licence", "CC-BY-4.0"], 0),
        (["etalab-2.0", "--output-licence", "CC-BY-4.0", "--policy", "open-data-fr"], 1),
        (["etalab-2.0", "--output-licence", "nonsense"], 3),
        (["etalab-2.0", "--output-licence", ""], 3),
        (["nonsense"], 3),
        (["nonsense + ODbL-1.0"], 3),
        (["nonsense + ODbL-1.0 -> CC0-1.0"], 1),
        (["cc-by"], 3),
        (["ODbL-1.0 + CC-BY-SA-4.0"], 0),
        (["ODbL-1.0 + CC-BY-SA-4.0", "--use", "produced"], 0),
        (["ODbL-1.0 + CC-BY-SA-4.0", "--use", "collection"], 0),
    ],
)
def test_for_ends_as_the_answer_is(beffroi, arguments, code, form):
    assert beffroi("licence", "for", *arguments, "--format", form).returncode == code


@pytest.mark.parametrize("arguments", [["data from"], [""], [], ["MIT", "--policy", "nonsense"], ["MIT", "--use", "x"]])
def test_for_is_used_wrongly(beffroi, arguments):
    process = beffroi("licence", "for", *arguments)
    assert process.returncode == 2
    assert process.stdout == ""
    assert process.stderr


def test_for_answers_programs(beffroi):
    process = beffroi("licence", "for", "data from ODbL-1.0 + lov2", "-f", "json", "--policy", "open-data-fr")
    found = json.loads(process.stdout)
    assert {key: found[key] for key in ("use", "policy", "verdict", "sure", "best", "leaves", "conflicts")} == {
        "use": "derived",
        "policy": "open-data-fr",
        "verdict": "allowed",
        "sure": True,
        "best": "ODbL-1.0",
        "leaves": {"ODbL-1.0": ["ODbL-1.0"], "etalab-2.0": ["ODbL-1.0", "etalab-2.0"]},
        "conflicts": [],
    }
    assert [(each["id"], each["verdict"], each["certainty"]) for each in found["licences"]] == [
        ("ODbL-1.0", "allowed", "stated-by-licence"),
        ("etalab-2.0", "refused", "stated-by-licence"),
    ]
    step = found["licences"][1]["steps"][0]
    assert (step["source"], step["row"], step["sources"][0]["path"]) == (
        "ODbL-1.0", "odbl-derived", "https://opendatacommons.org/licenses/odbl/1-0/"
    )  # fmt: skip
    assert [each["licence"] for each in found["attribution"]] == ["ODbL-1.0", "etalab-2.0"]
    assert "legal advice" in found["notice"]


def test_for_names_what_is_allowed_instead(beffroi):
    shown = beffroi("licence", "for", "ODbL-1.0 -> CC0").stdout
    assert "Refused: a derived database" in shown
    assert "Within the policy open-data, these are allowed:\n  • ODbL-1.0" in shown
    assert "Lines to print" not in shown


def test_for_says_why_a_policy_does_not_accept_a_licence(beffroi):
    process = beffroi("licence", "for", "CC0 -> CC-BY-4.0", "--policy", "open-data-fr", "--lang", "fr")
    assert process.stdout.splitlines()[4].startswith(
        "Refusé\u00a0: la politique open-data-fr n’accepte pas CC-BY-4.0 ("
    )


def test_for_speaks_of_works_where_software_is_asked_about(beffroi):
    shown = beffroi("licence", "for", "MIT + GPL-3.0-or-later").stdout
    assert "Within the policy free-software, a derived work (changed, mixed or joined with others)" in shown


def test_for_uses_the_table_of_a_city(beffroi, tmp_path):
    (tmp_path / "licences.yaml").write_text(
        "licences:\n  LicenseRef-Brest:\n    name: {en: Brest, fr: Brest}\n    domain: [data]\n"
        "    obligations: [attribution]\n",
        encoding="utf-8",
    )
    asked = ["licence", "for", "LicenseRef-Brest -> ODbL-1.0", "--catalogue", tmp_path]
    assert beffroi(*asked).returncode == 3
    (tmp_path / "licence-compatibility.yaml").write_text(OWN, encoding="utf-8")
    process = beffroi(*asked)
    assert process.returncode == 0
    assert "its article 3 says so (the licence says so [1])" in process.stdout
    assert "[name of the producer] (Brest)" in process.stdout


def test_compare_tells_what_each_asks_and_what_may_go_into_what(beffroi):
    process = beffroi("licence", "compare", "odbl", "lov2")
    assert process.returncode == 0
    for told_there in (
        "ODbL-1.0 — Open Data Commons Open Database License 1.0\netalab-2.0 — Open Licence 2.0\n",
        "Both ask: name the author or the source\n",
        "ODbL-1.0 is the stricter one: it asks all that etalab-2.0 asks, and more.\n",
        "What is under ODbL-1.0, published under etalab-2.0:\n"
        "  • a derived database (data changed, mixed or joined): refused: ",
        "What is under etalab-2.0, published under ODbL-1.0:\n"
        "  • a derived database (data changed, mixed or joined): allowed: ",
        "What is derived from both may carry: ODbL-1.0\n",
        "This is information, and no legal advice.\n",
    ):
        assert told_there in process.stdout


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(
    ("pair", "code"),
    [
        (("ODbL-1.0", "etalab-2.0"), 0),
        (("ODbL-1.0", "ODbL-1.0"), 0),
        (("CC-BY-4.0", "ODbL-1.0"), 3),
        (("cc-by", "ODbL-1.0"), 3),
        (("nonsense", ""), 3),
    ],
)
def test_compare_ends_as_the_answer_is(beffroi, pair, code, form):
    assert beffroi("licence", "compare", *pair, "--format", form).returncode == code


def test_compare_names_what_a_mix_may_carry_after_review(beffroi):
    shown = beffroi("licence", "compare", "CC-BY-4.0", "ODbL-1.0").stdout
    assert "No licence is known that what is derived from both may carry.\nTo be reviewed: ODbL-1.0\n" in shown


def test_compare_names_the_candidates_of_what_is_not_known(beffroi):
    process = beffroi("licence", "compare", "nlod", "ODbL-1.0", "--lang", "fr")
    assert process.stdout.startswith("ambigu\u00a0: «\u00a0nlod\u00a0» ne dit pas quelle version\n")
    assert process.stdout.endswith(
        "Deux licences doivent être connues pour être comparées.\n\n"
        "Ceci est une information, non un conseil juridique.\n"
    )
    assert json.loads(beffroi("licence", "compare", "nlod", "ODbL-1.0", "-f", "json").stdout)["first"]["id"] is None


@pytest.mark.parametrize(
    ("first", "second", "stricter"),
    [
        ("ODbL-1.0", "etalab-2.0", "first"),
        ("CC0-1.0", "MIT", "second"),
        ("CC-BY-NC-4.0", "CC-BY-SA-4.0", "neither"),
        ("CC-BY-3.0", "CC-BY-4.0", "same"),
        ("MIT", "MIT", "same"),
    ],
)
def test_which_licence_is_stricter(first, second, stricter):
    found = compared(*sources(first, second), REASONER, REGISTER.policy("open-data"))
    assert found.stricter == stricter
    assert {*found.both, *found.only_first} == set(found.first.obligations)
    assert {*found.both, *found.only_second} == set(found.second.obligations)


def test_compare_is_the_same_both_ways():
    for first, second in (("ODbL-1.0", "CC-BY-4.0"), ("EUPL-1.2", "GPL-3.0-only")):
        there, back = (compared(*each, REASONER, REGISTER.policy("open-data")) for each in (
            sources(first, second), sources(second, first)
        ))  # fmt: skip
        assert (there.into, there.back) == (back.back, back.into)
        assert {each.result for each in there.together} == {each.result for each in back.together}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("use", Use)
def test_every_row_can_be_told(use, lang):
    for case in CASES:
        advice = advised(sources(*case["from"]), use, REASONER, given(case["to"], REGISTER))
        assert (
            Domain.DATA in advice.policy.domains
            or use is not Use.DERIVED
            or "database" not in showing.text(advice, REGISTER, lang).split("\n\n")[1]
        )
        json.dumps(showing.values(advice, REGISTER, lang))
