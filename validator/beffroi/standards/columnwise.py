"""A column of a draft: what is asked of it, what is remarked, and how it gives way where the samples break it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from beffroi.model.report import Finding
from beffroi.standards.columns import Name
from beffroi.standards.constraining import bounds, code_pattern, listed, proposed_check
from beffroi.standards.drafting import to_complete, to_translate
from beffroi.standards.guesses import Guess, Remark, some
from beffroi.standards.guessing import NOTHING, guessed
from beffroi.standards.made_up import Example, example_of
from beffroi.standards.sampled import Column
from beffroi.values import dataclass

CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum")


@dataclass(frozen=True, kw_only=True)
class FieldDraft:
    """One column as it is to be described. `check` is the one that all its values pass, if there is one.

    `given` is its example where that must be another column's.
    """

    column: Column
    guess: Guess
    constraints: Mapping[str, Any]
    check: str | None
    remarks: tuple[Remark, ...]
    given: Example | None = None

    @property
    def name(self) -> Name:
        """Its name."""
        return Name(self.column.name)

    @cached_property
    def example(self) -> Example:
        """An example that it accepts."""
        texts = self.column.without(self.guess.missing)
        return self.given or example_of(self.name, self.guess, texts, dict(self.constraints))

    def value(self, lang: str, missing: tuple[str, ...]) -> dict[str, Any]:
        """The field of a Table Schema, in which `missing` mean no value everywhere."""
        guess, example = self.guess, self.example.text
        own = {} if set(guess.missing) <= set(missing) else {"missingValues": ["", *guess.missing]}
        return {
            "name": self.column.name,
            "title": to_translate(self.name.readable, lang),
            "description": to_complete(),
            "type": guess.type,
            **({} if guess.format == "default" else {"format": guess.format}),
            **guess.options,
            **({"constraints": dict(self.constraints)} if self.constraints else {}),
            **own,
            **({} if example is None else {"example": example}),
        }

    def demanding(self, **constraints: Any) -> FieldDraft:
        """The same with more constraints."""
        return replace(self, constraints={**self.constraints, **constraints})

    def remarking(self, key: str, at: str, **details: object) -> FieldDraft:
        """The same with a remark more."""
        return replace(self, remarks=(*self.remarks, Remark(key=key, at=at, details=details)))

    def giving_way(self, finding: Finding) -> FieldDraft:
        """The same without what the samples break: a check, a constraint, or the type."""
        examples = some(self.name, [each.value for each in finding.samples if each.value is not None])
        if finding.rule == self.check:
            return replace(self, check=None).remarking(
                "nearly-check",
                "type",
                check=finding.rule,
                misses=finding.count,
                total=self.column.rows,
                examples=examples,
            )
        if finding.rule in self.constraints:
            kept = {key: value for key, value in self.constraints.items() if key != finding.rule}
            remarks = tuple(each for each in self.remarks if each.at != f"constraints/{finding.rule}")
            return replace(self, constraints=kept, remarks=remarks)
        if finding.rule != "type" or (self.guess.type, self.guess.format) == ("string", "default"):
            return self
        required = {key: value for key, value in self.constraints.items() if key == "required"}
        wider = replace(self, guess=Guess(missing=self.guess.missing), constraints=required, check=None, remarks=())
        return wider.remarking("further-on", "type", kind=self.guess.type, misses=finding.count, examples=examples)


def field_draft(column: Column) -> FieldDraft:
    """What can be asked of a column."""
    name = Name(column.name)
    proposed = proposed_check(name, column.without(NOTHING))
    guess = as_text(column) if proposed.check else guessed(name, column.texts)
    found = FieldDraft(
        column=column,
        guess=guess,
        constraints=dict(presence(column, guess)),
        check=proposed.check or ("french-gps-coordinates" if in_france(guess) else None),
        remarks=(*guess.remarks, *proposed.remarks),
    )
    return with_values(found)


def as_text(column: Column) -> Guess:
    """Text, with the texts that mean "no value" in it."""
    return Guess(missing=tuple(sorted(NOTHING & column.texts.keys())))


def in_france(guess: Guess) -> bool:
    """Whether a column holds points, all of them in France: where that is not so, it is remarked."""
    return guess.type == "geopoint" and all(each.key != "longitude-first" for each in guess.remarks)


def presence(column: Column, guess: Guess) -> Iterator[tuple[str, Any]]:
    """Whether every row has a value."""
    empty = {"", *guess.missing}
    if column.rows and column.everywhere and not any(text in empty for sample in column.samples for text in sample):
        yield "required", True


def with_values(found: FieldDraft) -> FieldDraft:
    """The same with what its values have in common: a list, a form, bounds."""
    texts = found.column.without(found.guess.missing)
    if found.check or any(each.key == "nearly" for each in found.remarks):
        return found
    if values := listed(found.name, found.guess, texts):
        return found.demanding(enum=values).remarking(
            "enum", "constraints/enum", count=len(values), total=texts.total()
        )
    if pattern := code_pattern(found.name, found.guess, texts):
        return found.demanding(pattern=pattern).remarking("pattern", "constraints/pattern", total=texts.total())
    return found.demanding(**dict(bounds(found.name, found.guess, texts)))
