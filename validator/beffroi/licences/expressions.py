"""SPDX licence expressions: `MIT OR Apache-2.0`, `GPL-2.0-or-later WITH Classpath-exception-2.0`.

Source: SPDX specification, annex «SPDX license expressions». The parser is that of `license-expression`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from beffroi.values import dataclass

OPERATORS = re.compile(r"\S\s+(?:and|or|with)\s+\S", re.IGNORECASE)


class Operator(StrEnum):
    """How the parts of an expression belong together: all of them hold, or one may be chosen."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, kw_only=True)
class Expression:
    """A licence as written (`text`, maybe with an exception to it), or several joined by an operator."""

    operator: Operator | None = None
    parts: tuple[Expression, ...] = ()
    text: str = ""
    exception: str | None = None

    @property
    def leaves(self) -> Iterator[Expression]:
        """Every licence in it, in order."""
        if self.operator is None:
            yield self
        for each in self.parts:
            yield from each.leaves

    def accepted(self, accepts: Callable[[Expression], bool]) -> bool:
        """Whether its licences can be accepted: all that hold together, one of those to choose from."""
        if self.operator is None:
            return accepts(self)
        verdicts = (each.accepted(accepts) for each in self.parts)
        return all(verdicts) if self.operator is Operator.AND else any(verdicts)


def expression_in(text: str) -> Expression | None:
    """The expression that a text is; `None` for one without operators, or that is not well formed."""
    if not OPERATORS.search(text):
        return None
    from license_expression import ExpressionError, Licensing

    try:
        return built(Licensing().parse(text))
    except (ExpressionError, RecursionError):
        return None


def built(parsed: Any) -> Expression:
    """The value of a parsed expression."""
    if getattr(parsed, "args", None):
        return Expression(operator=Operator(parsed.operator.strip().lower()), parts=tuple(map(built, parsed.args)))
    if hasattr(parsed, "exception_symbol"):
        return Expression(text=parsed.license_symbol.key, exception=parsed.exception_symbol.key)
    return Expression(text=parsed.key)
