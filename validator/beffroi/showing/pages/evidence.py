"""The examples of a standard, judged: what the invalid ones get, and the first rows of valid ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from beffroi.checking import judged
from beffroi.deliveries import Judge
from beffroi.errors import BeffroiError
from beffroi.model.faults import Fault
from beffroi.model.report import Finding, Report
from beffroi.model.standard import Standard
from beffroi.settings import Settings
from beffroi.standards.sampled import named_columns, texts_of
from beffroi.standards.testing import examples_of, found_in
from beffroi.tables.batches import Expected
from beffroi.tables.delivery import delivered
from beffroi.tables.sources import open_table
from beffroi.values import dataclass

ROWS = 3
"""How many rows of a valid example are shown."""
COLUMNS = 200
"""The most columns."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The first rows of a table: its columns by name, each with as many texts as there are rows."""

    path: Path
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """An invalid example, with what is found in it: the table and the finding."""

    path: Path
    findings: tuple[tuple[str, Finding], ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the examples of a standard show; `rows` are by table."""

    valid: tuple[Path, ...]
    rows: Mapping[str, Rows]
    mistakes: tuple[Mistake, ...]


def evidence_of(standard: Standard) -> Evidence:
    """Judge the examples of a standard, valid ones until each table was seen; those that cannot be read are none."""
    paths = [each for each in examples_of(standard) if is_inside(each[0], standard)]
    valid = tuple(path for path, good in paths if good)
    mistakes = ((path, report_on(path, standard)) for path, good in paths if not good)
    return Evidence(
        valid=valid,
        rows=dict(first_rows(valid, standard)),
        mistakes=tuple(Mistake(path=path, findings=tuple(found_in(found))) for path, found in mistakes if found),
    )


def is_inside(path: Path, standard: Standard) -> bool:
    """Whether an example does not lead out of its standard's folder."""
    return standard.folder is not None and path.resolve().is_relative_to(standard.folder.resolve())


def report_on(path: Path, standard: Standard) -> Report | None:
    """What is found in an example; none where it cannot be judged."""
    try:
        return judged([path.as_posix()], Judge(standard=standard, settings=Settings(samples=1, jobs=1)))
    except BeffroiError:
        return None


def first_rows(valid: tuple[Path, ...], standard: Standard) -> Iterator[tuple[str, Rows]]:
    """For each table, the first rows of the valid example with the shortest name that has it."""
    wanted = {each.name for each in standard.resources}
    for path in sorted(valid, key=lambda each: (len(each.name), each.name)):
        if not wanted:
            return
        report = report_on(path, standard)
        for each in report.subjects if report else ():
            file = Path(each.path)
            if each.resource in wanted and file.is_file() and is_inside(file, standard) and (rows := read_rows(file)):
                wanted.remove(each.resource)
                yield each.resource, rows


def read_rows(path: Path) -> Rows | None:
    """The first rows of a file; none where it is not a table."""
    try:
        with delivered(path) as taken:
            opened = open_table(taken, Expected())
            if isinstance(opened, Fault):
                return None
            places = dict(islice(named_columns(opened.labels).items(), COLUMNS))
            for _, batch in opened.placed():
                columns = dict(zip(places, texts_of(batch, places.values()), strict=True))
                return Rows(path=path, columns={name: tuple(t or "" for t in c[:ROWS]) for name, c in columns.items()})
    except BeffroiError:
        return None
    return None
