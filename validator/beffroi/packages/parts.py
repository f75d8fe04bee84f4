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
    with whole.open("wb") as target:
        if family not in {"csv", "ndjson"}:
            return fault("unreadable", "parts-of-workbook", format=resource.format or family_suffix(resource.paths[0]))
        header = None if family == "csv" and resource.dialect.get("header") is not False else b""
        return join(resource, target, header)


def join(resource: PackageResource, target: BinaryIO, header: bytes | None) -> Fault | None:
    """Write every part behind the one before, each on a new line; `header` is `None` until the first is read."""
    left = limits.EXPANDED_BYTES
    last = b"\n"
    for path, shown in zip(resource.paths, resource.shown, strict=True):
        with delivered(path, shown) as part, part.file.open("rb") as source:
            if part.fault:
                return part.fault
            skip_mark(source)
            if last != b"\n":
                target.write(b"\n")
            first = first_record(source) if header != b"" else b""
            if header is None or first.rstrip(b"\r\n") != header.rstrip(b"\r\n"):
                target.write(first)
            header = first if header is None else header
            if too_large := copy_bounded(source, target, left - target.tell()):
                return too_large
            last = last_byte(target)
    return None
