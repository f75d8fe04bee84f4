"""Hashed keys in sorted runs: in memory as long as they are few, beyond that in a file that has no name.

A run holds 24 bytes a key: two words of its hash, and the number of its record. Runs are sorted by the first word, so
that each falls into parts by its first bits; keys that are equal fall into the same part of every run, and the parts
are compared one after the other. The file is gone with the process, however that ends.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from beffroi import limits
from beffroi.errors import CannotRead
from beffroi.values import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

    from beffroi.tables.hashes import Words

    Numbers = npt.NDArray[np.int64]
    Word = npt.NDArray[np.uint64]
    Mask = npt.NDArray[np.bool_]

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says where there is no room."""
PARTS = 64
BOUNDS = np.arange(1, PARTS, dtype=np.uint64) << np.uint64(58)


@dataclass(frozen=True, slots=True)
class Run:
    """Keys, by their words, and their records."""

    first: Word
    second: Word
    records: Numbers

    @classmethod
    def joined(cls, runs: list[Run]) -> Run:
        """One run of several."""
        if len(runs) == 1:
            return runs[0]
        empty = np.zeros(0, dtype=np.uint64)
        return cls(
            np.concatenate([empty, *(each.first for each in runs)]),
            np.concatenate([empty, *(each.second for each in runs)]),
            np.concatenate([empty.astype(np.int64), *(each.records for each in runs)]),
        )

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, chosen: npt.NDArray[np.generic] | slice) -> Run:
        return Run(self.first[chosen], self.second[chosen], self.records[chosen])

    @property
    def in_order(self) -> Run:
        """Sorted by key; equal keys by record."""
        found = self[np.argsort(self.first)]
        equal = found.first[1:] == found.first[:-1]
        if not equal.any():
            return found
        again = np.zeros(len(self), dtype=bool)
        again[1:] |= equal
        again[:-1] |= equal
        places = np.flatnonzero(again)
        order = np.arange(len(self))
        order[places] = places[np.lexsort((found.records[places], found.second[places], found.first[places]))]
        return found[order]

    @property
    def repeats(self) -> Mask:
        """Of a sorted run: which keys equal the one before."""
        found = np.zeros(len(self), dtype=bool)
        found[1:] = (self.first[1:] == self.first[:-1]) & (self.second[1:] == self.second[:-1])
        return found

    def holds(self, others: Run) -> Mask:
        """Of a sorted run: which of `others` are among its keys."""
        found = np.zeros(len(others), dtype=bool)
        if not len(self):
            return found
        order = np.argsort(others.first)  # neighbours look in the same place, which is in the cache
        first, second = others.first[order], others.second[order]
        place = np.searchsorted(self.first, first)
        left = np.arange(len(others))
        while len(left):
            at = np.minimum(place[left], len(self) - 1)
            left, at = (each[self.first[at] == first[left]] for each in (left, at))
            same = self.second[at] == second[left]
            found[order[left[same]]] = True
            left = left[~same]
            place[left] += 1
            left = left[place[left] < len(self)]
        return found


@dataclass(frozen=True, kw_only=True)
class Repeats:
    """How many keys repeat an earlier one, and the first of them: the record, and the first record with its key."""

    count: int
    records: Numbers
    originals: Numbers


@dataclass(frozen=True, slots=True)
class Spilled:
    """A run in the file: `place` its first byte, `ends` where each part of it ends, in keys."""

    place: int
    ends: Numbers


