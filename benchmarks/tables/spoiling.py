"""Spoils a block of a table: cells of every column, and rows that are ragged, blank, or repeat an earlier key."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from random import Random

from benchmarks.tables.wrong import WAYS

ROWS = {"ragged": 0.001, "blank": 0.0005, "repeated": 0.001}
Cells = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Spoiling:
    """How to spoil: the share of wrong cells, the column of the key, and the keys of first rows to repeat."""

    share: float
    key: str
    originals: list[str]


def joined(cells: Cells) -> list[str]:
    """The rows as lines."""
    return list(map(",".join, zip(*cells.values(), strict=True)))


def spoil_cells(pick: Random, cells: Cells, share: float) -> int:
    """Make a share of all cells wrong, each in one of the ways of its column, and tell how many."""
    columns = [(cells[name], ways) for name, ways in WAYS.items()]
    rows = len(columns[0][0])
    wrong = round(share * rows * len(cells))
    for place in pick.sample(range(rows * len(columns)), wrong):
        row, column = divmod(place, len(columns))
        values, ways = columns[column]
        values[row] = pick.choice(ways)(values[row])
    return wrong


def chosen_rows(pick: Random, places: range, untouched: int) -> dict[str, list[int]]:
    """Rows of a block to spoil in each way, no row twice and none of the first ones of the table."""
    counts = {way: round(share * len(places)) for way, share in ROWS.items()}
    rows = iter(pick.sample(range(max(0, untouched - places.start), len(places)), sum(counts.values())))
    return {way: list(islice(rows, count)) for way, count in counts.items()}


def ragged(pick: Random, line: str, row: tuple[str, ...]) -> str:
    """A row with two cells too many, or without its last two."""
    return f"{line},,surplus" if pick.random() < 0.5 else ",".join(row[:-2])


def spoil(pick: Random, cells: Cells, places: range, how: Spoiling) -> tuple[list[str], Counter[str]]:
    """The lines of a block once spoilt, and how much was."""
    chosen = chosen_rows(pick, places, len(how.originals))
    wrong = spoil_cells(pick, cells, how.share)
    for row in chosen["repeated"]:
        cells[how.key][row] = pick.choice(how.originals)
    lines, rows = joined(cells), list(zip(*cells.values(), strict=True))
    for row in chosen["ragged"]:
        lines[row] = ragged(pick, lines[row], rows[row])
    for row in chosen["blank"]:
        lines[row] = ""
    return lines, Counter({"cells": wrong} | {way: len(rows) for way, rows in chosen.items()})
