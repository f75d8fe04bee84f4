"""A standard that is no longer to be used says what replaces it.

Why: whoever delivers by it has to know what to do next.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """A deprecated or retired standard that nothing replaces."""
    standard = whole.standard
    if whole.kind is Kind.OWN and standard.status in {"deprecated", "retired"} and not standard.replaced_by:
        yield whole.located(fault("standard-no-successor", status=standard.status), "/status")
