"""How a CSV file is written (delimiter, quoting, where its header is), decided with the names that the standard gives.

A delimiter under which the standard's names appear is right by construction; only without names is consistency asked.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beffroi.tables.names import folded

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
        return (self.quote, self.double_quote, self.escape, self.skip_initial_space, self.comment) == (
            '"',
            True,
            None,
            False,
            None,
        )

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
    found = [header_under(each, text, names) for each in order]
    best = max(found, key=lambda each: (each.matches, each.evenness))
    if best.matches:
        return Dialect(delimiter=best.delimiter, header=best.record)
    delimiter = most_consistent(text, order)
    return Dialect(delimiter=delimiter, header=first_filled(first_records(text, delimiter)))


@dataclass(frozen=True, kw_only=True, slots=True)
class HeaderFound:
    """The best header under one delimiter.

    `matches` names stand in record `record`, counted from 1; `evenness` is the part of the records behind it, from 0
    to 1, that have its width.
    """

    delimiter: str
    matches: int
    record: int
    evenness: float


def header_under(delimiter: str, text: str, names: Sequence[str]) -> HeaderFound:
    """Look for the header of a file, were `delimiter` its delimiter."""
    records = first_records(text, delimiter)
    matches, record = best_header(records, names)
    behind = records[record:]
    even = sum(len(each) == len(records[record - 1]) for each in behind) / len(behind) if behind else 1.0
    return HeaderFound(delimiter=delimiter, matches=matches, record=record, evenness=even)


def declared(dialect: Mapping[str, Any], text: str, names: Sequence[str], detected: Dialect) -> Dialect:
    """A descriptor's dialect (CSV Dialect v1, Table Dialect v2) over what was detected.

    A declared delimiter under which no name of the standard appears, while they do under another, is not believed.
    """
    delimiter = one_character(dialect.get("delimiter"), detected.delimiter)
    found = header_under(delimiter, text, names)
    if not found.matches and header_under(detected.delimiter, text, names).matches:
        found = header_under(detected.delimiter, text, names)
    rows = dialect.get("headerRows")
    header = max(rows) if isinstance(rows, list) and rows and all(isinstance(each, int) for each in rows) else None
    if dialect.get("header") is False:
        header = 0
    return Dialect(
        delimiter=found.delimiter,
        quote=one_character(dialect.get("quoteChar"), '"'),
        double_quote=dialect.get("doubleQuote") is not False,
        escape=one_character(dialect.get("escapeChar"), None),
        skip_initial_space=dialect.get("skipInitialSpace") is True,
        comment=one_character(dialect.get("commentChar"), None),
        header=found.record if header is None else header,
    )


def one_character(given: object, otherwise: Any) -> Any:
    """`given` if it is one character, as `csv.reader` asks."""
    return given if isinstance(given, str) and len(given) == 1 else otherwise


def first_records(text: str, delimiter: str) -> list[list[str]]:
    """The first records of `text`, read leniently."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [record for record, _ in zip(tolerant(reader), range(LOOKED_AT), strict=False)]


def tolerant(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Records up to the first that cannot be read at all."""
    while True:
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def best_header(records: list[list[str]], names: Sequence[str]) -> tuple[int, int]:
    """How many of `names` the best header holds, and which record it is, counted from 1."""
    wanted = {folded(name) for name in names}
    scores = [len(wanted & {folded(cell) for cell in record}) for record in records]
    best = max(scores, default=0)
    return (best, scores.index(best) + 1) if best else (0, 1)


def most_consistent(text: str, order: Sequence[str]) -> str:
    """The delimiter that gives most records the same width above one."""

    def evenness(delimiter: str) -> tuple[float, int]:
        widths = Counter(len(record) for record in first_records(text, delimiter) if record)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / max(widths.total(), 1), width) if width > 1 else (0.0, 1)

    return max(order, key=evenness)


def first_filled(records: list[list[str]]) -> int:
    """Which record, counted from 1, is the first that is not blank."""
    return next((n for n, record in enumerate(records, start=1) if any(cell.strip() for cell in record)), 1)
