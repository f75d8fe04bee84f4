"""Tables of unique keys, too many to hold in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

KEYS = {
    "fields": [
        {"name": "key", "type": "string", "constraints": {"required": True}},
        {"name": "kind", "type": "string"},
    ],
    "primaryKey": ["key"],
}
REPEATED = 5
BLOCK = 100_000
STEP, MASK = 0x9E3779B97F5, 2**44 - 1


def lines(places: range) -> bytes:
    """A line a place: a key of 19 bytes and a letter. To multiply by an odd number permutes what fits in 44 bits."""
    return ("GR-%016d,a\n" * len(places) % tuple([place * STEP & MASK for place in places])).encode()


def blocks(rows: int) -> Iterator[range]:
    """The places of the rows, a block at a time; the last five are the first five again."""
    unique = rows - REPEATED
    for start in range(0, unique, BLOCK):
        yield range(start, min(unique, start + BLOCK))
    yield range(REPEATED)


def numbered_keys(path: Path, rows: int) -> None:
    """Write a table of keys in no order, of which the last five are repeated and all others unique."""
    with path.open("wb") as file:
        file.write(b"key,kind\n")
        file.writelines(map(lines, blocks(rows)))
