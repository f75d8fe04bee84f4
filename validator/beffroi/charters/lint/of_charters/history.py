"""An id of a requirement is never given up, and never given to something else.

Why: claims, waivers and contracts name requirements by their ids; another meaning makes them say what nobody meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue import version_key
from beffroi.catalogue.charters.writing import REQUIREMENTS
from beffroi.charters.lint.of_charters.identity import versions_beside
from beffroi.charters.lint.seen import Whole
from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.model.faults import Defect, Fault, fault

ALIKE = 0.35
"""From this likeness on, two texts may be the same thing said otherwise."""


def defects(whole: Whole) -> Iterator[Defect]:
    """Requirements of older versions that are gone, came back, or have become something else."""
    own = str(whole.value["version"])
    told = set()
    for folder in sorted(versions_beside(whole), key=lambda each: version_key(each.name), reverse=True):
        if version_key(folder.name) >= version_key(own):
            continue
        for file in sorted((folder / REQUIREMENTS).glob("*.yaml")):
            if file.stem in told or (before := written(file)) is None:
                continue
            for each in of_requirement(whole, file.stem, before, folder.name):
                told.add(file.stem)
                yield each


def written(file: Any) -> Mapping[str, Any] | None:
    """What an older version says of a requirement, if it can be understood."""
    try:
        value = read_document(file).value
    except BeffroiError:
        return None
    return value if isinstance(value, dict) else None


def of_requirement(whole: Whole, name: str, before: Mapping[str, Any], version: str) -> Iterator[Defect]:
    """What became of one requirement of an older version."""
    now = next((each for each in whole.requirements if each.id == name), None)
    if now is None:
        if not any(each.stem == name for each in whole.target.requirement_files()):
            yield whole.located(fault("charter-id-gone", name=name, version=version))
        return
    if before.get("retired") and not now.retired:
        yield now.located(fault("charter-id-reused", "revived", name=name, version=version))
    elif other := otherwise(name, before, now.value, version):
        yield now.located(other, "/statement")
    if "since" in before and before["since"] != now.value["since"]:
        found = fault("charter-version", "since-changed", found=now.value["since"], version=before["since"])
        yield now.located(found, "/since")


def otherwise(name: str, before: Mapping[str, Any], now: Mapping[str, Any], version: str) -> Fault | None:
    """The fault of a requirement that seems to be about something else than it was."""
    likeness = [alike(said(before, key), said(now, key)) for key in ("title", "statement")]
    if max(likeness) >= ALIKE:
        return None
    return fault("charter-id-reused", name=name, version=version, before=said(before, "title"))


def said(value: Mapping[str, Any], key: str) -> str:
    """A text in English."""
    found = value.get(key)
    return str(found.get("en", "")) if isinstance(found, dict) else ""


def alike(one: str, other: str) -> float:
    """How much of two texts is the same, word by word."""
    return difflib.SequenceMatcher(None, one.lower().split(), other.lower().split(), autojunk=False).ratio()
