"""The register of licences, and which licence is meant by what people write."""

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi.catalogue import Catalogue
from beffroi.catalogue.definitions import bundled_root, errors_of_form
from beffroi.documents import read_document
from beffroi.errors import UnusableFile
from beffroi.licences.expressions import expression_in
from beffroi.licences.folding import dresses, folded, is_address
from beffroi.licences.normalising import each_normalised, normalised
from beffroi.licences.register import Register, UnknownPolicy, names_of
from beffroi.model.licences import Domain, Obligation, Outcome
from beffroi.settings import LANGUAGES
from beffroi.showing import licences as showing
from beffroi.showing import reasons
from beffroi.showing.words import table
from conftest import CORPUS, ROOT

REGISTER = Register.bundled()
FILE = bundled_root() / "standards/licences.yaml"
CASES = yaml.safe_load((ROOT / "tests/cases/licences/spellings.yaml").read_text(encoding="utf-8"))
KNOWN = [(text, licence) for licence, texts in CASES["known"].items() for text in texts]
AMBIGUOUS = [(text, kind, among) for kind, texts in CASES["ambiguous"].items() for text, among in texts.items()]
UNKNOWN = [(text, kind, near) for kind, texts in CASES["unknown"].items() for text, near in texts.items()]
SPDX = CORPUS / "fsfe+reuse-tool/src/reuse/resources/licenses.json"
OKFN = CORPUS / "okfn+licenses/licenses.csv"
SEPARATORS = " \t-_,;:!/·’–"
CITY = """
licences:
  LicenseRef-Brest-1.0:
    name: {en: Licence of Brest, fr: Licence de Brest}
    domain: [data]
    aliases: [brest-data]
    urls: [https://data.brest.example/licence]
    obligations: [attribution]
aliases:
  ODbL-1.0: [licence du SIG]
families:
  brest: {members: [LicenseRef-Brest-1.0, ODbL-1.0]}
  licence-ouverte: {aliases: [licence des données de Brest]}
notLicences:
  ask-us: {reason: {en: it says to ask, fr: cela dit de demander}, aliases: [nous consulter]}
policies:
  open-data: {title: {en: Open data, fr: Données ouvertes}, extends: open-data, accepts: [LicenseRef-Brest-1.0]}
  brest:
    title: {en: Rule of Brest, fr: Règle de Brest}
    extends: open-data-fr
    refuses: {ODbL-1.0: {en: the council decided so, fr: le conseil en a décidé ainsi}}
"""


@pytest.fixture
def city(tmp_path):
    """Write the register of a city's own catalogue, and give back the catalogue."""

    def write(text, folder="city"):
        root = tmp_path / folder
        root.mkdir(exist_ok=True)
        (root / "licences.yaml").write_text(text, encoding="utf-8")
        return Catalogue.of(root)

    return write


# What people write


def test_there_are_many_spellings():
    assert len(KNOWN) + len(AMBIGUOUS) + len(UNKNOWN) >= 500


@pytest.mark.parametrize(("text", "licence"), KNOWN)
def test_a_spelling_is_known(text, licence):
    assert normalised(text, REGISTER).id == licence


@pytest.mark.parametrize(("text", "kind", "among"), AMBIGUOUS)
def test_a_spelling_leaves_open_which_licence_is_meant(text, kind, among):
    answer = normalised(text, REGISTER)
    assert (answer.id, answer.outcome, answer.because.rule) == (None, Outcome.AMBIGUOUS, kind)
    assert set(among) <= set(answer.candidates)


@pytest.mark.parametrize(("text", "kind", "near"), UNKNOWN)
def test_a_spelling_is_honestly_unknown(text, kind, near):
    answer = normalised(text, REGISTER)
    assert (answer.id, answer.outcome, answer.because.rule) == (None, Outcome.UNKNOWN, kind)
    assert (list(answer.candidates), answer.possible) == (near, ())


@pytest.mark.parametrize("case", CASES["entries"], ids=lambda case: str(case["given"])[:80])
def test_an_entry_of_a_descriptor_is_read_as_a_whole(case):
    answer = normalised(case["given"], REGISTER)
    assert answer.id == case.get("id")
    if "because" in case:
        assert answer.because.rule == case["because"]
    if "candidates" in case:
        assert list(answer.candidates) == case["candidates"]