@dataclass(kw_only=True)
class Runs:
    """Keys in the order of their records. Where `distinct`, of the repeats within a run only the first `most` are kept,
    and the others counted: all of them may be alike, but then there is nothing to compare.
    """

    most: int | None
    distinct: bool = True
    pending: list[Run] = field(default_factory=list)
    size: int = 0
    spilled: list[Spilled] = field(default_factory=list)
    counted: int = 0
    kept: int = 0
    file: BinaryIO | None = None

    def add(self, keys: Words, records: Numbers) -> None:
        """Add keys; the records of later calls are later. Raises `CannotRead` when the disk refuses."""
        self.pending.append(Run(keys[:, 0], keys[:, 1], records))
        self.size += len(records)
        if self.size >= limits.KEYS_IN_MEMORY:
            self.spill()

    def close(self) -> None:
        """Give the file back."""
        if self.file:
            self.file.close()

    def spill(self) -> None:
        """Put what is pending into the file, as one run."""
        run = Run.joined(self.pending).in_order
        self.pending, self.size = [], 0
        if self.distinct:
            run = self.without_repeats(run)
        try:
            self.file = self.file or tempfile.TemporaryFile(prefix="beffroi-keys-")  # noqa: SIM115 - lives as long
            place = self.file.seek(0, os.SEEK_END)
            if place > limits.SPILLED_BYTES:
                raise CannotRead("too-many-keys", where=tempfile.gettempdir())
            for each in (run.first, run.second, run.records):
                self.file.write(np.ascontiguousarray(each).data)
        except OSError as error:
            if error.errno in FULL:
                raise CannotRead("too-many-keys", where=tempfile.gettempdir()) from error
            raise CannotRead.because(error, tempfile.gettempdir()) from error
        ends = np.append(np.searchsorted(run.first, BOUNDS), len(run))
        self.spilled.append(Spilled(place, ends))

    def without_repeats(self, run: Run) -> Run:
        """A sorted run without the repeats that nobody will ask for."""
        repeats = np.flatnonzero(run.repeats)
        room = len(repeats) if self.most is None else min(max(self.most - self.kept, 0), len(repeats))
        dropped = repeats[np.argsort(run.records[repeats], kind="stable")[room:]]
        self.kept += room
        self.counted += len(dropped)
        return run[np.delete(np.arange(len(run)), dropped)] if len(dropped) else run

    def parts(self) -> Iterator[Run]:
        """The keys of all runs, part by part; one part if they are all in memory."""
        if self.file is None:
            yield Run.joined(self.pending)
            return
        if self.pending:
            self.spill()
        for part in range(PARTS):
            yield Run.joined(list(self.slices(part)))

    def slices(self, part: int) -> Iterator[Run]:
        """One part of each run in the file."""
        assert self.file is not None
        for run in self.spilled:
            begin, end, length = run.ends[part - 1] if part else 0, run.ends[part], run.ends[-1]
            columns = []
            for number in range(3):
                self.file.seek(run.place + 8 * int(number * length + begin))
                columns.append(np.frombuffer(self.file.read(8 * int(end - begin)), dtype=np.uint64))
            yield Run(columns[0], columns[1], columns[2].view(np.int64))

    def repeats(self) -> Repeats:
        """Which keys repeat an earlier one."""
        found = [repeats_in(part, self.most) for part in self.parts()]
        records = np.concatenate([each.records for each in found])
        order = np.argsort(records)[: self.most]
        return Repeats(
            count=self.counted + sum(each.count for each in found),
            records=records[order],
            originals=np.concatenate([each.originals for each in found])[order],
        )

    @cached_property
    def whole(self) -> Run | None:
        """All keys, sorted, if they are in memory; nothing may be added from then on."""
        return None if self.file else Run.joined(self.pending).in_order

    def orphans(self, known: Runs) -> tuple[int, Numbers]:
        """How many keys are not among those `known`, which are in a file too, and the first records that hold one."""
        self.spill()
        count, first = 0, np.zeros(0, dtype=np.int64)
        for part, others in enumerate(known.parts()):
            run = others.in_order
            for mine in self.slices(part):
                records = mine.records[~run.holds(mine)]
                count += len(records)
                first = np.sort(np.concatenate([first, records]))[: self.most]
        return count, first


def repeats_in(part: Run, most: int | None) -> Repeats:
    """Which keys of a part repeat an earlier one."""
    ordered = np.sort(part.first)
    run = part.in_order if (ordered[1:] == ordered[:-1]).any() else part[:0]
    repeats = run.repeats
    originals = run.records[np.maximum.accumulate(np.where(repeats, 0, np.arange(len(run))))]
    records, originals = run.records[repeats], originals[repeats]
    order = np.argsort(records)[:most]
    return Repeats(count=len(records), records=records[order], originals=originals[order])
