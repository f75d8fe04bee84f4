"""Licences that a declaration names, by the policies of the register."""

from __future__ import annotations

from collections.abc import Iterable

from beffroi.licences.expressions import Expression, expression_in
from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register


def accepted_ids(policies: Iterable[str], register: Register) -> tuple[str, ...]:
    """The licences that any of some policies accepts. Raises `UnknownPolicy`."""
    return tuple(dict.fromkeys(each for name in policies for each in register.policy(name).accepts))


def is_among(written: str, licences: Iterable[str], register: Register) -> bool:
    """Whether what is written surely means one of these licences; an expression, as SPDX reads it."""
    wanted = frozenset(licences)

    def fits(part: Expression) -> bool:
        possible = normalised(part.text, register).possible
        return not part.exception and bool(possible) and wanted.issuperset(possible)

    expression = expression_in(written)
    return expression.accepted(fits) if expression else fits(Expression(text=written))