def test_each_licence_of_a_list_has_its_own_answer():
    answers = each_normalised([{"name": "lov2"}, "cc-by", None, ["MIT"]], REGISTER)
    assert [each.outcome for each in answers] == ["known", "ambiguous", "unknown", "known"]
    assert [each.id for each in each_normalised("lov2", REGISTER)] == ["etalab-2.0"]
    assert each_normalised([], REGISTER) == ()


@pytest.mark.parametrize("licence", REGISTER.licences)
def test_an_id_is_known_in_any_capitals_and_in_its_directories(licence):
    urls = [] if licence.startswith("LicenseRef-") else [f"https://spdx.org/licenses/{licence}.html"]
    for text in (licence, licence.lower(), licence.upper(), licence.swapcase(), f" {licence}\n", *urls):
        assert normalised(text, REGISTER).id == licence


@pytest.mark.parametrize("licence", REGISTER.licences.values(), ids=lambda each: each.id)
def test_every_name_and_address_of_a_licence_leads_to_it_and_stays_there(licence):
    for text in (*names_of(licence), *licence.urls):
        found = normalised(text, REGISTER)
        assert (found.id, normalised(found.id, REGISTER).id) == (licence.id, licence.id), text


@pytest.mark.parametrize("family", REGISTER.families.values(), ids=lambda each: each.id)
def test_every_name_and_address_of_a_family_is_ambiguous_among_its_members(family):
    for text in (*names_of(family), *family.urls):
        found = normalised(text, REGISTER)
        assert (found.outcome, found.candidates) == (Outcome.AMBIGUOUS, family.members), text


@pytest.mark.parametrize("other", REGISTER.not_licences.values(), ids=lambda each: each.id)
def test_what_is_no_licence_says_why(other):
    for text in (*names_of(other), *other.urls):
        found = normalised(text, REGISTER)
        assert (found.outcome, found.because.rule) == (Outcome.UNKNOWN, "not-a-licence"), text


def test_no_name_and_no_address_means_two_things():
    owners = {}
    for each in REGISTER.meanings:
        for key in {*map(folded, names_of(each)), *(key for url in each.urls for key in dresses(url))}:
            owners.setdefault(key, set()).add((type(each).__name__, each.id))
    shared = {key: ids for key, ids in owners.items() if len(ids) > 1}
    assert set(shared) <= {"opendata.swiss/terms-of-use"}, "a page whose parts are several licences"
    assert "" not in owners


def test_a_bare_major_version_is_no_guess_between_minor_ones():
    for licence in REGISTER.licences:
        stem, found, rest = licence.partition(".0")
        minors = [
            each for each in REGISTER.licences if re.fullmatch(rf"{re.escape(stem)}\.[1-9]\d*{re.escape(rest)}", each)
        ]
        if found and minors:
            answer = normalised(stem + rest, REGISTER)
            assert answer.id is None, licence
            assert {licence, *minors} <= set(answer.candidates), licence


def noisy(draw, text):
    """A name with other separators where it has some, and more of them at its ends."""
    noise = st.text(SEPARATORS, min_size=1, max_size=3)
    kept = [
        draw(noise) if re.fullmatch(r"[\s_,;:!/·’–-]", sign) and not (before.isdigit() and after.isdigit()) else sign
        for before, sign, after in zip(" " + text, text, text[1:] + " ", strict=False)
    ]
    return draw(noise) + "".join(kept) + draw(noise)


@settings(max_examples=500)
@given(st.data())
def test_other_separators_and_capitals_change_no_answer(data):
    name = data.draw(st.sampled_from(sorted(REGISTER.by_name)))
    meaning = REGISTER.by_name[name]
    spelt = data.draw(
        st.sampled_from([each for each in names_of(meaning) if not re.search(r"[.(&©]| - ", each)] or [meaning.id])
    )
    text = noisy(data.draw, spelt)
    changed = data.draw(st.sampled_from([text, text.upper(), text.title()]))
    assert replace(normalised(changed, REGISTER), because=None) == replace(normalised(spelt, REGISTER), because=None)


