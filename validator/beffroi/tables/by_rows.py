"""Judges a batch of Python texts, exactly and once per distinct value: what defines the answers of every faster way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from beffroi.model.faults import fault
from beffroi.tables.keys import PlainKeys
from beffroi.tables.prepared import Found, Prepared, tell_orphans, tell_structure

if TYPE_CHECKING:
    from beffroi.model.standard import ForeignKey
    from beffroi.tables.batches import PlainBatch
    from beffroi.tables.prepared import Key
    from beffroi.tables.tally import Tally


def judge(batch: PlainBatch, rules: Prepared, tally: Tally) -> Found:
    """Put what is found into `tally`; the keys are given back."""
    blanks = list(blank_rows(batch, rules.width))
    blank = set(blanks)
    tell_structure(tally, batch.ragged, blanks, rules.width)
    for name in rules.plans:
        cells(batch, rules, name, blank, tally)
    for check in rules.checks:
        columns = [batch.columns[rules.match.columns[n]] if n in rules.plans else None for n in check.columns]
        for rows, found, value in check.faults_in_lists(columns, rules.plans, batch.rows, blank):
            name = check.placed_at(rules.plans)
            tally.rows(found, rows, name=name, column=rules.match.columns.get(name), value=value, use=check.use)
    for key, known in rules.references.items():
        if known.told_at_once:
            unknown = list(known.unknown(keys_in(key.fields, rules, batch, blank)))
            tell_orphans(tally, key, unknown, rules, partial(shown, batch, rules, key.fields))
    wanted: tuple[Key | ForeignKey, ...] = (*rules.keys, *rules.later)
    keys = tuple(keys_in(each.fields, rules, batch, blank) for each in wanted)
    tally.close(lambda rows: [batch.lines[row] for row in rows])
    return Found(tally=tally, keys=keys, notices=batch.notices)


def blank_rows(batch: PlainBatch, width: int) -> Iterator[int]:
    """Records in which every cell is empty; one with more cells than columns is not."""
    for row, found in enumerate(zip(*batch.columns, strict=True)):
        if not any(found) and batch.ragged.get(row, 0) <= width:
            yield row


def cells(batch: PlainBatch, rules: Prepared, name: str, blank: set[int], tally: Tally) -> None:
    """One column, cell by cell. A cell that its record is too short for is not told to be empty as well."""
    plan, column = rules.plans[name], rules.match.columns[name]
    texts = batch.columns[column]
    distinct = set(texts)
    if rules.must_be_there(name) and not distinct.isdisjoint({None, *plan.missing_values}):
        empty = [
            row
            for row, text in enumerate(texts)
            if (text in plan.missing_values or (text is None and row not in batch.ragged)) and row not in blank
        ]
        if empty:
            tally.rows(fault("required"), empty, name=name, column=column)
    present = distinct - {None, *plan.missing_values}
    wrong = {text: found for text in present if text is not None and (found := plan.faults(text))}
    if not wrong:
        return
    places: defaultdict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        if text in wrong and row not in blank:
            places[text].append(row)
    for text, where in places.items():
        for each in wrong[text]:
            tally.rows(each, where, name=name, column=column, value=text)


def keys_in(fields: tuple[str, ...], rules: Prepared, batch: PlainBatch, blank: set[int]) -> PlainKeys:
    """The keys of the records in which every part has a value."""
    columns = [canonical(rules, name, batch) for name in fields]
    rows, keys = [], []
    for row, key in enumerate(zip(*columns, strict=True)):
        if None not in key and row not in blank:
            rows.append(row)
            keys.append(key)
    return PlainKeys(rows, keys)


def canonical(rules: Prepared, name: str, batch: PlainBatch) -> list[str | None]:
    """A column by the texts that are equal where its values are; a cell without a value has none."""
    plan, texts = rules.plans[name], batch.columns[rules.match.columns[name]]
    known = {text: None if text is None else plan.canonical_text(text) for text in set(texts)}
    return [known[text] for text in texts]


def shown(batch: PlainBatch, rules: Prepared, fields: tuple[str, ...], row: int) -> str:
    """What a record holds in some fields."""
    return ", ".join(batch.columns[rules.match.columns[name]][row] or "" for name in fields)
