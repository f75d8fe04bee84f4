"""The works that beffroi is measured at, each with what it is measured beside and what it must reach."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks.deliveries import Delivery, clean, dirty, keys, linked, nothing, shape, sheet, three
from benchmarks.quantities import BEYOND, PEAK, RATE, ROW_COST, SECONDS, SHARE, WORK_DONE, Bound
from benchmarks.tables import SHAPES
from benchmarks.timing import Command

PYTHON = sys.executable
YARDSTICKS = Path(__file__).parent / "yardsticks"
CHECK = (PYTHON, "-m", "beffroi", "check", "--format", "json")
TABLE = ("table.csv", "--standard", "schema.json")
THREE = ("grants-2024.csv", "grants-2025.csv", "grants-2026.csv", "--standard", "schema.json")
PACKAGE = "datapackage.json"
FRICTIONLESS = str(Path(PYTHON).with_name("frictionless"))
PARSERS = ("pyarrow", "polars", "duckdb")
MILLION = 1_000_000
ENDED = frozenset({0, 1, 2})
CONFORMANT, NOT_CONFORMANT = '"verdict": "conformant"', '"verdict": "not-conformant"'
EMPTY = Delivery(id="nothing", make=nothing, size=0, fixed=True)


@dataclass(frozen=True, kw_only=True)
class Side:
    """One side of a comparison: its name, what it is given, what is run there, and how that must end."""

    name: str
    given: Delivery
    arguments: tuple[str, ...]
    codes: frozenset[int] = frozenset({0})
    says: str = ""

    def command(self, folder: Path) -> Command:
        """The command, where its delivery is."""
        size = self.given.size
        return Command(arguments=self.arguments, folder=folder, rows=size, codes=self.codes, says=self.says)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A work: what it measures, our side first and then those beside it, and what to reach and to aim at."""

    id: str
    measures: str
    sides: tuple[Side, ...]
    least: Bound
    aim: Bound | None = None
    turns: int = 3
    timeout: float = 3600

    def scaled(self, scale: float) -> Work:
        """The same work in another size."""
        sides = tuple(replace(side, given=side.given.scaled(scale)) for side in self.sides)
        return replace(self, sides=sides)


def ours(given: Delivery, *arguments: str, says: str = CONFORMANT) -> Side:
    """The side of beffroi; its exit code is 1 when it finds something."""
    codes = frozenset({0 if says == CONFORMANT else 1})
    return Side(name="beffroi", given=given, arguments=(*CHECK, *arguments), codes=codes, says=says)


def program(name: str, given: Delivery, module: str, *arguments: str) -> Side:
    """A side that is a program of `yardsticks/`."""
    return Side(name=name, given=given, arguments=(PYTHON, str(YARDSTICKS / f"{module}.py"), *arguments))


def frictionless(given: Delivery, table: str = "table.csv") -> Side:
    """The side of frictionless on a table."""
    return program("frictionless", given, "table_by_frictionless", table, "schema.json")


def parsers(given: Delivery) -> Iterator[Side]:
    """The parsers that are installed."""
    for name in filter(find_spec, PARSERS):
        yield program(name, given, f"parse_by_{name}", "table.csv")


def start(flag: str) -> Work:
    """What it takes to start beffroi, beside bare Python."""
    return Work(
        id=flag.strip("-"),
        measures=f"`beffroi {flag}`",
        sides=(
            Side(name="beffroi", given=EMPTY, arguments=(PYTHON, "-m", "beffroi", flag)),
            Side(name="python", given=EMPTY, arguments=(PYTHON, "-c", "pass")),
        ),
        least=Bound(quantity=BEYOND, limit=0.15),
        turns=15,
    )


def shapes() -> Iterator[Work]:
    """A table of each unfriendly shape, beside one of half its size."""
    for each in SHAPES.values():
        half = Delivery(id=each.id, make=shape(each.id), size=each.size, counts=each.counts)
        sides = [replace(ours(given, *TABLE, says=""), codes=ENDED) for given in (half.scaled(2), half)]
        yield Work(
            id=f"shape-{each.id}",
            measures=each.tells,
            sides=(sides[0], replace(sides[1], name="half")),
            least=Bound(quantity=WORK_DONE, limit=2.5),
            timeout=300,
        )


