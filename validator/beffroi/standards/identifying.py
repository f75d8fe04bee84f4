"""Which columns tell the rows of a table apart, and which refer to those of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from beffroi.standards.columnwise import FieldDraft
from beffroi.standards.sampled import Column, SampledTable

LEAST = 3
"""With fewer rows, nothing can be said."""
ENOUGH = 20
"""With fewer, only a column that is called an identifier is taken for one."""
TYPES = {"string", "integer", "date", "datetime"}
TOGETHER = {"date", "datetime", "year", "yearmonth"}
CANDIDATES = 8
LONGEST = 40


def identifying(table: SampledTable, fields: Sequence[FieldDraft]) -> tuple[str, ...]:
    """The columns of the primary key: one that is called an identifier, one that looks like it, or two or three."""
    if min((each.rows for each in table.samples), default=0) < LEAST:
        return ()
    single = [each for each in fields if alone(each)]
    named = [each for each in single if each.name.is_identifier and not each.check]
    if named or table.rows < ENOUGH:
        return tuple(each.column.name for each in named[:1])
    coded = next((each for each in single if is_code(each)), None)
    return (coded.column.name,) if coded else together(table, fields)


def alone(field: FieldDraft) -> bool:
    """Whether a column tells the rows apart and may be asked to."""
    plain = field.guess.type in TYPES and field.name.person in (None, "secret")
    return plain and field.constraints.get("required") is True and field.column.distinct(field.guess.missing)


def is_code(field: FieldDraft) -> bool:
    """Whether the values are short texts without spaces, with digits: codes, not names."""
    return field.guess.type == "string" and all(
        len(text) <= LONGEST and " " not in text and any(each.isdigit() for each in text) for text in field.column.texts
    )


def together(table: SampledTable, fields: Sequence[FieldDraft]) -> tuple[str, ...]:
    """Two or three columns that tell the rows apart together: identifiers, values of a list, moments."""
    able = [each.column.name for each in fields if each.constraints.get("required") is True and may_join(each)]
    for size in (2, 3):
        for names in combinations(able[:CANDIDATES], size):
            if all(
                len(set(zip(*(sample.columns[name] for name in names), strict=True))) == sample.rows
                for sample in table.samples
            ):
                return names
    return ()


def may_join(field: FieldDraft) -> bool:
    """Whether a column may be a part of a key."""
    named = field.name.is_identifier and field.guess.type == "string"
    return not field.name.person and (named or "enum" in field.constraints or field.guess.type in TOGETHER)


def referred(field: FieldDraft, keys: Mapping[str, Column]) -> str | None:
    """The table in whose key all values of a column are found, if there is one."""
    texts = field.column.without(field.guess.missing).keys()
    if field.guess.type != "string" or field.name.person or len(texts) < 2:
        return None
    return next((table for table, key in keys.items() if texts <= key.texts.keys()), None)
