"""A standard says under which licence it is, and one of our own which licences it accepts for data.

Why: without a licence nobody else may use a schema, and a delivery without rules for licences cannot be published.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """A licence, or a rule on licences, that is missing."""
    descriptor = whole.standard.descriptor
    if whole.kind is Kind.OWN:
        if not descriptor.get("licences"):
            yield whole.located(fault("standard-no-licence-rule"))
    elif whole.kind is not Kind.PROFILE and not descriptor.get("licenses"):
        yield whole.located(fault("standard-no-licence"))
