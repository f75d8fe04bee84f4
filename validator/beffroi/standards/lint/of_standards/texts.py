"""A standard and its tables have a title and a description.

Why: without them nobody can tell whether it is the one to follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.of_tables.texts import said
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """Texts that a standard or its tables lack."""
    descriptor = whole.standard.descriptor
    if not said(descriptor.get("title")):
        yield whole.located(fault("standard-no-title"))
    if not said(descriptor.get("description")):
        yield whole.located(fault("standard-no-description"))
    if whole.kind is Kind.OWN:
        yield from of_tables(whole)


def of_tables(whole: Whole) -> Iterator[Defect]:
    """The tables of a standard of our own that have no title."""
    for index, each in enumerate(whole.document.value.get("resources", ())):
        resource = whole.standard.resource(each["name"])
        if resource and not said(resource.title):
            yield whole.located(fault("standard-no-title", "of-table", resource=each["name"]), f"/resources/{index}")
