"""The native scanner finds what `csv.reader`, automata run by hand and Python's own decoder find."""

import csv
import ctypes
import importlib.util
import io
import os
import random
import re
import subprocess
import sys
import zlib
from array import array
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from beffroi.tables import scanner
from beffroi.tables.scanner import DOUBLED, Automaton, Column, Program, native

ROOT = Path(__file__).parents[1]
SOURCE = native.LIBRARY.with_name("scan.c")
SEED = bytes(range(16))
NONE = bytes(16)

pytestmark = pytest.mark.skipif(not scanner.available(), reason="the scanner is not built or switched off")
FEW = settings(
    derandomize=True,
    deadline=None,
    max_examples=400,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
EVERY = pytest.mark.usefixtures("variant")
CSV_PARTS = st.sampled_from(
    ["a", "1", "é", ";", ";", ",", "\n", "\n", "\r\n", "\r", '"', '"', '""', "\ufeff", " ", "\t", "\x00", ";\n"]
    + ["'", "\\"]
)
REGULAR_PARTS = ["a", "1", "12", "12-34", "é", "x" * 61, ";", ";", ";", "\n", "\n", "\r\n", "\x00", "\ufeff"] + [
    '""',
    '"b;\n"',
    '"x""y"',
    '""""',
    '"12"',
    '";\r\n"',
]


def build_hook():
    found = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    hook = importlib.util.module_from_spec(found)
    found.loader.exec_module(hook)
    return hook


def compiled(target, *flags):
    """The library compiled with other flags; a test that needs one is skipped where the compiler knows them not."""
    failure = build_hook().compiled(SOURCE, target, *flags)
    if failure is not None:
        pytest.skip(f"the scanner cannot be compiled with {' '.join(flags)}: {failure}")
    return target


WITHOUT = {"AVX2": "-DSCAN_SSE2", "AVX2 and SSE2": "-DSCAN_PLAIN"}
"""The flags for libraries that make no use of what the processor may have."""


@pytest.fixture(scope="module", params=["as built", *WITHOUT])
def variant(request, tmp_path_factory):
    """The library as it was built, then those for lesser machines."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param in WITHOUT:
            lesser = native.loaded(compiled(tmp_path_factory.mktemp("lesser") / "_scan.so", WITHOUT[request.param]))
            assert not lesser.scan_is_wide()
            patch.setattr(scanner, "library", lambda: lesser)
        yield


def automaton(pattern):
    """An automaton for one of a few regular expressions, each written out by hand."""
    symbols, rows, accepts = AUTOMATA[pattern]
    classes = bytearray(256)
    for number, symbol in enumerate(symbols, start=1):
        for byte in symbol:
            classes[byte] = number
    return Automaton(
        classes=bytes(classes), width=len(symbols) + 1, next=[0] * (len(symbols) + 1) + rows, start=1, accepts=accepts
    )


AUTOMATA = {
    r"\d{2}": ((b"0123456789",), [0, 2, 0, 3, 0, 0], bytes([0, 0, 0, 1])),
    r"\d{2}(-\d{2})?": (
        (b"0123456789", b"-"),
        [0, 2, 0, 0, 3, 0, 0, 0, 4, 0, 5, 0, 0, 6, 0, 0, 0, 0],
        bytes([0, 0, 0, 1, 0, 0, 1]),
    ),
    r"é+|a": ((b"\xc3", b"\xa9", b"a"), [0, 2, 0, 4, 0, 0, 3, 0, 0, 2, 0, 0, 0, 0, 0, 0], bytes([0, 0, 0, 1, 1])),
    r"[^;\n]*": ((b";\n",), [1, 0], bytes([0, 1])),
    r"(b;\n)?": ((b"b", b";", b"\n"), [0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0], bytes([0, 1, 0, 0, 1])),
}
COLUMNS = st.builds(
    lambda pattern, longest, empty, emitted: (
        pattern,
        Column(automaton=pattern and automaton(pattern), longest=longest, empty=empty, emitted=emitted),
    ),
    st.sampled_from([None, None, *AUTOMATA]),
    st.sampled_from([None, None, 0, 1, 2, 3, 62]),
    st.booleans(),
    st.booleans(),
)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of the reference: where its content stands, the content as written, and what it says."""

    offset: int
    written: bytes
    says: bytes


def records_of(text, delimiter):
    """The records of a regular text, byte by byte: where each starts, whether it is an empty line, its cells."""
    records, cells, start, begin, quoted = [], [], 0, 0, False
    for at in range(len(text) + 1):
        byte = text[at : at + 1]
        quoted ^= byte == b'"'
        if quoted or byte not in {delimiter, b"\n", b""} or (byte == b"" and start == len(text)):
            continue
        written = text[begin:at].removesuffix(b"\r") if byte == b"\n" else text[begin:at]
        inner = written[1:-1] if written.startswith(b'"') else written
        cells.append(Cell(offset=begin + written.startswith(b'"'), written=inner, says=inner.replace(b'""', b'"')))
        begin = at + 1
        if byte != delimiter:
            records.append((start, not text[start:at].strip(b"\r"), cells))
            start, cells = at + 1, []
    return records


def is_suspect(pattern, column, cell):
    if not cell.says:
        return not column.empty
    too_long = column.longest is not None and len(cell.says) > column.longest
    refused = pattern is not None and ('"' in cell.says.decode() or not re.fullmatch(pattern, cell.says.decode()))
    return too_long or refused


def reference(text, program, patterns):
    """What a scan must find, plainly."""
    width = len(program.columns)
    records = records_of(text, program.delimiter.encode())
    blank = [
        number
        for number, (_, _, cells) in enumerate(records)
        if len(cells) <= width and not any(cell.says for cell in cells)
    ]
    judged = [
        (number, place, cell)
        for number, (_, _, cells) in enumerate(records)
        for place, cell in enumerate(cells[:width])
        if is_suspect(patterns[place], program.columns[place], cell)
    ]
    suspects = [
        (number, place, cell.offset, len(cell.written) | (DOUBLED if b'"' in cell.written else 0))
        for number, place, cell in judged
        if number not in blank
    ]
    bad = {(number, place) for number, place, _ in judged}
    says = [{place: cell.says for place, cell in enumerate(cells[:width])} for _, _, cells in records]
    return {
        "records": len(records),
        "starts": [start for start, _, _ in records] + [len(text)],
        "line_breaks": text.count(b"\n"),
        "ragged": [(n, len(cells)) for n, (_, empty, cells) in enumerate(records) if len(cells) != width and not empty],
        "blank": blank,
        "suspects": suspects,
        "keys": [
            [
                None
                if any(not cells.get(part) or (n, part) in bad for part in key)
                else tuple(cells[part] for part in key)
                for n, cells in enumerate(says)
            ]
            for key in program.keys
        ],
        "emitted": {
            place: [cells.get(place, b"") for cells in says]
            for place, column in enumerate(program.columns)
            if column.emitted
        },
    }


def found(scan):
    """The same of a scan, its keys as hashes."""
    numbers = scan.suspects.tolist()
    return {
        "records": scan.records,
        "starts": scan.starts.tolist(),
        "line_breaks": scan.line_breaks,
        "ragged": scan.ragged,
        "blank": scan.blank,
        "suspects": [tuple(numbers[at : at + 4]) for at in range(0, len(numbers), 4)],
        "keys": [hashes_in(key) for key in scan.keys],
        "emitted": {place: texts_in(*buffers) for place, buffers in scan.emitted.items()},
    }


def hashes_in(key):
    hashes = [key[at : at + 16] for at in range(0, len(key), 16)]
    return [None if each == NONE else each for each in hashes]


def texts_in(offsets, data):
    places = array("i", offsets)
    assert places[-1] == len(data)
    return [data[start:end] for start, end in pairwise(places)]


def hashed(text):
    return scanner.hash_texts(array("i", [0, len(text)]), text, SEED)


def key_of(cells):
    return None if cells is None else scanner.combine([hashed(cell) for cell in cells], SEED)


@EVERY
@FEW
@given(
    parts=st.lists(st.sampled_from(REGULAR_PARTS), max_size=40),
    columns=st.lists(COLUMNS, max_size=4),
    filler=st.sampled_from([0, 0, 1, 59, 64, 4030, 4090, 4096, 8191]),
    data=st.data(),
)
def test_a_scan_finds_what_a_plain_reading_finds(parts, columns, filler, data):
    text = ("x" * filler + "".join(parts)).encode()
    assume(scanner.cut(text, ";", final=True)[1])
    part = st.integers(0, max(len(columns) - 1, 0))
    keys = data.draw(st.lists(st.lists(part, min_size=1, max_size=3).map(tuple), max_size=2)) if columns else []
    program = Program(
        delimiter=";", columns=tuple(column for _, column in columns), keys=tuple(map(tuple, keys)), seed=SEED
    )

    expected = reference(text, program, [pattern for pattern, _ in columns])
    expected["keys"] = [[key_of(cells) for cells in key] for key in expected["keys"]]
    assert found(program.scan(text)) == expected

    by_csv_reader = list(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=";"))
    read = [[cell.says.decode() for cell in cells] for _, _, cells in records_of(text, b";")]
    assert [cells if cells != [""] else [] for cells in read] == [
        cells if cells != [""] else [] for cells in by_csv_reader
    ]


