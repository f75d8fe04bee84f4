"""A requirement says since which version it is asked, and until which one if it is retired.

Why: whoever was checked by an older version has to find out what has come since.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue import version_key
from beffroi.charters.lint.seen import Asked, meant
from beffroi.model.faults import Defect, fault


def defects(asked: Asked) -> Iterator[Defect]:
    """Versions that do not fit together, and successors that there are not."""
    value, current = asked.value, str(asked.whole.value["version"])
    since, retired = value["since"], value.get("retired")
    if version_key(since) > version_key(current):
        yield asked.located(fault("charter-version", "since-later", found=since, version=current), "/since")
    if retired and version_key(retired) > version_key(current):
        yield asked.located(fault("charter-version", "retired-later", found=retired, version=current), "/retired")
    if retired and version_key(retired) < version_key(since):
        yield asked.located(fault("charter-version", "retired-before", found=retired, version=since), "/retired")
    yield from successors(asked)


def successors(asked: Asked) -> Iterator[Defect]:
    """What is wrong with `replacedBy`."""
    given = asked.value.get("replacedBy", ())
    if given and not asked.retired:
        yield asked.located(fault("charter-replaced-in-force", name=asked.id), "/replacedBy")
    for index, name in enumerate(given):
        if name not in asked.whole.names and asked.whole.is_whole:
            near = meant(name, asked.whole.names)
            cause = "did-you-mean" if near else None
            found = fault("charter-unknown-requirement", cause, name=name, meant=near or "")
            yield asked.located(found, f"/replacedBy/{index}")
