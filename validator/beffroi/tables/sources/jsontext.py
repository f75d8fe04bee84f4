"""JSON walked value by value: one record at a time is held, its numbers unchanged, its place known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from beffroi import limits
from beffroi.model.faults import Fault, fault
from beffroi.tables.encodings import TextForm, text_form, utf8_chunks
from beffroi.tables.fields.structured import depth_within
from beffroi.tables.sources.mistaken import other_than_json
from beffroi.tables.sources.values import Number

if TYPE_CHECKING:
    from pathlib import Path

    from beffroi.tables.batches import Expected, Table
    from beffroi.tables.delivery import Delivered

LARGEST = 512 * 1024**2
"""The largest JSON or GeoJSON file: its text is held in memory. NDJSON has no such limit."""

CONSTANTS = {"NaN": "NaN", "Infinity": "INF", "-Infinity": "-INF"}
"""What Python, pandas and others write although JSON does not know it, and how a table schema writes it."""


class Decoder:
    """Reads JSON values; `remarks` are faults seen since they were last taken: repeated keys, `NaN`."""

    def __init__(self) -> None:
        self.remarks: list[Fault] = []
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=Number, parse_int=Number, parse_constant=self._constant
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.remarks.append(fault("duplicate-key", key=key))
                seen.add(key)
        return found

    def _constant(self, token: str) -> Number:
        self.remarks.append(fault("json-nan", token=token))
        return Number(CONSTANTS[token])

    def value(self, text: str) -> Any:
        """The one value of `text`."""
        return self._json.decode(text)

    def value_at(self, text: str, start: int) -> tuple[Any, int]:
        """The value that starts at `start`, and the index behind it."""
        return self._json.raw_decode(text, start)

    def taken_remarks(self) -> list[Fault]:
        """The remarks, which are then forgotten."""
        remarks, self.remarks = self.remarks, []
        return remarks


SPACE = re.compile(r"[ \t\n\r]*")
"""What JSON counts as space (RFC 8259, 2)."""


class Walk:
    """A way through one JSON text. Errors of syntax are raised as `json.JSONDecodeError`."""

    def __init__(self, text: str, decoder: Decoder) -> None:
        self.text = text
        self.decoder = decoder
        self.end = 0
        self._counted = (0, 1)

    @property
    def opening(self) -> str:
        """The first sign of the text that is not space."""
        start = self.skip(0)
        return self.text[start : start + 1]

    def skip(self, start: int) -> int:
        """The index of the next sign that is not JSON's space."""
        found = SPACE.match(self.text, start)
        return found.end() if found else start

    def line(self, index: int) -> int:
        """The physical line of `index`; indices must not decrease from call to call."""
        before, line = self._counted
        line += self.text.count("\n", before, index)
        self._counted = (index, line)
        return line

    def elements(self, start: int) -> Iterator[tuple[int, Any]]:
        """Each value of the array that opens at `start`, after its index; then `end` is behind the array."""
        at = self.skip(start + 1)
        if self.text.startswith("]", at):
            self.end = at + 1
            return
        while True:
            value, end = self.decoder.value_at(self.text, at)
            yield at, value
            if self._closes(end, "]"):
                return
            at = self.skip(self.end)

    def members(self, start: int, streamed: str) -> Iterator[tuple[str, int, Any]]:
        """Each key of the object that opens at `start`, the index of its value, and the value; then `end` is behind.

        Of the array under the key `streamed`, each element is given in turn.
        """
        at = self.skip(start + 1)
        if self.text.startswith("}", at):
            self.end = at + 1
            return
        while True:
            key, at = self._key(at)
            if key == streamed and self.text.startswith("[", at):
                for place, value in self.elements(at):
                    yield key, place, value
            else:
                value, self.end = self.decoder.value_at(self.text, at)
                yield key, at, value
            if self._closes(self.end, "}"):
                return
            at = self.skip(self.end)

    def finish(self) -> None:
        """Nothing may follow the outermost value."""
        rest = self.skip(self.end)
        if rest < len(self.text):
            raise json.JSONDecodeError("extra data", self.text, rest)

    def _key(self, at: int) -> tuple[str, int]:
        if not self.text.startswith('"', at):
            raise json.JSONDecodeError("a key is expected", self.text, at)
        key, end = self.decoder.value_at(self.text, at)
        colon = self.skip(end)
        if not self.text.startswith(":", colon):
            raise json.JSONDecodeError("a colon is expected", self.text, colon)
        return key, self.skip(colon + 1)

    def _closes(self, end: int, bracket: str) -> bool:
        """Whether `bracket` comes next; if not, a comma must. `end` is set behind either."""
        at = self.skip(end)
        self.end = at + 1
        if self.text.startswith(bracket, at):
            return True
        if not self.text.startswith(",", at):
            raise json.JSONDecodeError("a comma is expected", self.text, at)
        return False


def open_walk(
    taken: Delivered, expected: Expected, table_in: Callable[[Walk, TextForm], Table | Fault]
) -> Table | Fault:
    """Open a file of JSON text: `table_in` finds the table in it; what is no JSON, or too much of it, is a fault."""
    form = text_form(taken.file, expected.encoding)
    if refused := other_than_json(taken.file, form):
        return refused
    text = text_within(taken.file, form)
    if isinstance(text, Fault):
        return text
    try:
        return table_in(Walk(text, Decoder()), form)
    except (json.JSONDecodeError, RecursionError) as error:
        return bad_json(error)


def text_within(file: Path, form: TextForm) -> str | Fault:
    """The whole text of a file no larger than `LARGEST`."""
    if file.stat().st_size > LARGEST:
        return fault("unreadable", "json-too-large", limit=LARGEST // 1024**2)
    return b"".join(utf8_chunks(file, form)).decode("utf-8", "replace")


def bad_json(error: json.JSONDecodeError | RecursionError) -> Fault:
    """Where JSON breaks off."""
    if isinstance(error, RecursionError):
        return too_deep()
    return fault("unreadable", "bad-json", line=error.lineno, column=error.colno)


def too_deep() -> Fault:
    """Values nest deeper than any table needs."""
    return fault("unreadable", "too-deep", limit=limits.DEPTH)


def is_shallow(values: Iterator[Any]) -> bool:
    """Whether the values of one record nest no deeper than the limit."""
    return all(depth_within(each, limits.DEPTH) for each in values if isinstance(each, dict | list))
