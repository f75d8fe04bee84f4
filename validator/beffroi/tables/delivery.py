"""Takes a file in: what its bytes are, decompressed where needed into a place that can be read twice."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, Protocol

from beffroi import limits
from beffroi.errors import CannotRead
from beffroi.model.faults import fault
from beffroi.values import dataclass

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

    from beffroi.model.faults import Fault

CHUNK = 1 << 20
PIECE = 1 << 18
"""What is hashed while it is in the cache."""
AT_ONCE = 4 << 20
"""Up to this size, the fingerprint of a file is taken at once."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """A delivered file. `name` is how reports call it, `file` the readable, decompressed content on disk.

    `fingerprint` and `bytes` are those of the file as delivered, unknown for a stream that was not read to its end;
    `fault` says why the content could not be taken in.
    """

    name: str
    file: Path
    suffix: str
    fingerprint: Fingerprint | None = None
    bytes: int | None = None
    compression: str | None = None
    fault: Fault | None = None

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of the file as delivered. Raises `CannotRead` when it cannot be read to its end."""
        return self.fingerprint.sha256 if self.fingerprint else None


class Fingerprint:
    """The SHA-256 of a file; of a large one it is taken by a thread, while others judge what the file holds.

    Raises `CannotRead` for a pipe or a device, and `OSError` when the file cannot be opened.
    """

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._name = path, name
        self._left = False
        self._found: str | None = None
        self._error: OSError | None = None
        self.size, self.head = first_bytes(path)
        self._thread = Thread(target=self._take, daemon=True) if self.size > AT_ONCE else None
        if self._thread:
            self._thread.start()
        else:
            self._take()

    def _take(self) -> None:
        sha256 = hashlib.sha256()
        try:
            with self._path.open("rb", buffering=0) as file:
                piece = memoryview(bytearray(PIECE))
                while not self._left and (size := file.readinto(piece)):
                    sha256.update(piece[:size])
        except OSError as error:
            self._error = error
        self._found = sha256.hexdigest()

    @property
    def sha256(self) -> str:
        """The fingerprint, as soon as it is taken; raises `CannotRead`."""
        if self._thread:
            self._thread.join()
        if self._error:
            raise CannotRead.because(self._error, self._name) from self._error
        assert self._found is not None
        return self._found

    def leave(self) -> None:
        """Nobody asks any more."""
        self._left = True
        if self._thread:
            self._thread.join()


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
        fingerprint = Fingerprint(path, name)
    except OSError as error:
        raise CannotRead.because(error, name) from error
    plain = Delivered(name=name, file=path, suffix=suffix_of(name), fingerprint=fingerprint, bytes=fingerprint.size)
    with ExitStack() as stack:
        stack.callback(fingerprint.leave)
        if not fingerprint.head.startswith(b"\x1f\x8b"):
            yield plain
            return
        with temporary_folder() as folder:
            file = Path(folder) / "content"
            yield replace(plain, file=file, compression="gzip", fault=gunzip(path, file, name))


@contextmanager
def delivered_stream(stream: BinaryIO, name: str = "-") -> Iterator[Delivered]:
    """Take in standard input, or any stream, through a temporary file; more than is taken in is a fault.

    Raises `CannotRead` when the stream cannot be read, or the temporary folder cannot be written.
    """
    with temporary_folder() as folder:
        path = Path(folder) / "stream"
        if found := spool(stream, path, name):
            yield Delivered(name=name, file=path, suffix=suffix_of(name), fault=found)
            return
        with delivered(path, name) as taken:
            yield taken


def temporary_folder() -> TemporaryDirectory[str]:
    """A folder that is gone behind its context."""
    import tempfile

    return tempfile.TemporaryDirectory(prefix="beffroi-")


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


def first_bytes(path: Path) -> tuple[int, bytes]:
    """Size and first bytes of a file; raises `CannotRead` for a pipe or a device."""
    status = path.stat()
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise CannotRead("not-a-file", where=path.as_posix())
    with path.open("rb") as file:
        return status.st_size, file.read(16)


def digest(path: Path) -> tuple[str, int]:
    """SHA-256 and size of a file; raises `CannotRead` for a pipe or a device, or when it cannot be read to its end."""
    found = Fingerprint(path, path.as_posix())
    return found.sha256, found.size


def suffix_of(name: str) -> str:
    """The lower-case suffix that tells the format, past a `.gz`."""
    path = Path(name.lower())
    return Path(path.stem).suffix if path.suffix in {".gz", ".gzip"} else path.suffix


def gunzip(path: Path, into: Path, name: str) -> Fault | None:
    """Decompress `path`; what keeps it from being whole is returned. Raises `CannotRead` when the disk refuses."""
    import gzip
    import zlib

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