@EVERY
def test_a_scan_tells_what_is_suspect_ragged_blank_and_asked_for():
    columns = (
        Column(automaton=automaton(r"[^;\n]*"), empty=False),
        Column(longest=3, emitted=True),
        Column(automaton=automaton(r"\d{2}")),
    )
    program = Program(delimiter=";", columns=columns, keys=((2,), (0, 1)), seed=SEED)
    text = 'a;"x""y";12\r\n;long;1\n"a""b";"é;\n";\n\n;;\n"a;"\na;b;34;c'.encode()
    expected = {
        "records": 7,
        "starts": [0, 13, 21, 36, 37, 40, 45, 53],
        "line_breaks": 7,
        "ragged": [(5, 1), (6, 4)],
        "blank": [3, 4],
        "suspects": [(1, 0, 13, 0), (1, 1, 14, 4), (1, 2, 19, 1), (2, 0, 22, 4 | DOUBLED), (2, 1, 29, 4)]
        + [(5, 0, 41, 2)],
        "keys": [[hashed(b"12"), None, None, None, None, None, hashed(b"34")]]
        + [[key_of((b"a", b'x"y')), None, None, None, None, None, key_of((b"a", b"b"))]],
        "emitted": {1: [b'x"y', b"long", "é;\n".encode(), b"", b"", b"", b"b"]},
    }
    assert found(program.scan(text)) == expected
    assert reference(text, program, [r"[^;\n]*", None, r"\d{2}"])["suspects"] == expected["suspects"]


