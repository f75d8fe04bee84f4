"""Checks beyond the table schema, compiled for one table."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Cell, Defect, Fault, Options, fault
from beffroi.tables import checks
from beffroi.tables.arrays import np, pa
from beffroi.tables.plans import REMEMBERED
from beffroi.tables.tally import Use
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.documents import JsonSchema
    from beffroi.model.check import Check
    from beffroi.model.standard import CheckUse
    from beffroi.tables.plans import Plan
    from beffroi.tables.texts import Mask, Texts


HIDDEN = "•••"
"""What stands for a value that a report does not repeat."""


@dataclass(frozen=True, kw_only=True)
class RowCheck:
    """A check with its options and the columns it reads."""

    check: Check
    options: Mapping[str, Any]
    columns: tuple[str, ...]
    use: Use
    remembered: dict[tuple[str | None, ...], Fault | None]

    def placed_at(self, plans: Mapping[str, Plan]) -> str:
        """The field that its findings stand at: the first that the file has."""
        return next((each for each in self.columns if each in plans), self.columns[0])

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
        if self.check.by_presence:
            wanted &= self.wrong_by_presence(texts, absent, plans)
        rows = np.flatnonzero(wanted)
        if len(rows):
            lists = [self.cells_of(texts.get(name), absent[name], rows) for name in self.columns]
            yield from self.judged_once(rows.tolist(), zip(*lists, strict=True), plans)

    def wrong_by_presence(
        self, texts: Mapping[str, Texts], absent: Mapping[str, Mask], plans: Mapping[str, Plan]
    ) -> Mask:
        """The rows that do not pass, told by one row for each way in which cells are there or not."""
        ways = np.packbits(np.column_stack([absent[name] for name in self.columns]), axis=1)
        few = len(self.columns) <= 8  # in one byte
        ways = ways.ravel() if few else ways
        _, examples, way = np.unique(ways, axis=None if few else 0, return_index=True, return_inverse=True)
        wrong = np.zeros(len(examples), dtype=bool)
        for number, example in enumerate(examples):
            cells = (self.cells_of(texts.get(name), absent[name], np.array([example]))[0] for name in self.columns)
            wrong[number] = self.judged(tuple(cells), plans) is not None
        found: Mask = wrong[way.ravel()]
        return found

    def faults_in_lists(
        self, columns: Sequence[Sequence[str | None] | None], plans: Mapping[str, Plan], count: int, blank: set[int]
    ) -> Iterator[tuple[list[int], Fault, str]]:
        """The same for `count` rows of Python texts."""
        lists = []
        for name, column in zip(self.columns, columns, strict=True):
            missing = plans[name].missing_values if column is not None else frozenset()
            lists.append([None if text in missing else text for text in column or [None] * count])
        wanted, found = [], []
        for row, cells in enumerate(zip(*lists, strict=True)):
            if row not in blank and not (self.check.needs == "all" and None in cells):
                wanted.append(row)
                found.append(cells)
        yield from self.judged_once(wanted, found, plans)

    def judged_once(
        self, rows: list[int], cells: Iterable[tuple[str | None, ...]], plans: Mapping[str, Plan]
    ) -> Iterator[tuple[list[int], Fault, str]]:
        """Judge each combination of cells once."""
        places: dict[tuple[str | None, ...], list[int]] = {}
        for row, each in zip(rows, cells, strict=True):
            places.setdefault(each, []).append(row)
        for each, where in places.items():
            found = self.judged(each, plans)
            if found:
                yield where, found, self.shown(each)

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
        if self.check.private:
            return HIDDEN
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
    if option := bad_option(use.check, check, use.options):
        return None, (Defect(fault=fault("standard-bad-check", check=use.check, option=option), pointer=use.pointer),)
    columns = (*check.column_names(use.options), *use.when)
    unknown = [name for name in columns if name not in fields]
    if unknown:
        return None, (
            Defect(fault=fault("standard-unknown-field", name=", ".join(unknown), key=use.check), pointer=use.pointer),
        )
    about = use.pointer or json.dumps(use.options, sort_keys=True, default=str)
    asked = Use(level=use.level, about=about)
    if use.when:
        check = conditional(check, tuple(map(frozenset, use.when.values())))
    return RowCheck(check=check, options=use.options, columns=columns, use=asked, remembered={}), ()


def conditional(check: Check, wanted: tuple[frozenset[str], ...]) -> Check:
    """A check whose last cells are a condition: it is run on the others where each of these holds a wanted text."""

    def run(cells: Sequence[Cell], options: Options) -> Fault | None:
        judged, told = cells[: -len(wanted)], cells[-len(wanted) :]
        if not all(cell.text in texts for cell, texts in zip(told, wanted, strict=True)):
            return None
        if check.needs == "all" and any(cell.text is None for cell in judged):
            return None
        found = check.run(judged, options)
        told_as = ", ".join(cell.text or "" for cell in told)
        return found and replace(found, details=(*found.details, ("when", told_as)))

    return replace(check, run=run, needs="any", by_presence=False, surely=None)


def bad_option(check_id: str, check: Check, options: Mapping[str, Any]) -> str | None:
    """The option that is missing, unknown or not what the check asks for, if there is one."""
    if plainly_right(check.options, options):
        return None
    validator = options_form(check_id)
    problem = next(validator.problems(dict(options)), None) if validator else None
    if problem is None:
        return None
    told = {"required": problem.expected, "additionalProperties": problem.found}
    return told.get(problem.keyword) or problem.pointer.strip("/").split("/")[0]


@cache
def options_form(check_id: str) -> JsonSchema | None:
    """The compiled JSON Schema of a check's options."""
    from beffroi.documents import json_schema_validator

    check = checks.find(check_id)
    return json_schema_validator(check.options) if check else None


def plainly_right(form: Mapping[str, Any], options: Mapping[str, Any]) -> bool:
    """Whether ordinary options are right, told without loading the JSON Schema library."""
    known = form.get("properties", {})
    enough = [set(each.get("required", ())) <= set(options) for each in form.get("oneOf", (form,))]
    return enough.count(True) == 1 and all(
        name in known and plain_value(known[name], value) for name, value in options.items()
    )


def plain_value(form: Mapping[str, Any], value: Any) -> bool:
    """Whether a value is one of a list, a text, or a list of texts, where the form asks for no more than that."""
    if set(form) <= {"enum"}:
        return value in form.get("enum", ())
    if form.get("type") == "array" and set(form) <= {"type", "items", "minItems"}:
        enough = isinstance(value, list) and len(value) >= form.get("minItems", 0)
        return enough and all(plain_value(form.get("items", {}), each) for each in value)
    plain_text = form.get("type") == "string" and set(form) <= {"type", "minLength"}
    return plain_text and isinstance(value, str) and bool(value)
