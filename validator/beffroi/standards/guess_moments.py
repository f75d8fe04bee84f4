"""Which columns hold years, dates and times, and how they are written."""

from __future__ import annotations

import re
from datetime import datetime

from beffroi.standards.columns import Name
from beffroi.standards.guesses import ENOUGH, Guess, Texts, first_fitting

DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y", "%m/%d/%Y")
CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f")
MOMENTS = tuple(
    f"{day}{mark}{clock}{zone}"
    for day in ("%Y-%m-%d", "%d/%m/%Y", "%Y/%m/%d")
    for mark in " T"
    for clock in CLOCKS
    for zone in ("", "%z", " %z")
)
LIKE_DATE = re.compile(r"\s*[0-9]{1,4}[-/.][0-9]")
LIKE_MOMENT = re.compile(r"\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T][0-9]")
LIKE_CLOCK = re.compile(r"\s*[0-9]{1,4}[-:h][0-9]")
"""How they begin; what does not need not be tried in every notation."""
CENTURIES = range(1800, 2101)


def year(name: Name, texts: Texts) -> Guess | None:
    """Years, where the name says so."""
    years = name.tells("year") and not name.tells("count", "date") and all(map(is_year, texts))
    return Guess(type="year") if years else None


def is_year(text: str) -> bool:
    """Whether a text is a year of our centuries."""
    return bool(re.fullmatch("[0-9]{4}", text.strip())) and int(text) in CENTURIES


def compact_date(name: Name, texts: Texts) -> Guess | None:
    """Dates of eight digits."""
    found = Guess(type="date", format="%Y%m%d")
    plausible = all(re.fullmatch("[0-9]{8}", each.strip()) and int(each[:4]) in CENTURIES for each in texts)
    named = name.tells("date") or len(texts) >= ENOUGH
    wanted = plausible and named and not name.is_identifier and found.fits(texts)
    return found.but("compact-date") if wanted else None


def day(_name: Name, texts: Texts) -> Guess | None:
    """Dates; where day and month cannot be told apart, that is remarked."""
    forms = ("default", *DATES) if all(map(LIKE_DATE.match, texts)) else ()
    found = first_fitting((Guess(type="date", format=each) for each in forms), texts)
    if found is None or found.format == "default":
        return found
    if found.format == "%d/%m/%Y" and Guess(type="date", format="%m/%d/%Y").fits(texts):
        return found.but("day-or-month", "format")
    return found.but("other-date", "format", shown=shown_format(found.format))


def moment(_name: Name, texts: Texts) -> Guess | None:
    """Dates with a time."""
    forms = ("default", *MOMENTS) if all(map(LIKE_MOMENT.match, texts)) else ()
    found = first_fitting((Guess(type="datetime", format=each) for each in forms), texts)
    if found is None or found.format == "default":
        return found
    return found.but("other-date", "format", shown=shown_format(found.format))


def shown_format(given: str) -> str:
    """What a date looks like in a format."""
    return datetime(2026, 1, 31, 14, 5, 9).strftime(given)


def clock(_name: Name, texts: Texts) -> Guess | None:
    """Times of day, months of a year, durations."""
    kinds = [("yearmonth", "default"), ("time", "default"), ("time", "%H:%M"), ("time", "%Hh%M")]
    kinds = kinds if all(map(LIKE_CLOCK.match, texts)) else []
    found = first_fitting((Guess(type=kind, format=form) for kind, form in kinds), texts)
    durations = Guess(type="duration")
    return found or (durations if all(each.startswith("P") for each in texts) and durations.fits(texts) else None)
