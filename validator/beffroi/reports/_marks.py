"""Which cells of a table are marked, and with what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from beffroi.model.levels import Level
from beffroi.rulebook import with_words
from beffroi.tables.letters import column_index
from beffroi.visible import prose

if TYPE_CHECKING:
    from beffroi.model.report import Subject


def marks_of(subject: Subject, lang: str) -> Iterator[tuple[tuple[int, int], tuple[Level, str]]]:
    """What is wrong with each cell, by record and column; the gravest comes last, and stays."""
    for finding in sorted(subject.findings, key=lambda each: -each.level.rank):
        column = None if finding.column is None else column_index(finding.column)
        for sample in finding.samples:
            if sample.row and column is not None:
                told = with_words(replace(finding, samples=(sample,)), lang)
                yield (sample.row, column), (finding.level, prose(told.message))
