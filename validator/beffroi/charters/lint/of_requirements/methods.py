"""What a requirement accepts can be reached, and whatever is stronger than what suffices suffices too.

Why: a requirement that nothing can satisfy fails every project.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import Asked
from beffroi.model.charter import Method
from beffroi.model.faults import Defect, fault

LOOKED_AT = {Method.VERIFIED, Method.CONSISTENT}


def defects(asked: Asked) -> Iterator[Defect]:
    """Methods that nobody can satisfy a requirement by, and those that are missing."""
    value = asked.value
    accepts = {Method(each) for each in value["accepts"]}
    within = reach(asked)
    if not accepts & within:
        told = ", ".join(each for each in Method if each in within)
        yield asked.located(fault("charter-unreachable", accepts=shown(accepts), reachable=told), "/accepts")
    elif idle := accepts - within:
        yield asked.located(fault("charter-idle-method", methods=shown(idle)), "/accepts")
    if "verify" in value and accepts & {Method.DECLARED, Method.CONSISTENT} and not accepts >= stronger(accepts):
        yield asked.located(fault("charter-stronger-refused", methods=shown(stronger(accepts) - accepts)), "/accepts")
    if "evidence" in value and Method.ATTESTED not in accepts:
        yield asked.located(fault("charter-idle-evidence"), "/evidence")


def reach(asked: Asked) -> set[Method]:
    """The methods by which it can be known: without a verifier, nobody looks; whatever it is, a person can attest."""
    if "verify" in asked.value:
        return set(Method)
    return {Method.ATTESTED} | ({Method.DECLARED} if "declare" in asked.value else set())


def stronger(accepts: set[Method]) -> set[Method]:
    """What a verifier may know by and is stronger than something that suffices."""
    order = list(Method)
    weakest = max(order.index(each) for each in accepts if each is not Method.ATTESTED)
    return {each for each in LOOKED_AT if order.index(each) < weakest}


def shown(methods: set[Method]) -> str:
    """Methods, the strongest first."""
    return ", ".join(each for each in Method if each in methods)
