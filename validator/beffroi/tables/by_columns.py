"""Judges a batch by whole columns of Arrow: in bulk what is surely valid, the rest exactly, once per distinct value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from beffroi.model.faults import fault
from beffroi.tables.hashes import hashed_key
from beffroi.tables.keys import HashedKeys
from beffroi.tables.native import in_notation
from beffroi.tables.prepared import Found, Prepared, tell_orphans, tell_structure
from beffroi.tables.texts import Texts

if TYPE_CHECKING:
    from beffroi.model.standard import ForeignKey
    from beffroi.tables.batches import Batch
    from beffroi.tables.plans import Plan
    from beffroi.tables.prepared import Key
    from beffroi.tables.row_checks import RowCheck
    from beffroi.tables.tally import Tally
    from beffroi.tables.texts import Mask


def judge(batch: Batch, rules: Prepared, tally: Tally) -> Found:
    """Put what is found into `tally`; the keys are given back."""
    blank = blank_rows(batch, rules.width)
    tell_structure(tally, batch.ragged, np.flatnonzero(blank).tolist(), rules.width)
    texts = texts_of(batch, rules)
    for name in rules.plans:
        cells(batch.ragged, rules, name, texts[name], blank, tally)
    checks(rules.checks, rules, texts, blank, tally)
    for key, known in rules.references.items():
        if known.told_at_once:
            unknown = known.unknown(keys_in(key.fields, rules.plans, texts, blank))
            tell_orphans(tally, key, list(unknown), rules, partial(shown, texts, key.fields))
    wanted: tuple[Key | ForeignKey, ...] = (*rules.keys, *rules.later)
    keys = tuple(keys_in(each.fields, rules.plans, texts, blank) for each in wanted)
    tally.close(lambda rows: [batch.lines[row] for row in rows])
    return Found(tally=tally, keys=keys, notices=batch.notices)


def texts_of(batch: Batch, rules: Prepared) -> dict[str, Texts]:
    """The column of each field, as the field's plan judges it."""
    return {name: Texts(column_for(plan, batch, rules.match.columns[name])) for name, plan in rules.plans.items()}


def cells(ragged: Mapping[int, int], rules: Prepared, name: str, texts: Texts, blank: Mask, tally: Tally) -> None:
    """One column, cell by cell. A cell that its record is too short for is not told to be empty as well."""
    plan, column = rules.plans[name], rules.match.columns[name]
    missing = plan.missing(texts)
    if rules.must_be_there(name):
        absent = missing & ~blank
        uneven = np.fromiter(ragged, dtype=np.int64, count=len(ragged))
        absent[uneven] &= ~texts.nulls[uneven]
        if absent.any():
            tally.rows(fault("required"), np.flatnonzero(absent), name=name, column=column)
    for value, faults, rows in plan.faults_in(texts, ~missing & ~blank):
        for each in faults:
            tally.rows(each, rows, name=name, column=column, value=value)


def checks(wanted: Sequence[RowCheck], rules: Prepared, texts: Mapping[str, Texts], blank: Mask, tally: Tally) -> None:
    """Checks of one or several columns."""
    for check in wanted:
        name = check.placed_at(rules.plans)
        for rows, found, value in check.faults_in(texts, rules.plans, blank):
            tally.rows(found, rows, name=name, column=rules.match.columns.get(name), value=value, use=check.use)


def shown(texts: Mapping[str, Texts], fields: tuple[str, ...], row: int) -> str:
    """What a record holds in some fields."""
    return ", ".join(texts[name].array[row].as_py() for name in fields)


def keys_in(fields: tuple[str, ...], plans: Mapping[str, Plan], texts: Mapping[str, Texts], blank: Mask) -> HashedKeys:
    """The keys of the records in which every part has a value."""
    columns = []
    whole = ~blank
    for name in fields:
        column = plans[name].canonical(texts[name], ~plans[name].missing(texts[name]) & ~blank)
        whole &= column.is_valid().to_numpy(zero_copy_only=False)
        columns.append(column)
    rows = np.flatnonzero(whole)
    return HashedKeys(rows, hashed_key([each.take(pa.array(rows)) for each in columns]))


def keys_of(fields: tuple[str, ...], rules: Prepared, batch: Batch) -> HashedKeys:
    """The keys of a batch of which nothing else is asked."""
    texts = {name: Texts(column_for(rules.plans[name], batch, rules.match.columns[name])) for name in fields}
    return keys_in(fields, rules.plans, texts, blank_rows(batch, rules.width))


def column_for(plan: Plan, batch: Batch, column: int) -> pa.StringArray:
    """A column as the field's plan judges it."""
    native = batch.native.get(column)
    found = batch.columns[column]
    return found if native is None else in_notation(found, native, plan)


def blank_rows(batch: Batch, width: int) -> Mask:
    """Records in which every cell is empty; one with more cells than columns is not."""
    blank = np.ones(batch.rows, dtype=bool)
    for column in batch.columns:
        blank &= Texts(column).lengths == 0
        if not blank.any():
            return blank
    blank[[index for index, found in batch.ragged.items() if found > width]] = False
    return blank
