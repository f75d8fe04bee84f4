"""NDJSON (JSON lines), of objects or of GeoJSON features: read line by line, so that no file is too large.

The file is read twice, first for the union of its keys. A line that is no object is told and skipped: it has no record
number; the others are judged. A JSON array, or one object over many lines, under that name is read as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.batches import Expected, Place, Table, parts_of
from beffroi.tables.encodings import TextForm, text_form, utf8_chunks
from beffroi.tables.sources import json
from beffroi.tables.sources.geojson import GEOMETRY, flattened, geometry_label, is_feature
from beffroi.tables.sources.jsontext import Decoder, is_shallow
from beffroi.tables.sources.mistaken import other_than_json
from beffroi.tables.sources.objects import Survey, labels_of, object_batches
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.delivery import Delivered

AROUND = b"\x1e \t\r"
"""What may stand around a record: spaces, and the record separator of RFC 8142."""


def open_table(taken: Delivered, expected: Expected) -> Table | Fault:
    """Open a file of JSON lines; what cannot be a table is a fault."""
    form = text_form(taken.file, expected.encoding)
    if refused := other_than_json(taken.file, form):
        return refused
    content = Content(taken=taken, form=form)
    if content.first_line.startswith(b"["):
        return json.open_table(taken, expected)
    survey = Survey()
    for line, record in content.records():
        if isinstance(record, dict) and (refused := survey.add(record, line, content.decoder.taken_remarks())):
            return refused
    return table_of(content, survey, expected) if survey.records else json.open_table(taken, expected)


def table_of(content: Content, survey: Survey, expected: Expected) -> Table:
    """The table of a file that was surveyed."""
    keys = tuple(survey.keys)
    labels = labels_of(keys)
    if content.of_features:
        keys = (*(key for key in keys if key != GEOMETRY), GEOMETRY)
        labels = (*labels_of(keys[:-1]), geometry_label(expected))
    return Table(
        labels=labels,
        read=ReadAs(format="ndjson", encoding=content.form.encoding, compression=content.taken.compression),
        parts=parts_of(lambda: object_batches(content.records(), keys)),
        begin=Place(line=0),
        notices=(*content.form.notices, *survey.notices.values()),
    )


@dataclass(kw_only=True)
class Content:
    """The lines of a file. Once a first object was read, `of_features` says whether all should be GeoJSON features."""

    taken: Delivered
    form: TextForm
    decoder: Decoder = field(default_factory=Decoder)
    of_features: bool | None = None

    @property
    def first_line(self) -> bytes:
        """The first line that is not blank."""
        return next((text for _, text in self.lines() if text), b"") or b""

    def records(self) -> Iterator[tuple[int, dict[str, Any] | Fault]]:
        """The record, or the fault, on each line that is not blank."""
        for line, text in self.lines():
            if text is None:
                yield line, fault("record-too-large", line=line, limit=limits.RECORD_BYTES // 1024**2)
            elif text:
                self.decoder.taken_remarks()
                yield line, self.record(line, text)

    def record(self, line: int, text: bytes) -> dict[str, Any] | Fault:
        """One line as a record."""
        try:
            value = self.decoder.value(text.decode("utf-8", "replace"))
        except JSONDecodeError as error:
            return fault("bad-json-line", line=line, column=error.colno)
        except RecursionError:
            return fault("bad-json-line", "too-deep", line=line, limit=limits.DEPTH)
        if not isinstance(value, dict):
            return fault("bad-json-line", "not-an-object", line=line)
        if not is_shallow(iter(value.values())):
            return fault("bad-json-line", "too-deep", line=line, limit=limits.DEPTH)
        if self.of_features is None:
            self.of_features = is_feature(value) and "properties" in value
        if not self.of_features:
            return value
        return flattened(value) if is_feature(value) else fault("bad-json-line", "not-a-feature", line=line)

    def lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Each physical line with its number, bare; `None`, as the last, for one that is too long."""
        carry, number = b"", 0
        for chunk in utf8_chunks(self.taken.file, self.form):
            *whole, carry = (carry + chunk).split(b"\n")
            for number, text in enumerate(whole, start=number + 1):  # noqa: B020 - goes on from the last number
                yield number, text.strip(AROUND)
            if len(carry) > limits.RECORD_BYTES:
                yield number + 1, None
                return
        yield number + 1, carry.strip(AROUND)
