"""The compiled `scan.c`: its structures and functions as ctypes sees them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

VERSION = 3
"""Of the interface: the same number stands in `scan.c`."""

LIBRARY = Path(__file__).with_name("_scan.so")

size_t, pointer, u8, u32, i32, u64 = (
    ctypes.c_size_t,
    ctypes.c_void_p,
    ctypes.c_uint8,
    ctypes.c_uint32,
    ctypes.c_int32,
    ctypes.c_uint64,
)


class ColumnTable(ctypes.Structure):
    """`column` in `scan.c`."""

    _fields_ = [
        ("classes", ctypes.c_char_p),
        ("rows", ctypes.POINTER(u32)),
        ("ranges", ctypes.c_char_p),
        ("lengths", u64),
        ("width", u32),
        ("start", u32),
        ("shortest", size_t),
        ("spread", size_t),
        ("slot", i32),
        ("output", i32),
        ("care", u8),
    ]


class ProgramTable(ctypes.Structure):
    """`program` in `scan.c`."""

    _fields_ = [
        ("columns", ctypes.POINTER(ColumnTable)),
        ("slots", ctypes.POINTER(u32)),
        ("widths", ctypes.POINTER(u32)),
        ("width", u32),
        ("keys", u32),
        ("outputs", u32),
        ("slot_count", u32),
        ("part_count", u32),
        ("seed", u64 * 2),
        ("delimiter", u8),
    ]


class Vector(ctypes.Structure):
    """`vector` in `scan.c`."""

    _fields_ = [("bytes", pointer), ("size", size_t), ("room", size_t)]

    def taken(self) -> bytes:
        """A copy of what is in it."""
        return ctypes.string_at(self.bytes, self.size) if self.size else b""


FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "scan_version": (u32,),
    "scan_source": (u32,),
    "scan_is_wide": (i32,),
    "scan_cut": (ctypes.c_int64, ctypes.c_char_p, size_t, u8, i32),
    "scan_valid_utf8": (size_t, ctypes.c_char_p, size_t),
    "scan_hash": (i32, ctypes.c_char_p, pointer, size_t, pointer, size_t, pointer),
    "scan_combine": (None, ctypes.c_char_p, pointer, size_t, size_t, pointer),
    "scan_records": (
        i32,
        ctypes.POINTER(ProgramTable),
        ctypes.c_char_p,
        size_t,
        ctypes.POINTER(Vector),
        ctypes.POINTER(u64),
    ),
    "scan_repeats": (i32, pointer, size_t, ctypes.POINTER(Vector)),
    "scan_release": (None, ctypes.POINTER(Vector), size_t),
}
"""For each function what it gives, then what it takes."""


@cache
def loaded(path: Path = LIBRARY) -> ctypes.CDLL | None:
    """The library, `None` where it was not built, does not load, or is of another version."""
    try:
        library = ctypes.CDLL(str(path))
        for name, (given, *taken) in FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = given, taken
    except (OSError, AttributeError):
        return None
    return library if library.scan_version() == VERSION else None


class PyBuffer(ctypes.Structure):
    """`Py_buffer`, which is part of Python's stable interface."""

    _fields_ = [
        ("buf", pointer),
        ("obj", ctypes.py_object),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", pointer),
        ("strides", pointer),
        ("suboffsets", pointer),
        ("internal", pointer),
    ]


@contextmanager
def address_of(buffer: Any) -> Iterator[tuple[int | None, int]]:
    """Where the bytes of a buffer begin and how many there are, without a copy, also of one that is read-only."""
    view = PyBuffer()
    ctypes.pythonapi.PyObject_GetBuffer(ctypes.py_object(buffer), ctypes.byref(view), 0)
    try:
        yield view.buf, view.len
    finally:
        ctypes.pythonapi.PyBuffer_Release(ctypes.byref(view))
