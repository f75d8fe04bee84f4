"""A new standard: small and whole, written all or not at all, and valid before a word of it is changed."""

import json
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.catalogue import Catalogue
from beffroi.errors import BeffroiError, CannotWrite
from beffroi.rulebook import placeholders
from beffroi.settings import Settings
from beffroi.standards import drafting
from beffroi.standards.drafting import Draft, is_open, place_for, slug, to_complete, to_translate, tried, write
from beffroi.standards.scaffolding import Order, new_upon
from beffroi.standards.testing import judged_examples
from conftest import ROOT

CASES = ROOT / "tests/cases/drafts"
WORDS = [ROOT / f"validator/beffroi/standards/{name}.toml" for name in ("scaffolding", "inferring", "importing")]
TODAY = date(2026, 11, 23)


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_new_standard_is_a_folder_with_comments_in_the_language(beffroi, tmp_path, lang):
    done = beffroi("standard", "new", "public-benches", "--title-fr", "Bancs publics", "--lang", lang)
    folder = tmp_path / "standards/public-benches"
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(folder) == [
        "CHANGELOG.md",
        "examples/invalid/identifier-and-date.csv",
        "examples/invalid/identifier-and-date.expected.yaml",
        "examples/valid/public-benches.csv",
        "public-benches.schema.yaml",
        "standard.yaml",
    ]
    for name in ("standard.yaml", "public-benches.schema.yaml"):
        expected = (CASES / f"new.{lang}.{name}").read_text(encoding="utf-8")
        assert (folder / name).read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            """\
what next
  • write or translate what begins with TO COMPLETE or TO TRANSLATE, À COMPLÉTER or À TRADUIRE (places: 5)
  • test the examples: beffroi standard test standards/benches
  • check a file:      beffroi check FILE --standard standards/benches
""",
        ),
        (
            "fr",
            """\
la suite
  • rédigez ou traduisez ce qui commence par À COMPLÉTER ou À TRADUIRE, TO COMPLETE ou TO TRANSLATE (endroits\u00a0: 5)
  • tester les exemples\u00a0: beffroi standard test standards/benches
  • valider un fichier\u00a0:  beffroi check FICHIER --standard standards/benches
""",
        ),
    ],
)
def test_its_author_is_told_what_to_do_next(beffroi, lang, expected):
    done = beffroi("standard", "new", "benches", "--title-fr", "Bancs", "--title-en", "Benches", "--lang", lang)
    assert done.stdout.partition("\n\n")[2] == expected


def test_a_new_standard_passes_its_tests_and_has_nothing_that_must_be_mended(beffroi):
    beffroi("standard", "new", "public-benches")
    for command in ("test", "lint"):
        done = beffroi("standard", command, "standards/public-benches", "--format", "json")
        report = json.loads(done.stdout)
        assert (done.returncode, report["counts"]["must"]) == (0, 0), command
    assert beffroi("check", "standards/public-benches/examples/valid", "-s", "standards/public-benches").returncode == 0


@pytest.mark.parametrize("parent", Catalogue.of().ids())
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_standard_upon_any_of_ours_passes_its_tests(parent, lang):
    order = Order(id="our-own", titles={}, lang=lang, today=TODAY)
    draft = new_upon(parent, order, Catalogue.of())
    with tried(draft) as folder:
        standard = Catalogue.of(folder.parents[1]).standard("our-own")
        assert standard.descriptor["extends"] == f"{parent}@1"
        assert [subject.findings for subject in judged_examples(standard, Settings()) if subject.findings] == []


