"""CSV and TSV, read in blocks that end at a record's end.

A block in which the quotes are provably what `csv.reader` would see goes to Arrow's parser; any other block, any
unusual dialect and any small file go to `csv.reader` itself, so that both give the same records (property-tested).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from io import FileIO
from typing import TYPE_CHECKING

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.batches import (
    COLUMNS,
    Batch,
    Expected,
    Notice,
    Part,
    Place,
    PlainBatch,
    RegularBlock,
    Table,
    by_position,
    columns_of,
)
from beffroi.tables.dialect import Dialect, declared, detect, unheeded
from beffroi.tables.encodings import TextForm, text_form, utf8_chunks
from beffroi.tables.records import ExactReader, exact_end, nul_bytes, parse_exactly
from beffroi.tables.signatures import not_a_table
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.delivery import Delivered

SUFFIXES = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".txt": "csv"}
BLOCK = 2 << 20
SMALL = 1 << 19
ORDINARY_HEAD = 1 << 20
BYTES_A_LETTER = {"utf-16": 2, "utf-32": 4}


def open_table(taken: Delivered, expected: Expected, *, block: int = BLOCK, plain: bool | None = None) -> Table | Fault:
    """Open a delimited text file; what cannot be a table is a fault.

    `plain` says whether to do without Arrow, which is quicker where little is to be read and Arrow is not yet loaded.
    """
    if plain is None:
        plain = taken.file.stat().st_size <= SMALL and "pyarrow" not in sys.modules
    form = text_form(taken.file, expected.encoding)
    head = read_head(taken, form, ORDINARY_HEAD)
    if refused := not_a_table(head):
        return refused
    found = headed(head, taken, expected)
    if len(head) >= ORDINARY_HEAD and (found is None or found[1].unclosed):
        found = headed(read_head(taken, form, limits.HEADER_BYTES), taken, expected)
    if found is None:
        return fault("not-a-table", "empty")
    dialect, header = found
    if len(header.labels) > COLUMNS:
        return fault("not-a-table", "too-many-columns", limit=COLUMNS)
    only_cr = b"\r" in head and b"\n" not in head
    content = Content(taken=taken, form=form, dialect=dialect, header=header, block=block, plain=plain, only_cr=only_cr)
    return Table(
        labels=header.labels,
        read=ReadAs(
            format="tsv" if dialect.delimiter == "\t" else "csv",
            encoding=form.encoding,
            delimiter=dialect.delimiter if len(header.labels) > 1 else None,
            header=header.line or None,
            compression=taken.compression,
        ),
        parts=content.parts,
        begin=Place(line=header.lines + 1, above=None if dialect.comment else header.records),
        notices=(*form.notices, *about_dialect(expected, dialect), *header.notices),
    )


@dataclass(frozen=True, kw_only=True)
class Header:
    """The labels and what precedes the data: `end` bytes of UTF-8, `lines` physical lines, `records` records.

    `unclosed` says that the text ended inside a quoted label.
    """

    labels: tuple[str, ...]
    line: int = 0
    end: int = 0
    lines: int = 0
    records: int = 0
    unclosed: bool = False
    notices: tuple[Notice, ...] = ()


def read_head(taken: Delivered, form: TextForm, size: int) -> bytes:
    """The first `size` bytes of the file's text, or a little more."""
    head = b""
    for chunk in utf8_chunks(taken.file, form, ORDINARY_HEAD):
        head += chunk
        if len(head) >= size:
            break
    return head


def headed(head: bytes, taken: Delivered, expected: Expected) -> tuple[Dialect, Header] | None:
    """The dialect of a file that begins with `head`, and its header; `None` for a file without any."""
    text = head.decode("utf-8", "ignore")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    dialect = dialect_of(text, taken, expected)
    header = read_header(text, dialect, expected.names)
    return (dialect, header) if header else None


def dialect_of(text: str, taken: Delivered, expected: Expected) -> Dialect:
    """What the descriptor says, over what the file shows."""
    detected = detect(text, expected.names, tab_first=SUFFIXES.get(taken.suffix) == "tsv")
    return declared(expected.dialect, text, expected.names, detected) if expected.dialect else detected


def about_dialect(expected: Expected, dialect: Dialect) -> Iterator[Notice]:
    """Say that the file is not separated as its descriptor declares, or what of the declaration is not heeded."""
    delimiter = expected.dialect.get("delimiter", dialect.delimiter)
    if delimiter != dialect.delimiter:
        yield Notice(fault=fault("delimiter-contradicted", declared=delimiter, found=dialect.delimiter))
    if keys := unheeded(expected.dialect):
        yield Notice(fault=fault("dialect-not-heeded", keys=", ".join(keys)))


def read_header(text: str, dialect: Dialect, names: tuple[str, ...]) -> Header | None:
    """Read the records up to the header; `None` for a file without any.

    Columns without a header have the names that the standard gives, in its order.
    """
    exact = ExactReader(text, dialect)
    before: list[list[str]] = []
    for record in exact:
        if dialect.header == 0:
            return Header(labels=by_position(len(record.cells), names))
        before.append(record.cells)
        if len(before) == dialect.header:
            opened = Notice(fault=fault("unclosed-quote", line=record.line), line=record.line, fatal=True)
            return Header(
                labels=tuple(record.cells),
                line=record.line,
                end=len(text[: exact.consumed].encode("utf-8")),
                lines=exact.line - 1,
                records=len(before),
                unclosed=record.unclosed,
                notices=(*title_rows(before[:-1], record.line), *([opened] if record.unclosed else ())),
            )
    return None


