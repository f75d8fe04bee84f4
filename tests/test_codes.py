"""The codes of countries, currencies and languages, against what others know of them."""

from datetime import date
from itertools import product
from string import ascii_uppercase

import phonenumbers
import pytest

from beffroi.model.faults import Cell
from beffroi.projects.codes import countries, currencies, is_language, meant_country, meant_language
from beffroi.tables.checks import find

NO_COUNTRIES = {"AC", "TA", "XK"}
"""Codes in use beside those of ISO 3166-1."""


def test_the_countries_are_those_of_iso_3166():
    assert len(countries()) == 249
    assert set(phonenumbers.SUPPORTED_REGIONS) - NO_COUNTRIES <= countries()


def test_the_countries_of_the_official_geographic_code_are_among_them():
    check = find("code-pays-iso2").run
    pairs = map("".join, product(ascii_uppercase, repeat=2))
    listed = {each for each in pairs if check([Cell(text=each, value=each)], {}) is None}
    assert len(listed) > 190
    assert listed - NO_COUNTRIES <= countries()


def test_a_currency_is_one_while_it_is_legal_tender():
    assert "FRF" in currencies(date(2001, 12, 31))
    assert "FRF" not in currencies(date(2026, 11, 23))
    assert {"EUR", "XOF", "MAD", "CHF"} <= currencies(date(2026, 11, 23))


@pytest.mark.parametrize("tag", ["fr", "fr-FR", "FR-fr", "zh-Hant-TW", "pt-419", "rcf", "oc-lengadoc", "tl", "ar-MA"])
def test_a_language_is_known(tag):
    assert is_language(tag)


@pytest.mark.parametrize(
    "tag", ["", "-", "x", "français", "fra", "fr_FR", "fr-UK", "fr-Xxxx-FR", "und", "iw", "f" * 99]
)
def test_what_is_no_language_is_not_known(tag):
    assert not is_language(tag)


@pytest.mark.parametrize(("tag", "meant"), [("fra", "fr"), ("iw", "he"), ("fr_FR", "fr-FR"), ("xx", None), ("", None)])
def test_the_language_that_is_meant(tag, meant):
    assert meant_language(tag) == meant


@pytest.mark.parametrize(("code", "meant"), [("UK", "GB"), ("fr", "FR"), ("FRA", "FR"), ("EU", None), ("SU", None)])
def test_the_country_that_is_meant(code, meant):
    assert meant_country(code) == meant
