"""JSON: an array of objects, or an array of arrays whose first is the header. GeoJSON under that name is read as such.

The text of the file is held in memory (at most 512 MiB, `jsontext.LARGEST`), its records one at a time: what is larger
should come as NDJSON. The file is read twice, first for its syntax and the union of its keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

from beffroi.model.faults import Fault, fault
from beffroi.model.report import ReadAs
from beffroi.tables.batches import Batch, Expected, Place, Table, columns_of, parts_of
from beffroi.tables.encodings import TextForm
from beffroi.tables.sources import geojson
from beffroi.tables.sources.jsontext import Decoder, Walk, is_shallow, open_walk, text_within, too_deep
from beffroi.tables.sources.objects import Survey, labels_of, object_batches, rows_at_once
from beffroi.tables.sources.values import native_cells, text_of
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.tables.delivery import Delivered


def open_table(taken: Delivered, expected: Expected) -> Table | Fault:
    """Open a JSON file; what cannot be a table is a fault."""

    def table_in(walk: Walk, form: TextForm) -> Table | Fault:
        if walk.opening == "{":
            return geojson.table_of(walk, taken, form, expected)
        return array_table(walk, taken, form)

    return open_walk(taken, expected, table_in)


def array_table(walk: Walk, taken: Delivered, form: TextForm) -> Table | Fault:
    """The table in an array of records."""
    if walk.opening != "[":
        walk.decoder.value(walk.text)
        return fault("not-a-table", "json-not-records")
    _, first = next(walk.elements(walk.skip(0)), (0, None))
    walk.decoder.taken_remarks()
    survey = Survey()
    if refused := surveyed(walk, type(first), survey):
        return refused
    content = Content(taken=taken, form=form, keys=tuple(survey.keys))
    if isinstance(first, list):
        labels, batches = labels_of(text_of(each) or "" for each in first), content.rows
    else:
        labels, batches = labels_of(survey.keys), content.objects
    return Table(
        labels=labels,
        read=ReadAs(format="json", encoding=form.encoding, compression=taken.compression),
        parts=parts_of(batches),
        begin=Place(line=0),
        notices=(*form.notices, *survey.notices.values()),
    )


def surveyed(walk: Walk, kind: type, survey: Survey) -> Fault | None:
    """Read all records into `survey`; all must be of one kind."""
    refused: Fault | None = None
    number = 0
    for number, (at, record) in enumerate(walk.elements(walk.skip(0)), start=1):
        line = walk.line(at)
        refused = refused or unlike(record, kind, number, line)
        if refused is None:
            refused = added(record, line, survey, walk.decoder)
    walk.finish()
    return refused if number else fault("not-a-table", "empty")


def unlike(record: Any, kind: type, number: int, line: int) -> Fault | None:
    """Why an element is not a record like the first."""
    if kind not in (dict, list):
        return fault("not-a-table", "json-not-records")
    return None if isinstance(record, kind) else fault("not-a-table", "json-mixed", record=number, line=line)


def added(record: Any, line: int, survey: Survey, decoder: Decoder) -> Fault | None:
    """Take a record into the survey."""
    if isinstance(record, dict):
        return survey.add(record, line, decoder.taken_remarks())
    survey.note(decoder.taken_remarks(), line)
    return None if is_shallow(iter(record)) else too_deep()


@dataclass(frozen=True, kw_only=True)
class Content:
    """The records of a file that was surveyed."""

    taken: Delivered
    form: TextForm
    keys: tuple[str, ...]

    def records(self) -> Iterator[tuple[int, Any]]:
        """Each record after its line."""
        text = text_within(self.taken.file, self.form)
        assert isinstance(text, str)
        walk = Walk(text, Decoder())
        for at, record in walk.elements(walk.skip(0)):
            yield walk.line(at), record
            walk.decoder.taken_remarks()

    def objects(self) -> Iterator[Batch]:
        """Batches of objects."""
        return object_batches(self.records(), self.keys)

    def rows(self) -> Iterator[Batch]:
        """Batches of arrays behind the header."""
        records = self.records()
        width = len(next(records)[1])
        while found := list(islice(records, rows_at_once(width))):
            rows = [[text_of(each) for each in record] for _, record in found]
            yield Batch(
                columns=columns_of(rows, width),
                native=native_cells(islice(zip_longest(*(record for _, record in found)), width)),
                rows=len(rows),
                given_lines=tuple(line for line, _ in found),
                ragged={index: len(row) for index, row in enumerate(rows) if len(row) != width},
            )
