"""A requirement calls verifiers that there are, with options that they take.

Why: the check of every project to which it applies stops at one that there is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.charters.lint.seen import Asked, meant
from beffroi.documents import JsonSchema, Problem
from beffroi.model.faults import Defect, Fault, fault
from beffroi.projects.declaration import called
from beffroi.projects.verifiers import known_verifiers, verifier


def defects(asked: Asked) -> Iterator[Defect]:
    """Unknown verifiers, and options that they do not take."""
    for index, each in enumerate(asked.value.get("verify", ())):
        place = f"/verify/{index}"
        if each["check"] not in known_verifiers():
            yield asked.located(unknown(each["check"]), f"{place}/check")
            continue
        options = asked.filled(each.get("options", {}))
        for problem in JsonSchema(verifier(each["check"]).options).problems(options):
            at = f"{place}/options{problem.pointer}" if "options" in each else place
            yield asked.located(misfit(each["check"], problem), at)


def misfit(check: str, problem: Problem) -> Fault:
    """The fault of options that a verifier does not take."""
    cause = "missing" if problem.keyword == "required" else "unknown" if problem.unknown else None
    place, found, expected = called(problem.pointer), problem.found, problem.expected
    return fault("charter-verifier-options", cause, check=check, place=place, found=found, expected=expected)


def unknown(name: str) -> Fault:
    """The fault of a verifier that there is not."""
    if near := meant(name, known_verifiers()):
        return fault("charter-unknown-verifier", "did-you-mean", name=name, meant=near)
    return fault("charter-unknown-verifier", name=name)
