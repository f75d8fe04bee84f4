"""A small native scanner for delimited text, which accepts in bulk what is surely valid (docs/adr/0007).

It is compiled when the package is built. Where it could not be, or with `BEFFROI_SCANNER=0` in the environment,
`available()` is false, and nothing else here may be called. All functions release the interpreter's lock.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from beffroi.values import dataclass

if TYPE_CHECKING:
    import ctypes

    from beffroi.tables.scanner.native import ProgramTable

BIGGEST = 2**31 - 1
"""Bytes in one text: offsets are 32-bit numbers with a bit to spare."""

DOUBLED = 1 << 31
"""Set in the length of a suspect whose content holds doubled quotes."""

HASH_BYTES = 16
RANGES = 32
"""The most bytes of a text that is judged by a range for each of them."""


def available() -> bool:
    """Whether the library was built, loads, is of the version that is spoken here, and is not switched off."""
    if os.environ.get("BEFFROI_SCANNER") == "0":
        return False
    from beffroi.tables.scanner.native import loaded

    return loaded() is not None


def library() -> ctypes.CDLL:
    """The library; raises `RuntimeError` where it is not there."""
    from beffroi.tables.scanner.native import loaded

    found = loaded()
    if found is None:
        raise RuntimeError("the scanner is not built; ask available() before")
    return found


def cut(text: bytes, delimiter: str, *, final: bool) -> tuple[int, bool]:
    """Where the last whole record of a block ends (0: none does), and whether the block is regular.

    In a regular block each quote begins or ends a cell or is doubled, and each carriage return stands before a line
    feed, so that the parity of quotes tells where cells and records end. An irregular block gives `(0, False)`, and so
    does a delimiter that is not one ASCII character other than a quote or a line break.
    """
    if not usual(delimiter):
        return 0, False
    end = library().scan_cut(text, fitting(text), ord(delimiter), final)
    return (0, False) if end < 0 else (end, True)


def valid_utf8(chunk: bytes) -> int:
    """How many leading bytes are whole, valid sequences of UTF-8: up to the first that is invalid or not whole."""
    found: int = library().scan_valid_utf8(chunk, len(chunk))
    return found


def hash_texts(offsets: Any, data: Any, seed: bytes) -> bytes:
    """16 bytes for each text of an Arrow-style column: SipHash-2-4 with 128 bits, keyed by the 16 bytes of `seed`.

    `offsets` and `data` are contiguous buffers, the first of n + 1 int32 numbers. No hash is all zeros. Raises
    `ValueError` where the offsets do not rise or lead out of the data.
    """
    import ctypes

    from beffroi.tables.scanner.native import address_of

    with address_of(offsets) as (places, size), address_of(data) as (texts, end):
        count = max(size // 4 - 1, 0)
        hashes = ctypes.create_string_buffer(count * HASH_BYTES)
        if library().scan_hash(checked_seed(seed), places, count, texts, end, hashes):
            raise ValueError("the offsets do not rise or lead out of the data")
        return hashes.raw[: count * HASH_BYTES]


def combine(hashes: Sequence[bytes], seed: bytes) -> bytes:
    """One hash for each row of several columns' hashes, which must be of equal length; all zeros where one of them is.

    Those of a single column are the hashes themselves.
    """
    import ctypes

    if len({len(each) for each in hashes}) != 1 or len(hashes[0]) % HASH_BYTES:
        raise ValueError("expected hashes of the same number of texts")
    if len(hashes) == 1:
        return hashes[0]
    count = len(hashes[0]) // HASH_BYTES
    parts = (ctypes.c_char_p * len(hashes))(*hashes)
    results = ctypes.create_string_buffer(count * HASH_BYTES)
    library().scan_combine(checked_seed(seed), parts, len(hashes), count, results)
    return results.raw[: count * HASH_BYTES]


def hash_list(texts: Sequence[str], seed: bytes) -> bytes:
    """16 bytes for each text, as `hash_texts` gives them."""
    encoded = [text.encode("utf-8") for text in texts]
    return hash_texts(array("i", accumulate(map(len, encoded), initial=0)), b"".join(encoded), seed)


def repeats(hashes: bytes | bytearray) -> memoryview:
    """Which of up to 2^32 - 2 hashes repeat an earlier one, as pairs of numbers: its own, and the first equal one's.

    Hashes of all zeros are none. Raises `MemoryError`.
    """
    from beffroi.tables.scanner.native import Vector, address_of

    pairs = (Vector * 1)()
    native = library()
    try:
        with address_of(hashes) as (place, size):
            if not native.scan_repeats(place, size // HASH_BYTES, pairs):
                raise MemoryError("no memory for keys")
        return memoryview(pairs[0].taken()).cast("I")
    finally:
        native.scan_release(pairs, 1)


@dataclass(frozen=True, kw_only=True)
class Automaton:
    """A deterministic automaton over bytes.

    `classes` gives the class of each byte, below `width`; `next` the state that each class leads to, `width` numbers a
    state; `accepts` is not 0 for each state in which a text may end. State 0 is dead. Raises `ValueError` for tables
    that do not fit together.
    """

    classes: bytes
    width: int
    next: Sequence[int]
    start: int
    accepts: bytes

    def __post_init__(self) -> None:
        """The native code trusts what is checked here."""
        states = len(self.accepts)
        fits = (
            len(self.classes) == 256
            and max(self.classes) < self.width
            and len(self.next) == states * self.width
            and 0 <= self.start < states <= 2**16
            and 0 <= min(self.next) <= max(self.next) < states
        )
        if not fits:
            raise ValueError("the tables of an automaton do not fit together")
        if self.accepts[0] or any(self.next[: self.width]):
            raise ValueError("the first state of an automaton is not dead")

    def following(self, state: int) -> Sequence[int]:
        """The state that each class leads to from a state."""
        return self.next[state * self.width : (state + 1) * self.width]

    @cached_property
    def ranges(self) -> tuple[bytes, int] | None:
        """For an automaton that tells no more than how many bytes there are and in which range each of them is.

        The least byte at each place, then the greatest; and bit i for each number of bytes i that is accepted, as no
        byte always is. `None` for all other automata.
        """
        least, most, lengths = bytearray(RANGES), bytearray(RANGES), 1
        state = self.start
        for place in range(RANGES + 1):
            following = self.following(state)
            read = [byte for byte, number in enumerate(self.classes) if following[number]]
            lengths |= bool(self.accepts[state]) << place
            if not read:
                return bytes(least + most), lengths
            if place == RANGES or len({*following} - {0}) > 1 or len(read) != read[-1] - read[0] + 1:
                return None
            least[place], most[place] = read[0], read[-1]
            state = following[self.classes[read[0]]]
        return None

    @cached_property
    def rows(self) -> array[int]:
        """For each state, where the row of the state begins that each class leads to, and whether it accepts."""
        stride = self.width + 1
        rows = array("I")
        for state, accepts in enumerate(self.accepts):
            rows.extend(each * stride for each in self.following(state))
            rows.append(accepts)
        return rows


@dataclass(frozen=True, kw_only=True)
class Column:
    """Which cells of a column are fine: the empty ones if `empty`; others of at most `longest` bytes that are accepted.

    What is `emitted` is given back with all its texts.
    """

    automaton: Automaton | None = None
    longest: int | None = None
    empty: bool = True
    emitted: bool = False


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What was found in a text; records are counted from 0.

    `starts`: the byte at which each record starts, then the length of the text. `line_breaks`: how many line feeds.
    `ragged`: records with another number of cells than there are columns, and that number; not an empty line.
    `blank`: records without a character in any cell and no more cells than columns.
    `suspects`: for each cell that was not fine four numbers, the record, the column, the offset of its content in bytes
    and its length, in which `DOUBLED` is set where its quotes are still doubled. None for blank records.
    `keys`: for each key, 16 bytes a record, all zeros where one of its cells is absent, empty or suspect.
    `emitted`: for each such column, the offsets (int32, one more than records) and bytes of its texts.
    """

    records: int
    starts: memoryview
    line_breaks: int
    ragged: list[tuple[int, int]]
    blank: list[int]
    suspects: memoryview
    keys: tuple[bytes, ...]
    emitted: Mapping[int, tuple[bytes, bytes]]


