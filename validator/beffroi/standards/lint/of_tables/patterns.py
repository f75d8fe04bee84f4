"""Alternatives of a pattern stand in brackets: `^(ab|cd)$`, not `^ab|cd$`.

Why: some tools put `^` before a pattern and `$` behind it, others look for it anywhere in the value; without brackets
the first and the last alternative are then left open at one end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Table

TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
"""An escaped sign, a class of characters, or any other sign."""


def defects(table: Table) -> Iterator[Defect]:
    """Patterns with alternatives that are not held together."""
    for field in table.schema.fields:
        pattern = field.constraints.get("pattern")
        if isinstance(pattern, str) and left_open(alternatives(pattern)):
            yield table.located(fault("standard-open-pattern", pattern=pattern), field, "/constraints/pattern")


def left_open(found: list[str]) -> bool:
    """Whether there are several alternatives, and one of them is not anchored at both ends."""
    return len(found) > 1 and not all(each.startswith("^") and each.endswith("$") for each in found)


def alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the `|` that stand in no brackets."""
    found, depth = [""], 0
    for token in TOKEN.findall(pattern):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "|" and depth == 0:  # noqa: S105 - of a regular expression
            found.append("")
        else:
            found[-1] += token
    return found
