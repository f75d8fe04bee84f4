"""Gathers observations into findings: exact totals by rule, field and cause, and the first samples of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from beffroi import limits
from beffroi.model.report import Finding, Sample
from beffroi.tables.letters import column_letters

if TYPE_CHECKING:
    from beffroi.model.faults import Fault
    from beffroi.model.levels import Level
    from beffroi.tables.batches import Batch, Notice

Rows = Sequence[int] | npt.NDArray[np.signedinteger]
"""Ascending indices in a batch: a list, or an array of numpy."""

Value = str | Callable[[int], str] | None


@dataclass(frozen=True, kw_only=True)
class Use:
    """How a rule is asked for: at which level, if not its own, and `about` what, where it is asked several times."""

    level: Level | None = None
    about: Hashable = None


ONLY_USE = Use()
SLACK = 8
"""How many times more than the samples wanted may be pending before the later ones are forgotten."""

Key = tuple[str, str | None, str | None, Use]


@dataclass
class Group:
    """One finding in the making. `bound` is a row from which on nothing can become one of its first samples."""

    fault: Fault
    name: str | None
    column: int | None
    level: Level | None
    count: int = 0
    samples: list[Sample] = field(default_factory=list)
    pending: list[tuple[int, Value, str | None]] = field(default_factory=list)
    bound: float = inf


class Tally:
    """All findings of one table in the making. `most` samples are kept of each, all of them if it is `None`."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._groups: dict[Key, Group] = {}

    def group(self, fault: Fault, name: str | None, column: int | None, use: Use) -> Group:
        """The group that an observation belongs to."""
        key = (fault.rule, name if name is not None else column_key(column), fault.cause, use)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(fault, name, column, use.level)
        return group

    def room(self, group: Group) -> int | None:
        """How many samples a group still lacks."""
        return None if self._most is None else max(self._most - len(group.samples), 0)

    def once(
        self,
        fault: Fault,
        *,
        name: str | None = None,
        column: int | None = None,
        use: Use = ONLY_USE,
        sample: Sample | None = None,
    ) -> None:
        """An observation that is not in a record."""
        group = self.group(fault, name, column, use)
        group.count += 1
        if sample and self.room(group) != 0:
            group.samples.append(sample)

    def notice(self, notice: Notice) -> None:
        """Something that was noticed while reading."""
        sample = Sample(line=notice.line) if notice.line else None
        self.once(notice.fault, sample=sample)
        self.group(notice.fault, None, None, ONLY_USE).count += notice.count - 1

    def rows(
        self,
        fault: Fault,
        rows: Rows,
        *,
        name: str | None,
        column: int | None,
        value: Value = None,
        use: Use = ONLY_USE,
    ) -> None:
        """An observation in several records of the current batch."""
        group = self.group(fault, name, column, use)
        group.count += len(rows)
        room = self.room(group)
        if room == 0 or not len(rows) or rows[0] >= group.bound:
            return
        group.pending.extend((int(row), value, fault.suggestion) for row in rows[:room])
        if room and len(group.pending) > SLACK * room:
            keep_first(group, room)
            group.bound = group.pending[-1][0]

    def flush(self, batch: Batch) -> None:
        """Turn what is pending into samples, in the order of the records; call it before the next batch."""
        for group in self._groups.values():
            if group.pending:
                keep_first(group, self.room(group))
                group.samples.extend(samples_of(group, batch))
                group.pending.clear()
                group.bound = inf

    def findings(self, level_of: Callable[[str], Level]) -> tuple[Finding, ...]:
        """The findings: the most binding first, then by column."""
        found = [
            Finding(
                rule=group.fault.rule,
                level=group.level or level_of(group.fault.rule),
                field=group.name,
                column=None if group.column is None else column_letters(group.column),
                cause=group.fault.cause,
                count=group.count,
                details=dict(group.fault.details),
                samples=tuple(group.samples),
            )
            for group in self._groups.values()
        ]
        order = {
            id(each): group.column if group.column is not None else -1
            for each, group in zip(found, self._groups.values(), strict=True)
        }
        return tuple(sorted(found, key=lambda each: (each.level.rank, order[id(each)])))


def keep_first(group: Group, room: int | None) -> None:
    """Forget what is pending beyond the first `room` records."""
    group.pending.sort(key=itemgetter(0))
    if room is not None:
        del group.pending[room:]


def samples_of(group: Group, batch: Batch) -> Iterator[Sample]:
    """What is pending, as samples."""
    for index, value, suggestion in group.pending:
        yield Sample(
            cell=batch.cell(index, group.column or 0),
            row=batch.first + index,
            line=batch.line(index),
            value=shortened(value(index) if callable(value) else value),
            suggestion=shortened(suggestion),
        )


def column_key(column: int | None) -> str | None:
    """What tells apart groups that concern a column without a field."""
    return None if column is None else f"\0{column}"


def shortened(value: str | None) -> str | None:
    """A value no longer than a report shows."""
    if value is None or len(value) <= limits.VALUE_SHOWN:
        return value
    return f"{value[: limits.VALUE_SHOWN]}…"