@dataclass(frozen=True, kw_only=True)
class Program:
    """How the records of a table are scanned: its columns in order, and its keys as tuples of numbers of columns.

    Raises `ValueError` for what cannot be meant. It may be used by several threads at once.
    """

    delimiter: str
    columns: tuple[Column, ...]
    keys: tuple[tuple[int, ...], ...] = ()
    seed: bytes = bytes(16)

    def __post_init__(self) -> None:
        """The native code trusts what is checked here."""
        if not usual(self.delimiter):
            raise ValueError(f"{self.delimiter!r} cannot be a delimiter here")
        if not all(key and all(0 <= part < len(self.columns) for part in key) for key in self.keys):
            raise ValueError("a key is of no column or of one that is not there")
        checked_seed(self.seed)

    def scan(self, text: bytes, size: int | None = None) -> Scan:
        """Scan a block of valid UTF-8 that `cut` found regular, from a record's start to a record's end.

        The block is the first `size` bytes of `text`, or all of it. Raises `MemoryError`, and `ValueError` for 2 GiB
        or more, or for more than there is.
        """
        import ctypes

        from beffroi.tables.scanner.native import Vector

        emitted = [number for number, column in enumerate(self.columns) if column.emitted]
        vectors = (Vector * (4 + len(self.keys) + 2 * len(emitted)))()
        line_breaks = ctypes.c_uint64()
        native = library()
        try:
            if not native.scan_records(self._table, text, checked_size(text, size), vectors, line_breaks):
                raise MemoryError("no memory for what was scanned")
            starts, ragged, blank, suspects, *others = [each.taken() for each in vectors]
        finally:
            native.scan_release(vectors, len(vectors))
        pairs = iter(memoryview(ragged).cast("I"))
        outputs = iter(others[len(self.keys) :])
        return Scan(
            records=len(starts) // 4 - 1,
            starts=memoryview(starts).cast("I"),
            line_breaks=line_breaks.value,
            ragged=list(zip(pairs, pairs, strict=True)),
            blank=memoryview(blank).cast("I").tolist(),
            suspects=memoryview(suspects).cast("I"),
            keys=tuple(others[: len(self.keys)]),
            emitted=dict(zip(emitted, zip(outputs, outputs, strict=True), strict=True)),
        )

    @cached_property
    def _table(self) -> ProgramTable:
        """The same for the native code; ctypes keeps alive what it refers to."""
        from beffroi.tables.scanner.native import ColumnTable, ProgramTable, u32, u64

        slots = {number: slot for slot, number in enumerate(sorted({part for key in self.keys for part in key}))}
        places = [slots[part] for key in self.keys for part in key]
        return ProgramTable(
            columns=(ColumnTable * len(self.columns))(*self._columns(slots)),
            slots=(u32 * len(places))(*places),
            widths=(u32 * len(self.keys))(*map(len, self.keys)),
            width=len(self.columns),
            keys=len(self.keys),
            outputs=sum(column.emitted for column in self.columns),
            slot_count=len(slots),
            part_count=len(places),
            seed=(u64 * 2).from_buffer_copy(self.seed),
            delimiter=ord(self.delimiter),
        )

    def _columns(self, slots: Mapping[int, int]) -> list[Any]:
        from beffroi.tables.scanner.native import ColumnTable, u32

        output = 4 + len(self.keys)
        tables = []
        for number, column in enumerate(self.columns):
            shortest, longest = lengths(column)
            table = ColumnTable(
                shortest=shortest,
                spread=longest - shortest,
                slot=slots.get(number, -1),
                output=output if column.emitted else -1,
            )
            output += 2 * column.emitted
            judged = column.automaton is not None or column.longest is not None or not column.empty
            table.care = 2 if column.emitted or number in slots else int(judged)
            if column.automaton:
                table.classes = column.automaton.classes
                table.rows = (u32 * len(column.automaton.rows)).from_buffer(column.automaton.rows)
                table.width = column.automaton.width
                table.start = column.automaton.start * (column.automaton.width + 1)
                if column.automaton.ranges:
                    table.ranges, table.lengths = column.automaton.ranges
            tables.append(table)
        return tables


