"""The tables that a file of a project holds: one of a plain file, several of a package, a folder or a zip."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from beffroi.errors import BeffroiError
from beffroi.model.faults import Fault, reason
from beffroi.projects.datasets import own_path
from beffroi.projects.project import Dataset, Located, Project
from beffroi.tables.batches import Batch, Expected, PlainBatch, Table
from beffroi.tables.names import composed
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.standard import Standard
    from beffroi.packages.package import Package
    from beffroi.tables.arrays import pa
    from beffroi.tables.batches import Part

Found = TypeVar("Found")
MOST_TABLES = 1000
"""The most tables that one file (a package, a folder) is taken to hold."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A table, or why there is none; `path` is how messages call its file. Read it while the context lives."""

    path: str
    table: Table | None = None
    fault: Fault | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of its columns; none where it is no table."""
        return tuple(composed(each) for each in self.table.labels) if self.table else ()

    @property
    def problem(self) -> Fault:
        """Why it cannot be used, in words that all verifiers share."""
        told = self.fault is not None and "problem" in dict(self.fault.details)
        return self.fault if self.fault and told else reason("not-a-table")


@contextmanager
def opened_files(project: Project, dataset: Dataset, files: tuple[Located, ...]) -> Iterator[tuple[Opened, ...]]:
    """The tables that files of a dataset hold, read as the standard that it claims would have them read."""
    standard = claimed_standard(project, dataset)
    with ExitStack() as stack:
        found = (table for each in files if each.file for table in tables_at(each.file, each.path, stack, standard))
        yield tuple(islice(unbroken(found, project), MOST_TABLES))


def claimed_standard(project: Project, dataset: Dataset) -> Standard | None:
    """The standard that a dataset claims, if it can be found."""
    try:
        found: Standard | None = project.standard_of(dataset)
    except BeffroiError:
        return None
    return found


def unbroken(found: Iterator[Opened], project: Project) -> Iterator[Opened]:
    """The same up to what cannot be read at all, which is told."""
    try:
        yield from found
    except BeffroiError as error:
        path = own_path(project, project.shown(error.where or ""))
        yield Opened(path=path, fault=reason("unreadable", problem=error.message(project.lang)))


def tables_at(path: Path, name: str, stack: ExitStack, standard: Standard | None) -> Iterator[Opened]:
    """Every table at a path, which messages call `name`. Raises `BeffroiError` for what cannot be read."""
    from beffroi.deliveries import DESCRIPTORS

    if path.is_dir():
        yield from tables_in(path, name.rstrip("/"), stack, standard)
    elif path.name in DESCRIPTORS:
        yield from tables_of_package(path.parent, path.name, name.removesuffix(path.name), stack)
    elif path.suffix.lower() == ".zip":
        yield from tables_of_archive(path, name, stack, standard)
    else:
        yield table_of_file(path, name, stack, standard)


def tables_in(folder: Path, name: str, stack: ExitStack, standard: Standard | None) -> Iterator[Opened]:
    """Every table of a folder: of the package that it is, or all below it."""
    from beffroi.deliveries import contents_of
    from beffroi.packages.descriptor import find_descriptor

    if descriptor := find_descriptor(folder):
        yield from tables_of_package(folder, descriptor.name, f"{name}/", stack)
        return
    contents = contents_of(folder)
    for each in sorted((*contents.tables, *contents.maybe)):
        yield table_of_file(each, f"{name}/{each.relative_to(folder).as_posix()}", stack, standard)
    for each in contents.descriptors:
        within = each.parent.relative_to(folder).as_posix()
        yield from tables_of_package(each.parent, each.name, f"{name}/{within}/", stack)


def tables_of_archive(path: Path, name: str, stack: ExitStack, standard: Standard | None) -> Iterator[Opened]:
    """Every table of a zip."""
    from beffroi.packages.archives import unpacked

    found = stack.enter_context(unpacked(path))
    if isinstance(found, Fault):
        yield Opened(path=name, fault=found)
    else:
        yield from tables_in(found, name, stack, standard)


def tables_of_package(folder: Path, descriptor: str, above: str, stack: ExitStack) -> Iterator[Opened]:
    """Every table of a data package; `above` is what messages put before the names of its files."""
    from beffroi.packages.descriptor import read_package

    package = read_package(folder, above.rstrip("/"), descriptor)
    if isinstance(package, Fault):
        yield Opened(path=f"{above}{descriptor}", fault=package)
    else:
        yield from tables_of_resources(package, above, stack)


def tables_of_resources(package: Package, above: str, stack: ExitStack) -> Iterator[Opened]:
    """The tables that a descriptor names."""
    from beffroi.packages.inline import inline_table
    from beffroi.packages.parts import expected_of, resource_delivered
    from beffroi.tables.sources import open_table

    for each in package.resources:
        if not (each.tabular and each.readable):
            continue
        expected = expected_of(each)
        if isinstance(each.data, list):
            found: Table | Fault = inline_table(each, expected.names)
        else:
            found = open_table(stack.enter_context(resource_delivered(each)), expected)
        yield as_opened(f"{above}{each.title}", found)


def table_of_file(path: Path, name: str, stack: ExitStack, standard: Standard | None) -> Opened:
    """The table of one plain file."""
    from beffroi.deliveries import rules_for
    from beffroi.judging import expected_of
    from beffroi.tables.delivery import delivered
    from beffroi.tables.sources import open_table

    taken = stack.enter_context(delivered(path, name))
    expected: Expected = expected_of(rules_for(taken, standard))
    return as_opened(name, open_table(taken, expected))


def as_opened(name: str, found: Table | Fault) -> Opened:
    """What came of opening a file."""
    return Opened(path=name, fault=found) if isinstance(found, Fault) else Opened(path=name, table=found)


def each_batch(project: Project, table: Table, look: Callable[[Batch], Found]) -> Iterator[tuple[int, Found]]:
    """What is seen in each batch of a table, with the number of records before it; several are looked at at once."""
    from beffroi.tables.pipeline import cores, in_order

    def seen(part: Part) -> tuple[int, Found]:
        batch = part.parse()
        return batch.rows, look(batch.in_arrow if isinstance(batch, PlainBatch) else batch)

    before = 0
    for _, (rows, found) in in_order(table.parts(), seen, project.judge.settings.jobs or cores()):
        yield before, found
        before += rows


def first_batch(table: Table) -> Batch | None:
    """The first records of a table."""
    for part in table.parts():
        batch = part.parse()
        return batch.in_arrow if isinstance(batch, PlainBatch) else batch
    return None


def rows_of(project: Project, table: Table) -> int:
    """How many records a table has."""
    from beffroi.tables.engine import References, TableJudge

    return TableJudge(table, None, References(), 0, project.judge.settings.jobs).run().rows


def column_texts(batch: Batch, index: int) -> pa.StringArray:
    """The texts of a column that are not blank."""
    from beffroi.tables.arrays import pc

    column: Any = batch.columns[index]
    return column.filter(pc.fill_null(pc.greater(pc.binary_length(pc.utf8_trim_whitespace(column)), 0), False))  # noqa: FBT003