@EVERY
@settings(FEW, max_examples=150)
@given(size=st.integers(0, 70), more=st.integers(0, 70))
def test_only_so_much_of_a_text_is_scanned_as_is_asked_for(size, more):
    program = Program(delimiter=";", columns=(Column(automaton=automaton(r"\d{2}")), Column()), keys=((0,),), seed=SEED)
    text = ("12;a\n3;b\n" * 20).encode()
    assert found(program.scan(text[: size + more], size)) == found(program.scan(text[:size]))


@EVERY
def test_a_key_is_absent_from_a_record_that_has_not_all_its_cells_whatever_stood_before():
    text, columns = b"a;b;c\nd\n;e\n1;2;3\n", (Column(), Column(longest=1), Column())
    keys = Program(delimiter=";", columns=columns, keys=((1,), (0, 2), (0,)), seed=SEED).scan(text).keys
    assert [hashes_in(key) for key in keys] == [
        [hashed(b"b"), None, hashed(b"e"), hashed(b"2")],
        [key_of((b"a", b"c")), None, None, key_of((b"1", b"3"))],
        [hashed(b"a"), hashed(b"d"), None, hashed(b"1")],
    ]


@pytest.mark.parametrize("size", [-1, 4])
def test_more_than_there_is_cannot_be_scanned(size):
    with pytest.raises(ValueError, match="shorter"):
        Program(delimiter=";", columns=()).scan(b"a;b", size)


