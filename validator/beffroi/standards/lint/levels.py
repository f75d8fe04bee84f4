"""How binding it is to mend a defect, where the standard itself is what is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from beffroi.catalogue.table_schema import CONSTRAINTS, OF_SCHEMAS
from beffroi.documents import read_document
from beffroi.model.faults import Fault
from beffroi.model.levels import Level
from beffroi.rulebook import default_level

RULES = ("constraints", "type", "format", "trueValues", "falseValues", "decimalChar", *CONSTRAINTS, *OF_SCHEMAS)
"""The keys by which data are judged: one of them misspelt is a rule that is not applied."""


def level_of(found: Fault) -> Level:
    """The level of one defect."""
    if found.rule == "standard-unknown-key" and dict(found.details).get("meant") in RULES:
        return Level.MUST
    given = levels().get(found.rule)
    if isinstance(given, dict):
        given = given.get(found.cause or "else", given["else"])
    return Level(given) if given else default_level(found.rule)


@cache
def levels() -> Mapping[str, Any]:
    """The levels in `levels.yaml`."""
    found: Mapping[str, Any] = read_document(Path(__file__).with_suffix(".yaml")).value
    return found
