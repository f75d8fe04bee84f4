"""What can be guessed of a column: its type, the texts that mean "no value", and what is to be remarked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from itertools import islice
from typing import Any

from beffroi.model.faults import Cell
from beffroi.model.standard import Field
from beffroi.standards.columns import Name, personal
from beffroi.tables import checks
from beffroi.tables.plans import Plan, compile_plan
from beffroi.values import dataclass
from beffroi.visible import clipped, quoted

Texts = Counter[str]
"""The distinct texts of a column, with their counts."""

SHOWN = 3
FEW = 3
"""So many different texts show something."""
ENOUGH = 10
"""So many values are worth a remark."""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is to be said of a guess, as a key of `inferring.toml`; `at` is the key of the field that it is about."""

    key: str
    at: str = "type"
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Guess:
    """The type of a column. `missing` are the texts that mean "no value" in it, beside the empty one."""

    type: str = "string"
    format: str = "default"
    options: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def plan(self) -> Plan:
        """How the texts are judged."""
        return compile_plan(Field(name="", type=self.type, format=self.format, options=self.options), ())[0]

    def fits(self, texts: Iterable[str]) -> bool:
        """Whether all texts are of the type."""
        plan = self.plan
        return all(is_read(plan, text) for text in texts)

    def but(self, key: str, at: str = "type", **details: object) -> Guess:
        """The same with a remark more."""
        return replace(self, remarks=(*self.remarks, Remark(key=key, at=at, details=details)))


def is_read(plan: Plan, text: str) -> bool:
    """Whether a text is accepted, but for space around it."""
    return all(each.rule == "stray-space" for each in plan.judged(text))


def first_fitting(guesses: Iterable[Guess], texts: Texts) -> Guess | None:
    """The first guess that all texts fit."""
    return next((each for each in guesses if each.fits(texts)), None)


def passes(check_id: str, text: str) -> bool:
    """Whether a text passes a check of one column of text."""
    check = checks.find(check_id)
    return check is not None and check.run([Cell(text=text, value=text)], {}) is None


def kind_key(guess: Guess) -> str:
    """How remarks call a type."""
    form = guess.format if guess.format != "default" else guess.options.get("decimalChar", "")
    return f"{guess.type} {form}".strip()


def some(name: Name, texts: Collection[str]) -> str:
    """A few texts of a column, as remarks quote them; none of a person."""
    shown = [] if personal(name, texts) else [quoted(clipped(each, 30)) for each in islice(texts, SHOWN)]
    return ", ".join(shown) or "…"
