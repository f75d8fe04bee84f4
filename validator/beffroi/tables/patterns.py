"""Patterns of standards: compiled once, matched in full, never for long; what is wrong with them is a defect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beffroi.expressions import kept_from_hanging
from beffroi.expressions.notation import understood
from beffroi.model.faults import Fault, fault

if TYPE_CHECKING:
    from beffroi.expressions import Expression


def compiled(pattern: str) -> tuple[Expression | None, Fault | None]:
    r"""The compiled pattern, and what is wrong with it; `None` when it cannot be understood or be kept from hanging.

    `\p{L}` and its like, which XML Schema has and Python has not, are understood.
    """
    expression, problem = understood(pattern)
    if expression is None:
        return None, fault("standard-bad-pattern", pattern=pattern, problem=problem)
    bounded = kept_from_hanging(expression)
    if bounded is None:
        return None, fault("standard-unsafe-pattern", pattern=pattern)
    if problem:
        return bounded, fault("standard-bad-pattern", "unicode-class", pattern=pattern, problem=problem)
    return bounded, None
