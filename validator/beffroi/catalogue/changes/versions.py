"""Which version the changes of a standard ask for (https://semver.org)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from beffroi.catalogue.changes.change import Change, Kind

Bump = Literal["major", "minor", "patch"]
BUMPS: tuple[tuple[Kind, Bump], ...] = (("breaking", "major"), ("compatible", "minor"), ("editorial", "patch"))
VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-.*)?", re.ASCII)


def bump(changes: Iterable[Change], before_version: str | None) -> Bump | None:
    """Which part of the version the gravest change raises, `None` without changes; before 1.0.0 none is major."""
    kinds = {each.kind for each in changes}
    found = next((part for kind, part in BUMPS if kind in kinds), None)
    numbers = numbers_of(before_version)
    return "minor" if found == "major" and numbers and numbers[0] == 0 else found


def next_version(version: str | None, raised: Bump | None) -> str | None:
    """The version that follows `1.2.0` (or `v1.2`); `None` where nothing is raised or it is no such version."""
    numbers = numbers_of(version)
    if numbers is None or raised is None:
        return None
    major, minor, patch = numbers
    following = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    return ".".join(map(str, following[raised]))


def is_too_low(version: str | None, asked: str | None) -> bool:
    """Whether a version is below the one that is asked for, where both can be told."""
    stated, wanted = numbers_of(version), numbers_of(asked)
    return stated is not None and wanted is not None and stated < wanted


def numbers_of(version: str | None) -> tuple[int, int, int] | None:
    """The three numbers of a version."""
    found = VERSION.fullmatch(version or "")
    return (int(found[1]), int(found[2] or 0), int(found[3] or 0)) if found else None
