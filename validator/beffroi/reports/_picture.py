"""A picture of where in a table the findings lie: a column a band, from the first record at the top to the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from beffroi.model.levels import Level, Standing
from beffroi.tables.letters import column_index, column_letters
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.model.report import Subject

HEIGHT = 60
"""How many bands of records there are."""
MOST = 60
"""More columns than this are not drawn."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Records of one column, from one band of the picture on, in which something is found."""

    column: int
    band: int
    level: Level
    count: int


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Its columns with their letters, how many bands, the marks; `whole` tells whether it has all places."""

    columns: tuple[str, ...]
    bands: int
    marks: tuple[Mark, ...]
    whole: bool


def picture_of(subject: Subject) -> Picture | None:
    """The picture of a table; nothing where it has no findings in cells, or no records."""
    placed = [each for each in subject.findings if each.column and each.standing is Standing.OPEN]
    if not subject.rows or not any(sample.row for each in placed for sample in each.samples):
        return None
    columns = columns_of(subject)
    bands = min(HEIGHT, subject.rows)
    found: dict[tuple[int, int], tuple[Level, int]] = {}
    for each in sorted(placed, key=lambda finding: finding.level.rank):
        if each.column is None or each.column not in columns:
            continue
        for sample in each.samples:
            if sample.row:
                key = (columns[each.column], min(bands - 1, (sample.row - 1) * bands // subject.rows))
                level, count = found.get(key, (each.level, 0))
                found[key] = (level, count + 1)
    marks = tuple(Mark(column=c, band=b, level=level, count=n) for (c, b), (level, n) in sorted(found.items()))
    whole = all(len(each.samples) == each.count for each in placed)
    return Picture(columns=tuple(columns), bands=bands, marks=marks, whole=whole)


def columns_of(subject: Subject) -> Mapping[str, int]:
    """The columns that are drawn, by their letters: those of the table, as far as they are known, or those named."""
    named = [each.column for each in subject.findings if each.column]
    number = max([len(subject.excerpt.labels) if subject.excerpt else 0, *(column_index(each) + 1 for each in named)])
    return {column_letters(index): index for index in range(min(number, MOST))}