def test_a_standard_upon_another_adds_a_column(beffroi, tmp_path):
    done = beffroi("standard", "new", "our-bicycles", "--extends", "bicycle-parking", "--title-en", "Ours")
    folder = tmp_path / "standards/our-bicycles"
    assert done.returncode == 0
    assert (folder / "parkings.schema.yaml").read_text(encoding="utf-8") == (
        CASES / "child.en.parkings.schema.yaml"
    ).read_text(encoding="utf-8")
    assert "extends: bicycle-parking@1" in (folder / "standard.yaml").read_text(encoding="utf-8")
    assert beffroi("standard", "test", "standards/our-bicycles").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "lang", "told"),
    [
        (["Public Benches"], "en", '"Public Benches" cannot be the id of a standard'),
        (["Bancs publics"], "fr", "comme bancs-publics"),
        (["bicycle-parking"], "en", 'there is a standard "bicycle-parking" already'),
        (["benches", "--extends", "chairs"], "en", 'there is no standard "chairs"'),
        (["benches", "--extends", "bicycle-parking@9"], "fr", "il n’y a pas de version"),
        (["there"], "en", "exists already; nothing was changed"),
        (["there"], "fr", "existe déjà\u00a0; rien n’a été modifié"),
    ],
)
def test_what_cannot_be_is_told(beffroi, tmp_path, arguments, lang, told):
    (tmp_path / "standards/there").mkdir(parents=True)
    (tmp_path / "standards/there/mine.txt").write_text("mine", encoding="utf-8")
    done = beffroi("standard", "new", *arguments, "--lang", lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert tree(tmp_path) == ["standards/there/mine.txt"]


def test_its_files_are_printed_where_that_is_asked(beffroi, tmp_path):
    done = beffroi("standard", "new", "benches", "--output", "-")
    assert done.stdout.startswith("# benches/standard.yaml\n\n# A draft of a standard.")
    assert "\n---\n# benches/benches.schema.yaml\n" in done.stdout
    told = json.loads(beffroi("standard", "new", "benches", "--output", "-", "--format", "json").stdout)
    assert (told["path"], sorted(told["files"])[:2]) == (None, ["CHANGELOG.md", "benches.schema.yaml"])
    assert tree(tmp_path) == []


def test_a_project_keeps_its_standards_in_its_own_catalogue(beffroi, tmp_path):
    (tmp_path / "city").mkdir()
    (tmp_path / "beffroi.yaml").write_text("catalogue: city\n", encoding="utf-8")
    done = beffroi("standard", "new", "benches", "--format", "json")
    assert json.loads(done.stdout)["path"].endswith("city/standards/benches")
    assert '"id": "benches"' in beffroi("standard", "list", "--format", "json").stdout


def test_a_catalogue_whose_standards_stand_in_it_keeps_them_there(tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old/standard.yaml").touch()
    assert place_for("new", tmp_path) == tmp_path / "new"
    assert place_for("new", tmp_path / "elsewhere") == tmp_path / "elsewhere/standards/new"


def test_a_draft_is_written_whole_or_not_at_all(tmp_path):
    draft = Draft(id="x", files={"standard.yaml": "id: x\n"}, copies={"a.csv": tmp_path / "not-there.csv"})
    with pytest.raises(CannotWrite):
        write(draft, tmp_path / "deep/er/x")
    assert list(tmp_path.rglob("*")) == []


def test_a_draft_that_is_interrupted_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(drafting.shutil, "copyfile", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(Draft(id="x", files={"a/b.yaml": ""}, copies={"a.csv": tmp_path / "a.csv"}), tmp_path / "deep/x")
    assert list(tmp_path.rglob("*")) == []


def test_nothing_is_written_through_a_link(tmp_path):
    (tmp_path / "x").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite, match="exists already"):
        write(Draft(id="x", files={}), tmp_path / "x")


@given(st.text(max_size=120))
def test_any_name_becomes_an_id_or_none(name):
    found = slug(name)
    assert found == "" or (drafting.ID.fullmatch(found) and len(found) <= drafting.LONGEST_ID)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bancs publics", "bancs-publics"),
        ("Œuvres d’art (été 2026)", "oeuvres-d-art-ete-2026"),
        ("schema_IRVE.statique", "schema-irve-statique"),
        ("Ωμέγα", ""),
    ],
)
def test_an_id_is_made_of_small_letters_without_accents(name, expected):
    assert slug(name) == expected


def test_what_is_still_to_be_written_is_marked():
    assert to_complete({"en": "why", "fr": "pourquoi"}) == {"en": "TO COMPLETE – why", "fr": "À COMPLÉTER – pourquoi"}
    assert to_translate("Bancs", "fr") == {"en": "TO TRANSLATE – Bancs", "fr": "Bancs"}
    assert to_translate("x " * 80, "en") == {"en": "x " * 80, "fr": "À TRADUIRE"}
    assert [is_open(text) for text in ("TO TRANSLATE", "À COMPLÉTER – pourquoi", "Bancs", None)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("name", ["", "a" * 81, "a--b", "-a", "é", "A", "../x", "a/b", "a\n"])
def test_an_id_is_a_plain_name(name):
    with pytest.raises(BeffroiError):
        drafting.checked_id(name, Catalogue.of())


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.stem)
def test_the_words_of_drafts_are_complete_in_both_languages(file):
    for key, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(texts) - {"sure"} == {"en", "fr"}, key
        assert placeholders(texts["en"]) == placeholders(texts["fr"]), key


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.stem)
def test_french_has_its_own_spaces(file):
    for key, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        words = re.sub(r"\b(type|unit|checks|check|field|level|constraints|name|required): ?", "", texts["fr"])
        assert not re.search(r"[^\s\u00a0:][;?!](?=\s|$)|(?<=[^\u00a0]) [:;?!]|« | »|'", words), key


KINDS = {"time", "yearmonth", "duration", "date %d/%m/%Y", "number ,", "string email", "string uri", "string uuid"}


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.stem)
def test_no_words_of_drafts_are_unused(file):
    code = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "validator/beffroi/standards").glob("*.py"))
    keys = set(tomllib.loads(file.read_text(encoding="utf-8"))) - KINDS
    assert {key for key in keys if f'"{key}"' not in code and f'"{key.removeprefix("told-")}"' not in code} == set()
