"""Which column holds which field: matched by name, and every difference told as a finding of its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault
from beffroi.model.levels import Level
from beffroi.tables.names import composed, folded

if TYPE_CHECKING:
    from beffroi.model.standard import TableSchema


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A fault of the header: on a field, on a column (its index), at a level of its own where the schema asks it."""

    fault: Fault
    field: str | None = None
    column: int | None = None
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """`columns` maps each field that was found to the index of its column."""

    columns: Mapping[str, int]
    remarks: tuple[Remark, ...]


MISSING_IS_FINE = {"superset", "partial"}
EXTRA_IS_FINE = {"subset", "partial"}
ORDER_IS_FINE = {"equal", "subset", "superset", "partial"}


def match_columns(labels: tuple[str, ...], schema: TableSchema, *, exact: bool = False) -> Match:
    """Match `labels` to the schema's fields. `exact` asks for the same columns in the same order."""
    mode = "exact" if exact else schema.fields_match
    columns = found_columns(labels, schema)
    matched = {composed(labels[index]) for index in columns.values()}
    extra = [
        i
        for i, label in enumerate(labels)
        if composed(label) and i not in columns.values() and composed(label) not in matched
    ]
    remarks = [
        *blank_columns(labels),
        *duplicate_columns(labels, columns),
        *missing_columns(labels, schema, columns, extra, mode),
        *extra_columns(labels, schema, extra, mode),
        *other_spellings(labels, columns),
        *order(labels, schema, columns, mode),
    ]
    return Match(columns=columns, remarks=tuple(remarks))


def found_columns(labels: tuple[str, ...], schema: TableSchema) -> dict[str, int]:
    """The first column of each field: the same name, or else the same but for capitals."""
    columns: dict[str, int] = {}
    for spelling in (composed, folded):
        places: dict[str, int] = {}
        for index, label in enumerate(labels):
            if index not in columns.values():
                places.setdefault(spelling(label), index)
        for name in schema.names:
            if name not in columns and spelling(name) in places:
                columns[name] = places.pop(spelling(name))
    return columns


def blank_columns(labels: tuple[str, ...]) -> Iterator[Remark]:
    """Columns without a name."""
    for index, label in enumerate(labels):
        if not composed(label):
            yield Remark(fault=fault("blank-column"), column=index)


def duplicate_columns(labels: tuple[str, ...], columns: Mapping[str, int]) -> Iterator[Remark]:
    """A second column of the same name: which one holds the data cannot be known."""
    first: dict[str, int] = {}
    names = {index: name for name, index in columns.items()}
    for index, label in enumerate(labels):
        key = composed(label)
        if key and key in first:
            yield Remark(fault=fault("duplicate-column", name=key), field=names.get(first[key], key), column=index)
        first.setdefault(key, index)


def missing_columns(
    labels: tuple[str, ...], schema: TableSchema, columns: Mapping[str, int], extra: list[int], mode: str | None
) -> Iterator[Remark]:
    """Fields without a column; a column of nearly the same name is suggested."""
    others = [composed(labels[index]) for index in extra]
    if mode == "partial" and not columns and schema.fields:
        yield Remark(fault=fault("missing-column", "none-matches", names=", ".join(schema.names[:10])))
        return
    for field in schema.fields:
        if field.name in columns:
            continue
        near = difflib.get_close_matches(field.name.casefold(), [each.casefold() for each in others], n=1, cutoff=0.75)
        meant = next((each for each in others if near and each.casefold() == near[0]), None)
        cause = "did-you-mean" if meant else None
        details = {"name": field.name, **({"meant": meant} if meant else {})}
        if field.required or field.name in schema.primary_key:
            yield Remark(fault=fault("missing-column", cause, **details), field=field.name)
        elif mode in {"exact", "equal", "subset"}:
            yield Remark(fault=fault("missing-column", cause, **details), field=field.name, level=Level.MUST)
        elif mode not in MISSING_IS_FINE:
            yield Remark(fault=fault("missing-optional-column", cause, **details), field=field.name)


def extra_columns(labels: tuple[str, ...], schema: TableSchema, extra: list[int], mode: str | None) -> Iterator[Remark]:
    """Columns that the standard does not know."""
    if mode in EXTRA_IS_FINE or not schema.fields:
        return
    level = None if mode is None else Level.MUST
    for index in extra:
        yield Remark(fault=fault("extra-column", name=composed(labels[index])), column=index, level=level)


def other_spellings(labels: tuple[str, ...], columns: Mapping[str, int]) -> Iterator[Remark]:
    """Columns whose name differs in capitals."""
    for name, index in columns.items():
        if composed(labels[index]) != composed(name):
            yield Remark(fault=fault("column-case", name=name, found=composed(labels[index])), field=name, column=index)


def order(
    labels: tuple[str, ...], schema: TableSchema, columns: Mapping[str, int], mode: str | None
) -> Iterator[Remark]:
    """Columns in another order than the schema's."""
    places = [columns[name] for name in schema.names if name in columns]
    if mode in ORDER_IS_FINE or places == sorted(places):
        return
    in_order = ", ".join(name for name in schema.names if name in columns)
    as_found = [composed(labels[index]) for index in sorted(places)]
    wanted = [name for name in schema.names if name in columns]
    first = next(
        index for index, (one, two) in enumerate(zip(as_found, wanted, strict=True)) if folded(one) != folded(two)
    )
    level = Level.MUST if mode == "exact" else None
    yield Remark(
        fault=fault("column-order", expected=wanted[first], found=as_found[first], order=in_order),
        column=sorted(places)[first],
        level=level,
    )
