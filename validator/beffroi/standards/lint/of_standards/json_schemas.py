"""A JSON Schema for the metadata of packages is one, and its patterns can be searched for in time.

Why: a schema that cannot be used judges nothing, although the standard seems to ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.documents import json_schema_validator, refers_within, refused_pattern
from beffroi.model.faults import Defect, fault
from beffroi.packages.metadata import without_published
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """A profile, or a standard's `package:`, that cannot be used."""
    given: Any = whole.standard.package
    if not given:
        return
    pointer = "/package" if whole.kind is Kind.OWN else ""
    schema = without_published(given)
    if (refused := refused_pattern(schema)) is not None:
        yield whole.located(fault("standard-bad-json-schema", "unsafe-pattern", pattern=refused), pointer)
    elif not refers_within(schema):
        yield whole.located(fault("standard-bad-json-schema", "refers-out"), pointer)
    elif json_schema_validator(schema) is None:
        yield whole.located(fault("standard-bad-json-schema"), pointer)
