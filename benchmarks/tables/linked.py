"""Two tables of which one refers to the other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

BLOCK = 10_000
ORPHANS = 3
DAYS = [f"20{year}-{month:02}-{day:02}" for year in range(10, 26) for month in range(1, 13) for day in range(1, 29)]
STATES = ["paid", "sent", "received", "cancelled"]
TARGET = {
    "fields": [
        {"name": "key", "type": "string", "constraints": {"required": True}},
        {"name": "label", "type": "string", "constraints": {"required": True}},
    ],
    "primaryKey": ["key"],
}
ORDER = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": 1}},
        {"name": "target", "type": "string", "constraints": {"required": True}},
        {"name": "date", "type": "date", "constraints": {"required": True}},
        {"name": "amount", "type": "number", "constraints": {"required": True, "minimum": 0}},
        {"name": "state", "type": "string", "constraints": {"required": True, "enum": STATES}},
        {"name": "note", "type": "string"},
    ],
    "foreignKeys": [{"fields": ["target"], "reference": {"resource": "targets", "fields": ["key"]}}],
}


def resource(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A table of the package."""
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def key(number: int) -> str:
    """The key of a target."""
    return f"T{number * 7919 % 10**9:09}"


def targets(count: int) -> Iterator[list[str]]:
    """Lines of the table that is referred to, a block at a time."""
    for start in range(0, count, BLOCK):
        yield [f"{key(number)},target {number}" for number in range(start, min(count, start + BLOCK))]


def orders(rows: int, count: int) -> Iterator[list[str]]:
    """Lines of the table that refers, of which the last three to targets that are not there."""
    pick = Random(7)  # noqa: S311 - a benchmark, not a secret
    for start in range(0, rows - ORPHANS, BLOCK):
        places = range(start, min(rows - ORPHANS, start + BLOCK))
        days, states = pick.choices(DAYS, k=len(places)), pick.choices(STATES, k=len(places))
        found = [key(int(count * pick.random())) for _ in places]
        rest = zip(places, found, days, states, strict=True)
        yield [f"{place + 1},{to},{day},{place % 9973}.50,{state},lot {place % 97}" for place, to, day, state in rest]
    yield [f"{rows - orphan},X{orphan},2025-01-31,1.00,paid,orphan" for orphan in range(ORPHANS)]


def put(path: Path, header: str, blocks: Iterator[list[str]]) -> None:
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines("\n".join(lines) + "\n" for lines in blocks)


def references(folder: Path, rows: int, targets_count: int) -> Path:
    """Write `orders.csv`, `targets.csv` and their package, whose path is given; three orders refer to no target."""
    put(folder / "targets.csv", "key,label", targets(targets_count))
    put(folder / "orders.csv", "id,target,date,amount,state,note", orders(rows, targets_count))
    package = folder / "datapackage.json"
    resources = [resource("orders", ORDER), resource("targets", TARGET)]
    package.write_text(json.dumps({"name": "linked", "resources": resources}), encoding="utf-8")
    return package
