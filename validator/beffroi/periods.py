"""Periods as ISO 8601 writes them (`P24M`, `P1Y6M`, `P2W`): how far back they reach, and how they are called."""

from __future__ import annotations

import re
from datetime import date

FORM = re.compile(
    r"P(?=\d)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
)
UNITS = {
    "en": {
        "years": ("year", "years"),
        "months": ("month", "months"),
        "weeks": ("week", "weeks"),
        "days": ("day", "days"),
    },
    "fr": {
        "years": ("an", "ans"),
        "months": ("mois", "mois"),
        "weeks": ("semaine", "semaines"),
        "days": ("jour", "jours"),
    },
}
AND = {"en": " and ", "fr": " et "}


def parts(period: str) -> dict[str, int] | None:
    """The years, months, weeks and days of a period; `None` for what is none of whole days."""
    found = FORM.fullmatch(period)
    return {name: int(number) for name, number in found.groupdict().items() if number} if found else None


def later(day: date, period: str) -> date:
    """The day that comes a period after another; the last day of a month where that month is shorter.

    Raises `ValueError` for what is no period of whole days.
    """
    return shifted(day, period, 1)


def earlier(day: date, period: str) -> date:
    """The day that comes a period before another; raises `ValueError` for what is no period of whole days."""
    return shifted(day, period, -1)


def shifted(day: date, period: str, sign: int) -> date:
    """A day moved by a period; the first or last day of the calendar where it would lie beyond."""
    from dateutil.relativedelta import relativedelta

    found = parts(period)
    if found is None:
        raise ValueError(f"{period!r} is not a period such as P12M or P1Y6M")
    step = relativedelta(**{name: sign * number for name, number in found.items()})  # type: ignore[arg-type]
    try:
        return day + step
    except (ValueError, OverflowError):
        return date.max if sign > 0 else date.min


def in_words(period: str, lang: str) -> str:
    """A period as people say it: "24 months"; the text as it is for what is no period."""
    units = UNITS[lang]
    told = [
        f"{number} {units[name][number != 1 and (lang == 'en' or number > 1)]}"
        for name, number in (parts(period) or {}).items()
    ]
    return AND[lang].join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told) or period
