"""Which column holds which field: matched by name, and every difference told as a finding of its own."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from beffroi.model.faults import Fault, fault
from beffroi.model.levels import Level
from beffroi.tables.names import composed, folded
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Field, TableSchema


@dataclass(frozen=True, kw_only=True)
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


LISTED = 10
COMPARED = 500
"""How many unknown columns are compared with the names that are missing."""
MISSING_IS_FINE = {"superset", "partial"}
EXTRA_IS_FINE = {"subset", "partial"}
ORDER_IS_FINE = {"equal", "subset", "superset", "partial"}


def match_columns(labels: tuple[str, ...], schema: TableSchema, *, exact: bool = False) -> Match:
    """Match `labels` to the schema's fields. `exact` asks for the same columns in the same order."""
    mode = "exact" if exact else schema.fields_match
    columns = found_columns(labels, schema)
    taken = set(columns.values())
    matched = {composed(labels[index]) for index in taken}
    spelt = [composed(label) for label in labels]
    extra = [i for i, label in enumerate(spelt) if label and i not in taken and label not in matched]
    remarks = [
        *blank_columns(labels),
        *duplicate_columns(labels, columns),
        *missing_columns(labels, schema, columns, extra, mode),
        *extra_columns(labels, schema, extra, mode),
        *other_spellings(labels, columns),
        *order(schema, columns, mode),
    ]
    return Match(columns=columns, remarks=tuple(remarks))


def found_columns(labels: tuple[str, ...], schema: TableSchema) -> dict[str, int]:
    """The first column of each field: the same name, or else the same but for capitals."""
    columns: dict[str, int] = {}
    for spelling in (composed, folded):
        places: dict[str, int] = {}
        taken = set(columns.values())
        for index, label in enumerate(labels):
            if index not in taken:
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
    others = {composed(labels[index]).casefold(): composed(labels[index]) for index in extra[:COMPARED]}
    missing = {
        name: difflib.get_close_matches(name.casefold(), others, n=1, cutoff=0.75)
        for name in schema.names
        if name not in columns
    }
    if not columns and schema.fields and (mode == "partial" or not any(missing.values())):
        yield Remark(fault=fault("missing-column", "none-matches", names=", ".join(schema.names[:LISTED])))
        return
    for field in schema.fields:
        if field.name in missing:
            near = missing[field.name]
            yield from missing_column(field, others[near[0]] if near else None, schema, mode)


def missing_column(field: Field, meant: str | None, schema: TableSchema, mode: str | None) -> Iterator[Remark]:
    """One field without a column; `meant` is the column that is called nearly so."""
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


def order(schema: TableSchema, columns: Mapping[str, int], mode: str | None) -> Iterator[Remark]:
    """Columns in another order than the schema's."""
    places = [columns[name] for name in schema.names if name in columns]
    if mode in ORDER_IS_FINE or places == sorted(places):
        return
    in_order = ", ".join(name for name in schema.names if name in columns)
    wanted = [name for name in schema.names if name in columns]
    found = sorted(wanted, key=lambda name: columns[name])
    first = next(index for index, (one, two) in enumerate(zip(found, wanted, strict=True)) if one != two)
    level = Level.MUST if mode == "exact" else None
    yield Remark(
        fault=fault("column-order", expected=wanted[first], found=found[first], order=in_order),
        column=sorted(places)[first],
        level=level,
    )
