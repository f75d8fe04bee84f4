"""A table of grants as a council publishes it: 15 columns, some 215 bytes a row, a third of the rows with quoted cells.

Rows are made in blocks, a column at a time. Unless it is spoilt on purpose, every row is valid against `GRANTS`.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.tables.spoiling import Cells, Spoiling, joined, spoil

BLOCK = 10_000
ORIGINALS = 1_000
GRANTS: dict[str, Any] = json.loads(Path(__file__).with_name("grants.schema.json").read_text(encoding="utf-8"))
COLUMNS: list[str] = [field["name"] for field in GRANTS["fields"]]

TOWNS = ["Valbrune", "Port-Saint-Loup", "Sept-Étangs", "Bréhan-le-Vieux", "Nogent-l’Abbé", "Aÿ", "Œuilly", "Saint-Cirq"]
CLUBS = ["Amicale cycliste", "Théâtre", "Harmonie municipale", "Foyer rural", "Régie de quartier"]
QUOTED_CLUBS = ['"Les ""Carillonneurs"" de {}, section {}"', '"Union sportive de {}, équipe {}"']
ACTIONS = ["Achat d’instruments", "Fête du vélo", "Réfection du préau", "Accueil des jeunes", "Prêt d’une salle"]
QUOTED_ACTIONS = ['"{}, {}e édition"', '"{} dit ""le grand"", phase {}"']
BROKEN_ACTION = '"{}\nseconde tranche n° {}, solde"'
FEW = {
    "nomAttribuant": [f"{kind} de {town}" for kind in ("Ville", "Pays") for town in TOWNS],
    "nature": ["aide en numéraire"] * 7 + ["aide en nature"] * 3 + ["aide en numéraire;aide en nature"],
    "conditionsVersement": ["unique"] * 9 + ["échelonné"] * 4 + ['"acompte de 60 %, solde sur bilan"'],
    "idRAE": [""] * 8 + ["12345", "20071"],
    "notificationUE": ["non"] * 3 + ["oui"],
    "pourcentageSubvention": ["1"] * 6 + ["0.05", "0.25", "0.33", "0.45"],
}
DAYS = [str(date(2010, 1, 1) + timedelta(days=day)) for day in range(16 * 365)]
PERIODS = [*DAYS, *DAYS, *(f"{day}/{later}" for day, later in zip(DAYS, DAYS[200:], strict=False))]
DIGITS = bytes(48 + number % 10 for number in range(256))
CENTS = [f".{cents:02}" for cents in range(100)]
Pools = dict[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a table holds: its rows, and how many of them, and of their cells, were spoilt on purpose."""

    rows: int
    cells: int = 0
    ragged: int = 0
    blank: int = 0
    repeated: int = 0


def clubs(pick: Random) -> list[str]:
    """Names of beneficiaries, an eighth of them quoted."""
    plain = [f"{pick.choice(CLUBS)} de {pick.choice(TOWNS)} {number}" for number in range(7_000)]
    return plain + [pick.choice(QUOTED_CLUBS).format(pick.choice(TOWNS), number) for number in range(1_000)]


def purposes(pick: Random) -> list[str]:
    """Purposes of a grant, a fifth of them quoted, and one in fifty over two lines."""
    plain = [f"{pick.choice(ACTIONS)} à {pick.choice(TOWNS)} n° {number}" for number in range(8_000)]
    quoted = [pick.choice(QUOTED_ACTIONS).format(pick.choice(ACTIONS), number) for number in range(1_800)]
    return plain + quoted + [BROKEN_ACTION.format(pick.choice(ACTIONS), number) for number in range(200)]


def stretch(pick: Random, column: list[str], count: int) -> list[str]:
    """A part of a prepared column, from anywhere in it: ten times as fast as to pick each cell."""
    start = pick.randrange(len(column) - count)
    return column[start : start + count]


def digits(pick: Random, width: int, count: int) -> list[str]:
    """Random numbers of a width, leading noughts kept."""
    text = pick.randbytes(width * count).translate(DIGITS).decode()
    return [text[start : start + width] for start in range(0, width * count, width)]


def amounts(pick: Random, count: int) -> list[str]:
    """Amounts below a million, to the cent."""
    euros = array("Q", pick.randbytes(8 * count))
    return [f"{number % 10**6}{cents}" for number, cents in zip(euros, pick.choices(CENTS, k=count), strict=True)]


def half_empty(pick: Random, cells: list[str]) -> list[str]:
    """The cells, half of them emptied."""
    return [cell if kept & 1 else "" for cell, kept in zip(cells, pick.randbytes(len(cells)), strict=True)]


def decisions(places: range) -> list[str]:
    """The references of decisions, as the register numbers them."""
    return list(map("DEL-%09d".__mod__, places))


def pools_of(pick: Random) -> Pools:
    """What the cells of each column of words are picked from; for a column of few words, cells picked beforehand."""
    few = {name: pick.choices(words, k=5 * BLOCK) for name, words in FEW.items()}
    return few | {"nomBeneficiaire": clubs(pick), "objet": purposes(pick)}


def block(pick: Random, pools: Pools, places: range) -> Cells:
    """The cells of valid rows, a list a column, quoted where CSV needs it."""
    count = len(places)
    cells = {name: stretch(pick, pools[name], count) for name in FEW}
    cells |= {
        "idAttribuant": digits(pick, 14, count),
        "dateConvention": pick.choices(DAYS, k=count),
        "referenceDecision": decisions(places),
        "nomBeneficiaire": pick.choices(pools["nomBeneficiaire"], k=count),
        "idBeneficiaire": digits(pick, 14, count),
        "rnaBeneficiaire": half_empty(pick, [f"W{number}" for number in digits(pick, 9, count)]),
        "objet": pick.choices(pools["objet"], k=count),
        "montant": amounts(pick, count),
        "datesPeriodeVersement": pick.choices(PERIODS, k=count),
    }
    return {name: cells[name] for name in COLUMNS}


def blocks(rows: int) -> Iterator[range]:
    """The places of the rows, a block at a time."""
    for start in range(0, rows, BLOCK):
        yield range(start, min(rows, start + BLOCK))


def grants(path: Path, rows: int, *, bad: float = 0.0, seed: int = 7) -> Made:
    """Write a table of grants; `bad` is the share of cells to spoil, and brings ragged, blank and repeating rows."""
    pick, wrong = Random(seed), Counter[str]()  # noqa: S311 - a benchmark, not a secret
    pools, originals = pools_of(pick), decisions(range(min(ORIGINALS, rows // 2)))
    how = Spoiling(share=bad, key="referenceDecision", originals=originals)
    with path.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for places in blocks(rows):
            cells = block(pick, pools, places)
            lines, spoilt = spoil(pick, cells, places, how) if bad else (joined(cells), Counter())
            file.write(("\n".join(lines) + "\n").encode())
            wrong += spoilt
    return Made(rows=rows, **wrong)


def small(folder: Path) -> list[Path]:
    """Write three valid tables of 300 rows."""
    paths = [folder / f"{name}.csv" for name in ("grants-2024", "grants-2025", "grants-2026")]
    for seed, path in enumerate(paths):
        grants(path, 300, seed=seed)
    return paths
