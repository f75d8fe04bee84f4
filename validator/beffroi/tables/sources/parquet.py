"""Parquet and GeoParquet: batches of rows, each column cast to the text that the rules judge.

Nested values become JSON text, binary ones (a geometry as WKB) base64, moments ISO 8601: with the offset of their time
zone where they have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.batches import Batch, Expected, Notice, Table, parts_of, printable, text_column
from beffroi.tables.sources.mistaken import other_than_binary
from beffroi.tables.sources.objects import rows_at_once
from beffroi.tables.sources.values import text_of, unfolded
from beffroi.values import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.tables.delivery import Delivered

MAGIC = b"PAR1"
CORRUPT = fault("unreadable", "corrupt-parquet")
TRAILING_ZEROS = r"(\.\d*?)0+(\D|$)"
OFFSET = r"([+-]\d\d)(\d\d)$"


def open_table(taken: Delivered, _expected: Expected) -> Table | Fault:
    """Open a Parquet file; what cannot be a table is a fault."""
    with taken.file.open("rb") as stream:
        head = stream.read(len(MAGIC))
    if head != MAGIC:
        return other_than_binary(taken.file)
    try:
        with pq.ParquetFile(taken.file) as found:
            labels, metadata = found.schema_arrow.names, found.metadata
            size = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    except (pa.ArrowException, OSError):
        return CORRUPT
    if size > limits.EXPANDED_BYTES:
        return fault("unreadable", "too-large", limit=limits.EXPANDED_BYTES // limits.GIB)
    if not labels:
        return fault("not-a-table", "empty")
    return Table(
        labels=tuple(printable(label) for label in labels),
        read=ReadAs(format="parquet", compression=taken.compression),
        parts=parts_of(Content(file=taken.file, width=len(labels)).batches),
    )


@dataclass(frozen=True, kw_only=True)
class Content:
    """The rows of a file of `width` columns."""

    file: Path
    width: int

    def batches(self) -> Iterator[Batch]:
        """Every row, in order; a part that cannot be read ends the reading."""
        try:
            with pq.ParquetFile(self.file, buffer_size=1 << 20, pre_buffer=False) as found:
                for rows in found.iter_batches(batch_size=rows_at_once(self.width)):
                    yield Batch(
                        columns=tuple(map(texts, rows.columns)),
                        rows=rows.num_rows,
                        native={
                            n: np.ones(rows.num_rows, dtype=bool)
                            for n, each in enumerate(rows.columns)
                            if is_native(each.type)
                        },
                    )
        except (pa.ArrowException, OSError):
            nothing = tuple(text_column([]) for _ in range(self.width))
            yield Batch(columns=nothing, rows=0, notices=(Notice(fault=CORRUPT, fatal=True),))


def texts(column: pa.Array) -> pa.StringArray:
    """A column as text."""
    kind = column.type
    if isinstance(column, pa.ExtensionArray) and not isinstance(kind, pa.UuidType):
        return texts(column.storage)
    if isinstance(column, pa.DictionaryArray):
        return texts(column.dictionary).take(column.indices)
    if is_text(kind):
        return utf8(column)
    if pa.types.is_floating(kind):
        return floats(column)
    if pa.types.is_timestamp(kind):
        return timestamps(column)
    if pa.types.is_time(kind):
        return without_zeros(column.cast(pa.string()))
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind) or pa.types.is_date(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_duration(kind):
        column = column.cast(pa.duration("us"), safe=False)
    return text_column([text_of(each) for each in column.to_pylist(maps_as_pydicts="lossy")])


def is_native(kind: Any) -> bool:
    """Whether a type is one of dates or booleans."""
    return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind) or pa.types.is_boolean(kind))


def is_text(kind: Any) -> bool:
    """Whether a type is one of Arrow's kinds of text."""
    return any(is_kind(kind) for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def utf8(column: pa.Array) -> pa.StringArray:
    """Text as it is; bytes that are not UTF-8, which some writers let pass, become U+FFFD."""
    column = column.cast(pa.string())
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        raw = column.cast(pa.binary()).to_pylist()
        return text_column([None if each is None else each.decode("utf-8", "replace") for each in raw])
    return column


def floats(column: pa.Array) -> pa.StringArray:
    """Numbers by their shortest text, at the precision of their type."""
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    found = column.cast(pa.string())
    odd = pc.fill_null(pc.match_substring_regex(found, "[a-z]"), False)  # noqa: FBT003 - pyarrow's signature
    if not pc.any(odd).as_py():
        return found
    mended = text_column([float_word(each) for each in found.filter(odd).to_pylist()])
    return pc.replace_with_mask(found, odd, mended)


def float_word(text: str) -> str:
    """A number without an exponent where it may be; `NaN`, `INF`."""
    return {"nan": "NaN", "-nan": "NaN", "inf": "INF", "-inf": "-INF"}.get(text) or unfolded(text)


def timestamps(column: pa.Array) -> pa.StringArray:
    """ISO 8601 with `T`: `Z` for UTC, the offset of another time zone; UTC for a zone that is not known here."""
    try:
        found = column.cast(pa.string())
    except pa.ArrowInvalid:
        found = column.cast(pa.timestamp(column.type.unit, "UTC")).cast(pa.string())
    found = pc.replace_substring(found, " ", "T", max_replacements=1)
    return pc.replace_substring_regex(without_zeros(found), OFFSET, r"\1:\2")


def without_zeros(column: pa.StringArray) -> pa.StringArray:
    """A time without a fraction of zeros."""
    found = pc.replace_substring_regex(column, TRAILING_ZEROS, r"\1\2")
    return pc.replace_substring_regex(found, r"\.(\D|$)", r"\1")
