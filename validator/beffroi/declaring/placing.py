"""Values put at their places: a JSON Pointer into mappings and lists that grow as they are filled."""

from __future__ import annotations

from typing import Any

from beffroi.projects.declaration import MISSING, found_at


def placed(holder: Any, pointer: str, value: Any) -> Any:
    """What `holder` is with a value at a JSON Pointer; numbers count the items of a list, which have no gaps."""
    head, _, below = pointer.removeprefix("/").partition("/")
    key = head.replace("~1", "/").replace("~0", "~")
    if not pointer:
        return value
    rest = f"/{below}" if below else ""
    if key.isdecimal() and not isinstance(holder, dict):
        items = list(holder) if isinstance(holder, list) else []
        index = min(int(key), len(items))
        items[index : index + 1] = [placed(items[index] if index < len(items) else None, rest, value)]
        return items
    held = dict(holder) if isinstance(holder, dict) else {}
    held[key] = placed(held.get(key), rest, value)
    return held


def stands(holder: Any, pointer: str) -> bool:
    """Whether there is something at a JSON Pointer."""
    return found_at(holder, pointer) is not MISSING
