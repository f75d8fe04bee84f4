"""The words of what commands show: complete in both languages, and none too many."""

import re
import string
import tomllib

import pytest

from beffroi.catalogue import changes
from beffroi.catalogue.changes.sides import MODES
from beffroi.model.compatibility import Certainty, Extra, Use, Verdict
from beffroi.model.licences import DecreeList, Domain, Obligation, Status
from beffroi.settings import LANGUAGES
from beffroi.showing.words import FOLDER, table

TABLES = sorted(FOLDER.glob("*.toml"))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_every_text_has_both_languages_and_the_same_placeholders(file):
    for key, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(texts) == set(LANGUAGES), key
        assert placeholders(texts["en"]) == placeholders(texts["fr"]), key
        assert all(text.strip() for text in texts.values()), key


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_every_text_is_used(file):
    sources = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    code = "".join(each.read_text(encoding="utf-8") for each in sources)
    known = {"fields": {"minimum", "exclusiveMinimum", "maximum"}, "listing": {"draft", "deprecated", "retired"}}
    kinds = {*changes.KINDS, "major", "minor", "patch", "fine", "too-low"}
    modes = {f"columns-{mode}" for mode in ("by-name", *MODES)}
    known["changes"] = {*re.findall("`([a-z-]+)`", changes.__doc__), *kinds, *modes}
    told = {*Domain, *Obligation, *(f"{each}-long" for each in Obligation), *Status}
    known["licences"] = {*told, *(f"decree-{each}" for each in DecreeList)}
    known["derived"] = {*Use, *Verdict, *Certainty, *Extra}
    known["vocabulary"] = set(table("vocabulary"))  # looked up by what standards hold
    keys = set(tomllib.loads(file.read_text(encoding="utf-8"))) - known.get(file.stem, set())
    assert {key for key in keys if f'"{key}"' not in code and f"'{key}'" not in code} == set()


@pytest.mark.parametrize("file", TABLES, ids=lambda file: file.stem)
def test_french_has_its_own_spaces(file):
    for key, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
        bare = re.sub(r"https?://\S+", "", texts["fr"])
        assert not re.search(r"[^\s\u00a0\u202f:][:;?!](?=\s|$)|(?<=[^\u00a0]) [:;?!]|« | »|'", bare), key
