"""Takes in what a resource is read from: its file, its parts put together, or the text in its descriptor."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, BinaryIO

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.packages.package import PackageResource
from beffroi.tables.batches import Expected
from beffroi.tables.delivery import Delivered, copy_bounded, delivered
from beffroi.tables.sources import FAMILIES

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@contextmanager
def resource_delivered(resource: PackageResource) -> Iterator[Delivered]:
    """Take in a readable resource that is not a list of inline rows.

    The parts of one table become one file, whose size and hash are those of the parts put together; a later part that
    begins with the very header of the first loses it. Raises `CannotRead` when a file cannot be opened.
    """
    if len(resource.paths) == 1:
        with delivered(resource.paths[0], resource.title) as taken:
            yield taken
        return
    with tempfile.TemporaryDirectory(prefix="beffroi-") as folder:
        whole = Path(folder) / "content"
        wrong = put_together(resource, whole)
        with delivered(whole, resource.title) as taken:
            yield replace(taken, suffix=suffix_of(resource), fault=wrong or taken.fault)


def expected_of(resource: PackageResource, names: tuple[str, ...] = ()) -> Expected:
    """What the descriptor says of how a resource is to be read; `names` are the columns that the rules give."""
    known = names or (resource.schema.names if resource.schema else ())
    return Expected(names=known, dialect=resource.dialect, encoding=resource.encoding, format=resource.format)


def suffix_of(resource: PackageResource) -> str:
    """The suffix that tells the format of several parts, or of inline text."""
    kind = family_suffix(resource.paths[0]) if resource.paths else resource.format
    return f".{kind}" if kind else ""


def family_suffix(path: Path) -> str:
    """The suffix of a part, past a `.gz`."""
    name = path.name.lower().removesuffix(".gz").removesuffix(".gzip")
    return Path(name).suffix.removeprefix(".")


def put_together(resource: PackageResource, whole: Path) -> Fault | None:
    """Write the parts of a resource, or its inline text, to `whole`; what hinders it is returned."""
    if isinstance(resource.data, str):
        whole.write_text(resource.data, encoding="utf-8", errors="replace", newline="")
        return None
    family = FAMILIES.get(resource.format or "") or FAMILIES.get(family_suffix(resource.paths[0]))
    with whole.open("w+b") as target:
        if family not in {"csv", "ndjson"}:
            return fault("unreadable", "parts-not-text", format=resource.format or family_suffix(resource.paths[0]))
        return join(resource, target, headed=family == "csv" and resource.dialect.get("header") is not False)


def join(resource: PackageResource, target: BinaryIO, *, headed: bool) -> Fault | None:
    """Write every part behind the one before, each on a new line; `headed` says that they may begin with a header."""
    header = b""
    for path, shown in zip(resource.paths, resource.shown, strict=True):
        with delivered(path, shown) as part:
            if part.fault:
                return part.fault
            with part.file.open("rb") as source:
                start_line(target)
                skip_mark(source)
                first = first_record(source) if headed else b""
                if not header or first.rstrip(b"\r\n") != header.rstrip(b"\r\n"):
                    target.write(first)
                header = header or first
                if copy_bounded(source, target, limits.EXPANDED_BYTES - target.tell()):
                    return fault("unreadable", "too-large", limit=limits.EXPANDED_BYTES // limits.GIB)
    return None


def start_line(target: BinaryIO) -> None:
    """Make sure that what is written next begins a line."""
    if target.tell():
        target.seek(-1, 2)
        if target.read(1) != b"\n":
            target.write(b"\n")


def skip_mark(source: IO[bytes]) -> None:
    """Go past the byte order mark of a part."""
    if source.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
        source.seek(0)


def first_record(source: IO[bytes]) -> bytes:
    """The first line, and those that a quoted line break ties to it."""
    record = source.readline(limits.HEADER_BYTES)
    while record.count(b'"') % 2 and len(record) < limits.HEADER_BYTES:
        line = source.readline(limits.HEADER_BYTES)
        if not line:
            break
        record += line
    return record
