"""Every principle has requirements, and stands once.

Why: a principle without a requirement promises what nobody checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import Whole
from beffroi.model.faults import Defect, fault


def defects(whole: Whole) -> Iterator[Defect]:
    """Principles under which nothing is asked, or that stand twice."""
    asked = {each["principle"] for each in whole.every.values() if not each.get("retired")}
    for index, each in enumerate(whole.value.get("principles", ())):
        name = each["id"]
        if whole.principles.count(name) > 1:
            yield whole.located(fault("charter-same-principle", name=name), f"/principles/{index}/id")
        if name not in asked and whole.is_complete:
            yield whole.located(fault("charter-empty-principle", name=name), f"/principles/{index}")
