"""What is checked: a folder with `table.csv` and its `schema.json`, or with a `datapackage.json` and its tables."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.tables import GRANTS, KEYS, SHAPES, grants, numbered_keys, references, small, workbook

BAD = 0.005
MADE = ".made"


def put(folder: Path, name: str, value: dict[str, Any]) -> None:
    """Write a schema or a package."""
    (folder / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def clean(folder: Path, rows: int) -> None:
    """Valid grants."""
    put(folder, "schema.json", GRANTS)
    grants(folder / "table.csv", rows)


def dirty(folder: Path, rows: int) -> None:
    """Grants of which one cell in two hundred is wrong, with ragged, blank and repeating rows."""
    put(folder, "schema.json", GRANTS)
    grants(folder / "table.csv", rows, bad=BAD)


def keys(folder: Path, rows: int) -> None:
    """Keys of 19 bytes, of which five are repeated."""
    put(folder, "schema.json", KEYS)
    numbered_keys(folder / "table.csv", rows)


def linked(folder: Path, rows: int) -> None:
    """A table, and another of a tenth as many rows that it refers to."""
    references(folder, rows, max(1, rows // 10))


def sheet(folder: Path, rows: int) -> None:
    """Valid grants as a workbook."""
    put(folder, "schema.json", GRANTS)
    workbook(folder / "table.xlsx", rows)


def three(folder: Path, _: int) -> None:
    """Three small valid tables, and a package of the same three."""
    put(folder, "schema.json", GRANTS)
    made = small(folder)
    resources = [{"name": path.stem, "path": path.name, "encoding": "utf-8", "schema": GRANTS} for path in made]
    put(folder, "datapackage.json", {"name": "small", "resources": resources})


def nothing(_: Path, __: int) -> None:
    """No table at all."""


def shaped(shape: str, folder: Path, size: int) -> None:
    """A table of an unfriendly shape."""
    put(folder, "schema.json", SHAPES[shape].make(folder / "table.csv", size))


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What to make, in which size, what the size counts, and whether it comes in that size only."""

    id: str
    make: Callable[[Path, int], None]
    size: int
    counts: str = "rows"
    fixed: bool = False

    def scaled(self, scale: float) -> Delivery:
        """The same in another size."""
        return self if self.fixed else replace(self, size=max(1, round(self.size * scale)))

    def __str__(self) -> str:
        """Its size: `1,000 rows`."""
        return f"{self.size:,} {self.counts}" if self.size else ""

    def made(self, folder: Path) -> Path:
        """Its folder inside this one; it is made when it is not yet there, in a process whose memory is not ours."""
        place = folder / f"{self.id}-{self.size}"
        if not (place / MADE).exists():
            place.mkdir(parents=True, exist_ok=True)
            maker = get_context("spawn").Process(target=self.make, args=(place, self.size))
            maker.start()
            maker.join()
            if maker.exitcode != 0:
                raise ChildProcessError(f"the table {place.name} could not be made")
            (place / MADE).touch()
        return place


def shape(name: str) -> Callable[[Path, int], None]:
    """The maker of a shape."""
    return partial(shaped, name)