def sizes() -> tuple[Side, ...]:
    """Ten million rows, one and a tenth."""
    return tuple(ours(CLEAN.scaled(scale), *TABLE) for scale in (10, 1, 0.1))


def faster(limit: float) -> Bound:
    """A multiple of the rows a second of the yardstick."""
    return Bound(quantity=RATE, limit=limit)


def memory(limit: float) -> Bound:
    """A peak memory in MB."""
    return Bound(quantity=PEAK, limit=limit)


CLEAN, DIRTY = (Delivery(id=make.__name__, make=make, size=MILLION) for make in (clean, dirty))
DIRTY_LARGE = DIRTY.scaled(10)
KEYS = Delivery(id="keys", make=keys, size=100 * MILLION)
LINKED = Delivery(id="linked", make=linked, size=10 * MILLION)
LINKED_FEWER = LINKED.scaled(0.02)
LINKED_BY_FRICTIONLESS = program("frictionless", LINKED_FEWER, "package_by_frictionless", PACKAGE)
SHEET = Delivery(id="sheet", make=sheet, size=100_000)
SHEET_FEWER = SHEET.scaled(0.25)
SMALL = Delivery(id="small", make=three, size=900, fixed=True)
SMALL_PACKAGE = Side(name="frictionless, command", given=SMALL, arguments=(FRICTIONLESS, "validate", PACKAGE))

WORKS = (
    Work(
        id="clean",
        measures="a valid table of grants",
        sides=(ours(CLEAN, *TABLE), frictionless(CLEAN.scaled(0.1))),
        least=faster(80),
        aim=faster(150),
    ),
    Work(
        id="dirty",
        measures="the same with 0.5 % wrong cells, ragged and blank rows, repeated keys",
        sides=(ours(DIRTY, *TABLE, says=NOT_CONFORMANT), frictionless(DIRTY.scaled(0.1))),
        least=faster(40),
        aim=faster(100),
    ),
    Work(
        id="memory",
        measures="ten times as many wrong rows",
        sides=(ours(DIRTY_LARGE, *TABLE, says=NOT_CONFORMANT),),
        least=memory(600),
        aim=memory(300),
    ),
    Work(
        id="keys",
        measures="a primary key of 19 bytes, five times repeated",
        sides=(ours(KEYS, *TABLE, says='"must": 5,'),),
        least=memory(1000),
        aim=memory(600),
        turns=2,
    ),
    Work(
        id="references",
        measures="a foreign key to a tenth as many rows",
        sides=(ours(LINKED, PACKAGE, says='"must": 3,'), LINKED_BY_FRICTIONLESS),
        least=faster(80),
    ),
    Work(
        id="workbook",
        measures="a valid XLSX of 15 columns",
        sides=(ours(SHEET, "table.xlsx", *TABLE[1:]), frictionless(SHEET_FEWER, "table.xlsx")),
        least=faster(8),
    ),
    Work(
        id="small",
        measures="three valid CSV files of 300 rows, the whole command",
        sides=(ours(SMALL, *THREE), SMALL_PACKAGE),
        least=Bound(quantity=SHARE, limit=1 / 3),
        aim=Bound(quantity=SECONDS, limit=0.25),
        turns=7,
    ),
    start("--help"),
    start("--version"),
    Work(
        id="parse",
        measures="the valid table beside its plain parse, by the quickest parser that is installed",
        sides=(ours(CLEAN, *TABLE), *parsers(CLEAN)),
        least=Bound(quantity=SHARE, limit=4),
        aim=Bound(quantity=SHARE, limit=2),
    ),
    Work(
        id="growth",
        measures="ten times as many valid rows, beside those",
        sides=sizes(),
        least=Bound(quantity=ROW_COST, limit=1.25),
    ),
    *shapes(),
)
