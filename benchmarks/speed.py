"""Time beffroi and frictionless on the same table, side by side, as whole processes.

    python -m benchmarks.speed [ROWS] [ROWS_FOR_FRICTIONLESS]        (default: 1000000 20000)

The table is made here, from a seed. frictionless is timed on fewer rows, and rows a second are compared.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "pattern": r"^GR-\d{8}$"}},
    {"name": "siret", "type": "string", "constraints": {"pattern": r"^\d{14}$"}},
    {"name": "name", "type": "string", "constraints": {"maxLength": 60}},
    {"name": "amount", "type": "number", "constraints": {"minimum": 0}},
    {"name": "date", "type": "date", "constraints": {"minimum": "2000-01-01"}},
    {"name": "active", "type": "boolean"},
    {"name": "kind", "type": "string", "constraints": {"enum": ["money", "kind", "money; kind"]}},
    {"name": "places", "type": "integer", "constraints": {"minimum": 0, "maximum": 999}},
    {"name": "latitude", "type": "number", "constraints": {"minimum": -90, "maximum": 90}},
    {"name": "note", "type": "string"},
]
BEFFROI = "import sys; from beffroi import check; print(check(sys.argv[1], standard=sys.argv[2]).verdict)"
FRICTIONLESS = (
    "import sys; from frictionless import Resource, Schema, system\n"
    "with system.use_context(trusted=True):\n"
    "    schema = Schema.from_descriptor(sys.argv[2])\n"
    "    print(Resource(path=sys.argv[1], schema=schema).validate(limit_errors=10**9).valid)"
)


def make(path: Path, rows: int) -> None:
    """Write a valid table."""
    pick = random.Random(7)  # noqa: S311 - a benchmark, not a secret
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([field["name"] for field in FIELDS])
        for n in range(rows):
            day = f"20{pick.randrange(10, 26)}-{pick.randrange(1, 13):02}-{pick.randrange(1, 29):02}"
            name = f'Club "{n % 900}", section {n % 7}' if n % 3 else f"École {n % 900}"
            kind = pick.choice(["money", "kind", "money; kind"])
            writer.writerow(
                [
                    f"GR-{n:08}",
                    f"{pick.randrange(10**14):014}",
                    name,
                    f"{pick.randrange(10**7) / 100:.2f}",
                    day,
                    pick.choice(["true", "false"]),
                    kind,
                    pick.randrange(1000),
                    f"{pick.uniform(-90, 90):.6f}",
                    "x" * pick.randrange(30),
                ]
            )


def seconds(code: str, *arguments: Path) -> float:
    """Wall time of a whole process."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main(rows: int, fewer: int) -> None:
    """Time both, three times in turn."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        schema, large, small = folder / "schema.json", folder / "large.csv", folder / "small.csv"
        schema.write_text(json.dumps({"fields": FIELDS, "primaryKey": ["id"]}), encoding="utf-8")
        make(large, rows)
        make(small, fewer)
        print("| beffroi, rows/s | frictionless, rows/s | ratio |\n|---|---|---|")
        for _ in range(3):
            ours, theirs = rows / seconds(BEFFROI, large, schema), fewer / seconds(FRICTIONLESS, small, schema)
            print(f"| {ours:,.0f} | {theirs:,.0f} | {ours / theirs:.0f} × |")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [1_000_000, 20_000][len(given) :]))
