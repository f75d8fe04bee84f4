"""What is wrong with one value or one thing, before it has a place, a level or words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A rule that a value breaks.

    `cause` names why, where that can be known; `suggestion` is a value that would pass;
    `details` fill the placeholders of the rule's message. Hashable, so that equal faults are one.
    """

    rule: str
    cause: str | None = None
    suggestion: str | None = None
    details: tuple[tuple[str, str], ...] = ()

    def because(self, cause: str | None, suggestion: str | None) -> Fault:
        """The same with its cause and the value that would pass, where they are known."""
        return Fault(rule=self.rule, cause=cause, suggestion=suggestion, details=self.details) if cause else self


def fault(rule: str, cause: str | None = None, suggestion: str | None = None, **details: object) -> Fault:
    """Build a `Fault` from loose details; each detail is kept as text."""
    return Fault(
        rule=rule,
        cause=cause,
        suggestion=suggestion,
        details=tuple((name, str(value)) for name, value in details.items()),
    )


def reason(kind: str, **details: object) -> Fault:
    """Why an answer or a judgement is as it is: a fault of no rule, whose words stand with those who give them."""
    return Fault(rule=kind, details=tuple((name, str(value)) for name, value in details.items()))


@dataclass(frozen=True, kw_only=True)
class Defect:
    """A fault of a file that defines rules (a standard, a schema, a descriptor).

    `pointer` is the JSON Pointer of the defective key, `line` its line in `file` (`None`: the file that the report is
    about), `field` the field it concerns, if any.
    """

    fault: Fault
    pointer: str = ""
    field: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell as a check sees it: its text, and its value when the field's type can read it.

    Both are `None` for a missing cell; `value` alone is `None` for a text that is not of the field's type.
    """

    text: str | None
    value: Any = None


Options = Mapping[str, Any]
