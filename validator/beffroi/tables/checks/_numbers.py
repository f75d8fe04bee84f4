"""Values that count as numbers in the checks that compare and add."""

import re
from decimal import Decimal
from typing import Any

NUMERIC = re.compile(r"\s*[+-]?[0-9]+(\.[0-9]+)?\s*")


def number(value: Any) -> Decimal | None:
    """`value` as an exact number: an int, a Decimal, a float as it is written, a text of plain digits; else `None`.

    Not a number: a boolean, and the values NaN, INF and -INF, which neither order nor add up.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float | str):
        return None
    if isinstance(value, str) and not NUMERIC.fullmatch(value):
        return None
    exact = Decimal(value.strip() if isinstance(value, str) else str(value))
    return exact if exact.is_finite() else None