def title_rows(above: list[list[str]], line: int) -> tuple[Notice, ...]:
    """Say that records stand above the header."""
    filled = [record for record in above if any(cell.strip() for cell in record)]
    return (Notice(fault=fault("title-rows", count=len(filled), header=line), line=1),) if filled else ()


@dataclass(frozen=True, kw_only=True)
class Content:
    """The records behind the header, read in blocks of about `block` bytes; `plain`: all at once, without Arrow."""

    taken: Delivered
    form: TextForm
    dialect: Dialect
    header: Header
    block: int
    plain: bool
    only_cr: bool

    def parts(self) -> Iterator[Part]:
        """Every record of the file, in order."""
        if self.plain:
            text = b"".join(self.chunks())
            yield Part(parse=partial(self.exactly, text))
            return
        read = self.header.end
        size = max(self.taken.file.stat().st_size // BYTES_A_LETTER.get(self.form.encoding[:6], 1), 1)
        for text, end, regular in self.blocks():
            if end > limits.RECORD_BYTES:
                yield Part(parse=self.oversized)
                return
            read += end
            part = min(read / size, 1.0)
            if regular:
                block = RegularBlock(text=text, size=end, delimiter=self.dialect.delimiter)
                yield Part(parse=partial(self.with_arrow, block), read=part, block=block)
            else:
                yield Part(parse=partial(self.exactly_in_arrow, text[:end]), read=part)

    def exactly(self, text: bytes) -> PlainBatch:
        """The records of a block, by `csv.reader`."""
        batch = parse_exactly(text, self.dialect, len(self.header.labels))
        return replace(batch, notices=(*batch.notices, *nul_bytes(text)))

    def exactly_in_arrow(self, text: bytes) -> Batch:
        """The same, for a table that is judged with Arrow."""
        return self.exactly(text).in_arrow

    def with_arrow(self, block: RegularBlock) -> Batch:
        """The records of a block whose quotes are regular."""
        from beffroi.tables.blocks import parse_with_arrow

        text = block.text[: block.size]
        batch = parse_with_arrow(text, self.dialect, len(self.header.labels))
        return replace(batch, notices=tuple(nul_bytes(text)))

    def blocks(self) -> Iterator[tuple[bytes, int, bool]]:
        """Texts, where the last whole record of each ends, and whether their quotes are regular up to there."""
        if self.form.as_it_is and not self.only_cr:
            yield from self.blocks_as_they_are()
            return
        carry = b""
        for chunk in self.chunks():
            carry += chunk
            while len(carry) >= self.block:
                end, regular = cut(carry, self.dialect)
                if not end:
                    break
                yield carry, end, regular
                carry = carry[end:]
            if len(carry) > limits.RECORD_BYTES:
                break
        if carry:
            _, regular = cut(carry, self.dialect, final=True)
            yield carry, len(carry), regular

    def blocks_as_they_are(self) -> Iterator[tuple[bytes, int, bool]]:
        """The same for a file that need not be decoded: each text is read from where the records of the last end."""
        place, size = self.form.skip + self.header.end, self.block
        with self.taken.file.open("rb", buffering=0) as stream:
            while text := at_place(stream, place, size):
                final = len(text) < size
                end, regular = cut(text, self.dialect, final=final)
                if not end and size <= limits.RECORD_BYTES:
                    size = min(2 * size, limits.RECORD_BYTES + self.block)
                    continue
                yield text, end or len(text), regular
                place, size = place + (end or len(text)), self.block

    def chunks(self) -> Iterator[bytes]:
        """The file's text behind the header, as UTF-8; where lines end in CR alone, they end in LF instead."""
        skip, held = self.header.end, b""
        for chunk in utf8_chunks(self.taken.file, self.form, self.block):
            kept = held + chunk[skip:]
            skip = max(skip - len(chunk), 0)
            held = b""
            if self.only_cr:
                held = kept[len(kept.rstrip(b"\r")) :][-1:]
                kept = kept[: len(kept) - len(held)].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            yield kept
        yield held.replace(b"\r", b"\n")

    def oversized(self) -> Batch:
        """Reading stops at a record beyond the limit."""
        too_large = fault("record-too-large", line=0, limit=limits.RECORD_BYTES // 1024**2)
        return Batch(
            columns=columns_of([], len(self.header.labels)),
            rows=0,
            notices=(Notice(fault=too_large, line=0, fatal=True),),
        )


def at_place(stream: FileIO, place: int, size: int) -> bytes:
    """So many bytes from a place on, fewer only where the file ends."""
    stream.seek(place)
    text = stream.read(size) or b""
    while len(text) < size and (more := stream.read(size - len(text))):
        text += more
    return text


def cut(block: bytes, dialect: Dialect, *, final: bool = False) -> tuple[int, bool]:
    """Where the last whole record of `block` ends (0: none does), and whether quotes are regular up to there."""
    from beffroi.tables import scanner

    if not scanner.available():
        from beffroi.tables.blocks import record_end

        return record_end(block, dialect, final=final)
    end, regular = scanner.cut(block, dialect.delimiter, final=final) if dialect.regular else (0, False)
    if regular:
        return end, True
    return (len(block) if final else exact_end(block, dialect)), False
