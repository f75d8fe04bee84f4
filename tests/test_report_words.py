"""The reports' own words, in both languages, and the text report word for word."""

import re
import shutil

from beffroi import check
from beffroi.reports._words import WORDS
from beffroi.reports.text import render
from beffroi.rulebook import placeholders
from conftest import ROOT


def test_both_languages_say_the_same_things():
    assert WORDS["en"].keys() == WORDS["fr"].keys()
    assert [key for key in WORDS["en"] if placeholders(WORDS["en"][key]) != placeholders(WORDS["fr"][key])] == []


def test_the_readme_shows_the_real_report(beffroi, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("<!-- the report -->\n```text\n")[1].split("```")[0]
    for folder in ("examples", "standards"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    told = beffroi("check", "examples/air-quality", "--standard", "air-quality").stdout
    assert without_hash(told) == without_hash(shown)


def test_the_readme_shows_the_real_report_on_a_project(beffroi, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = readme.split("<!-- the project -->\n```sh\n")[1].split("```")[0].split()
    shown = readme.split("<!-- the project report -->\n```text\n")[1].split("```")[0]
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = beffroi(*command[1:])
    assert done.returncode == 0
    assert without_hash(done.stdout) == without_hash(shown)


def without_hash(text):
    """A report without the hash of the standard, which changes with each of its words."""
    return re.sub(r"sha-256 [0-9a-f]{16}…", "sha-256 …", text)


def test_a_report_in_french_word_for_word(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schema.json").write_text('{"name": "essai", "fields": [{"name": "n", "type": "number"}]}')
    (tmp_path / "t.csv").write_text("Titre\n\nn\n1,5\n 2\n")
    told = render(check("t.csv", standard="schema.json", lang="fr"))
    assert told.replace("\u00a0", "~").replace("\u202f", "~") == (ROOT / "tests/cases/report.fr.txt").read_text(
        encoding="utf-8"
    )
