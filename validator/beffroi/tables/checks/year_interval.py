"""Every value is an interval of two years such as 2023/2024, the first before the second.

Why: a budget or a plan over several years is only found again when its bounds are written one way. A single year is
accepted where the option `allow-year-only` says so.

Source: schema.data.gouv.fr `year-interval-value`; the solidus is that of ISO 8601 intervals.
"""

import re
from collections.abc import Sequence

from beffroi.model.check import Check
from beffroi.model.faults import Cell, Fault, Options, fault
from beffroi.tables.checks._options import field_and

INTERVAL = re.compile(r"([0-9]{4})/([0-9]{4})")
YEAR = re.compile(r"[0-9]{4}")
# A second part up to 12 may be a month.
LIKE_INTERVAL = re.compile(r"\s*([0-9]{4})\s*[-–—/_.]\s*(1[3-9]|[2-9][0-9]|[0-9]{4})\s*")
YES = (True, "yes", "true")


def not_an_interval(cells: Sequence[Cell], options: Options) -> Fault | None:
    """A fault where the text is neither `first/second` nor, where the options allow it, a year."""
    text = cells[0].text
    if text is None:
        return None
    if YEAR.fullmatch(text):
        return None if options.get("allow-year-only", False) in YES else fault("year-interval", "year-only")
    if years := INTERVAL.fullmatch(text):
        return _disordered(years[1], years[2])
    return fault("year-interval", *_rewritten(text))


def _disordered(first: str, second: str) -> Fault | None:
    if first == second:
        return fault("year-interval", "equal-years")
    return fault("year-interval", "reversed-years", f"{second}/{first}") if first > second else None


def _rewritten(text: str) -> tuple[str | None, str | None]:
    years = LIKE_INTERVAL.fullmatch(text)
    if not years:
        return None, None
    first, last = years.groups()
    second = last.rjust(4, "_").replace("__", first[:2])
    return ("other-spelling", f"{first}/{second}") if first < second else (None, None)


CHECK = Check(run=not_an_interval, options=field_and(**{"allow-year-only": {"enum": [*YES, False, "no", "false"]}}))
