"""Judges a block of delimited text by the native scanner: exactly, but only the cells that are not surely valid.

What the scanner cannot be told in forms (`forms`) is judged by columns of Arrow, as every block is where there is no
scanner; so are checks of several columns, and keys whose texts are not their own canonical ones.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

from beffroi.model.faults import fault
from beffroi.tables import forms, scanner
from beffroi.tables.arrays import np, pa, pc
from beffroi.tables.batches import Batch
from beffroi.tables.keys import PlainKeys, ScannedKeys
from beffroi.tables.prepared import Found, Key, Prepared, tell_orphans, tell_structure
from beffroi.tables.records import nul_bytes
from beffroi.tables.seed import SEED
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import ForeignKey
    from beffroi.tables.batches import RegularBlock
    from beffroi.tables.keys import BatchKeys, HashedKeys
    from beffroi.tables.plans import Plan
    from beffroi.tables.row_checks import RowCheck
    from beffroi.tables.tally import Tally
    from beffroi.tables.texts import Texts

Wanted = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Scanning:
    """How the blocks of one table are scanned: the fields `told` to the scanner, the fields that Arrow is to have.

    `keys` are the keys that the scanner can hash; `checks` those of one field that it is told of, by field, and
    `other_checks` the rest.
    """

    rules: Prepared
    delimiter: str
    program: scanner.Program
    told: tuple[str, ...]
    emitted: tuple[str, ...]
    keys: tuple[Wanted, ...]
    checks: Mapping[str, tuple[RowCheck, ...]]
    other_checks: tuple[RowCheck, ...]


def scanning(rules: Prepared, delimiter: str) -> Scanning:
    """Tell the scanner what is surely valid."""
    every: tuple[Key | ForeignKey, ...] = (*rules.keys, *rules.references)
    wanted = list(dict.fromkeys(each.fields for each in every))
    hashed = tuple(fields for fields in wanted if all(has_plain_form(rules.plans[name]) for name in fields))
    columns = {name: column_of(rules, name, is_key=any(name in fields for fields in hashed)) for name in rules.plans}
    told = tuple(name for name, column in columns.items() if column is not None)
    hashed = tuple(fields for fields in hashed if set(fields) <= set(told))
    other_checks = tuple(each for each in rules.checks if not (is_simple(each) and each.columns[0] in told))
    emitted = {
        *(name for check in other_checks for name in check.columns if name in rules.plans),
        *(name for fields in wanted if fields not in hashed for name in fields),
        *(name for name in rules.plans if name not in told),
    }
    place = rules.match.columns
    program = scanner.Program(
        delimiter=delimiter,
        columns=tuple(in_file(columns, emitted, place, rules.width)),
        keys=tuple(tuple(place[name] for name in fields) for fields in hashed),
        seed=SEED,
    )
    return Scanning(
        rules=rules,
        delimiter=delimiter,
        program=program,
        told=told,
        emitted=tuple(name for name in rules.plans if name in emitted),
        keys=hashed,
        checks={name: simple_checks(rules, name) for name in told},
        other_checks=other_checks,
    )


def is_simple(check: RowCheck) -> bool:
    """Whether it can be said of one column which texts surely pass a check."""
    return len(check.columns) == 1 and check.check.needs == "all" and check.check.surely is not None


def simple_checks(rules: Prepared, name: str) -> tuple[RowCheck, ...]:
    """Such checks of a field."""
    return tuple(each for each in rules.checks if is_simple(each) and each.columns[0] == name)


def has_plain_form(plan: Plan) -> bool:
    """Whether there are texts of a field that are surely their own canonical texts, and empty ones have no value."""
    return plan.reader.plain_form is not None and "" in plan.missing_values


def column_of(rules: Prepared, name: str, *, is_key: bool) -> scanner.Column | None:
    """What is surely valid in a field; `None` where that cannot be told to the scanner."""
    plan = rules.plans[name]
    checked = (each.check.surely() for each in simple_checks(rules, name) if each.check.surely)
    found = [*plan.forms, *([plan.reader.plain_form] if is_key else []), *chain.from_iterable(checked)]
    missing = tuple(each for each in plan.missing_values if each)
    automaton = forms.compiled(found, missing if is_key or rules.must_be_there(name) else ())
    if automaton is None:
        return None
    return scanner.Column(
        automaton=None if forms.holds_everything(automaton) else automaton,
        longest=plan.longest,
        empty="" in plan.missing_values and not rules.must_be_there(name),
    )


def in_file(
    columns: Mapping[str, scanner.Column | None], emitted: Set[str], place: Mapping[str, int], width: int
) -> Iterator[scanner.Column]:
    """What the scanner is told of each column of the file; of most it may be nothing."""
    names = {place[name]: name for name in columns}
    for number in range(width):
        name = names.get(number)
        column = columns[name] if name is not None else None
        yield replace(column or scanner.Column(), emitted=name in emitted)


def judge(given: RegularBlock, scanning: Scanning, tally: Tally) -> tuple[Batch, Found]:
    """Put what is found in a block into `tally`; the keys are given back."""
    rules = scanning.rules
    block = scanned(given, scanning)
    scan = block.scan
    tell_structure(tally, dict(scan.ragged), scan.blank, rules.width)
    for name in scanning.told:
        cells(name, block, tally)
    columns = Columns(block) if scanning.emitted or scanning.other_checks else None
    if columns:
        columns.judge(tally)
    for key, known in rules.references.items():
        if known.told_at_once:
            unknown = sorted(known.unknown(keys_in(key.fields, block, columns)))
            tell_orphans(tally, key, unknown, rules, partial(block.shown, key.fields))
    wanted: tuple[Key | ForeignKey, ...] = (*rules.keys, *rules.later)
    keys = tuple(keys_in(each.fields, block, columns) for each in wanted)
    tally.close(block.lines)
    batch = Batch(columns=(), rows=scan.records, line_breaks=scan.line_breaks)
    return batch, Found(tally=tally, keys=keys, notices=tuple(nul_bytes(given.text, given.size)))


def scanned(given: RegularBlock, scanning: Scanning) -> Block:
    """A block with what the scanner finds in it."""
    return Block(text=given.text, scan=scanning.program.scan(given.text, given.size), scanning=scanning)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of text and what the scanner found in it."""

    text: bytes
    scan: scanner.Scan
    scanning: Scanning

    @cached_property
    def suspects(self) -> Mapping[int, Mapping[bytes, list[int]]]:
        """For each column, the distinct cells that are not surely valid, and the records that hold them."""
        found: defaultdict[int, defaultdict[bytes, list[int]]] = defaultdict(lambda: defaultdict(list))
        numbers = iter(self.scan.suspects)
        for record, column, begin, length in zip(numbers, numbers, numbers, numbers, strict=True):
            if length & scanner.DOUBLED:
                cell = self.text[begin : begin + (length ^ scanner.DOUBLED)].replace(b'""', b'"')
            else:
                cell = self.text[begin : begin + length]
            found[column][cell].append(record)
        return found

    def cells(self, record: int) -> list[str]:
        """One record, by `csv.reader`."""
        whole = self.text[self.scan.starts[record] : self.scan.starts[record + 1]].decode("utf-8")
        found = next(csv.reader(io.StringIO(whole, newline=""), delimiter=self.scanning.delimiter), [])
        return found + [""] * (self.scanning.rules.width - len(found))

    def shown(self, fields: Wanted, record: int) -> str:
        """What a record holds in some fields."""
        cells = self.cells(record)
        return ", ".join(cells[self.scanning.rules.match.columns[name]] for name in fields)

    def lines(self, records: Sequence[int]) -> list[int]:
        """The lines on which records start, counted from the block's first."""
        lines, line, before = [], 0, 0
        for record in records:
            start = self.scan.starts[record]
            line += self.text.count(b"\n", before, start)
            before = start
            lines.append(line)
        return lines


