"""Gathers observations into findings: exact totals by rule, field and cause, and the first samples of each.

Every batch has a tally of its own, which knows nothing of other batches; those of a table are joined in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import field, replace
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

from beffroi import limits
from beffroi.model.report import Finding, Sample
from beffroi.tables.letters import column_letters
from beffroi.values import dataclass

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from beffroi.model.faults import Fault
    from beffroi.model.levels import Level
    from beffroi.tables.batches import Notice, Place

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

KEY_RULES = ("unique", "primary-key", "unique-key", "foreign-key")
"""The rules of keys in the order of their findings, which does not depend on when they could be told."""

Key = tuple[str, str | None, str | None, Use]


@dataclass
class Group:
    """One finding in the making, of which `room` samples are still wanted (`None`: all).

    `first` is the first record that is concerned (in a batch, its index), 0 if it is none. `pending` are samples of the
    current batch: the index of the record, the value, the suggestion. `bound` is an index from which on nothing can
    become one of the first.
    """

    fault: Fault
    name: str | None
    column: int | None
    level: Level | None
    room: int | None
    count: int = 0
    first: float = inf
    samples: list[Sample] = field(default_factory=list)
    pending: list[tuple[int, Value, str | None]] = field(default_factory=list)
    lines: Sequence[int | None] = ()
    bound: float = inf

    def keep_first(self) -> None:
        """Forget what is pending beyond the first records."""
        self.pending.sort(key=itemgetter(0))
        if self.room is not None:
            del self.pending[self.room :]

    def take(self, samples: Sequence[Sample]) -> None:
        """Take as many samples as there is room for."""
        self.samples.extend(samples[: self.room])
        if self.room is not None:
            self.room = max(self.room - len(samples), 0)


class Tally:
    """Findings in the making. `most` samples are kept of each, all of them if it is `None`.

    `before` gathers what comes earlier in the same table: a tally keeps no samples for which that has no room.
    """

    def __init__(self, most: int | None, before: Tally | None = None) -> None:
        self._most = most
        self._before = before
        self._groups: dict[Key, Group] = {}

    def group(self, fault: Fault, name: str | None, column: int | None, use: Use) -> Group:
        """The group that an observation belongs to."""
        key = (fault.rule, name if name is not None else column_key(column), fault.cause, use)
        group = self._groups.get(key)
        if group is None:
            earlier = self._before._groups.get(key) if self._before else None
            room = earlier.room if earlier else self._most
            group = self._groups[key] = Group(fault, name, column, use.level, room)
        return group

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
        group.first = 0
        if sample:
            group.take([sample])

    def several(
        self, fault: Fault, count: int, samples: Sequence[Sample], *, name: str | None, column: int | None, use: Use
    ) -> None:
        """An observation in `count` records, of which `samples` are the first."""
        group = self.group(fault, name, column, use)
        group.count += count
        group.first = min([group.first, *(each.row for each in samples if each.row)])
        group.take(samples)

    def notice(self, notice: Notice, place: Place | None = None) -> None:
        """Something that was noticed while reading: in the batch at `place`, or before the first."""
        found, line = notice.fault, notice.line
        if place and (line := place.physical(line)) is not None:
            found = replace(found, details=tuple({**dict(found.details), "line": str(line)}.items()))
        self.once(found, sample=Sample(line=line) if line else None)
        self.group(found, None, None, ONLY_USE).count += notice.count - 1

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
        """An observation in several records of a batch."""
        group = self.group(fault, name, column, use)
        if not len(rows):
            return
        group.count += len(rows)
        group.first = min(group.first, rows[0])
        room = group.room
        if room == 0 or rows[0] >= group.bound:
            return
        group.pending.extend((int(row), value, fault.suggestion) for row in rows[:room])
        if room and len(group.pending) > SLACK * room:
            group.keep_first()
            group.bound = group.pending[-1][0]

    def close(self, lines: Callable[[Sequence[int]], Sequence[int | None]]) -> None:
        """Make what is pending ready to be joined; `lines` tells the lines of records of the batch."""
        pending = [group for group in self._groups.values() if group.pending]
        for group in pending:
            group.keep_first()
            group.pending = [
                (index, shortened(value(index) if callable(value) else value), shortened(suggestion))
                for index, value, suggestion in group.pending
            ]
        rows = sorted({index for group in pending for index, _, _ in group.pending})
        known = dict(zip(rows, lines(rows), strict=True))
        for group in pending:
            group.lines = [known[index] for index, _, _ in group.pending]

    def join(self, later: Tally, place: Place) -> None:
        """Add the closed tally of the batch at `place`."""
        for key, other in later._groups.items():
            group = self._groups.get(key)
            if group is None:
                group = self._groups[key] = Group(other.fault, other.name, other.column, other.level, self._most)
            group.count += other.count
            group.first = min(group.first, place.number(0) + other.first)
            if group.room != 0:
                group.take([*samples_of(other, place)])

    def findings(self, level_of: Callable[[str], Level]) -> tuple[Finding, ...]:
        """The findings: the most binding first, then by column, then by the first record."""
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
        order = sorted(zip(found, self._groups.values(), strict=True), key=place_in_report)
        return tuple(finding for finding, _ in order)


def samples_of(group: Group, place: Place) -> Iterator[Sample]:
    """What is pending of the batch at `place`, as samples."""
    for (index, value, suggestion), line in zip(group.pending, group.lines, strict=True):
        assert not callable(value)
        yield Sample(
            cell=place.cell(index, group.column or 0),
            row=place.number(index),
            line=place.physical(line),
            value=value,
            suggestion=suggestion,
        )


def place_in_report(found: tuple[Finding, Group]) -> tuple[int, int, int, float]:
    """What findings are sorted by, so that it does not matter in which order they were made."""
    finding, group = found
    of_key = KEY_RULES.index(finding.rule) if finding.rule in KEY_RULES else -1
    return finding.level.rank, -1 if group.column is None else group.column, of_key, group.first


def column_key(column: int | None) -> str | None:
    """What tells apart groups that concern a column without a field."""
    return None if column is None else f"\0{column}"


def shortened(value: str | None) -> str | None:
    """A value no longer than a report shows."""
    if value is None or len(value) <= limits.VALUE_SHOWN:
        return value
    return f"{value[: limits.VALUE_SHOWN]}…"
