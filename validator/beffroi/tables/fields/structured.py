"""What the types that hold JSON share."""

from __future__ import annotations

import json
from typing import Any

from beffroi import limits


def parsed(text: str) -> Any:
    """The JSON value of `text` (RFC 8259), with `1.0` as `1`; `None` for what is not JSON, or nests too deep."""
    try:
        value = json.loads(text, parse_constant=refused, parse_float=number)
    except (ValueError, RecursionError):
        return None
    return value if depth_within(value, limits.DEPTH) else None


def refused(word: str) -> Any:
    """`NaN` and `Infinity`, which Python would take for JSON."""
    raise ValueError(word)


def number(text: str) -> float | int:
    """A number with a point or an exponent; a whole one is an integer, so that equal values are one."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def depth_within(value: Any, depth: int) -> bool:
    """Whether `value` nests at most `depth` levels."""
    layer = [value]
    for _ in range(depth):
        layer = [child for each in layer if isinstance(each, dict | list) for child in children(each)]
        if not layer:
            return True
    return False


def children(value: dict[str, Any] | list[Any]) -> list[Any]:
    """The values inside."""
    return list(value.values()) if isinstance(value, dict) else value


def canonical(value: Any) -> str:
    """One text for equal JSON values; ASCII, as a lone surrogate has no UTF-8."""
    return json.dumps(value, sort_keys=True)