def cells(name: str, block: Block, tally: Tally) -> None:
    """The cells of one column that are not surely valid."""
    rules = block.scanning.rules
    plan, column = rules.plans[name], rules.match.columns[name]
    texts = {cell.decode("utf-8"): rows for cell, rows in block.suspects.get(column, {}).items()}
    if rules.must_be_there(name):
        empty = sorted(row for text, rows in texts.items() if text in plan.missing_values for row in rows)
        if empty:
            tally.rows(fault("required"), empty, name=name, column=column)
    for text, rows in texts.items():
        if text not in plan.missing_values:
            for each in plan.faults(text):
                tally.rows(each, rows, name=name, column=column, value=text)
    for check in block.scanning.checks[name]:
        for text, rows in texts.items():
            found = None if text in plan.missing_values else check.judged((text,), rules.plans)
            if found:
                tally.rows(found, rows, name=name, column=column, value=check.shown((text,)), use=check.use)


def keys_in(fields: Wanted, block: Block, columns: Columns | None) -> BatchKeys:
    """The keys of the records in which every part has a value."""
    scanning = block.scanning
    if fields not in scanning.keys:
        assert columns is not None
        return columns.keys_in(fields)
    hashes = block.scan.keys[scanning.keys.index(fields)]
    others = judged_keys(fields, block)
    return ScannedKeys(with_others(hashes, others) if others.rows else hashes)


