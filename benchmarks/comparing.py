"""Measures beffroi beside other validators, as whoever compares would install them, on the same table of grants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.environments import NotInstalled, python_of, version_of
from benchmarks.measuring import Measured, measured
from benchmarks.peers import PEERS, Peer
from benchmarks.showing import spread, table_head, table_row, taken
from benchmarks.works import CLEAN, DIRTY, NOT_CONFORMANT, TABLE, Side, Work, faster, ours

HEAD = table_head("peer", "table", "beffroi", "peer, rows", "beffroi beside it (least–most)", "failures that it tells")
OURS = {"clean": ours(CLEAN, *TABLE), "dirty": ours(DIRTY, *TABLE, says=NOT_CONFORMANT)}


def side(peer: Peer, table: Side, python: Path) -> Side:
    """The side of a peer on a table."""
    arguments = (str(python), str(peer.program), "table.csv", "schema.json")
    return Side(name=peer.id, given=table.given.scaled(peer.share), arguments=arguments, says='"errors"')


def works(peer: Peer, python: Path, scale: float) -> Iterator[Work]:
    """The valid table and the other, beside a peer."""
    for name, table in OURS.items():
        work = Work(id=name, measures=peer.id, sides=(table, side(peer, table, python)), least=faster(1))
        yield work.scaled(scale)


def told(each: Measured) -> str:
    """How many failures the peer told of, in how many rows."""
    said = json.loads(each.turns[0][1].output.splitlines()[-1])
    return f"{said['errors']:,} in {said['rows']:,} rows"


def row(peer: str, each: Measured) -> str:
    """The row of a peer on a table."""
    if each.failure:
        return table_row(peer, each.work.id, "", f"**{each.failure}**", "", "")
    figure = spread(each.work.least, each.figure(each.work.least))
    return table_row(peer, each.work.id, taken(each, 0), taken(each, 1), figure, told(each))


def rows(peer: Peer, folder: Path, scale: float, turns: int | None) -> Iterator[str]:
    """The rows of a peer, or the one that says why it could not be installed."""
    try:
        python = python_of(peer)
    except NotInstalled as reason:
        yield table_row(peer.id, "", "", f"could not be installed: {reason}", "", "")
        return
    name = f"{peer.id} {version_of(peer, python)}"
    for work in works(peer, python, scale):
        yield row(name, measured(work, folder, turns))


def compared(folder: Path, scale: float, turns: int | None) -> Iterator[str]:
    """The table of peers, a line at a time, and below it what each leaves out."""
    yield HEAD
    for peer in PEERS:
        yield from rows(peer, folder, scale, turns)
    yield "\nWhat they leave out:\n"
    for peer in PEERS:
        yield f"- {peer.id}: {peer.leaves_out}."
