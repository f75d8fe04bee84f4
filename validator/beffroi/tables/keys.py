"""The keys of a table, gathered while it is read and compared at its end: which repeat, which refer to nothing.

A small table keeps its keys as they are; the keys of others, or of several tables, are kept as hashes (`runs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from beffroi import limits
from beffroi.tables.arrays import np, pa
from beffroi.values import dataclass

if TYPE_CHECKING:
    import numpy.typing as npt

    from beffroi.tables.hashes import Words
    from beffroi.tables.runs import Runs

    Numbers = npt.NDArray[np.int64]

PlainKey = tuple[str, ...]
HASH_BYTES = 16


@dataclass(frozen=True)
class PlainKeys:
    """The keys of a batch, and the indices of their records; records without a whole key have none."""

    rows: list[int]
    keys: list[PlainKey]

    @property
    def hashed(self) -> HashedKeys:
        """The same, hashed."""
        from beffroi.tables.hashes import hashed_key

        columns = [pa.array(column, type=pa.string()) for column in zip(*self.keys, strict=True)]
        words = hashed_key(columns) if columns else np.zeros((0, 2), dtype=np.uint64)
        return HashedKeys(np.array(self.rows, dtype=np.int64), words)


@dataclass(frozen=True)
class HashedKeys:
    """The same, with the keys as hashes."""

    rows: Numbers
    words: Words

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def hashed(self) -> HashedKeys:
        """Itself."""
        return self


@dataclass(frozen=True)
class ScannedKeys:
    """The same as the native scanner gives them: 16 bytes for each record of the batch, all zeros for no key."""

    hashes: bytes | bytearray

    @property
    def hashed(self) -> HashedKeys:
        """The same as numbers."""
        words = np.frombuffer(self.hashes, dtype=np.uint64).reshape(-1, 2)
        rows = np.flatnonzero(words[:, 0] | words[:, 1])
        return HashedKeys(rows, words if len(rows) == len(words) else words[rows])


BatchKeys = PlainKeys | HashedKeys | ScannedKeys


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How many records break a rule of keys, and the first of them; with the first record of the same key, or none."""

    count: int
    records: Sequence[int]
    originals: Sequence[int] = ()


@dataclass(kw_only=True)
class Keys:
    """Keys in the order of their records. `most` of the records that break a rule are wanted, all if it is `None`.

    `distinct` says that they are compared with each other.
    """

    most: int | None = None
    distinct: bool = True
    plain: list[tuple[int, PlainKey]] = field(default_factory=list)
    scanned: bytearray = field(default_factory=bytearray)
    runs: Runs | None = None
    lock: Lock = field(default_factory=Lock, repr=False)

    def add(self, found: BatchKeys, before: int) -> None:
        """Add the keys of a batch that has `before` records before it."""
        if self.runs is None and isinstance(found, PlainKeys) and not self.scanned:
            self.plain.extend((before + 1 + row, key) for row, key in zip(found.rows, found.keys, strict=True))
        elif self.runs is None and isinstance(found, ScannedKeys) and self.may_be_scanned(before):
            self.scanned += found.hashes
        elif len(hashed := found.hashed):
            self.in_runs.add(hashed.words, hashed.rows + (before + 1))

    def may_be_scanned(self, before: int) -> bool:
        """Whether the hashes of the next batch can be put behind those that are there, which are not too many."""
        known = len(self.scanned) // HASH_BYTES
        return not self.plain and known == before and known < limits.KEYS_IN_MEMORY

    @property
    def in_runs(self) -> Runs:
        """All keys as runs of hashes."""
        with self.lock:
            if self.runs is None:
                from beffroi.tables.runs import Runs

                runs = Runs(most=self.most, distinct=self.distinct)
                plain = PlainKeys([number for number, _ in self.plain], [key for _, key in self.plain]).hashed
                scanned = ScannedKeys(self.scanned).hashed
                for words, records in ((plain.words, plain.rows), (scanned.words, scanned.rows + 1)):
                    if len(records):
                        runs.add(words, records)
                self.runs = runs
        return self.runs

    def close(self) -> None:
        """Give back what is kept outside of memory."""
        if self.runs:
            self.runs.close()

    @property
    def repeats(self) -> Compared:
        """Which records repeat a key."""
        if self.runs is not None:
            found = self.runs.repeats()
            return Compared(count=found.count, records=found.records.tolist(), originals=found.originals.tolist())
        if self.scanned:
            return self.scanned_repeats
        firsts: dict[PlainKey, int] = {}
        repeated = [
            (record, original) for record, key in self.plain if (original := firsts.setdefault(key, record)) != record
        ]
        records, originals = [record for record, _ in repeated], [original for _, original in repeated]
        return Compared(count=len(repeated), records=records[: self.most], originals=originals[: self.most])

    @property
    def scanned_repeats(self) -> Compared:
        """The same, by the native scanner."""
        from beffroi.tables import scanner

        pairs = scanner.repeats(self.scanned)
        most = None if self.most is None else 2 * self.most
        records, originals = ([number + 1 for number in pairs[start:most:2]] for start in (0, 1))
        return Compared(count=len(pairs) // 2, records=records, originals=originals)

    @cached_property
    def there(self) -> set[PlainKey]:
        """The keys of a small table."""
        return {key for _, key in self.plain}

    @property
    def told_at_once(self) -> bool:
        """Whether a key can be looked up now; otherwise only all at once, by `orphans`. Nothing may be added then."""
        if self.runs is None and not self.scanned:
            return len(self.plain) < limits.KEYS_IN_MEMORY
        return self.in_runs.whole is not None

    def unknown(self, found: BatchKeys) -> Sequence[int] | Numbers:
        """The indices of the records of a batch whose key is not among these, where that is told at once."""
        if self.runs is None and isinstance(found, PlainKeys) and not self.scanned:
            return [row for row, key in zip(found.rows, found.keys, strict=True) if key not in self.there]
        from beffroi.tables.runs import Run

        hashed, whole = found.hashed, self.in_runs.whole
        assert whole is not None
        return hashed.rows[~whole.holds(Run(hashed.words[:, 0], hashed.words[:, 1], hashed.rows))]

    def orphans(self, known: Keys) -> Compared:
        """Which records have a key that is not among those `known`, where that is not told at once."""
        count, first = self.in_runs.orphans(known.in_runs)
        return Compared(count=count, records=first.tolist())
