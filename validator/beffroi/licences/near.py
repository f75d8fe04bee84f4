"""Licences whose names or addresses are near to what somebody wrote: only to be looked at, never to be applied."""

from __future__ import annotations

import difflib
import re

from beffroi.licences.folding import folded
from beffroi.licences.register import Meaning, Register
from beffroi.model.licences import Family, NotALicence

BETWEEN = re.compile(r"[,;/|&]|\s(?:and|et|or|ou|-)\s")
"""What stands between licences that a text lists."""
MOST = 5
CUTOFF = 0.75
SHORTEST = 4
"""The shortest name that is looked for inside a longer text."""


def near_name(text: str, register: Register) -> tuple[str, ...]:
    """The licences that a text lists, else those whose names it holds, else those whose names are most like it."""
    wanted = folded(text)
    listed = [register.by_name[each] for each in map(folded, BETWEEN.split(text)) if each in register.by_name]
    if listed:
        return ids(listed)
    held = [each for each in register.by_name if len(each) >= SHORTEST and each in wanted]
    longest = [each for each in held if not any(each != other and each in other for other in held)]
    names = longest or difflib.get_close_matches(wanted, register.by_name, n=MOST, cutoff=CUTOFF)
    return ids([register.by_name[each] for each in names])


def near_address(plain: str, register: Register) -> tuple[str, ...]:
    """The licences at the address above, or above that one."""
    while "/" in plain:
        plain = plain.rpartition("/")[0]
        if meaning := register.by_address.get(plain):
            return ids([meaning])
    return ()


def ids(meanings: list[Meaning]) -> tuple[str, ...]:
    """The licences that names may mean."""
    found: list[str] = []
    for each in meanings:
        if not isinstance(each, NotALicence):
            found.extend(each.members if isinstance(each, Family) else [each.id])
    return tuple(dict.fromkeys(found))[:MOST]
