"""Which encoding a text file is in: byte order mark, else strict UTF-8 over the whole file, else cp1252, and said so.

Never an exotic code page: a guess that changes letters silently is worse than a finding (design, decision 1).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from beffroi.model.faults import fault
from beffroi.tables.batches import Notice
from beffroi.values import dataclass

CHUNK = 1 << 20
MOSTLY = 10
LONGEST_CHARACTER = 4
"""Bytes of one character in UTF-8."""
NO_CHARACTER_SETS = {"undefined", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "utf_7"}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, kw_only=True)
class TextForm:
    """How to read a file as text: skip `skip` bytes (the byte order mark), then decode."""

    encoding: str
    skip: int = 0
    errors: str = "strict"
    notices: tuple[Notice, ...] = ()

    @property
    def as_it_is(self) -> bool:
        """Whether the bytes behind the mark are the text in UTF-8."""
        return self.encoding == "utf-8" and self.errors == "strict"


def text_form(file: Path, declared: str | None = None) -> TextForm:
    """Decide the encoding of `file`. `declared`, from a descriptor, replaces cp1252 as the last resort."""
    status = file.stat()
    return decided(file, declared, (status.st_size, status.st_mtime_ns, status.st_ino))


@lru_cache(maxsize=128)
def decided(file: Path, declared: str | None, _state: tuple[int, int, int]) -> TextForm:
    """The same, remembered while the file does not change: a delivery may be opened several times."""
    with file.open("rb") as stream:
        head = stream.read(4096)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return marked(file, encoding, len(mark), declared)
    if unmarked := unmarked_utf16(head):
        return other_unicode(file, unmarked, 0)
    bad = first_bad_byte(file, "utf-8", 0)
    return TextForm(encoding="utf-8") if bad is None else fallback(file, 0, bad, declared)


def marked(file: Path, encoding: str, skip: int, declared: str | None) -> TextForm:
    """The form of a file that begins with a byte order mark."""
    if encoding != "utf-8":
        return other_unicode(file, encoding, skip)
    bad = first_bad_byte(file, encoding, skip)
    return TextForm(encoding=encoding, skip=skip) if bad is None else fallback(file, skip, bad, declared)


def other_unicode(file: Path, encoding: str, skip: int) -> TextForm:
    """The form of a file in UTF-16 or UTF-32."""
    bad = first_bad_byte(file, encoding, skip)
    notices = [Notice(fault=fault("encoding", "utf-16", encoding=encoding))]
    if bad is not None:
        notices.append(Notice(fault=fault("encoding", "broken", encoding=encoding, byte=f"0x{bad[1]:02X}")))
    return TextForm(encoding=encoding, skip=skip, errors="replace", notices=tuple(notices))


def unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: text in a Latin script, every other byte NUL."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 8:
        return None
    if odd.count(0) > 0.9 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > 0.9 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None


def first_bad_utf8(file: Path, skip: int) -> tuple[int, int] | None:
    """The same for UTF-8, by the native scanner."""
    from beffroi.tables import scanner

    place, carry = skip, b""
    with file.open("rb") as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            chunk = carry + chunk
            valid = scanner.valid_utf8(chunk)
            carry = chunk[valid:]
            place += valid
            if len(carry) >= LONGEST_CHARACTER:
                break
    return (line_of(file, skip, place), carry[0]) if carry else None


def line_of(file: Path, skip: int, place: int) -> int:
    """The line (from 1) on which the byte at `place` stands."""
    with file.open("rb") as stream:
        stream.seek(skip)
        return 1 + sum(stream.read(min(CHUNK, place - at)).count(b"\n") for at in range(skip, place, CHUNK))


def can_scan() -> bool:
    """Whether there is a native scanner; it is asked only where a file is large enough to be worth its loading."""
    from beffroi.tables import scanner

    return scanner.available()


def first_bad_byte(file: Path, encoding: str, skip: int) -> tuple[int, int] | None:
    """Line (from 1) and value of the first byte that is not of `encoding`; `None` when all of the file is."""
    if encoding == "utf-8" and file.stat().st_size > CHUNK and can_scan():
        return first_bad_utf8(file, skip)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    with file.open("rb") as stream:
        stream.seek(skip)
        while True:
            chunk = stream.read(CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                pending = len(error.object) - len(chunk)
                before = chunk[: max(error.start - pending, 0)]
                return line + before.count(b"\n"), error.object[error.start]
            except UnicodeError:  # UTF-16 without the byte order mark that Python asks for
                return line, chunk[0]
            if not chunk:
                return None
            line += chunk.count(b"\n")


def fallback(file: Path, skip: int, bad: tuple[int, int], declared: str | None) -> TextForm:
    """The form of a file that is not UTF-8 throughout: UTF-8 with a few bad bytes, the declared encoding, or cp1252."""
    line, byte = bad
    shown = f"0x{byte:02X}"
    if mostly_utf8(file, skip):
        notice = Notice(fault=fault("encoding", "broken", encoding="utf-8", byte=shown, line=line), line=line)
        return TextForm(encoding="utf-8", skip=skip, errors="replace", notices=(notice,))
    for encoding in filter(None, (known_encoding(declared), "cp1252")):
        if encoding != "utf-8" and first_bad_byte(file, encoding, skip) is None:
            notice = Notice(fault=fault("encoding", "not-utf-8", encoding=encoding, byte=shown, line=line), line=line)
            return TextForm(encoding=encoding, skip=skip, notices=(notice,))
    notice = Notice(fault=fault("encoding", "broken", encoding="cp1252", byte=shown, line=line), line=line)
    return TextForm(encoding="cp1252", skip=skip, errors="replace", notices=(notice,))


def mostly_utf8(file: Path, skip: int) -> bool:
    """Whether what is not ASCII is far more often valid UTF-8 than not."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for chunk in chunks_of(file, skip):
        text = decoder.decode(chunk)
        replaced = text.count("\ufffd")
        bad += replaced
        good += len(text) - replaced - len(text.encode("ascii", "ignore"))
    return good > MOSTLY * bad


def chunks_of(file: Path, skip: int) -> Iterator[bytes]:
    """The bytes of a file behind the first `skip`."""
    with file.open("rb") as stream:
        stream.seek(skip)
        while chunk := stream.read(CHUNK):
            yield chunk


def known_encoding(name: str | None) -> str | None:
    """The codec of that name, if Python has one for a character set."""
    try:
        codec = codecs.lookup(name or "")
        b"".decode(codec.name)
    except (LookupError, ValueError):
        return None
    return None if codec.name.replace("-", "_") in NO_CHARACTER_SETS else codec.name


def utf8_chunks(file: Path, form: TextForm, size: int = CHUNK * 4) -> Iterator[bytes]:
    """The file's text as chunks of UTF-8 bytes, without its byte order mark; a chunk may cut a character."""
    with file.open("rb") as stream:
        stream.seek(form.skip)
        if form.as_it_is:
            while chunk := stream.read(size):
                yield chunk
            return
        decoder = codecs.getincrementaldecoder(form.encoding)(form.errors)
        while chunk := stream.read(size):
            yield decoder.decode(chunk).encode("utf-8", "replace")
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")
