"""All findings as a table, one place a row, for whoever sorts and filters in a spreadsheet.

UTF-8 with a byte order mark, by which spreadsheets know it. A cell that a spreadsheet would take for a formula is
neutralised with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from beffroi.reports._places import places, total
from beffroi.visible import visible

if TYPE_CHECKING:
    from beffroi.model.report import Report
    from beffroi.reports._places import Place

SUFFIXES = (".csv",)
COLUMNS = (
    *("path", "resource", "standard", "rule", "level", "standing", "field", "column", "cause", "count"),
    *("cell", "row", "line", "value", "suggestion", "message", "fix"),
)
MOST = 1_000_000
"""A spreadsheet holds hardly more rows."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet may carry out."""


def render(report: Report) -> str:
    """The table; its last row says how many places are not in it, where there are any."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(COLUMNS)
    rows = 0
    for rows, each in enumerate(places(report, MOST), start=1):  # noqa: B007 - counted
        table.writerow([harmless(value) for value in row(each)])
    left = total(report) - rows
    if left > 0:
        table.writerow(
            ["…", *[""] * (COLUMNS.index("count") - 1), left, *[""] * (len(COLUMNS) - COLUMNS.index("count") - 1)]
        )
    return "\ufeff" + written.getvalue()


def row(place: Place) -> list[str | int]:
    """One row, in the order of the columns."""
    subject, finding, sample = place.subject, place.finding, place.sample
    standard = subject.standard or subject.charter
    values = (
        *(subject.path, subject.resource, f"{standard.id}@{standard.version}" if standard else None),
        *(finding.rule, finding.level, finding.standing, finding.field, finding.column, finding.cause, finding.count),
        *(sample.cell, sample.row, sample.line, sample.value, sample.suggestion, finding.message, finding.fix),
    )
    return ["" if each is None else each for each in values]


def harmless(value: str | int) -> str | int:
    """A value that no spreadsheet carries out, with invisible signs made visible."""
    if isinstance(value, int):
        return value
    return f"'{visible(value)}" if value.startswith(FORMULA) else visible(value)