@given(st.one_of(st.text(max_size=80), st.text("cbyodl0123.-_/ +()ANDORWITH:#?[]", max_size=60)))
def test_any_text_has_an_answer(text):
    answer = normalised(text, REGISTER)
    assert {*answer.candidates, *answer.possible} <= set(REGISTER.licences)
    assert reasons.lines(answer, REGISTER, "fr")
    if answer.id:
        assert normalised(answer.id, REGISTER).id == answer.id


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "path", "title", "id", "url", "x"]), inner, max_size=4)
        ),
        max_leaves=9,
    )
)
def test_anything_at_all_has_an_answer(value):
    answer = normalised(value, REGISTER)
    assert json.dumps(reasons.values(answer, REGISTER, "en"))
    for each in each_normalised(value, REGISTER):
        assert each.because.rule in reasons.REASONS


@given(
    st.sampled_from([text for text, licence in KNOWN if licence == "ODbL-1.0"]),
    st.text(max_size=9),
    st.text(max_size=9),
)
def test_odbl_never_becomes_the_licence_ouverte(text, before, behind):
    found = normalised(before + text + behind, REGISTER).id
    assert found not in {"etalab-2.0", "LicenseRef-LO-1.0"} or "etalab" in text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 400 + "MIT",
        "MIT OR " * 70 + "MIT",
        "a and " * 80 + "b",
        "x" * 100_000,
        "(MIT or X) and " * 30 + "Y",
        "https://" + "a/" * 200,
    ],
)
def test_hostile_texts_take_no_time(text):
    assert normalised(text, REGISTER).outcome in Outcome


# Against the lists of others


def spdx():
    """The licences of the SPDX list, where the corpus is present."""
    return json.loads(SPDX.read_text(encoding="utf-8"))["licenses"] if SPDX.is_file() else []


def test_every_spdx_id_is_known_or_honestly_unknown(corpus):
    for each in spdx():
        licence, answer = each["licenseId"], normalised(each["licenseId"], REGISTER)
        if licence in REGISTER.licences:
            assert (answer.id, each["isDeprecatedLicenseId"]) == (licence, False)
        elif each["isDeprecatedLicenseId"] and answer.possible:
            stem = licence.removesuffix("+")
            assert all(found.startswith(f"{stem}-") for found in answer.possible), licence
        else:
            assert answer.outcome is Outcome.UNKNOWN, licence


def test_every_spdx_title_and_address_is_of_its_own_licence_or_unknown(corpus):
    for each in spdx():
        licence, family = each["licenseId"], each["licenseId"].removesuffix("+")
        answer = normalised(each["name"], REGISTER)
        assert answer.id in {None, licence, f"{family}-only", f"{family}-or-later"}, each["name"]
        for url in each.get("seeAlso", []):
            found = normalised(url, REGISTER).id
            assert found is None or licence.startswith(found) or url in SHARED, (licence, url)


SHARED = {"https://opensource.org/licenses/Python-2.0"}
"""Addresses that SPDX gives to several licences, and that are of one."""


def test_our_spdx_ids_are_in_the_list_and_have_its_flags(corpus):
    listed = {each["licenseId"]: each for each in spdx()}
    for licence in REGISTER.licences.values():
        if not licence.spdx:
            continue
        flags = listed[licence.id]
        osi, fsf = licence.review("osi"), licence.review("fsf")
        assert (fsf is not None and fsf.status == "approved") == bool(flags.get("isFsfLibre")), licence.id
        if osi is not None or Domain.SOFTWARE in licence.domains:
            assert (osi is not None and osi.status == "approved") == flags["isOsiApproved"], licence.id


def test_every_okfn_licence_is_known_or_honestly_unknown(corpus):
    with OKFN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 100
    for row in rows:
        legacy = re.findall(r"'([^']+)'", row["legacy_ids"])
        answers = [normalised(each, REGISTER) for each in (row["id"], row["title"], row["url"], *legacy) if each]
        assert len({each.id for each in answers if each.id}) <= 1, row["id"]
        entry = normalised({"name": row["id"], "title": row["title"], "path": row["url"]}, REGISTER)
        assert entry.because.rule not in {"contradiction", "denied"}, row["id"]
        found = REGISTER.licences.get(entry.id or "")
        review = found.review("open-definition") if found else None
        if review and review.source == REGISTER.sources["okfn"]:
            assert review.status.replace("-", " ") == row["od_conformance"], row["id"]