def chain(places, accepted):
    """An automaton of texts with one of the bytes of each place, as long as one of the numbers that are accepted."""
    symbols = sorted({byte for place in places for byte in place})
    classes = bytes(symbols.index(byte) + 1 if byte in symbols else 0 for byte in range(256))
    width, following = len(symbols) + 1, []
    for state, place in enumerate(places, start=1):
        following += [0, *(state + 1 if byte in place else 0 for byte in symbols)]
    accepts = bytes([0, *(size in accepted for size in range(len(places) + 1))])
    return Automaton(classes=classes, width=width, next=[0] * width + following + [0] * width, start=1, accepts=accepts)


RANGED = [
    ([b"0123456789"] * 2, {2}, (b"00", b"99", 0b101)),
    ([b"W", b"0123", b"\xfe\xff"], {1, 3}, (b"W0\xfe", b"W3\xff", 0b1011)),
    ([b"ab"] * 32, {0, 32}, (b"a" * 32, b"b" * 32, 1 << 32 | 1)),
    ([], {0}, (b"", b"", 1)),
    ([b"a"], {}, (b"a", b"a", 1)),
    ([b"ab"] * 33, {33}, None),
    ([b"ac"], {1}, None),
]


@pytest.mark.parametrize(("places", "accepted", "expected"), RANGED)
def test_an_automaton_of_ranges_only_is_seen_to_be_one(places, accepted, expected):
    least, most, lengths = expected or (b"", b"", 0)
    given = chain(places, accepted)
    assert given.ranges == (expected and (least.ljust(32, b"\0") + most.ljust(32, b"\0"), lengths))


@pytest.mark.parametrize("pattern", [r"é+|a", r"[^;\n]*"])
def test_an_automaton_of_more_than_ranges_is_not_taken_for_one(pattern):
    assert automaton(pattern).ranges is None


@EVERY
@pytest.mark.parametrize(("places", "accepted", "expected"), RANGED)
@pytest.mark.parametrize("behind", [0, 31, 32, 99])
def test_a_cell_is_judged_alike_by_ranges_and_byte_by_byte(places, accepted, expected, behind):
    good = bytes(place[-1] for place in places)
    texts = [good[:size] for size in range(len(good) + 1)] + [good + b"a", good + b"W" * 40, b"\0", b"\xff" * 32]
    texts += [good[:at] + bytes([byte]) + good[at + 1 :] for at in range(len(good)) for byte in b"\0/0:Wabc\x80\xfd"]
    program = Program(delimiter=";", columns=(Column(automaton=chain(places, accepted)), Column()))
    for text in texts:
        fits = all(byte in place for byte, place in zip(text, places, strict=False))
        fine = not text or (len(text) in accepted and fits)
        assert (program.scan(text + b";" + b"x" * behind).suspects.tolist() == []) == fine, text


@EVERY
@FEW
@given(
    texts=st.lists(
        st.lists(st.sampled_from(["", "a", "b", "ab", "bc", "c", "abc"]), min_size=2, max_size=2), max_size=9
    )
)
def test_keys_are_equal_only_where_their_cells_are(texts):
    program = Program(delimiter=",", columns=(Column(), Column()), keys=((0, 1), (1, 0), (0,), (0, 0)), seed=SEED)
    text = "".join(f"{one},{two}\n" for one, two in texts).encode()
    for key, hashes in zip(program.keys, map(hashes_in, program.scan(text).keys), strict=True):
        cells = [tuple(row[part] for part in key) for row in texts]
        assert [each is None for each in hashes] == [not all(row) for row in cells]
        pairs = {(row, each) for row, each in zip(cells, hashes, strict=True) if each is not None}
        assert len(pairs) == len({row for row, _ in pairs}) == len({each for _, each in pairs})


@EVERY
@settings(FEW, max_examples=1500)
@given(parts=st.lists(CSV_PARTS, max_size=30), filler=st.integers(0, 70), final=st.booleans())
@example(parts=["a", "\r"], filler=62, final=False)
@example(parts=["a", "\r"], filler=62, final=True)
@example(parts=['"', "a", '"', "a"], filler=0, final=True)
def test_a_block_is_cut_where_its_last_whole_record_ends(parts, filler, final):
    from beffroi.tables.blocks import record_end
    from beffroi.tables.dialect import Dialect

    block = ("\n".rjust(filler, "x") + "".join(parts)).encode()
    end, regular = record_end(block, Dialect(delimiter=";"), final=final)
    assert scanner.cut(block, ";", final=final) == ((end, True) if regular else (0, False))


