"""`beffroi explain`: the words of a rule, as the reports and the docs say them."""

import json

import pytest

from beffroi.rulebook import known_rules, rule
from beffroi.showing.explained import GAP, explained, text
from conftest import ROOT


def test_a_rule_is_explained_in_the_words_of_its_file(beffroi):
    done = beffroi("explain", "duplicate-column")
    assert done.returncode == 0
    words = rule("duplicate-column").words
    flat = " ".join(done.stdout.split())
    assert flat.startswith(f"duplicate-column — {words['title']['en']} (must)")
    assert f"why: {words['why']['en']}" in flat


def test_without_a_name_all_rules_are_listed(beffroi):
    lines = beffroi("explain", "--lang", "fr").stdout.splitlines()
    assert [each.split()[0] for each in lines] == list(known_rules())
    values = json.loads(beffroi("explain", "--format", "json").stdout)
    assert [each["rule"] for each in values] == list(known_rules())


def test_a_misspelt_rule_is_told_with_those_like_it(beffroi):
    done = beffroi("explain", "primary-kye")
    assert done.returncode == 2
    assert 'there is no rule "primary-kye"' in done.stderr
    assert "rules: primary-key," in done.stderr


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", known_rules())
def test_every_rule_can_be_explained(name, lang):
    found = explained(rule(name), lang)
    assert found["title"] and found["why"] and found["message"]
    assert not any(GAP.search(found[key]) for key in ("message", "fix"))
    assert text(rule(name), lang).startswith(f"{name} — ")


def test_the_readme_says_how():
    assert "beffroi explain" in (ROOT / "README.md").read_text(encoding="utf-8")
