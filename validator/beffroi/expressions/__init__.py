"""Regular expressions that others write: understood, and matched or searched without ever taking long.

One that is `straight` is harmless at sight. What proves others harmless, and what matches those that are not, is loaded
only when it is needed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from beffroi.expressions.notation import straight, understood

if TYPE_CHECKING:
    from typing import Any, Protocol

    class Expression(Protocol):
        """What tells whether a text matches: by `re`, or in our own way with the same verdicts."""

        def fullmatch(self, text: str, /) -> Any:
            """Something true where the whole text does."""

    class Search(Protocol):
        """What tells whether a part of a text matches: by `re`, or in our own way with the same verdicts."""

        def search(self, text: str, /) -> Any:
            """Something true where one does."""


def kept_from_hanging(expression: re.Pattern[str]) -> Expression | None:
    """The expression itself where it is harmless, else what gives the same verdicts in time; `None` for neither."""
    if straight(expression.pattern):
        return expression
    from beffroi.expressions.automata import automaton
    from beffroi.expressions.backtracking import harmless
    from beffroi.expressions.syntax import parsed

    try:
        tree = parsed(expression)
        return expression if harmless(tree) else automaton(tree)
    except RecursionError:
        return None


@lru_cache(maxsize=1_000)
def searched(pattern: str) -> Search | None:
    """What searches texts for a pattern in time; `None` where it cannot be understood, or be kept from hanging."""
    from beffroi.expressions.automata import automaton_anywhere
    from beffroi.expressions.backtracking import harmless_anywhere
    from beffroi.expressions.syntax import parsed

    expression, problem = understood(pattern)
    if expression is None or problem:
        return None
    try:
        tree = parsed(expression)
        return expression if harmless_anywhere(tree) else automaton_anywhere(tree)
    except RecursionError:
        return None


def digit_blind(pattern: str) -> bool:
    """Whether the pattern surely treats all ASCII digits alike, so that one text stands for all of its signature."""
    from beffroi.expressions.alike import classes

    table = classes(pattern)
    return table is not None and len(set(table[ord("0") : ord("9") + 1])) == 1