@pytest.mark.parametrize("delimiter", ['"', "\n", "\r", "é", "", ";;"])
def test_a_delimiter_with_another_meaning_is_not_cut_by(delimiter):
    assert scanner.cut(b"a\n", delimiter, final=True) == (0, False)
    with pytest.raises(ValueError, match="delimiter"):
        Program(delimiter=delimiter, columns=())


UTF8_PARTS = [
    b"a",
    b"x" * 15,
    b"x" * 63,
    "é".encode(),
    "’".encode(),
    "नम".encode(),
    "\ud7ff\ue000\U00010000".encode(),
] + [
    "\U0010ffff😀\u07ff\u0800\uffff".encode(),
    b"\x80",
    b"\xc0\xaf",
    b"\xc1",
    b"\xc2",
    b"\xe0\x9f\xbf",
    b"\xe0\xa0",
    b"\xed\xa0\x80",
    b"\xef\xbf",
    b"\xf0\x8f\xbf\xbf",
    b"\xf0\x90\x80",
    b"\xf4\x90\x80\x80",
    b"\xf5",
    b"\xff",
]


@EVERY
@settings(FEW, max_examples=1500)
@given(
    good=st.lists(st.sampled_from(UTF8_PARTS[:8]), max_size=20),
    rest=st.lists(st.sampled_from(UTF8_PARTS), max_size=20) | st.binary(max_size=99).map(lambda each: [each]),
)
def test_utf8_is_valid_as_far_as_python_decodes_it(good, rest):
    chunk = b"".join(good + rest)
    assert scanner.valid_utf8(chunk) == as_far_as_decoded(chunk)


@EVERY
@pytest.mark.parametrize("before", [0, 70, 127])
def test_every_sequence_of_two_bytes_and_every_lead_of_more_is_judged_as_python_does(before):
    """At the beginning, within what is looked at as one, and over the edge of it."""
    rests = [b"", b"\x80", b"\x80\x80", b"\xbf" * 3, b"a" * 70, b"\x80" + b"a" * 70, b"\x80\x80" + b"a" * 70]
    for first in range(0x80, 0x100):
        for second in range(0x100):
            for rest in rests:
                chunk = b"a" * before + bytes([first, second]) + rest
                assert scanner.valid_utf8(chunk) == as_far_as_decoded(chunk), chunk


def as_far_as_decoded(chunk):
    try:
        chunk.decode()
    except UnicodeDecodeError as error:
        return error.start
    return len(chunk)


SIPHASH_VECTORS = {
    0: "a3817f04ba25a8e66df67214c7550293",
    1: "da87c1d86b99af44347659119b22fc45",
    2: "8177228da4a45dc7fca38bdef60affe4",
    8: "3b62a9ba6258f5610f83e264f31497b4",
    15: "5493e99933b0a8117e08ec0f97cfc3d9",
}


@EVERY
@pytest.mark.skipif(sys.byteorder == "big", reason="hashes are kept in the machine's order of bytes")
@pytest.mark.parametrize("size", SIPHASH_VECTORS)
def test_hashes_are_those_of_the_reference_implementation_of_siphash(size):
    assert hashed(bytes(range(size))).hex() == SIPHASH_VECTORS[size]


@EVERY
def test_the_hash_of_several_cells_is_that_of_their_hashes_side_by_side():
    one, two = hashed(b"ab"), hashed(b"c")
    assert scanner.combine([one, two], SEED) == hashed(one + two)
    assert scanner.combine([one], SEED) == one
    assert scanner.combine([one + one, two + NONE], SEED) == hashed(one + two) + NONE
    assert scanner.combine([hashed(b"a"), hashed(b"bc")], SEED) != hashed(one + two)
    assert hashed(b"ab") != scanner.hash_texts(array("i", [0, 2]), b"ab", bytes(16))


