"""A standard says under which licence it is, and one of our own which licences it accepts for data, of the register.

Why: without a licence nobody else may use a schema, and a delivery without rules for licences cannot be published. A
licence that nobody knows is accepted of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register
from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole

ACCEPT = "/licences/accept"


def defects(whole: Whole) -> Iterator[Defect]:
    """A licence, or a rule on licences, that is missing; a licence or a policy that the register does not have."""
    descriptor = whole.standard.descriptor
    if whole.kind is Kind.OWN:
        if not descriptor.get("licences"):
            yield whole.located(fault("standard-no-licence-rule"))
        else:
            yield from unknown(whole, descriptor["licences"]["accept"])
    elif whole.kind is not Kind.PROFILE and not descriptor.get("licenses"):
        yield whole.located(fault("standard-no-licence"))


def unknown(whole: Whole, accepted: Any) -> Iterator[Defect]:
    """Whatever is accepted and is no policy of the register, or none of its licences for sure."""
    register = Register.of(whole.target.within)
    if isinstance(accepted, str):
        if accepted not in register.policies:
            known = ", ".join(sorted(register.policies))
            yield whole.located(fault("standard-unknown-licence", "policy", name=accepted, known=known), ACCEPT)
        return
    for index, each in enumerate(accepted):
        answer = normalised(each, register)
        if answer.id is None:
            near = ", ".join(answer.candidates)
            yield whole.located(fault("standard-unknown-licence", name=each, near=near), f"{ACCEPT}/{index}")
