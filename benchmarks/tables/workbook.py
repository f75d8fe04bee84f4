"""The table of grants as a workbook."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.tables.grants import COLUMNS, grants

AMOUNT, SHARE, DAY = (COLUMNS.index(name) for name in ("montant", "pourcentageSubvention", "dateConvention"))


def typed(cells: list[str]) -> list[Any]:
    """The row as a person would have it in a workbook: numbers as numbers, the day as a date."""
    row: list[Any] = list(cells)
    row[AMOUNT], row[SHARE], row[DAY] = float(cells[AMOUNT]), float(cells[SHARE]), datetime.fromisoformat(cells[DAY])
    return row


def fill(path: Path, rows: Iterable[list[Any]]) -> None:
    """Write a workbook of one sheet, row by row."""
    import xlsxwriter  # type: ignore[import-untyped]

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("grants")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def workbook(path: Path, rows: int) -> None:
    """Write a valid table of grants as XLSX."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        table = Path(folder) / "grants.csv"
        grants(table, rows)
        with table.open(newline="", encoding="utf-8") as file:
            lines = csv.reader(file)
            fill(path, chain([next(lines)], map(typed, lines)))
