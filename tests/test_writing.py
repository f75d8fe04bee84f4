"""Values written as YAML: read back as they were, by us and by others, and shaped as people like to edit it."""

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from beffroi.documents import parse_document
from beffroi.standards.writing import WIDTH, as_yaml
from conftest import ROOT

TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="ab :#-,[]{}'\"\\\n\té\u00a0&*!|>%@`?=<~0123456789.", max_size=200),
    st.sampled_from(
        ["no", "Yes", "null", "~", "1e3", "0x1F", "12:30", "2026-01-31", "<<", "=", ".inf", "1_000", "- a"]
    ),
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5), max_leaves=25
)


def pointers(value, pointer=""):
    """Where comments may stand."""
    yield pointer
    within = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in within:
        yield from pointers(each, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


@given(VALUES)
def test_what_is_written_is_read_back(value):
    written = as_yaml(value)
    assert parse_document(written, "x.yaml").value == value
    assert yaml.safe_load(written) == value


@given(VALUES, st.data())
def test_comments_change_nothing(value, data):
    chosen = data.draw(st.lists(st.sampled_from(list(pointers(value))), max_size=4))
    comments = dict.fromkeys(chosen, data.draw(TEXTS.filter(str.strip)))
    written = as_yaml(value, comments)
    assert parse_document(written, "x.yaml").value == value
    assert "#" in written or not comments


def test_numbers_without_an_end_are_kept():
    assert parse_document(as_yaml([math.inf, -math.inf, 1e300, 5e-324]), "x.yaml").value == [
        math.inf,
        -math.inf,
        1e300,
        5e-324,
    ]


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("standards/*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_our_standards_are_read_back(path):
    value = parse_document(path.read_text(encoding="utf-8"), path.name).value
    written = as_yaml(value)
    assert parse_document(written, path.name).value == value
    assert as_yaml(parse_document(written, path.name).value) == written


def test_it_looks_as_if_a_person_had_written_it():
    field = {
        "name": "capacite",
        "title": {"en": "Spaces", "fr": "Places"},
        "description": {"en": "How many bicycles can be parked. " * 5 + "Count twice.", "fr": "Combien"},
        "constraints": {"required": True, "minimum": 0, "pattern": r"^\d+$"},
        "example": "14",
    }
    value = {
        "id": "bicycle-parking",
        "version": "1.0.0",
        "title": {"en": "Bicycle parking", "fr": "Stationnement vélo"},
        "fields": [field, {**field, "description": {"en": "x\n\n- y", "fr": "z"}}],
        "primaryKey": ["id"],
    }
    comments = {"": "A standard.\n\nEdit it.", "/id": "never changed", "/fields/0/constraints/minimum": "seen"}
    assert (
        as_yaml(value, {**comments, "/fields/1": "the second\nfield", "/primaryKey": "word " * 30})
        == """\
# A standard.
#
# Edit it.

id: bicycle-parking  # never changed
version: "1.0.0"
title: {en: Bicycle parking, fr: Stationnement vélo}

fields:

  - name: capacite
    title: {en: Spaces, fr: Places}
    description:
      en: >-
        How many bicycles can be parked. How many bicycles can be parked. How many bicycles can be parked. How many
        bicycles can be parked. How many bicycles can be parked. Count twice.
      fr: Combien
    constraints:
      required: true
      minimum: 0  # seen
      pattern: '^\\d+$'
    example: "14"

  # the second
  # field
  - name: capacite
    title: {en: Spaces, fr: Places}
    description:
      en: |-
        x

        - y
      fr: z
    constraints: {required: true, minimum: 0, pattern: '^\\d+$'}
    example: "14"

# word word word word word word word word word word word word word word word word word word word word word word word
# word word word word word word word
primaryKey: [id]
"""
    )


def test_no_line_is_longer_than_it_need_be():
    value = {"fields": [{"description": {"en": "some words " * 40, "fr": "x" * 300}, "enum": ["a" * 50] * 9}]}
    assert [
        line for line in as_yaml(value).splitlines() if len(line) > WIDTH and "xxx" not in line and "," in line
    ] == []
