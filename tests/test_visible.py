"""What cannot be seen in a value is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.visible import quoted, visible

CASES = [
    ("12,5", "12,5"),
    ("", ""),
    (" Nord", "␣Nord"),
    ("Nord  ", "Nord␣␣"),
    ("Place du Nord", "Place du Nord"),
    ("   ", "␣␣␣"),
    ("1\u00a0234", "1⍽234"),
    ("1\u202f234", "1⍽234"),
    ("a\tb", "a⇥b"),
    ("deux\r\nlignes", "deux␍⏎lignes"),
    ("No\x00rd", "No␀rd"),
    ("\ufeffid", "⟨U+FEFF⟩id"),
    ("zéro\u200blargeur", "zéro⟨U+200B⟩largeur"),
    ("col\u00adonne", "col⟨U+00AD⟩onne"),
    ("fin\u2028", "fin⟨U+2028⟩"),
    ("\ud800", "⟨U+D800⟩"),
    ("Hôtel de ville 🏛", "Hôtel de ville 🏛"),
    ("e\u0301", "e\u0301"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_text_is_shown_so(text, shown):
    assert visible(text) == shown


def test_a_quoted_text_shows_where_it_ends():
    assert quoted(" 12 ") == '"␣12␣"'
    assert quoted("") == '""'


@given(st.text())
def test_nothing_unseen_is_left_and_showing_twice_changes_nothing(text):
    shown = visible(text)
    assert not any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"} for each in shown)
    assert shown == shown.strip(" ")
    assert visible(shown) == shown
