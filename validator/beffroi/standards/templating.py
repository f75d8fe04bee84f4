"""Files to fill in: which sheets, which columns, and what a spreadsheet can see to while people type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from beffroi.errors import CannotWrite
from beffroi.model.standard import Field, ResourceRules, Standard
from beffroi.standards.sampling import booleans, choices
from beffroi.standards.sampling.families import Wanted
from beffroi.tables.plans import compile_plan
from beffroi.values import dataclass

SHEET_NAME = 31
"""The longest name of a sheet."""
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that spreadsheets run as a formula when they read it from CSV."""
EXACT = 10**15 - 1
"""The largest number whose digits a spreadsheet keeps."""
FIRST_DAY = date(1900, 3, 1)
"""From here on, spreadsheets agree on how days are counted."""
NUMBERS = ("integer", "number", "year")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a spreadsheet is to accept: `whole` or `decimal` numbers, `day`s, texts of a `length`; `None` for no end."""

    kind: str
    low: Any = None
    high: Any = None


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """A column to fill in. `choices` are all values it may hold, if they are listed; `text` keeps what is typed."""

    field: Field
    required: bool
    choices: tuple[str, ...] = ()
    text: bool = True
    limits: Limits | None = None


@dataclass(frozen=True, kw_only=True)
class TemplateSheet:
    """A table to fill in; `name` is one that a sheet can have."""

    name: str
    rules: ResourceRules
    columns: tuple[TemplateColumn, ...]


@dataclass(frozen=True, kw_only=True)
class Template:
    """What is to be filled in for a standard."""

    standard: Standard
    sheets: tuple[TemplateSheet, ...]


def template(standard: Standard, lang: str) -> Template:
    """The sheets of a standard's tables. Raises `CannotWrite` for one that says nothing about columns."""
    sheets, taken = [], set[str]()
    for each in standard.resources:
        if each.schema is None or not each.schema.fields:
            raise CannotWrite("template-no-fields", where=standard.path, table=each.name)
        name = sheet_name(each.name, taken)
        taken.add(name.casefold())
        sheets.append(TemplateSheet(name=name, rules=each, columns=tuple(columns_of(each, lang))))
    return Template(standard=standard, sheets=tuple(sheets))


def kind_of_file(standard: Standard, path: Path) -> str:
    """`xlsx`, `csv`, or `folder` for several tables, as the suffix says. Raises `CannotWrite` for what cannot be."""
    suffix = path.suffix.removeprefix(".").lower()
    known = ("xlsx", "folder") if standard.is_package else ("xlsx", "csv")
    kind = suffix or ("folder" if standard.is_package else "-")
    if kind not in known:
        raise CannotWrite("template-suffix", where=path.as_posix(), tables=len(standard.resources))
    return kind


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets accept and no other sheet has."""
    plain = NOT_IN_NAMES.sub("-", name).strip("'")[:SHEET_NAME] or "table"
    names = (f"{plain[: SHEET_NAME - 4]}-{number}" for number in range(2, 1000))
    return plain if plain.casefold() not in taken else next(each for each in names if each.casefold() not in taken)


def columns_of(rules: ResourceRules, lang: str) -> Iterator[TemplateColumn]:
    """The columns of a table, in the order of its schema."""
    assert rules.schema is not None
    for each in rules.schema.fields:
        wanted = Wanted(plan=compile_plan(each, rules.schema.missing_values)[0], lang=lang)
        listed = choices_of(wanted)
        limits = None if listed else limits_of(wanted)
        yield TemplateColumn(
            field=each,
            required=each.required or each.name in rules.schema.primary_key,
            choices=listed,
            text=limits is None or limits.kind in {"day", "length"},
            limits=limits,
        )


def choices_of(wanted: Wanted) -> tuple[str, ...]:
    """The texts that a column may hold, where they are listed or are words for true and false."""
    if listed := choices.listed(wanted):
        return listed
    words = (booleans.written(wanted, value) for value in (True, False)) if wanted.field.type == "boolean" else ()
    return tuple(each for each in words if each and not wanted.plan.judged(each))


def limits_of(wanted: Wanted) -> Limits | None:
    """What a spreadsheet can see to; `None` where it would refuse what is right, or has nothing to see to."""
    field = wanted.field
    if field.type in NUMBERS:
        return limits_of_numbers(wanted)
    if field.type == "date" and field.format == "default":
        low, high = (wanted.limit(f"{each}imum", f"exclusive{each.title()}imum") for each in ("min", "max"))
        early = low is not None and low < FIRST_DAY
        return Limits(kind="day", low=None if early else low, high=high)
    low, high = wanted.length("minLength"), wanted.length("maxLength")
    if field.type != "string" or (low is None and high is None):
        return None
    return Limits(kind="length", low=low, high=high)


def limits_of_numbers(wanted: Wanted) -> Limits | None:
    """The bounds of numbers; `None` where they are not written as a spreadsheet hands them on."""
    options = wanted.field.options
    if options.get("decimalChar", ".") != "." or options.get("bareNumber") is False:
        return None
    low, high = (wanted.limit(f"{each}imum", f"exclusive{each.title()}imum") for each in ("min", "max"))
    kind = "decimal" if wanted.field.type == "number" else "whole"
    if wanted.field.type == "year":
        low, high = (1000 if low is None else max(low, 1000)), (9999 if high is None else min(high, 9999))
    return Limits(kind=kind, low=counted(low), high=counted(high))


def counted(value: Any) -> int | float | None:
    """A bound as a spreadsheet keeps it; `None` for one beyond that."""
    if value is None or not Decimal(value).is_finite() or abs(value) > EXACT:
        return None
    return int(value) if value == int(value) else float(value)


def header_csv(sheet: TemplateSheet, lang: str) -> str:
    """The names of the columns as a CSV file that Excel opens rightly: with a byte order mark, as its country has it.

    French spreadsheets take the semicolon for the delimiter. Raises `CannotWrite` for names that would be run.
    """
    import csv
    import io

    for each in sheet.columns:
        if each.field.name.startswith(LIKE_FORMULA):
            raise CannotWrite("template-formula", where=sheet.rules.name, name=each.field.name)
    file = io.StringIO()
    csv.writer(file, delimiter=";" if lang == "fr" else ",").writerow([each.field.name for each in sheet.columns])
    return f"\ufeff{file.getvalue()}"
