"""What is wrong with the licences that a data package declares: none, not known, not one version, not accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.licences.filed import Filed, contradicting
from beffroi.licences.normalising import normalised
from beffroi.licences.register import Register
from beffroi.licences.sourcing import shown
from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.licences import Answer, Outcome
from beffroi.values import dataclass
from beffroi.visible import clipped

KEY = "licenses"
NAMED = 6
"""How many licences a message names."""
CONTRADICTION = "contradiction"
"""The reason of an answer to an entry whose parts name different licences."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One licence as a descriptor writes it at `pointer`, and as it is understood."""

    pointer: str
    text: str
    answer: Answer


def declared(descriptor: Mapping[str, Any], register: Register) -> tuple[Declared, ...]:
    """Every licence that the package and its resources declare."""
    found = list(entries(descriptor, f"/{KEY}", register))
    for index, each in enumerate(resources_of(descriptor)):
        found.extend(entries(each, f"/resources/{index}/{KEY}", register))
    return tuple(found)


def entries(holder: Mapping[str, Any], pointer: str, register: Register) -> Iterator[Declared]:
    """The licences that a package or one resource lists."""
    given = holder.get(KEY)
    for index, each in enumerate(given if isinstance(given, list) else ()):
        yield Declared(pointer=f"{pointer}/{index}", text=shown(each), answer=normalised(each, register))


def resources_of(descriptor: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The resources of a descriptor that can be looked at."""
    given = descriptor.get("resources")
    return [each if isinstance(each, dict) else {} for each in given] if isinstance(given, list) else []


def licence_defects(
    descriptor: Mapping[str, Any], register: Register, accepted: Sequence[str] | None, files: Sequence[Filed] = ()
) -> Iterator[Defect]:
    """What is wrong with the licences of a package; `accepted` are the ids that its standard accepts, if it says so.

    `files` are the licence files of the package.
    """
    found = declared(descriptor, register)
    if unlicensed(descriptor):
        yield Defect(fault=fault("licence-missing", accepted=named(accepted or ()), **told_by(files, accepted)))
    for each in found:
        for wrong in faults_of(each, register, accepted):
            yield Defect(fault=wrong, pointer=each.pointer)
    for file in contradicting(files, [each.answer for each in found]):
        told, first = " / ".join(file.answer.possible), found[0]
        wrong = fault("licence-contradicted", "file", name=file.name, found=told, licence=first.answer.id or first.text)
        yield Defect(fault=wrong, pointer=first.pointer)


def told_by(files: Sequence[Filed], accepted: Sequence[str] | None) -> Mapping[str, str]:
    """The first file that is of a licence that may be declared, and which one that is."""
    known = ((each.name, each.answer.id) for each in files if each.answer.id is not None)
    return next(({"name": name, "found": each} for name, each in known if accepted is None or each in accepted), {})


def unlicensed(descriptor: Mapping[str, Any]) -> bool:
    """Whether something of a package is under no licence: it has none of its own, and one of its resources neither."""
    if descriptor.get(KEY):
        return False
    resources = resources_of(descriptor)
    return not resources or not all(each.get(KEY) for each in resources)


def faults_of(each: Declared, register: Register, accepted: Sequence[str] | None) -> Iterator[Fault]:
    """What is wrong with one licence."""
    answer, told = each.answer, each.text
    if answer.because.rule == CONTRADICTION:
        yield fault("licence-contradicted", licence=told, candidates=named(answer.candidates))
    elif answer.outcome is Outcome.AMBIGUOUS:
        yield fault("licence-ambiguous", licence=told, candidates=named(answer.candidates))
    elif answer.id is None:
        yield fault("licence-unknown", licence=told, accepted=named(accepted or ()), near=named(answer.candidates))
    else:
        if accepted is not None and answer.id not in accepted:
            yield fault("licence-not-accepted", licence=answer.id, accepted=named(accepted))
        if newer := register.licences[answer.id].replaced_by:
            yield fault("licence-deprecated", licence=answer.id, newer=newer)


def named(ids: Sequence[str]) -> str:
    """The first ids of a list, for a message."""
    more = ", …" if len(ids) > NAMED else ""
    return clipped(", ".join(ids[:NAMED]) + more, 200)


def accepted_by(rule: Any, register: Register, where: str | None = None) -> tuple[str, ...] | None:
    """The ids that the `licences:` rule of a standard accepts, which stands at `where`; `None` where it has none.

    Raises `UnknownPolicy`.
    """
    accept = rule.get("accept") if isinstance(rule, Mapping) else None
    if accept is None:
        return None
    if isinstance(accept, str):
        return register.policy(accept, where).accepts
    return tuple(answer.id or each for each in accept for answer in [normalised(each, register)])
