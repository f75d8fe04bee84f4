"""Keys: which records repeat an earlier one, and which refer to a record that is not there.

A key is kept as 128 bits of a hash with a secret seed and its record number, 24 bytes in all, in sorted runs; that two
different keys meet is less likely than a fault of the memory they are kept in (100 million keys: 1 in 10²²).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from beffroi.tables.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

Word = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint64]
SEED = os.urandom(16)
SEEDS = np.frombuffer(SEED, dtype=np.uint64)
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
VECTOR_BYTES = 64


def hashed(column: pa.StringArray) -> Words:
    """128 bits for each text, as two words."""
    texts = Texts(column)
    result = np.zeros((len(texts), 2), dtype=np.uint64)
    short = texts.lengths <= VECTOR_BYTES
    if len(texts):
        result[short] = hashed_short(texts, short)
    for index in np.flatnonzero(~short):
        start, end = texts.offsets[index], texts.offsets[index + 1]
        digest = hashlib.blake2b(texts.data[start:end].tobytes(), digest_size=16, key=SEED).digest()
        result[index] = np.frombuffer(digest, dtype=np.uint64)
    return result


def hashed_short(texts: Texts, chosen: npt.NDArray[np.bool_]) -> Words:
    """The same for texts of at most 64 bytes, all at once, eight bytes at a time."""
    lengths = texts.lengths[chosen]
    starts = texts.offsets[:-1][chosen].astype(np.int64)
    data = texts.data
    result = np.tile(SEEDS, (len(lengths), 1))
    place = np.arange(8)
    for begin in range(0, int(lengths.max(initial=0)), 8):
        left = np.clip(lengths - begin, 0, 8)
        index = np.minimum(starts[:, None] + begin + place, max(len(data) - 1, 0))
        word = np.where(place < left[:, None], data[index], 0).astype(np.uint8).view(np.uint64)
        mixed = mix(result ^ word)
        result = np.where(left[:, None] > 0, mixed, result)
    return mix(result ^ lengths[:, None].astype(np.uint64))


def mix(words: Words) -> Words:
    """Spread every bit over the word (the finaliser of splitmix64, with two multipliers)."""
    words = (words ^ (words >> np.uint64(30))) * MULTIPLIERS
    words = (words ^ (words >> np.uint64(27))) * MULTIPLIERS[::-1]
    return words ^ (words >> np.uint64(31))


def hashed_key(columns: Sequence[pa.StringArray]) -> Words:
    """128 bits for each key of one or several columns."""
    result = hashed(columns[0])
    for column in columns[1:]:
        result = mix(result) + hashed(column)
    return result


@dataclass(frozen=True, slots=True)
class Run:
    """Keys sorted by their first word, each with its record."""

    first: Word
    second: Word
    records: npt.NDArray[np.int64]

    @classmethod
    def of(cls, keys: Words, records: npt.NDArray[np.int64]) -> Run:
        """Sort `keys`."""
        order = np.argsort(keys[:, 0], kind="stable")
        return cls(keys[order, 0], keys[order, 1], records[order])

    @property
    def keys(self) -> Words:
        """The keys, side by side again."""
        return np.column_stack([self.first, self.second])


class KeyIndex:
    """The keys seen so far, each with the number of the first record that had it."""

    def __init__(self) -> None:
        self._runs: list[Run] = []

    def find(self, keys: Words) -> npt.NDArray[np.int64]:
        """The record that has each key, 0 where none has."""
        found = np.zeros(len(keys), dtype=np.int64)
        for run in self._runs:
            place = np.minimum(np.searchsorted(run.first, keys[:, 0]), len(run.records) - 1)
            same = (run.first[place] == keys[:, 0]) & (run.second[place] == keys[:, 1])
            found[same] = run.records[place[same]]
        return found

    def add(self, keys: Words, records: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Add keys in the order of their records; the first record of each key seen before, 0 for a new key."""
        if not len(keys):
            return np.zeros(0, dtype=np.int64)
        order = np.lexsort((records, keys[:, 1], keys[:, 0]))
        keys, records = keys[order], records[order]
        seen = self.find(keys)
        starts = np.concatenate([[True], (keys[1:] != keys[:-1]).any(axis=1)])
        new = starts & (seen == 0)
        self._insert(keys[new], records[new])
        first = records[np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))]
        earlier = np.zeros(len(order), dtype=np.int64)
        earlier[order] = np.where(seen > 0, seen, np.where(starts, 0, first))
        return earlier

    def _insert(self, keys: Words, records: npt.NDArray[np.int64]) -> None:
        """Add a run, merged with those no longer than it, so that there are few."""
        if not len(keys):
            return
        while self._runs and len(self._runs[-1].records) <= len(records):
            other = self._runs.pop()
            keys, records = np.concatenate([other.keys, keys]), np.concatenate([other.records, records])
        self._runs.append(Run.of(keys, records))
