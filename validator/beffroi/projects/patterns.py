"""Patterns by which a declaration names several files."""

from __future__ import annotations

import fnmatch


def matches(name: str, pattern: str) -> bool:
    """Whether a path is one of those that a pattern means: `*` stands within a folder, `**` for any folders."""
    return parts_match(name.split("/"), pattern.split("/"))


def parts_match(names: list[str], patterns: list[str]) -> bool:
    """The same of a path in its parts."""
    if not patterns:
        return not names
    if patterns[0] == "**":
        return parts_match(names, patterns[1:]) or (bool(names) and parts_match(names[1:], patterns))
    return bool(names) and fnmatch.fnmatchcase(names[0], patterns[0]) and parts_match(names[1:], patterns[1:])
