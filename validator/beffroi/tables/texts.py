"""A column of text as bytes that numpy can look at all at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from beffroi.tables.arrays import np, pa, pc

if TYPE_CHECKING:
    import numpy.typing as npt

    Mask = npt.NDArray[np.bool_]

DIGITS_FOLDED = bytes(ord("0") if ord("0") <= byte <= ord("9") else byte for byte in range(256))


class Texts:
    """The texts of one column in one batch; nulls count as empty texts."""

    def __init__(self, array: pa.StringArray) -> None:
        self.nulls = as_mask(array.is_null()) if array.null_count else np.zeros(len(array), dtype=bool)
        self.array = pc.fill_null(array, "") if array.null_count else array

    def __len__(self) -> int:
        return len(self.array)

    @cached_property
    def offsets(self) -> npt.NDArray[np.int32]:
        """Where each text begins in the data buffer, and the end of the last."""
        buffer = self.array.buffers()[1]
        if buffer is None or not len(self.array):
            return np.zeros(1, dtype=np.int32)
        return np.frombuffer(buffer, dtype=np.int32)[self.array.offset : self.array.offset + len(self.array) + 1]

    @cached_property
    def lengths(self) -> npt.NDArray[np.int32]:
        """Lengths in bytes."""
        return np.diff(self.offsets)

    @cached_property
    def data(self) -> npt.NDArray[np.uint8]:
        """The bytes of all texts."""
        buffer = self.array.buffers()[2]
        return np.frombuffer(buffer or b"", dtype=np.uint8)

    @cached_property
    def digits_folded(self) -> pa.StringArray:
        """The same texts with `0` for every ASCII digit: their signatures."""
        start, end = int(self.offsets[0]), int(self.offsets[-1])
        folded = self.data[start:end].tobytes().translate(DIGITS_FOLDED)
        offsets = pa.py_buffer((self.offsets - start).astype(np.int32))
        return pa.StringArray.from_buffers(len(self.array), offsets, pa.py_buffer(folded))

    def matrix(self, width: int) -> tuple[Mask, npt.NDArray[np.uint8]]:
        """Which texts have `width` bytes, and those texts as rows of bytes."""
        fits = self.lengths == width
        starts = self.offsets[:-1][fits]
        if len(starts) == 0:
            return fits, np.zeros((0, width), dtype=np.uint8)
        return fits, self.data[starts[:, None] + np.arange(width)]

    def where_signature(self, accepts: Callable[[str], bool]) -> Mask:
        """The texts whose signature `accepts`; sound where `accepts` cannot tell one digit from another."""
        return where_distinct(self.digits_folded, accepts)


def where_distinct(array: pa.Array, accepts: Callable[[Any], bool]) -> Mask:
    """Call `accepts` once per distinct value of `array`."""
    encoded = array.dictionary_encode()
    verdicts = np.fromiter((accepts(value) for value in encoded.dictionary.to_pylist()), dtype=bool)
    if len(verdicts) == 0:
        return np.zeros(len(array), dtype=bool)
    codes = encoded.indices
    found: Mask = verdicts[codes.fill_null(0).to_numpy(zero_copy_only=False)]
    return found & ~as_mask(codes.is_null()) if codes.null_count else found


def as_mask(array: pa.Array | pa.ChunkedArray) -> Mask:
    """An Arrow boolean array as a numpy mask; null is false."""
    mask: Mask = pc.fill_null(array, fill_value=False).to_numpy(zero_copy_only=False)
    return mask
