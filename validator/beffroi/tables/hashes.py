"""Keys as 128 bits of a hash with a secret seed.

That two different keys meet is less likely than a fault of the memory they are kept in (100 million keys: 1 in 10²²),
and as the seed is drawn anew in every run, nobody can make them meet.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from beffroi.tables import scanner
from beffroi.tables.seed import SEED
from beffroi.tables.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    Words = npt.NDArray[np.uint64]
    """Two words a key, in the columns of a matrix."""

SEEDS = np.frombuffer(SEED, dtype=np.uint64)
MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)
VECTOR_BYTES = 64


def hashed(column: pa.StringArray) -> Words:
    """128 bits for each text, as two words: by the native scanner, so that it may hash too, or where there is none."""
    texts = Texts(column)
    if scanner.available():
        return words_of(scanner.hash_texts(texts.offsets, texts.data, SEED))
    result = np.zeros((len(texts), 2), dtype=np.uint64)
    short = texts.lengths <= VECTOR_BYTES
    if len(texts):
        result[short] = hashed_short(texts, short)
    for index in np.flatnonzero(~short):
        start, end = texts.offsets[index], texts.offsets[index + 1]
        digest = hashlib.blake2b(texts.data[start:end].tobytes(), digest_size=16, key=SEED).digest()
        result[index] = np.frombuffer(digest, dtype=np.uint64)
    return result


def words_of(hashes: bytes) -> Words:
    """Hashes of the native scanner as words."""
    words: Words = np.frombuffer(hashes, dtype=np.uint64).reshape(-1, 2)
    return words


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
    if scanner.available():
        return words_of(scanner.combine([hashed(column).tobytes() for column in columns], SEED))
    result = hashed(columns[0])
    for column in columns[1:]:
        result = mix(result) + hashed(column)
    return result
