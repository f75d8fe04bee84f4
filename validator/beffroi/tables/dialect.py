"""How a CSV file is written (delimiter, quoting, where its header is), decided with the names that the standard gives.

A delimiter under which the standard's names appear is right by construction; only without names is consistency asked.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from beffroi.tables.names import folded
from beffroi.values import dataclass

DELIMITERS = (",", ";", "\t", "|")
LOOKED_AT = 30
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """The dialect of one file; `header` counts the records before the first data record, the last being the header."""

    delimiter: str = ","
    quote: str | None = '"'
    double_quote: bool = True
    escape: str | None = None
    skip_initial_space: bool = False
    comment: str | None = None
    header: int = 1

    @property
    def regular(self) -> bool:
        """Whether fast parsers agree with the exact one on this dialect."""
        usual = Dialect(delimiter=self.delimiter, header=self.header)
        return self == usual and self.delimiter.isascii()

    @property
    def options(self) -> dict[str, Any]:
        """The same for `csv.reader`."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "quoting": csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            "doublequote": self.double_quote,
            "escapechar": self.escape,
            "skipinitialspace": self.skip_initial_space,
        }


def detect(text: str, names: Sequence[str], *, tab_first: bool = False) -> Dialect:
    """The dialect of a file that begins with `text`, under a standard whose fields are `names`."""
    order = ("\t", *DELIMITERS) if tab_first else DELIMITERS
    found = [header_under(Dialect(delimiter=each), text, names) for each in order]
    best = max(found, key=lambda each: (each.matches, each.evenness))
    if best.matches:
        return replace(best.dialect, header=best.record)
    delimiter = most_consistent(text, order)
    return Dialect(delimiter=delimiter, header=first_filled(first_records(text, Dialect(delimiter=delimiter))))


@dataclass(frozen=True, kw_only=True)
class HeaderFound:
    """The best header under one dialect.

    `matches` names stand in record `record`, counted from 1; `evenness` is the part of the records behind it, from 0
    to 1, that have its width.
    """

    dialect: Dialect
    matches: int
    record: int
    evenness: float


def header_under(dialect: Dialect, text: str, names: Sequence[str]) -> HeaderFound:
    """Look for the header of a file, were it written in `dialect`."""
    records = first_records(text, dialect)
    matches, record = best_header(records, names)
    behind = records[record:]
    even = sum(len(each) == len(records[record - 1]) for each in behind) / len(behind) if behind else 1.0
    return HeaderFound(dialect=dialect, matches=matches, record=record, evenness=even)


def declared(given: Mapping[str, Any], text: str, names: Sequence[str], detected: Dialect) -> Dialect:
    """A descriptor's dialect (CSV Dialect v1, Table Dialect v2) over what was detected.

    A declared delimiter under which no name of the standard appears, while they do under another, is not believed.
    """
    dialect = Dialect(
        delimiter=one_character(given.get("delimiter"), detected.delimiter),
        quote=None if given.get("quoteChar", "") is None else one_character(given.get("quoteChar"), '"'),
        double_quote=given.get("doubleQuote") is not False,
        escape=one_character(given.get("escapeChar"), None),
        skip_initial_space=given.get("skipInitialSpace") is True,
        comment=one_character(given.get("commentChar"), None),
    )
    found = header_under(dialect, text, names)
    other = header_under(replace(dialect, delimiter=detected.delimiter), text, names)
    if other.matches and not found.matches:
        found = other
    if given.get("header") is False:
        return replace(found.dialect, header=0)
    if not found.matches:
        found = replace(found, record=first_filled(first_records(text, dialect)))
    return replace(found.dialect, header=declared_header(given.get("headerRows")) or found.record)


def declared_header(rows: object) -> int | None:
    """The last of the declared header rows, counted from 1, if they are that."""
    if not isinstance(rows, list) or not all(isinstance(each, int) and 0 < each <= LOOKED_AT for each in rows):
        return None
    return max(rows, default=None)


def unheeded(given: Mapping[str, Any]) -> list[str]:
    """The keys of a descriptor's dialect that say something which is not followed."""
    rows = given.get("headerRows")
    several = ["headerRows"] if isinstance(rows, list) and len(rows) > 1 else []
    return [*several, *(key for key in ("commentRows", "nullSequence") if given.get(key))]


def one_character(given: object, otherwise: Any) -> Any:
    """`given` if it is one character, as `csv.reader` asks."""
    return given if isinstance(given, str) and len(given) == 1 else otherwise


def first_records(text: str, dialect: Dialect) -> list[list[str]]:
    """The first records of `text`, read leniently."""
    from beffroi.tables.records import ExactReader

    records: list[list[str]] = []
    try:
        records.extend(record.cells for record in islice(ExactReader(text, dialect), LOOKED_AT))
    except csv.Error:
        return records
    return records


def best_header(records: list[list[str]], names: Sequence[str]) -> tuple[int, int]:
    """How many of `names` the best header holds, and which record it is, counted from 1.

    A record below the first must hold half of the names, or names in half of its filled cells.
    """
    wanted = {folded(name) for name in names}
    best, place = 0, 1
    for number, record in enumerate(records, start=1):
        matches = len(wanted & {folded(cell) for cell in record})
        filled = sum(bool(cell.strip()) for cell in record)
        enough = number == 1 or 2 * matches >= min(len(wanted), filled)
        if matches > best and enough:
            best, place = matches, number
    return best, place


def most_consistent(text: str, order: Sequence[str]) -> str:
    """The delimiter that gives most records the same width above one."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(record) for record in first_records(text, Dialect(delimiter=delimiter)) if record)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / max(widths.total(), 1), width) if width > 1 else (0.0, 1)

    return max(order, key=evenness)


def first_filled(records: list[list[str]]) -> int:
    """Which record, counted from 1, is the first that is not blank."""
    return next((n for n, record in enumerate(records, start=1) if any(cell.strip() for cell in record)), 1)
