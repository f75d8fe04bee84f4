"""A family of the Actes nomenclature with the example's subject, or another."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Options
from beffroi.standards.sampling.checks import Hook
from beffroi.standards.sampling.families import Source, Wanted
from beffroi.standards.sampling.texts import word
from beffroi.tables.checks.nomenclature_acte import FAMILIES


def texts(wanted: Wanted, _options: Options) -> Iterator[Source]:
    """A family, a slash, a word."""
    yield lambda draw: f"{draw.one_of(FAMILIES)}/{word(wanted.lang, draw).capitalize()}"


HOOK = Hook(texts=texts)