def licences_in(value):
    """Every value under a key that tells a licence, in a descriptor of any kind."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ()):
        if key in {"license", "licenses"} and isinstance(each, str | list):
            yield each
        yield from licences_in(each)


def test_every_licence_in_the_packages_of_others_has_an_answer(corpus):
    outcomes = dict.fromkeys(Outcome, 0)
    files = [*corpus.rglob("*package*.json"), *corpus.rglob("schema.json"), *corpus.rglob("*.y*ml")]
    for path in files:
        if not path.is_file() or path.stat().st_size > 1_000_000:
            continue
        try:
            text = path.read_text(encoding="utf-8")
            value = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)
        except (ValueError, yaml.YAMLError):
            continue
        for given_licence in licences_in(value):
            for answer in each_normalised(given_licence, REGISTER):
                outcomes[answer.outcome] += 1
                assert answer.because.rule != "contradiction", (path, given_licence)
    assert outcomes[Outcome.KNOWN] > 400
    assert outcomes[Outcome.UNKNOWN] < 20


# The register


def test_the_register_has_the_form_that_its_schema_says():
    assert [str(each) for each in errors_of_form(read_document(FILE), "licences")] == []


def test_the_register_holds_the_licences_of_municipal_practice():
    assert len(REGISTER.licences) >= 150
    for domain in Domain:
        assert sum(domain in each.domains for each in REGISTER.licences.values()) >= 8


def test_every_standard_accepts_licences_by_their_ids():
    for path in sorted((ROOT / "standards").glob("*/standard.yaml")):
        accepted = (read_document(path).value.get("licences") or {}).get("accept", [])
        for each in [accepted] if isinstance(accepted, str) else accepted:
            assert each in REGISTER.licences or each in REGISTER.policies, (path.parent.name, each)


@pytest.mark.parametrize("policy", REGISTER.policies.values(), ids=lambda each: each.id)
def test_a_policy_accepts_what_is_made_for_its_domain_and_asks_no_more_than_it_may(policy):
    for each in policy.accepts:
        licence = REGISTER.licences[each]
        assert set(policy.domains) <= set(licence.domains), each
        assert set(showing.FORBIDDING).isdisjoint(licence.obligations), each
    assert set(policy.reasons).isdisjoint(policy.accepts)


def in_decree(*lists):
    return {each.id for each in REGISTER.licences.values() if each.decree.get("fr") in lists}


def test_the_policies_of_french_law_are_the_lists_of_the_decree():
    assert set(REGISTER.policy("open-data-fr").accepts) == in_decree("information")
    assert set(REGISTER.policy("free-software-fr").accepts) == in_decree("software-permissive", "software-reciprocal")


def test_free_software_is_what_the_osi_or_the_fsf_has_approved():
    approved = {
        each.id
        for each in REGISTER.licences.values()
        if Domain.SOFTWARE in each.domains
        and any(review.body in {"osi", "fsf"} and review.status == "approved" for review in each.reviews)
    }
    assert set(REGISTER.policy("free-software").accepts) == approved


def test_what_replaces_a_licence_is_not_replaced_itself():
    for each in REGISTER.licences.values():
        assert not each.replaced_by or not REGISTER.licences[each.replaced_by].replaced_by, each.id


def test_an_unknown_policy_names_the_known_ones():
    with pytest.raises(UnknownPolicy) as caught:
        REGISTER.policy("open")
    assert "open-data-fr" in caught.value.hint("fr")


# A city's own


def test_a_city_adds_licences_spellings_families_and_policies(city):
    register = Register.of(city(CITY))
    assert normalised("Brest DATA", register).id == "LicenseRef-Brest-1.0"
    assert normalised("http://data.brest.example/licence/", register).id == "LicenseRef-Brest-1.0"
    assert normalised("Licence du SIG", register).id == "ODbL-1.0"
    assert normalised("licence des données de Brest", register).candidates == ("etalab-2.0", "LicenseRef-LO-1.0")
    assert normalised("brest", register).candidates == ("LicenseRef-Brest-1.0", "ODbL-1.0")
    assert normalised("Nous consulter !", register).because.rule == "not-a-licence"
    assert "LicenseRef-Brest-1.0" in register.policy("open-data").accepts
    assert set(REGISTER.policy("open-data").accepts) < set(register.policy("open-data").accepts)
    assert register.policy("brest").accepts == ("etalab-2.0",)
    assert set(register.policy("brest").reasons) > {"ODbL-1.0"}
    assert "LicenseRef-Brest-1.0" not in REGISTER.licences


def test_the_register_of_a_catalogue_may_be_among_its_standards(tmp_path, city):
    catalogue = city("licences: {}\n")
    (tmp_path / "city/standards").mkdir()
    (tmp_path / "city/standards/licences.yaml").write_text(CITY, encoding="utf-8")
    assert "LicenseRef-Brest-1.0" in Register.of(catalogue).licences


def test_catalogues_add_to_each_other_the_last_one_first(tmp_path, city):
    city(CITY, "department")
    city("aliases: {LicenseRef-Brest-1.0: [licence de la rade]}\n")
    both = Catalogue.of(tmp_path / "city", tmp_path / "department")
    assert normalised("licence de la rade", Register.of(both)).id == "LicenseRef-Brest-1.0"
    with pytest.raises(UnusableFile):
        Register.of(Catalogue.of(tmp_path / "department", tmp_path / "city"))


def test_our_own_register_is_not_added_to_itself():
    assert Register.of(Catalogue.of(ROOT / "standards")) == REGISTER


REFUSED = {
    "licence-taken": "licences: {odbl-1.0: {name: {en: a, fr: b}, domain: [data]}}",
    "licences-name-taken": "aliases: {ODbL-1.0: [L.O. v2]}",
    "licences-unknown-name": "aliases: {ODbL-2.0: [odbl2]}",
    "licences-policy-taken": "policies: {open-data: {title: {en: a, fr: b}, domain: [data], accepts: [MIT]}}",
    "repeated-key": "aliases: {ODbL-1.0: [a1], ODbL-1.0: [a2]}",
    "form-unknown-key": "license: {}",
    "form-missing-key": "licences: {LicenseRef-x: {domain: [data]}}",
    "form-not-listed": "licences: {LicenseRef-x: {name: {en: a, fr: b}, domain: [maps]}}",
    "form-wrong-type": "licences: []",
    "form-other": "aliases: {ODbL-1.0: ['!']}",
}


@pytest.mark.parametrize(("kind", "text"), REFUSED.items(), ids=REFUSED)
def test_a_register_that_contradicts_another_is_refused_with_its_line(city, kind, text):
    with pytest.raises(UnusableFile) as caught:
        Register.of(city(f"\n{text}\n"))
    assert caught.value.kind == kind
    assert kind == "repeated-key" or caught.value.where.endswith("licences.yaml:2")
    assert all("{" not in caught.value.message(lang) + caught.value.hint(lang) for lang in LANGUAGES)


NAMES = [
    ("licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], aliases: [odc  ODBL]}}", "ODbL-1.0"),
    ("licences: {LicenseRef-x: {name: {en: MIT Licence, fr: B}, domain: [data]}}", "MIT"),
    (
        "licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], urls: [http://opendatacommons.org/licenses/odbl]}}",
        "ODbL-1.0",
    ),
    ("licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], formerIds: [ODC-PDDL-1.0]}}", "PDDL-1.0"),
    ("families: {Etalab: {members: [MIT, ISC]}}", "licence-ouverte"),
    ("notLicences: {mine: {reason: {en: a, fr: b}, aliases: [cc by]}}", "cc-by"),
    (
        "licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data]}, LicenseRef-X: "
        "{name: {en: C, fr: D}, domain: [data]}}",
        "LicenseRef-x",
    ),
]


@pytest.mark.parametrize(("text", "other"), NAMES)
def test_a_name_that_means_something_else_already_is_refused(city, text, other):
    with pytest.raises(UnusableFile) as caught:
        Register.of(city(text))
    assert (caught.value.kind, caught.value.details["other"]) == ("licences-name-taken", other)


REFERENCES = [
    "licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], replacedBy: MIT-9}}",
    "licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], sources: [nowhere]}}",
    "licences: {LicenseRef-x: {name: {en: A, fr: B}, domain: [data], conformance: {nobody: approved}}}",
    "families: {x: {members: [MIT-9]}}",
    "policies: {x: {title: {en: a, fr: b}, domain: [data], accepts: [MIT-9]}}",
    "policies: {x: {title: {en: a, fr: b}, extends: open}}",
    "bodies: {x: {name: {en: a, fr: b}, source: nowhere}}",
]


@pytest.mark.parametrize("text", REFERENCES)
def test_a_reference_to_what_is_not_in_the_register_is_refused(city, text):
    with pytest.raises(UnusableFile) as caught:
        Register.of(city(text))
    assert caught.value.kind == "licences-unknown-name"
    assert caught.value.where.endswith("licences.yaml:1")


# Expressions, folding


def test_an_expression_is_accepted_by_what_it_lets_one_choose():
    expression = expression_in("EUPL-1.2 or (MIT and GPL-2.0-only with Classpath-exception-2.0)")
    assert [each.text for each in expression.leaves] == ["EUPL-1.2", "MIT", "GPL-2.0-only"]
    assert [each.exception for each in expression.leaves] == [None, None, "Classpath-exception-2.0"]
    assert expression.accepted(lambda each: each.text == "EUPL-1.2")
    assert expression.accepted(lambda each: each.text in {"MIT", "GPL-2.0-only"})
    assert not expression.accepted(lambda each: each.text == "MIT")
    assert [expression_in(each) for each in ("MIT", "MIT and", "or or or", "((a or b)", "")] == [None] * 5


def test_folding_keeps_what_tells_versions_apart():
    assert folded("Licence Ouverte / Open Licence, Version 2.0") == "ouverteopen2.0"
    assert folded("L’Œuvre Libérée v1-0") == "loeuvreliberee1.0"
    assert folded("CC0-1.0") == folded("CC 0 1.0") != folded("CC 01.0")
    assert len({folded(each) for each in ("GPL 2", "GPL 2.0", "GPL 20", "GPL 2 0", "GPL 2+", "GPL-2.0+")}) == 6
    assert folded("licence") == "licence"
    assert folded("!?") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("spdx.org/licenses/MIT", True),
        ("www.x.fr", True),
        ("https://a b", False),
        ("MIT/Expat", False),
        ("LO/OL", False),
        ("dl-de/by-2-0", False),
        ("apache2.0", False),
        ("unlicense.org", False),
    ],
)
def test_a_text_is_a_web_address_or_not(text, address):
    assert is_address(text) is address


# Words and the command


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_words(lang):
    assert set(table("reasons")) - {"is-ambiguous", "is-unknown", "candidates", "near"} == set(reasons.REASONS)
    for text, *_ in (*KNOWN, *AMBIGUOUS, *UNKNOWN):
        answer = normalised(text, REGISTER)
        assert reasons.because(answer, REGISTER, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("licence", REGISTER.licences)
def test_every_licence_can_be_shown(licence, lang):
    answer = normalised(licence, REGISTER)
    shown = showing.text(answer, REGISTER, lang)
    assert shown.startswith(f"{licence} — ")
    assert json.dumps(showing.values(answer, REGISTER, lang))


def test_the_page_on_licences_tells_every_reason_obligation_and_policy():
    page = (ROOT / "docs/licences.md").read_text(encoding="utf-8")
    told = {*reasons.REASONS, *Obligation, *Outcome, *REGISTER.policies}
    assert {each for each in told if f"`{each}`" not in page and f"**{each}**" not in page} == set()


SHOWN = """\
CC-BY-NC-2.0 — Creative Commons Attribution-NonCommercial 2.0 Generic
  “cc by-nc 2.0” is another name of CC-BY-NC-2.0
  Made for: content, data
  Replaced by: CC-BY-NC-4.0 — Creative Commons Attribution-NonCommercial 4.0 International
  Asks:
    • name the author or the source
    • keep the licence and copyright notices
    • put no technical lock on what is passed on
    • make no commercial use of it
  Not accepted by:
    • open-data — Open data: no commercial use
    • open-data-fr — Open data of French administrations: no commercial use
    • high-value-data — High-value datasets of the European Union: no commercial use
    • open-content — Open content: no commercial use
  Also written:
    • Creative Commons Attribution-NonCommercial 2.0 · Creative Commons BY-NC 2.0 · Creative Commons
      BY-NC 2.0 Generic · CC BY-NC 2.0 Generic · Creative Commons Attribution - Pas d’utilisation
      commerciale 2.0
  Found at:
    • https://creativecommons.org/licenses/by-nc/2.0/

