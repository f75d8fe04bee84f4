"""Keys: repeats and orphans, the same whether kept as texts, as hashes in memory, or in runs on the disk."""

from contextlib import contextmanager

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beffroi import limits
from beffroi.tables.hashes import hashed_key
from beffroi.tables.keys import HashedKeys, Keys, PlainKeys

ROWS = st.tuples(st.sampled_from("abcdefg"), st.text("xy", max_size=2))
BATCHES = st.lists(st.lists(ROWS | st.none(), max_size=8), max_size=8)
"""Batches of keys; a record without a whole key has none."""


def plain(batch):
    there = [(row, key) for row, key in enumerate(batch) if key is not None]
    return PlainKeys([row for row, _ in there], [key for _, key in there])


def hashed(batch):
    return plain(batch).hashed


@contextmanager
def gathered(batches, form, **options):
    keys, record = Keys(**options), 0
    for batch in batches:
        keys.add(form(batch), record)
        record += len(batch)
    yield keys
    keys.close()


def repeats_by_dictionary(batches):
    known, found = {}, []
    for record, key in enumerate((key for batch in batches for key in batch), start=1):
        if key is not None and known.setdefault(key, record) != record:
            found.append((record, known[key]))
    return found


@pytest.mark.parametrize("in_memory", [1, 3, 10_000])
@pytest.mark.parametrize("form", [plain, hashed])
@settings(deadline=None, max_examples=150)
@given(batches=BATCHES, most=st.sampled_from([None, 0, 1, 2, 20]))
def test_repeats_are_what_a_dictionary_finds(in_memory, form, batches, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "KEYS_IN_MEMORY", in_memory)
        with gathered(batches, form, most=most) as keys:
            found = keys.repeats
    expected = repeats_by_dictionary(batches)
    assert found.count == len(expected)
    assert list(zip(found.records, found.originals, strict=True)) == expected[:most]


@pytest.mark.parametrize("in_memory", [2, 10_000])
@pytest.mark.parametrize("forms", [(plain, plain), (plain, hashed), (hashed, plain), (hashed, hashed)])
@settings(deadline=None, max_examples=100)
@given(targets=BATCHES, batches=BATCHES, most=st.sampled_from([None, 1, 20]))
def test_orphans_are_what_a_set_finds(in_memory, forms, targets, batches, most):
    there = {key for batch in targets for key in batch}
    expected = [
        record
        for record, key in enumerate((key for batch in batches for key in batch), start=1)
        if key is not None and key not in there
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "KEYS_IN_MEMORY", in_memory)
        with gathered(targets, forms[0], most=0) as known:
            if known.told_at_once:
                assert looked_up(batches, forms[1], known) == expected
                return
            with gathered(batches, forms[1], most=most, distinct=False) as keys:
                compared = keys.orphans(known)
    assert (compared.count, list(compared.records)) == (len(expected), expected[:most])


def looked_up(batches, form, known):
    record, found = 0, []
    for batch in batches:
        found.extend(sorted(record + 1 + row for row in known.unknown(form(batch))))
        record += len(batch)
    return found


def test_keys_whose_first_words_meet_are_still_told_apart():
    words = np.array([[7, 1], [7, 2], [7, 1], [9, 1]], dtype=np.uint64)
    keys = Keys(most=5)
    keys.add(HashedKeys(np.arange(4), words), 0)
    assert (keys.repeats.count, keys.repeats.records, keys.repeats.originals) == (1, [3], [1])
    others = HashedKeys(np.arange(3), np.array([[7, 3], [7, 2], [9, 1]], dtype=np.uint64))
    assert list(keys.unknown(others)) == [0]


def test_a_key_of_two_columns_is_more_than_their_texts_side_by_side():
    one, two = (hashed_key([pa.array([a]), pa.array([b])]).tolist() for a, b in (("ab", "c"), ("a", "bc")))
    assert one != two
