"""What a city sets changes what is asked, and has the form that it must have.

Why: a parameter that stands nowhere lets a city believe that it has decided something.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue.charters.building import PLACEHOLDER
from beffroi.charters.comparing import parameters_in
from beffroi.charters.lint.of_requirements.json_schemas import unusable
from beffroi.charters.lint.of_requirements.parameters import unknown
from beffroi.charters.lint.seen import Whole
from beffroi.documents import JsonSchema
from beffroi.model.faults import Defect, fault


def defects(whole: Whole) -> Iterator[Defect]:
    """Parameters that are not used, values that are not of their form, settings of what there is not."""
    used = {name for each in whole.every.values() for name in named_in(each)}
    above = whole.parent.value["parameters"] if whole.parent else {}
    for name, given in whole.own("parameters").items():
        pointer = f"/parameters/{name}"
        if "set" in given and name not in above:
            if whole.is_whole:
                yield whole.located(unknown(name, tuple(above)), pointer)
            continue
        if "set" not in given and name not in used and whole.is_complete:
            yield whole.located(fault("charter-unused-parameter", name=name), pointer)
        yield from wrong_value(whole, name, pointer)


def named_in(requirement: Mapping[str, Any]) -> Iterator[str]:
    """The parameters that a requirement names, in what it asks or in its texts."""
    yield from parameters_in(requirement)
    for key in ("title", "statement", "why", "fix"):
        for text in requirement[key].values():
            yield from PLACEHOLDER.findall(text)


def wrong_value(whole: Whole, name: str, pointer: str) -> Iterator[Defect]:
    """A value that is not of the form of its parameter, or a form that is none."""
    given = whole.parameters[name]
    schema = given.get("schema", {})
    if wrong := unusable(schema):
        yield whole.located(wrong, f"{pointer}/schema")
        return
    for problem in JsonSchema(schema).problems(given["value"]):
        found = fault("charter-parameter-value", name=name, found=problem.found, expected=problem.expected)
        yield whole.located(found, pointer)
