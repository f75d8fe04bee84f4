"""The descriptor of a data package has the form that its specification gives it.

Why: what cannot be understood is passed over, and whoever reads the package does not learn what it should say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from beffroi.model.faults import Defect
from beffroi.packages.metadata import against_form
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """What is wrong with the metadata of a data package."""
    if whole.kind is Kind.PACKAGE:
        for each in against_form(whole.document.value):
            yield replace(each, line=whole.document.line(each.pointer))
