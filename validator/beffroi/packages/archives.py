"""Unpacks a zip into a temporary folder, after making sure that nothing in it can land elsewhere or fill the disk."""

from __future__ import annotations

import errno
import lzma
import re
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from beffroi import limits
from beffroi.errors import CannotRead
from beffroi.model.faults import Fault, fault
from beffroi.packages.paths import is_junk, named
from beffroi.tables.delivery import copy_bounded
from beffroi.values import dataclass

UTF8_NAME = 0x800
ENCRYPTED = 0x41
SEGMENT_BYTES = 255
NAME_BYTES = 1000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    ValueError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of an archive, and the safe name under which it is unpacked."""

    entry: zipfile.ZipInfo
    name: str


@contextmanager
def unpacked(path: Path) -> Iterator[Path | Fault]:
    """The folder that a zip unpacks to, as long as the context lives; or what keeps it from being unpacked.

    A single top folder is itself the folder. Archives inside are left as they are.
    Raises `CannotRead` when the file cannot be opened, or the temporary folder cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="beffroi-") as name:
        folder = Path(name)
        try:
            with path.open("rb") as stream:
                refused = unpack(stream, folder)
        except OSError as error:
            raise CannotRead.because(error, path.as_posix()) from error
        yield refused or top_folder(folder)


def unpack(stream: BinaryIO, folder: Path) -> Fault | None:
    """Unpack the zip in `stream` into `folder`; what keeps it from being whole is returned."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = members_of(archive)
            return members if isinstance(members, Fault) else extract(archive, members, folder)
    except DAMAGED:
        return fault("unreadable", "truncated-zip")
    except NotImplementedError:
        return fault("unreadable", "unsupported-zip")
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):
            raise
        return fault("unreadable", "truncated-zip")


def members_of(archive: zipfile.ZipFile) -> list[Member] | Fault:
    """The files of an archive worth unpacking, or the first thing that makes it unfit."""
    entries = archive.infolist()
    if len(entries) > limits.ARCHIVE_MEMBERS:
        return fault("unreadable", "too-many-files", limit=limits.ARCHIVE_MEMBERS)
    members: list[Member] = []
    for entry in entries:
        name = name_of(entry)
        if refused := unfit(entry, name):
            return refused
        if not name.endswith("/") and not is_junk(name):
            members.append(Member(entry=entry, name=name))
    return members or fault("unreadable", "empty-zip")


def name_of(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, `/` between folders.

    Without the flag for UTF-8, `zipfile` reads cp437, as the format has it (APPNOTE, appendix D); what is in the field
    is UTF-8 (macOS, Linux) or the code page of western Windows, cp850, which has the same letters where both have them.
    """
    name = entry.orig_filename
    if not entry.flag_bits & UTF8_NAME:
        raw = name.encode("cp437")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp850")
    return name.replace("\\", "/")


def unfit(entry: zipfile.ZipInfo, name: str) -> Fault | None:
    """Why an entry must not be unpacked."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    cause = unsafe_name(name)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        cause = "link"
    if cause:
        return fault("unsafe-path", cause, name=named(name))
    return fault("unreadable", "encrypted-zip", name=named(name)) if entry.flag_bits & ENCRYPTED else None


def unsafe_name(name: str) -> str | None:
    """Why a file of that name could land outside the folder, or not be written at all."""
    if name.startswith("/") or re.match("[A-Za-z]:", name):
        return "absolute"
    segments = name.split("/")
    if ".." in segments:
        return "outside"
    if any(ord(each) < ord(" ") for each in name) or not name:
        return "control-character"
    too_long = any(len(each.encode()) > SEGMENT_BYTES for each in segments) or len(name.encode()) > NAME_BYTES
    return "too-long" if too_long else None


def extract(archive: zipfile.ZipFile, members: list[Member], folder: Path) -> Fault | None:
    """Write every member below `folder`, counting the bytes that really come out."""
    left = limits.EXPANDED_BYTES
    for each in members:
        target = folder / each.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(each.entry) as source, target.open("xb") as file:
                if copy_bounded(source, file, left):
                    return fault("unreadable", "too-large", limit=limits.EXPANDED_BYTES // limits.GIB)
                left -= file.tell()
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            return fault("unsafe-path", "twice", name=named(each.name))
    return None


def top_folder(folder: Path) -> Path:
    """The folder that holds the files: one inside another that holds nothing else is gone into."""
    while True:
        found = list(folder.iterdir())
        if len(found) != 1 or not found[0].is_dir():
            return folder
        folder = found[0]