@EVERY
def test_a_list_of_texts_is_hashed_as_a_column_of_them():
    texts = ["a", "", "é" * 40, "a", "abcdefgh", "abcdefghi"]
    assert scanner.hash_list(texts, SEED) == b"".join(hashed(text.encode()) for text in texts)
    assert scanner.hash_list([], SEED) == b""


WORDS = st.sampled_from([0, 1, 2, 1 << 31, 1 << 32, 1 << 63, (1 << 32) + 1, (1 << 64) - 1])


@EVERY
@FEW
@given(drawn=st.lists(st.tuples(WORDS, WORDS), max_size=60), many=st.sampled_from([0, 0, 0, 500, 3000]))
def test_repeated_hashes_are_those_that_a_dictionary_knows(drawn, many):
    """Also of hashes that begin at the same place of the table, and of as many as make it larger."""
    words = [(number << 32 | 7, number % 3) for number in range(many)] + drawn + drawn[::2]
    known, pairs = {}, []
    for number, pair in enumerate(words):
        if pair != (0, 0) and known.setdefault(pair, number) != number:
            pairs += [number, known[pair]]
    hashes = array("Q", [word for pair in words for word in pair])
    assert scanner.repeats(hashes.tobytes()).tolist() == pairs
    assert scanner.repeats(bytearray(hashes)).tolist() == pairs


@pytest.mark.parametrize("make", [bytes, bytearray, memoryview])
def test_buffers_of_any_kind_are_hashed(make):
    offsets, data = array("i", [0, 1, 1, 3]).tobytes(), b"abc"
    expected = hashed(b"a") + hashed(b"") + hashed(b"bc")
    assert scanner.hash_texts(make(offsets), make(data), SEED) == expected
    assert scanner.hash_texts(make(b""), make(b""), SEED) == b""


@pytest.mark.parametrize("offsets", [[-1, 1], [0, 4], [2, 1], [0, 2**31 - 1], [3, 3, 0]])
def test_offsets_that_lead_nowhere_are_refused(offsets):
    with pytest.raises(ValueError, match="offsets"):
        scanner.hash_texts(array("i", offsets), b"abc", SEED)


RIGHT = {"classes": bytes(256), "width": 1, "next": [0, 1], "start": 1, "accepts": b"\0\1"}


@pytest.mark.parametrize(
    "wrong",
    [{"classes": bytes(255)}, {"classes": bytes(255) + b"\1"}, {"next": [0, 2]}, {"next": [0, -1]}, {"next": [0]}]
    + [{"start": 2}, {"start": -1}, {"accepts": b"\1\1"}, {"next": [1, 1]}, {"width": 0}, {"accepts": b""}],
)
def test_tables_that_would_lead_astray_are_refused(wrong):
    Automaton(**RIGHT)
    with pytest.raises(ValueError, match="automaton"):
        Automaton(**{**RIGHT, **wrong})


@pytest.mark.parametrize("wrong", [{"keys": ((1,),)}, {"keys": ((-1,),)}, {"keys": ((),)}, {"seed": b""}])
def test_programs_that_would_lead_astray_are_refused(wrong):
    with pytest.raises(ValueError, match=r"key|seed"):
        Program(**{"delimiter": ";", "columns": (Column(),), "seed": SEED, **wrong})


@EVERY
def test_a_table_of_many_cells_and_records_fits():
    text = b'"";\n' * 50_000 + b";" * 100_000 + b"\n" + b"x" * 300_000
    program = Program(delimiter=";", columns=(Column(empty=False, emitted=True),) * 3, keys=((0,), (1, 2)), seed=SEED)
    scan = program.scan(text)
    assert (scan.records, scan.ragged[-2:]) == (50_002, [(50_000, 100_001), (50_001, 1)])
    assert (len(scan.blank), scan.suspects.tolist()) == (
        50_000,
        [50_000, 0, 200_000, 0, 50_000, 1, 200_001, 0] + [50_000, 2, 200_002, 0],
    )
    assert scan.emitted[0][1] == b"x" * 300_000


def test_the_library_is_of_the_source_that_is_here():
    assert native.loaded().scan_source() == zlib.crc32(SOURCE.read_bytes()), "install it again: pip install -e ."