def lengths(column: Column) -> tuple[int, int]:
    """The shortest and the longest cell that is fine, in bytes; `BIGGEST + 1` where none is."""
    shortest = 0 if column.empty else 1
    longest = BIGGEST if column.longest is None else min(max(column.longest, 0), BIGGEST)
    return (shortest, longest) if shortest <= longest else (BIGGEST + 1, BIGGEST + 1)


def usual(delimiter: str) -> bool:
    """Whether a delimiter is one ASCII character that has no other meaning."""
    return len(delimiter) == 1 and delimiter.isascii() and delimiter not in '"\r\n'


def fitting(text: bytes) -> int:
    """The length of a text; raises `ValueError` where it is too long."""
    if len(text) > BIGGEST:
        raise ValueError("a text of 2 GiB or more cannot be scanned at once")
    return len(text)


def checked_size(text: bytes, size: int | None) -> int:
    """How much of a text is meant; raises `ValueError` where it has not so much."""
    if size is None:
        return fitting(text)
    if not 0 <= size <= fitting(text):
        raise ValueError("the text is shorter than what is to be scanned of it")
    return size


def checked_seed(seed: bytes) -> bytes:
    """A seed; raises `ValueError` where it is not of 16 bytes."""
    if len(seed) != HASH_BYTES:
        raise ValueError("a seed has 16 bytes")
    return seed