def with_others(hashes: bytes, others: PlainKeys) -> bytearray:
    """Hashes of a block with those of other records put in their places."""
    columns = [scanner.hash_list(column, SEED) for column in zip(*others.keys, strict=True)]
    added = scanner.combine(columns, SEED)
    found = bytearray(hashes)
    for number, row in enumerate(others.rows):
        begin, size = number * scanner.HASH_BYTES, scanner.HASH_BYTES
        found[row * size : (row + 1) * size] = added[begin : begin + size]
    return found


def judged_keys(fields: Wanted, block: Block) -> PlainKeys:
    """The keys of records in which a part is not surely valid, but may have a value all the same."""
    rules = block.scanning.rules
    places = [rules.match.columns[name] for name in fields]
    short = {record for record, count in block.scan.ragged if count <= max(places)}
    suspected = {row for place in places for rows in block.suspects.get(place, {}).values() for row in rows}
    rows, keys = [], []
    for row in sorted(suspected - short):
        cells = block.cells(row)
        key = [rules.plans[name].canonical_text(cells[place]) for name, place in zip(fields, places, strict=True)]
        if None not in key:
            rows.append(row)
            keys.append(tuple(part for part in key if part is not None))
    return PlainKeys(rows, keys)


class Columns:
    """The columns that the scanner has given back, judged by Arrow."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.rules = block.scanning.rules
        self.ragged = dict(block.scan.ragged)
        self.texts = {name: self.column(name) for name in block.scanning.emitted}
        self.blank = np.zeros(block.scan.records, dtype=bool)
        self.blank[block.scan.blank] = True

    def column(self, name: str) -> Texts:
        """One column; what a record is too short for is null."""
        from beffroi.tables.texts import Texts

        place = self.rules.match.columns[name]
        offsets, data = self.block.scan.emitted[place]
        found = pa.StringArray.from_buffers(self.block.scan.records, pa.py_buffer(offsets), pa.py_buffer(data))
        short = [record for record, count in self.ragged.items() if count <= place]
        if short:
            there = np.ones(len(found), dtype=bool)
            there[short] = False
            found = pc.if_else(pa.array(there), found, pa.scalar(None, pa.string()))
        return Texts(found)

    def judge(self, tally: Tally) -> None:
        """Judge the fields that the scanner was not told about, and run the checks."""
        from beffroi.tables import by_columns

        for name in self.texts.keys() - set(self.block.scanning.told):
            by_columns.cells(self.ragged, self.rules, name, self.texts[name], self.blank, tally)
        by_columns.checks(self.block.scanning.other_checks, self.rules, self.texts, self.blank, tally)

    def keys_in(self, fields: Wanted) -> HashedKeys:
        """The keys of the records in which every part has a value."""
        from beffroi.tables import by_columns

        return by_columns.keys_in(fields, self.rules.plans, self.texts, self.blank)
