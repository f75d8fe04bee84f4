"""What the types that hold JSON share."""

from __future__ import annotations

import json
from typing import Any

from beffroi import limits


def parsed(text: str) -> Any:
    """The JSON value of `text`; `None` for what is not JSON, or nests too deep."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if depth_within(value, limits.DEPTH) else None


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
    """One text for equal JSON values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