def test_a_failed_compilation_says_why_and_leaves_no_library_behind(tmp_path, monkeypatch):
    target = tmp_path / "_scan.so"
    target.write_bytes(b"of an earlier source")
    (tmp_path / "scan.c").write_text("int scan = ;\n")
    assert "error" in build_hook().compiled(tmp_path / "scan.c", target)
    monkeypatch.setenv("CC", "there-is-no-such-compiler -O3")
    assert "there-is-no-such-compiler" in build_hook().compiled(SOURCE, target)
    assert [path.name for path in tmp_path.iterdir()] == ["scan.c"]


def test_it_can_be_switched_off(monkeypatch):
    assert scanner.available()
    monkeypatch.setenv("BEFFROI_SCANNER", "0")
    assert not scanner.available()


@pytest.mark.parametrize("content", [None, b"", b"not a library"])
def test_a_library_that_does_not_load_is_not_there(tmp_path, content):
    path = tmp_path / "_scan.so"
    if content is not None:
        path.write_bytes(content)
    assert native.loaded(path) is None


def hammer(rounds, seed):
    """Run random blocks, regular and not, from buffers of just their size, through a library with sanitizers."""
    chance = random.Random(seed)
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    parts = [part.encode() for part in REGULAR_PARTS] + [b'"', b'"', b"\r", b'""', b"\xe0", b"x" * 15, b"\xff"]
    patterns = [None, *AUTOMATA]
    for _ in range(rounds):
        weights = [chance.random() ** 3 for _ in parts]
        text = b"".join(chance.choices(parts, weights, k=chance.choice([0, 1, 3, 10, 40, 300])))
        text += b";" * chance.choice([0, 0, 0, 9000])
        columns = tuple(
            Column(
                automaton=(pattern := chance.choice(patterns)) and automaton(pattern),
                longest=chance.choice([None, 0, 2]),
                empty=chance.random() < 0.5,
                emitted=chance.random() < 0.3,
            )
            for _ in range(chance.randrange(5))
        )
        keys = tuple((chance.randrange(len(columns)),) * chance.randrange(1, 3) for _ in columns[2:])
        program = Program(delimiter=chance.choice(";x\0"), columns=columns, keys=keys, seed=SEED)
        exact = libc.malloc(len(text))
        ctypes.memmove(exact, text, len(text))
        library, given = scanner.library(), ctypes.cast(exact, ctypes.c_char_p)
        for final in (0, 1):
            library.scan_cut(given, len(text), ord(program.delimiter), final)
        library.scan_valid_utf8(given, len(text))
        vectors = (native.Vector * 24)()
        assert library.scan_records(program._table, given, len(text), vectors, ctypes.c_uint64())
        library.scan_release(vectors, len(vectors))
        libc.free(exact)
        for offsets, content in program.scan(text).emitted.values():
            scanner.repeats(scanner.combine([scanner.hash_texts(offsets, content, SEED)] * 2, SEED))


def run_with_sanitizers(library, rounds, seed):
    """The same in a process of its own, which ends at the first fault."""
    asan = subprocess.run(
        [*build_hook().compiler(), "-print-file-name=libasan.so"], capture_output=True, text=True, check=False
    ).stdout.strip()
    if not Path(asan).is_file():
        pytest.skip("the compiler has no address sanitizer")
    code = (
        "import sys, test_scanner as t; from pathlib import Path; found = t.native.loaded(Path(sys.argv[1]));"
        "t.scanner.library = lambda: found; t.hammer(int(sys.argv[2]), int(sys.argv[3])); print('sound')"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(library), str(rounds), str(seed)],
        env={
            **os.environ,
            "LD_PRELOAD": asan,
            "ASAN_OPTIONS": "detect_leaks=0",
            "PYTHONMALLOC": "malloc",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the sanitizer is loaded as Linux does it")
@pytest.mark.parametrize("lesser", [(), *((flag,) for flag in WITHOUT.values())])
def test_no_block_makes_it_read_or_write_where_it_should_not(tmp_path, lesser):
    flags = ("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", *lesser)
    run = run_with_sanitizers(compiled(tmp_path / "sanitized.so", *flags), 2000, 1)
    assert (run.stdout, run.stderr, run.returncode) == ("sound\n", "", 0)
