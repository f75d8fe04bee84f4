"""Nothing of a draft is left to be written or translated.

Why: a standard that says "to complete" where it should say what to fill in cannot be followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.standards.drafting import TO_COMPLETE, TO_TRANSLATE
from beffroi.standards.lint.seen import Kind, Whole

MARKS = (*TO_COMPLETE.values(), *TO_TRANSLATE.values())


def defects(whole: Whole) -> Iterator[Defect]:
    """The texts that are still marked, in all files of a standard of our own, as one defect."""
    if whole.kind is not Kind.OWN:
        return
    schemas = [each.schema.descriptor for each in whole.standard.resources if each.schema]
    count = sum(marked(each) for each in (whole.standard.descriptor, *schemas))
    if count:
        yield whole.located(fault("standard-unfinished", found=count, marks=", ".join(MARKS)))


def marked(value: Any) -> int:
    """How many texts of a value begin with a mark."""
    if isinstance(value, str):
        return int(value.startswith(MARKS))
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(marked(each) for each in inner)
