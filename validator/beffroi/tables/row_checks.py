"""Checks beyond the table schema, compiled for one table."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from beffroi.model.faults import Cell, Defect, Fault, fault
from beffroi.tables import checks
from beffroi.tables.plans import REMEMBERED, Plan
from beffroi.tables.tally import Use
from beffroi.tables.texts import Mask, Texts

if TYPE_CHECKING:
    from beffroi.model.check import Check
    from beffroi.model.standard import CheckUse


@dataclass(frozen=True, kw_only=True)
class RowCheck:
    """A check with its options and the columns it reads."""

    check: Check
    options: Mapping[str, Any]
    columns: tuple[str, ...]
    use: Use
    remembered: dict[tuple[str | None, ...], Fault | None]

    def faults_in(
        self, texts: Mapping[str, Texts], plans: Mapping[str, Plan], blank: Mask
    ) -> Iterator[tuple[list[int], Fault, str]]:
        """Rows that break the check: their indices, the fault, and what their cells hold.

        A column that the file does not have counts as one of missing cells.
        """
        everywhere = np.ones(len(blank), dtype=bool)
        absent = {n: plans[n].missing(texts[n]) if n in texts else everywhere for n in self.columns}
        wanted = ~blank
        if self.check.needs == "all":
            wanted &= ~np.logical_or.reduce(list(absent.values()))
        rows = np.flatnonzero(wanted)
        if not len(rows):
            return
        lists = [self.cells_of(texts.get(name), absent[name], rows) for name in self.columns]
        places: dict[tuple[str | None, ...], list[int]] = {}
        for row, cells in zip(rows.tolist(), zip(*lists, strict=True), strict=True):
            places.setdefault(cells, []).append(row)
        for cells, where in places.items():
            found = self.judged(cells, plans)
            if found:
                yield where, found, self.shown(cells)

    @staticmethod
    def cells_of(texts: Texts | None, absent: Mask, rows: np.ndarray) -> list[str | None]:
        """The texts of one column in the given rows; `None` for missing cells."""
        if texts is None:
            return [None] * len(rows)
        values = texts.array.take(pa.array(rows)).to_pylist()
        return [None if gone else value for value, gone in zip(values, absent[rows].tolist(), strict=True)]

    def judged(self, cells: tuple[str | None, ...], plans: Mapping[str, Plan]) -> Fault | None:
        """What is wrong with the cells of one record, remembered."""
        if cells in self.remembered:
            return self.remembered[cells]
        seen = zip(self.columns, cells, strict=True)
        found = self.check.run([Cell(text=None) if t is None else plans[n].cell(t) for n, t in seen], self.options)
        if len(self.remembered) < REMEMBERED:
            self.remembered[cells] = found
        return found

    def shown(self, cells: tuple[str | None, ...]) -> str:
        """The cells as a finding shows them."""
        if len(cells) == 1:
            return cells[0] or ""
        return ", ".join(f"{name}={text or ''}" for name, text in zip(self.columns, cells, strict=True))


def compile_check(use: CheckUse, fields: tuple[str, ...]) -> tuple[RowCheck | None, tuple[Defect, ...]]:
    """Compile one use of a check on a table of `fields`; a check that cannot run is a defect of the standard."""
    check = checks.find(use.check)
    if check is None:
        near = difflib.get_close_matches(use.check, checks.known(), n=1, cutoff=0.6)
        meant = {"meant": near[0]} if near else {}
        found = fault("standard-unknown-check", "did-you-mean" if near else None, check=use.check, **meant)
        return None, (Defect(fault=found, pointer=use.pointer),)
    problem = bad_options(check, use.options)
    if problem:
        return None, (Defect(fault=fault("standard-bad-check", check=use.check, problem=problem), pointer=use.pointer),)
    columns = check.column_names(use.options)
    unknown = [name for name in columns if name not in fields]
    if unknown:
        return None, (
            Defect(fault=fault("standard-unknown-field", name=", ".join(unknown), key=use.check), pointer=use.pointer),
        )
    about = use.pointer or json.dumps(use.options, sort_keys=True, default=str)
    asked = Use(level=use.level, about=about)
    return RowCheck(check=check, options=use.options, columns=columns, use=asked, remembered={}), ()


def bad_options(check: Check, options: Mapping[str, Any]) -> str | None:
    """What is wrong with a check's options; the ordinary case is judged without loading the JSON Schema library."""
    names_only = all(
        key in check.columns
        and (isinstance(value, str) or (isinstance(value, list) and all(isinstance(v, str) for v in value) and value))
        for key, value in options.items()
    )
    single = {key for key in check.columns if check.options.get("properties", {}).get(key, {}).get("type") == "string"}
    if (
        names_only
        and set(options) == set(check.columns)
        and all(isinstance(options[key], str) == (key in single) for key in options)
    ):
        return None
    from beffroi.documents import json_schema_validator

    validator = json_schema_validator(check.options)
    problem = next(validator.problems(dict(options)), None) if validator else None
    return f"{problem.pointer or 'options'}: {problem.keyword} {problem.expected}" if problem else None
