"""Each field is described; in our own standards it has a title too, and both are in English and in French.

Why: whoever fills in the file has nothing but these words to go by.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import Field
from beffroi.settings import LANGUAGES
from beffroi.standards.lint.seen import Kind, Table


def defects(table: Table) -> Iterator[Defect]:
    """Texts that a field lacks, or lacks in a language."""
    for field in table.schema.fields:
        if not said(field.description):
            yield table.located(fault("standard-no-description", "of-field"), field)
        if table.kind is Kind.OWN:
            yield from of_ours(table, field)


def of_ours(table: Table, field: Field) -> Iterator[Defect]:
    """What a field of our own lacks beyond a description."""
    if not said(field.title):
        yield table.located(fault("standard-no-title", "of-field"), field)
    for key, text in (("title", field.title), ("description", field.description)):
        if said(text) and not in_all_languages(text):
            yield table.located(fault("standard-no-translation", "of-field", key=key), field, f"/{key}")


def said(text: Any) -> bool:
    """Whether there is a text in any language."""
    texts = text.values() if isinstance(text, dict) else [text]
    return any(isinstance(each, str) and each.strip() for each in texts)


def in_all_languages(text: Any) -> bool:
    """Whether a text is there in every language of ours."""
    return isinstance(text, dict) and all(said(text.get(each)) for each in LANGUAGES)
