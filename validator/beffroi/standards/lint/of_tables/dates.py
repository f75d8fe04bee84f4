"""A notation of dates has a year of four digits, a month and a day.

Why: what is not written has to be guessed: every program adds another year, and 01/02/24 is three different days.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.tables.fields.moments import strptime_pattern

WHOLE = ("%c", "%x", "%D", "%F")
"""Directives that stand for a whole date."""
YEARS = ("%Y", "%G")
MONTHS = ("%m", "%b", "%B", "%j", "%U", "%W", "%V")
DAYS = ("%d", "%j", "%a", "%A", "%u", "%w")


def defects(table: Table) -> Iterator[Defect]:
    """Notations of dates that leave something out."""
    for field in table.schema.fields:
        if field.type in {"date", "datetime"} and field.format not in {"default", "any"} and (found := left_out(field)):
            yield table.located(found, field, "/format")


def left_out(field: Field) -> Fault | None:
    """What the notation of a field leaves out."""
    pattern, _ = strptime_pattern(field.format)
    if pattern is None or any(each in pattern for each in WHOLE):
        return None
    if not any(each in pattern for each in YEARS):
        if "%y" in pattern:
            return fault("standard-incomplete-date-format", "short-year", format=field.format)
        return fault("standard-incomplete-date-format", "no-year", format=field.format)
    if not all(any(each in pattern for each in part) for part in (MONTHS, DAYS)):
        return fault("standard-incomplete-date-format", "no-day", format=field.format)
    return None
