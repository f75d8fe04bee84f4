"""Reads sample files, so much of them as is needed, and tells which of them are samples of one table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.deliveries import MAYBE, kind_of, visible_file
from beffroi.errors import CannotRead
from beffroi.model.faults import Fault
from beffroi.tables.batches import Expected
from beffroi.tables.delivery import suffix_of
from beffroi.tables.names import composed, folded
from beffroi.tables.sources import is_table_name, open_table
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.batches import Batch, PlainBatch
    from beffroi.tables.delivery import Delivered

ROWS = 100_000
"""The most rows of a file that are looked at."""
CELLS = 4_000_000
"""The most cells, so that wide tables do not fill the memory."""
SHARED = 0.5
"""The part of their columns that two files must have in common to be samples of one table."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One file: the texts of each column, by name, in `rows` rows that are not blank; an empty text is no value.

    `whole` says that there were no more.
    """

    taken: Delivered
    format: str
    columns: dict[str, list[str]]
    rows: int
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column over all samples of its table; `everywhere` tells whether all of them have it."""

    name: str
    samples: tuple[list[str], ...]
    everywhere: bool

    @cached_property
    def texts(self) -> Counter[str]:
        """Every distinct text with its count."""
        return Counter(text for sample in self.samples for text in sample if text)

    @property
    def rows(self) -> int:
        """How many rows have the column."""
        return sum(map(len, self.samples))

    def without(self, missing: Iterable[str]) -> Counter[str]:
        """The texts but those that mean "no value"."""
        left = set(missing)
        return Counter({text: count for text, count in self.texts.items() if text not in left})

    def distinct(self, missing: Sequence[str] = ()) -> bool:
        """Whether every row of each sample has a value that no other row of it has."""
        return self.everywhere and all(
            not {"", *missing} & (stripped := {text.strip() for text in sample}) and len(stripped) == len(sample)
            for sample in self.samples
        )


@dataclass(frozen=True, kw_only=True)
class SampledTable:
    """The samples of one table."""

    samples: tuple[Sample, ...]

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Every column of any sample: those of the first in its order, then the others."""
        names = dict.fromkeys(name for each in self.samples for name in each.columns)
        return tuple(self.column(name) for name in names)

    def column(self, name: str) -> Column:
        """One column."""
        found = tuple(each.columns[name] for each in self.samples if name in each.columns)
        return Column(name=name, samples=found, everywhere=len(found) == len(self.samples))

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(each.rows for each in self.samples)

    @property
    def whole(self) -> bool:
        """Whether all rows were."""
        return all(each.whole for each in self.samples)


def sample_files(names: Iterable[str]) -> Iterator[Path]:
    """The files that are named, and the tables of the folders that are.

    Raises `NoSuchInput`, or `CannotRead` for a folder without tables, an archive or the descriptor of a package.
    """
    for name in names:
        kind = kind_of(name)
        found = tables_below(Path(name)) if kind == "folder" else [Path(name)]
        if not found or kind not in {"file", "folder"}:
            raise CannotRead("not-sampled", where=name)
        yield from found


def tables_below(folder: Path) -> list[Path]:
    """The files of a folder that are called tables; texts and JSON files may be anything, and must be named."""
    files = (each for each in sorted(folder.rglob("*")) if visible_file(each, folder))
    return [each for each in files if is_table_name(each.name) and suffix_of(each.name) not in MAYBE]


def sampled(taken: Delivered) -> Sample:
    """Read a file. Raises `CannotRead` for one that holds no table with named columns."""
    table = open_table(taken, Expected())
    if isinstance(table, Fault):
        raise CannotRead("not-sampled", where=taken.name)
    named = named_columns(table.labels)
    if not named:
        raise CannotRead("no-columns", where=taken.name)
    columns: dict[str, list[str]] = {name: [] for name in named}
    most, rows, whole = min(ROWS, CELLS // len(table.labels)), 0, True
    for _, batch in table.placed():
        texts = texts_of(batch, range(len(table.labels)))
        kept = [row for row in zip(*texts, strict=True) if any(row)]
        whole = rows + len(kept) <= most
        for row in kept[: most - rows]:
            for name, place in named.items():
                columns[name].append(row[place] or "")
        rows = min(rows + len(kept), most)
        if not whole or any(each.fatal for each in batch.notices):
            break
    return Sample(taken=taken, format=table.read.format, columns=columns, rows=rows, whole=whole)


def named_columns(labels: tuple[str, ...]) -> dict[str, int]:
    """The first column of each name, regardless of case, as checks match them."""
    found: dict[str, int] = {}
    known: set[str] = set()
    for index, label in enumerate(labels):
        name = composed(label)
        if name and folded(name) not in known:
            known.add(folded(name))
            found[name] = index
    return found


def texts_of(batch: Batch | PlainBatch, places: Iterable[int]) -> list[list[str | None]]:
    """Columns of a batch as lists."""
    columns = (batch.columns[place] for place in places)
    return [each if isinstance(each, list) else each.to_pylist() for each in columns]


def tables_of(samples: Sequence[Sample]) -> tuple[SampledTable, ...]:
    """The samples by table: a file joins the first whose columns it mostly shares."""
    groups: list[list[Sample]] = []
    for sample in samples:
        near = next((group for group in groups if alike(group[0], sample)), None)
        if near is None:
            groups.append([sample])
        else:
            near.append(sample)
    return tuple(SampledTable(samples=tuple(spelt_alike(group))) for group in groups)


def alike(one: Sample, other: Sample) -> bool:
    """Whether two files share most of their columns."""
    first, second = ({folded(name) for name in each.columns} for each in (one, other))
    return len(first & second) > SHARED * max(len(first), len(second))


def spelt_alike(group: list[Sample]) -> Iterable[Sample]:
    """The samples of one table, each column called as the first that has it calls it."""
    spelling: dict[str, str] = {}
    for sample in group:
        columns = {spelling.setdefault(folded(name), name): texts for name, texts in sample.columns.items()}
        yield Sample(taken=sample.taken, format=sample.format, columns=columns, rows=sample.rows, whole=sample.whole)
