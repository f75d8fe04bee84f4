"""What a project claims of a requirement, and whether a named person and valid evidence stand behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from beffroi.errors import BeffroiError
from beffroi.model.charter import EvidenceRule, Method, Outcome, Requirement
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Evidence, Observation
from beffroi.periods import later
from beffroi.projects.declaration import called
from beffroi.projects.observing import say
from beffroi.projects.project import Project
from beffroi.tables.delivery import digest
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What the declaration claims of one requirement at `pointer`."""

    pointer: str
    value: Mapping[str, Any]

    @property
    def status(self) -> str:
        """`met`, `unmet`, `planned`, `not-applicable`, or `?` for nothing."""
        return str(self.value["status"])

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on."""
        return tuple(
            Evidence(
                place=str(each.get("path") or each.get("href") or ""),
                **{key: each.get(key) for key in ("kind", "collected", "expires", "by", "sha256")},
            )
            for each in self.value.get("evidence", ())
            if each
        )


def claim_of(requirement: str, project: Project) -> Claim | None:
    """What a project claims of a requirement; the last word, where it says several."""
    found = [
        Claim(pointer=pointer, value=value)
        for pointer, value in project.declaration.each("/claims")
        if value.get("requirement") == requirement and value.get("status") not in {None, "?"}
    ]
    return found[-1] if found else None


def attested(claim: Claim, requirement: Requirement, project: Project) -> Observation:
    """Whether a claim is one that a named person vouches for with evidence that is taken: met, or why it is not."""
    if wrong := next(unsigned(claim, project), None):
        return said(Outcome.NOT_MET, wrong, claim)
    refused = [refusal(each, requirement.evidence, project) for each in claim.evidence]
    if not refused:
        return said(Outcome.NOT_MET, reason("no-evidence"), claim)
    if None in refused:
        return said(Outcome.MET, reason("attested", by=claim.value["by"]), claim)
    old = [each for each in refused if each and each.rule in {"evidence-too-old", "evidence-expired"}]
    if old:
        return said(Outcome.EVIDENCE_EXPIRED, old[0], claim)
    return said(Outcome.NOT_MET, next(each for each in refused if each), claim)


def unsigned(claim: Claim, project: Project) -> Iterator[Fault]:
    """Why nobody stands behind a claim."""
    by = claim.value.get("by")
    signed = [each for each in project.declaration.items("/signoff") if each.get("name") == by]
    days = [date.fromisoformat(each["date"]) for each in signed if each.get("date")]
    if not by:
        yield reason("nobody-attests")
    elif not signed:
        yield reason("not-signed", by=by)
    elif not days:
        yield reason("signed-without-date", by=by)
    elif min(days) > project.today:
        yield reason("signed-in-future", by=by, date=min(days))


def refusal(evidence: Evidence, rule: EvidenceRule, project: Project) -> Fault | None:
    """Why a piece of evidence is not taken."""
    if not evidence.place:
        return reason("evidence-nowhere")
    if rule.kinds and evidence.kind not in rule.kinds:
        return reason("evidence-of-other-kind", place=evidence.place, kinds=", ".join(rule.kinds))
    if "://" not in evidence.place and (wrong := wrong_file(evidence, project)):
        return wrong
    if evidence.expires and date.fromisoformat(evidence.expires) < project.today:
        return reason("evidence-expired", place=evidence.place, date=evidence.expires)
    if rule.max_age and not evidence.collected:
        return reason("evidence-undated", place=evidence.place)
    if evidence.collected and date.fromisoformat(evidence.collected) > project.today:
        return reason("evidence-in-future", place=evidence.place, date=evidence.collected)
    if (
        rule.max_age
        and evidence.collected
        and later(date.fromisoformat(evidence.collected), rule.max_age) < project.today
    ):
        return reason("evidence-too-old", place=evidence.place, date=evidence.collected, age=rule.max_age)
    return None


def wrong_file(evidence: Evidence, project: Project) -> Fault | None:
    """Why a file cannot be evidence: it is not there, or not the one that was attested."""
    located = project.locate(evidence.place)
    if located.file is None:
        return reason("evidence-not-there", place=evidence.place)
    if not evidence.sha256:
        return None
    if located.file.is_dir():
        return reason("evidence-changed", place=evidence.place)
    try:
        sha256, _ = digest(located.file)
    except (BeffroiError, OSError):
        return reason("evidence-not-there", place=evidence.place)
    return None if sha256 == evidence.sha256 else reason("evidence-changed", place=evidence.place)


def denied(claim: Claim, project: Project) -> Observation:
    """What a claim other than `met` means: not met, with what is planned; or that a person must say if it applies.

    That it does not apply is not looked at where no reason is given.
    """
    why = project.declaration.text(f"{claim.pointer}/justification", project.lang)
    if claim.status == "not-applicable":
        outcome = Outcome.NEEDS_REVIEW if why else Outcome.NOT_MET
        return said(outcome, reason("claimed-not-applicable", why=why or "-"), claim)
    why = why or "-"
    plan = claim.value.get("plan", {})
    if not plan.get("due"):
        return said(Outcome.NOT_MET, reason(f"claimed-{claim.status}", why=why), claim)
    late = date.fromisoformat(plan["due"]) < project.today
    return said(Outcome.NOT_MET, reason("plan-overdue" if late else "plan-due", date=plan["due"], why=why), claim)


def said(outcome: Outcome, because: Fault, claim: Claim) -> Observation:
    """What a claim comes to."""
    return say(
        outcome,
        because.rule,
        at=claim.pointer,
        method=Method.ATTESTED,
        **{"claim": called(claim.pointer), **dict(because.details)},
    )
