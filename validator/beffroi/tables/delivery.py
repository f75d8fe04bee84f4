"""Takes a file in: what its bytes are, decompressed where needed into a place that can be read twice."""

from __future__ import annotations

import gzip
import hashlib
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from beffroi import limits
from beffroi.errors import CannotRead
from beffroi.model.faults import fault

if TYPE_CHECKING:
    from beffroi.model.faults import Fault

CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A delivered file. `name` is how reports call it, `file` the readable, decompressed content on disk.

    `sha256` and `bytes` are those of the file as delivered, unknown for a stream that was not read to its end;
    `fault` says why the content could not be taken in.
    """

    name: str
    file: Path
    suffix: str
    sha256: str | None = None
    bytes: int | None = None
    compression: str | None = None
    fault: Fault | None = None


@contextmanager
def delivered(path: Path, name: str | None = None) -> Iterator[Delivered]:
    """Take in the file at `path`; a temporary copy lives as long as the context. A pipe is taken like standard input.

    Raises `CannotRead` when the file cannot be opened or is a device, or the temporary folder cannot be written.
    """
    name = name or path.as_posix()
    if is_stream(path, name):
        with opened(path, name) as stream, delivered_stream(stream, name) as taken:
            yield taken
        return
    try:
        sha256, size, head = digest(path)
    except OSError as error:
        raise CannotRead.because(error, name) from error
    if not head.startswith(b"\x1f\x8b"):
        yield Delivered(name=name, file=path, suffix=suffix_of(name), sha256=sha256, bytes=size)
        return
    with tempfile.TemporaryDirectory(prefix="beffroi-") as folder:
        file = Path(folder) / "content"
        yield Delivered(
            name=name,
            file=file,
            suffix=suffix_of(name),
            sha256=sha256,
            bytes=size,
            compression="gzip",
            fault=gunzip(path, file, name),
        )


@contextmanager
def delivered_stream(stream: BinaryIO, name: str = "-") -> Iterator[Delivered]:
    """Take in standard input, or any stream, through a temporary file; more than is taken in is a fault.

    Raises `CannotRead` when the stream cannot be read, or the temporary folder cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="beffroi-") as folder:
        path = Path(folder) / "stream"
        if found := spool(stream, path, name):
            yield Delivered(name=name, file=path, suffix=suffix_of(name), fault=found)
            return
        with delivered(path, name) as taken:
            yield taken


def is_stream(path: Path, name: str) -> bool:
    """Whether there is a pipe, which can be read once only; raises `CannotRead` for a device, which may never end."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise CannotRead.because(error, name) from error
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise CannotRead("not-a-file", where=name)
    return stat.S_ISFIFO(mode)


def opened(path: Path, name: str) -> BinaryIO:
    """What is at `path`, opened; raises `CannotRead`."""
    try:
        return path.open("rb")
    except OSError as error:
        raise CannotRead.because(error, name) from error


def spool(stream: BinaryIO, into: Path, name: str) -> Fault | None:
    """Write what a stream gives to a file; that it gives too much is returned. Raises `CannotRead`."""
    try:
        with into.open("wb") as target:
            return copy_bounded(stream, target)
    except OSError as error:
        raise CannotRead.because(error, name) from error


def digest(path: Path) -> tuple[str, int, bytes]:
    """SHA-256, size and first bytes of a file; raises `CannotRead` for a pipe or a device."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise CannotRead("not-a-file", where=path.as_posix())
    sha256, size, head = hashlib.sha256(), 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            head = head or chunk[:16]
            sha256.update(chunk)
            size += len(chunk)
    return sha256.hexdigest(), size, head


def suffix_of(name: str) -> str:
    """The lower-case suffix that tells the format, past a `.gz`."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix in {".gz", ".gzip"} else path.suffix


def gunzip(path: Path, into: Path, name: str) -> Fault | None:
    """Decompress `path`; what keeps it from being whole is returned. Raises `CannotRead` when the disk refuses."""
    try:
        with gzip.open(path) as source, into.open("wb") as target:
            return copy_bounded(source, target)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        return fault("unreadable", "truncated-gzip")
    except OSError as error:
        raise CannotRead.because(error, name) from error


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


def copy_bounded(source: Readable, target: BinaryIO, limit: int = limits.EXPANDED_BYTES) -> Fault | None:
    """Copy at most `limit` bytes; more is a fault."""
    left = limit
    while chunk := source.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            return fault("unreadable", "too-large", limit=limit // limits.GIB)
        target.write(chunk)
    return None
