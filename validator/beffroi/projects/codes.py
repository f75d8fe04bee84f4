"""Codes of currencies (ISO 4217), countries (ISO 3166-1) and languages (BCP 47), by the lists of the Unicode CLDR."""

from __future__ import annotations

from datetime import date
from functools import cache

NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Codes of the CLDR that ISO 3166-1 does not assign to a country."""
NO_LANGUAGES = frozenset(["mul", "root", "und", "zxx", "in", "iw", "ji", "jw", "mo", "sh"])
"""Codes that mean no language, or once meant one and were replaced."""


@cache
def currencies(day: date) -> frozenset[str]:
    """The currencies that are legal tender somewhere on a day."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    territories = get_global("territory_currencies")
    return frozenset(code for each in territories for code in get_territory_currencies(each, day, day))


@cache
def countries() -> frozenset[str]:
    """The countries, by their two letters."""
    from babel import Locale

    return frozenset(each for each in map(str, Locale("en").territories) if len(each) == 2) - NO_COUNTRIES


@cache
def languages() -> frozenset[str]:
    """The languages, by the shortest of their codes: those with two letters have no code of three (RFC 5646, 2.2.1)."""
    from babel import Locale
    from babel.core import get_global

    aliases = get_global("language_aliases")
    spoken = {each.partition("_")[0] for each in (*Locale("en").languages, *get_global("likely_subtags"), *aliases)}
    return frozenset(spoken) - NO_LANGUAGES - {each for each in aliases if len(aliases[each]) < len(each)}


def is_language(tag: str) -> bool:
    """Whether a tag means a language, and where it names a region or a script, ones that there are."""
    from babel import Locale
    from babel.core import parse_locale

    try:
        language, region, script, *_ = parse_locale(tag, sep="-")
    except ValueError:
        return False
    known = Locale("en")
    regions = countries() | {each for each in map(str, known.territories) if each.isdigit()}
    return language in languages() and region in {None, *regions} and script in {None, *known.scripts}


def meant_currency(code: str, day: date) -> str | None:
    """The currency that is meant by the same letters in another case."""
    return code.upper() if code.upper() in currencies(day) else None


def meant_country(code: str) -> str | None:
    """The country that another code is used for, such as `UK`."""
    from babel.core import get_global

    found = get_global("territory_aliases").get(code.upper(), [])
    return next((each for each in (code.upper(), *found[:1]) if len(found) < 2 and each in countries()), None)


def meant_language(tag: str) -> str | None:
    """The tag to use for a language that has a shorter or newer one, such as `fra`; or the same with `-` for `_`."""
    from babel.core import get_global

    first, dash, rest = tag.replace("_", "-").partition("-")
    meant = get_global("language_aliases").get(first.lower(), first.lower()) + dash + rest
    return meant if is_language(meant) else None
