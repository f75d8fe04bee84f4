"""The newest date in a column of a table, read in bulk."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from beffroi.model.standard import Field
from beffroi.projects.project import Project
from beffroi.projects.tables import column_texts, each_batch
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Batch, Table

REST = r"(?:[T ].*)?$"
"""What may stand behind a day."""
WRITTEN = (
    (rf"^\s*([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){REST}", r"\1-\2-\3"),
    (rf"^\s*([0-9]{{2}})[/.]([0-9]{{2}})[/.]([0-9]{{4}}){REST}", r"\3-\2-\1"),
    (rf"^\s*([0-9]{{4}})[/.]([0-9]{{2}})[/.]([0-9]{{2}}){REST}", r"\1-\2-\3"),
    (r"^\s*([0-9]{4})([0-9]{2})([0-9]{2})\s*$", r"\1-\2-\3"),
    (r"^\s*([0-9]{4})-([0-9]{2})\s*$", r"\1-\2"),
    (r"^\s*([0-9]{4})\s*$", r"\1"),
)
"""How days, months and years are written, and what each is in ISO 8601; of two numbers, the day comes first."""
PARTS = {"%Y": "([0-9]{4})", "%m": "([0-9]{1,2})", "%d": "([0-9]{1,2})"}
ANY = ".*"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """What a column says: its `newest` day up to a limit, the `farthest` one beyond it, each if there is any.

    A month or a year counts as its last day, but never lies beyond the limit where its first does not.
    """

    newest: date | None = None
    farthest: date | None = None


def dates_in(project: Project, table: Table, index: int, until: date, field: Field | None = None) -> Dates:
    """What a column of a table says of days; `field` is what its standard says of it."""
    readings = readings_of(field)
    found: set[str] = set()
    for _, texts in each_batch(project, table, partial(days_in, index=index, readings=readings)):
        found |= texts
    spans = [span for each in found if (span := span_of(each))]
    past = [min(last, until) for first, last in spans if first <= until]
    later = [last for first, last in spans if first > until]
    return Dates(newest=max(past, default=None), farthest=max(later, default=None))


def days_in(batch: Batch, index: int, readings: tuple[tuple[str, str], ...]) -> set[str]:
    """The days, months and years of a column, as ISO 8601 writes them, each once."""
    from beffroi.tables.arrays import pc

    rest = column_texts(batch, index)
    found: set[str] = set()
    for pattern, written in readings:
        if not len(rest):
            break
        fits = pc.match_substring_regex(rest, pattern)
        days = pc.replace_substring_regex(rest.filter(fits), pattern=pattern, replacement=written)
        found.update(pc.unique(days).to_pylist())
        rest = rest.filter(pc.invert(fits))
    return found


def readings_of(field: Field | None) -> tuple[tuple[str, str], ...]:
    """How a column is read: as the format of its field says, or as people write dates."""
    given = field.format if field else ""
    if not all(part in given for part in PARTS):
        return WRITTEN
    order = sorted(PARTS, key=given.index)
    pattern = re.sub(
        r"%.", lambda match: PARTS.get(match.group(), ANY), re.sub(r"([.+*?()|\[\]{}^$\\])", r"\\\1", given)
    )
    year, month, day = (order.index(each) + 1 for each in ("%Y", "%m", "%d"))
    return ((f"^{pattern}$", rf"\{year}-\{month}-\{day}"), *WRITTEN)


def span_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of a day, a month or a year; `None` for one that no calendar has."""
    year, month, day = ([int(each) for each in text.split("-")] + [0, 0])[:3]
    try:
        if day:
            return (only := date(year, month, day)), only
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, OverflowError):
        return None


def column_called(labels: tuple[str, ...], name: str) -> int | None:
    """The column of a name: the same, or else the same but for capitals."""
    from beffroi.tables.names import composed, folded

    for spelling in (composed, folded):
        found: Iterator[int] = (index for index, each in enumerate(labels) if spelling(each) == spelling(name))
        if (index := next(found, None)) is not None:
            return index
    return None
