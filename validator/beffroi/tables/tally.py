"""Gathers observations into findings: exact totals by rule, field and cause, and the first samples of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from beffroi import limits
from beffroi.model.report import Finding, Sample
from beffroi.tables.letters import column_letters

if TYPE_CHECKING:
    from beffroi.model.faults import Fault
    from beffroi.model.levels import Level
    from beffroi.tables.batches import Batch

Rows = npt.NDArray[np.int64]
Value = str | Callable[[int], str] | None
Key = tuple[str, str | None, str | None]


@dataclass
class Group:
    """One finding in the making."""

    fault: Fault
    name: str | None
    column: int | None
    level: Level | None
    count: int = 0
    samples: list[Sample] = field(default_factory=list)
    pending: list[tuple[Rows, Value, str | None]] = field(default_factory=list)


class Tally:
    """All findings of one table in the making. `most` samples are kept of each, all of them if it is `None`."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._groups: dict[Key, Group] = {}

    def group(self, fault: Fault, name: str | None, column: int | None, level: Level | None = None) -> Group:
        """The group that an observation belongs to."""
        key = (fault.rule, name if name is not None else column_key(column), fault.cause)
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(fault, name, column, level)
        return group

    def once(
        self,
        fault: Fault,
        *,
        name: str | None = None,
        column: int | None = None,
        level: Level | None = None,
        sample: Sample | None = None,
    ) -> None:
        """An observation that is not in a record."""
        group = self.group(fault, name, column, level)
        group.count += 1
        if sample and (self._most is None or len(group.samples) < self._most):
            group.samples.append(sample)

    def rows(
        self,
        fault: Fault,
        rows: Rows,
        *,
        name: str | None,
        column: int | None,
        value: Value = None,
        level: Level | None = None,
    ) -> None:
        """An observation in several records of the current batch; `rows` are indices in the batch."""
        group = self.group(fault, name, column, level)
        group.count += len(rows)
        if self._most is None or len(group.samples) < self._most:
            group.pending.append((rows, value, fault.suggestion))

    def flush(self, batch: Batch) -> None:
        """Turn what is pending into samples, in the order of the records; call it before the next batch."""
        for group in self._groups.values():
            if group.pending:
                group.samples.extend(self._samples(group, batch))
                group.pending.clear()

    def _samples(self, group: Group, batch: Batch) -> Iterable[Sample]:
        rows = np.concatenate([each for each, _, _ in group.pending])
        source = np.repeat(np.arange(len(group.pending)), [len(each) for each, _, _ in group.pending])
        room = None if self._most is None else self._most - len(group.samples)
        for place in np.argsort(rows, kind="stable")[:room]:
            index = int(rows[place])
            _, value, suggestion = group.pending[source[place]]
            yield Sample(
                cell=batch.cell(index, group.column or 0),
                row=batch.first + index,
                line=batch.line(index),
                value=shortened(value(index) if callable(value) else value),
                suggestion=shortened(suggestion),
            )

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


def column_key(column: int | None) -> str | None:
    """What tells apart groups that concern a column without a field."""
    return None if column is None else f"\0{column}"


def shortened(value: str | None) -> str | None:
    """A value no longer than a report shows."""
    if value is None or len(value) <= limits.VALUE_SHOWN:
        return value
    return f"{value[: limits.VALUE_SHOWN]}…"
