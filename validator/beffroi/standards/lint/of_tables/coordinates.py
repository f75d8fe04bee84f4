"""The bounds of longitude and latitude are not swapped: longitude goes to 180 degrees, latitude to 90.

Why: swapped bounds refuse places east of 90° and west of -90°, and let latitudes pass that exist nowhere.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.model.standard import Field
from beffroi.standards.lint.seen import Table
from beffroi.standards.lint.words_in import words_in

LONGITUDES = {"longitude", "lon", "lng", "long", "xlong", "xlon"}
LATITUDES = {"latitude", "lat", "ylat"}
QUARTER = 90


def defects(table: Table) -> Iterator[Defect]:
    """Longitudes that are bounded by 90 degrees, latitudes that are bounded by more."""
    for field in table.schema.fields:
        key, given = constraints(table, field)
        least, most = degrees(given.get("minimum")), degrees(given.get("maximum"))
        words = set(words_in(field.name))
        if least is None or most is None:
            continue
        if words & LONGITUDES and (least, most) == (-QUARTER, QUARTER):
            found = fault("standard-swapped-coordinates", "longitude", least=f"{least:g}", most=f"{most:g}")
            yield table.located(found, field, f"/{key}")
        elif words & LATITUDES and (least < -QUARTER or most > QUARTER):
            found = fault("standard-swapped-coordinates", "latitude", least=f"{least:g}", most=f"{most:g}")
            yield table.located(found, field, f"/{key}")


def constraints(table: Table, field: Field) -> tuple[str, dict[str, Any]]:
    """The constraints of a field as written, and under which key, be it a misspelt one."""
    given = table.written(field)
    near = difflib.get_close_matches("constraints", list(given), n=1, cutoff=0.8)
    return (near[0], given[near[0]]) if near and isinstance(given[near[0]], dict) else ("", {})


def degrees(given: Any) -> float | None:
    """A bound as a number, where it is one or a text of one."""
    try:
        return None if isinstance(given, bool | None) else float(given)
    except (TypeError, ValueError):
        return None
