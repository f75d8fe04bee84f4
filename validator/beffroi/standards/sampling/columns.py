"""One column of a table that is made up: texts that are valid for its field and pass the checks of it alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from beffroi.model.faults import Options
from beffroi.model.standard import Field
from beffroi.standards.sampling import checks, choices
from beffroi.standards.sampling.draws import Draw
from beffroi.standards.sampling.families import Source, Wanted, family
from beffroi.tables.plans import REMEMBERED, Plan
from beffroi.tables.row_checks import RowCheck
from beffroi.values import dataclass

NO_BREAK = "\u00a0"
TRIES = 30
"""How often a source is asked for one text; one that has none then is not asked again."""


@dataclass(frozen=True, kw_only=True)
class Used:
    """A check of the table, by its id. `judged` are its columns but for those that are its condition."""

    id: str
    check: RowCheck
    judged: tuple[str, ...]

    @property
    def options(self) -> Options:
        """Its options."""
        return self.check.options

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self.check.columns

    @property
    def is_of_one(self) -> bool:
        """Whether it judges a value by itself."""
        return len(self.columns) == 1 and self.check.check.needs == "all"


class Column:
    """Makes up the cells of one field. `required`: no cell may be empty; `absent` is the text of an empty one."""

    def __init__(self, wanted: Wanted, used: Sequence[Used], *, required: bool) -> None:
        missing = wanted.plan.missing_values
        self.wanted = wanted
        self.plan = wanted.plan
        self.checks = [each.check for each in used if each.columns == (wanted.field.name,) and each.is_of_one]
        self.required = required or not missing
        self.absent = "" if "" in missing or not missing else min(missing)
        self.asked = [each.id for each in used if each.columns == (wanted.field.name,) and each.is_of_one]
        self.sources = list(sources(wanted, used))
        self.plans = {wanted.field.name: wanted.plan}
        self._known: dict[str, bool] = {}

    @property
    def field(self) -> Field:
        """The field."""
        return self.wanted.field

    def text(self, draw: Draw) -> str | None:
        """A valid text; `None` where none can be found. The first record has the example."""
        example = self.wanted.example
        if draw.first and example is not None and self.passes(example):
            return example
        while self.sources:
            found = self.by(self.sources[0], draw)
            if found is not None:
                return found
            del self.sources[0]
        return None

    def by(self, source: Source, draw: Draw) -> str | None:
        """A valid text from one source."""
        for _ in range(TRIES):
            text = source(draw)
            if text is None and not draw.first:
                return None
            if text is not None and self.passes(text):
                return text
            draw = draw.again()
        return None

    def passes(self, text: str) -> bool:
        """Whether a text is a valid value."""
        known = self._known.get(text)
        if known is None:
            known = self._judged(text)
            if len(self._known) < REMEMBERED:
                self._known[text] = known
        return known

    def _judged(self, text: str) -> bool:
        if not text or text in self.plan.missing_values or not text.replace(NO_BREAK, "").isprintable():
            return False
        return not self.plan.judged(text) and not any(each.judged((text,), self.plans) for each in self.checks)

    def written(self, value: Any) -> str | None:
        """A value in the field's notation, where that is valid."""
        text = family(self.field.type).written(self.wanted, value)
        return text if text is not None and self.passes(text) else None


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of one table, by name."""

    by_name: Mapping[str, Column]

    @cached_property
    def plans(self) -> dict[str, Plan]:
        """Their plans, as checks ask for them."""
        return {name: each.plan for name, each in self.by_name.items()}


def sources(wanted: Wanted, used: Sequence[Used]) -> Iterator[Source]:
    """What makes up texts for a field: one of those listed, what a check of it knows, what its type does."""
    if listed := choices.listed(wanted):
        yield choices.among(listed, wanted)
    for each in used:
        hook = checks.find(each.id)
        if hook and hook.texts and each.columns == (wanted.field.name,):
            yield from hook.texts(wanted, each.options)
    yield from family(wanted.field.type).sources(wanted)
