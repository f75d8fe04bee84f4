"""The contract of a table check: a rule beyond the table schema, on the cells of one record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from beffroi.model.faults import Cell, Fault, Options
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Check:
    """A pure function on the cells of one record, and the options it takes.

    `run(cells, options)` returns what is wrong, or `None`. `cells` come in the order in which the options named by
    `columns` name them (an option holds one column name or a list of them).
    `options` is a JSON Schema. `needs` says when `run` is called: `all` cells present (the default), or `any` row
    that is not blank, for checks about presence itself. `surely()`, of a check of one column, gives forms: texts that
    are in all of them pass, whatever the options (`tables/forms`). `by_presence` says that whether a record passes
    depends on nothing but which of its cells are there. `private` keeps what the cells hold out of reports.
    """

    run: Callable[[Sequence[Cell], Options], Fault | None]
    columns: tuple[str, ...] = ("field",)
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: str = "all"
    by_presence: bool = False
    private: bool = False
    surely: Callable[[], tuple[Any, ...]] | None = None

    def column_names(self, options: Options) -> tuple[str, ...]:
        """Names of the columns that `options` point at, in the order in which `run` receives their cells."""
        names: list[str] = []
        for option in self.columns:
            named = options.get(option, ())
            names.extend([named] if isinstance(named, str) else named)
        return tuple(names)