This is information, and no legal advice.
"""
AMBIGUOUS_FR = """\
ambigu\u00a0: «\u00a0GPL v3\u00a0» ne dit pas si les versions ultérieures peuvent être choisies (-or-later) \
ou non (-only)
C’est l’une de celles-ci\u00a0; écrivez laquelle\u00a0:
  GPL-3.0-or-later — Licence publique générale GNU 3.0 ou ultérieure
  GPL-3.0-only — Licence publique générale GNU 3.0 seule

Ceci est une information, non un conseil juridique.
"""


def test_show_tells_what_a_licence_is(beffroi):
    told = beffroi("licence", "show", "cc by-nc 2.0")
    assert (told.returncode, told.stderr, told.stdout) == (0, "", SHOWN)


def test_show_tells_what_is_ambiguous_and_exits_with_3(beffroi):
    told = beffroi("licence", "show", "GPL v3", "--lang", "fr")
    assert (told.returncode, told.stderr, told.stdout) == (3, "", AMBIGUOUS_FR)


def test_show_as_json(beffroi, tmp_path):
    told = beffroi("licence", "show", "lov2", "--format", "json", "--output", "lov2.json")
    assert (told.returncode, told.stdout) == (0, "")
    found = json.loads((tmp_path / "lov2.json").read_text(encoding="utf-8"))
    assert (found["id"], found["outcome"], found["candidates"]) == ("etalab-2.0", "known", [])
    assert found["because"] == {
        "reason": "alias",
        "message": "“lov2” is another name of etalab-2.0",
        "given": "lov2",
        "id": "etalab-2.0",
    }
    assert found["licence"]["acceptedBy"] == ["open-data", "open-data-fr", "high-value-data", "open-content"]
    told = beffroi("licence", "show", "WTFBBQ-9.9", "--format", "json", "--lang", "fr")
    found = json.loads(told.stdout)
    assert (told.returncode, found["id"], found["licence"]) == (3, None, None)
    assert found["because"]["message"] == "aucune licence connue ne s’appelle «\u00a0WTFBBQ-9.9\u00a0»"


def test_list_tells_the_licences_of_a_policy_and_of_a_domain(beffroi):
    told = beffroi("licence", "list", "--policy", "open-data-fr", "--lang", "fr")
    assert told.stdout.splitlines() == [
        "etalab-2.0  Licence Ouverte 2.0 (données, contenus) — attribution",
        "ODbL-1.0    Licence Open Database (ODbL) 1.0 (données) — attribution, mentions, partage à l’identique, "
        "pas de verrou technique",
        "",
        "Ceci est une information, non un conseil juridique.",
    ]
    told = beffroi("licence", "list", "--domain", "hardware", "--format", "json")
    assert {each["id"] for each in json.loads(told.stdout)} >= {"CERN-OHL-S-2.0", "TAPR-OHL-1.0"}
    assert all("hardware" in each["domains"] for each in json.loads(told.stdout))
    assert len(json.loads(beffroi("licence", "list", "--format", "json").stdout)) == len(REGISTER.licences)
    told = beffroi("licence", "list", "--policy", "open-hardware", "--domain", "data")
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, "no licence is of that kind")


def test_list_refuses_a_policy_that_is_not_there(beffroi):
    told = beffroi("licence", "list", "--policy", "open", "--lang", "fr")
    assert (told.returncode, told.stdout) == (2, "")
    assert "il n’y a pas de politique de licences «\u00a0open\u00a0»" in told.stderr


def test_the_command_heeds_a_citys_own_register(beffroi, city):
    root = city(CITY).own[0]
    assert beffroi("licence", "show", "brest-data", "--catalogue", root).returncode == 0
    assert beffroi("licence", "show", "brest-data").returncode == 3
    (root / "licences.yaml").write_text("aliases: {ODbL-1.0: [MIT]}\n", encoding="utf-8")
    told = beffroi("licence", "show", "MIT", "--catalogue", root)
    assert (told.returncode, told.stdout) == (2, "")
    assert 'gives "MIT" to ODbL-1.0, but it already means MIT' in told.stderr


def test_a_single_name_needs_no_parser_of_expressions():
    code = (
        "import sys; from beffroi.licences.register import Register\n"
        "from beffroi.licences.normalising import normalised\n"
        "print(normalised('lov2', Register.bundled()).id, 'license_expression' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["etalab-2.0", "False"]
