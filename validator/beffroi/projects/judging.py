"""The requirements of a charter judged on one project: what applies, what was declared, seen, claimed and waived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beffroi.documents import JsonSchema, escaped
from beffroi.errors import UnusableFile
from beffroi.model.charter import Method, Outcome, Requirement, VerifierUse
from beffroi.model.levels import Level
from beffroi.model.project import Judgement, Observation
from beffroi.projects.applying import hindrance, schema_of
from beffroi.projects.claiming import Claim, attested, claim_of, denied
from beffroi.projects.declaration import called
from beffroi.projects.observing import observation
from beffroi.projects.project import Project
from beffroi.projects.verifiers import UnknownVerifier, verifier
from beffroi.projects.waiving import waiver_of
from beffroi.projects.wording import joined, worded

GRAVEST = tuple(Outcome)
STRONGEST = tuple(Method)


def judged(project: Project) -> tuple[Judgement, ...]:
    """A judgement on every requirement of the project's charter, in the charter's order.

    Raises `UnusableFile` where the charter asks for a verifier that there is not.
    """
    return tuple(judgement(each, project) for each in project.charter.requirements)


def judgement(requirement: Requirement, project: Project) -> Judgement:
    """What is known of one requirement."""
    claim = claim_of(requirement.id, project)
    found = weighed(tuple(seen(requirement, project)))
    if found[0].outcome is not Outcome.NOT_APPLICABLE:
        found = accepted(claimed(found, claim, requirement, project), requirement)
        found = waived(found, requirement, project)
    first = found[0]
    deciding = [each for each in found if each.outcome is first.outcome]
    line, column = project.declaration.place(first.pointer)
    return Judgement(
        requirement=requirement,
        principle=next(each for each in project.charter.principles if each.id == requirement.principle),
        level=level_of(requirement, project),
        outcome=first.outcome,
        method=None if first.outcome is Outcome.NOT_APPLICABLE else weakest(deciding),
        observations=found,
        said=joined([each.said for each in deciding]),
        evidence=claim.evidence if claim else (),
        pointer=first.pointer,
        line=line,
        column=column,
    )


def weighed(found: Sequence[Observation]) -> tuple[Observation, ...]:
    """Observations, the gravest first; what does not apply says nothing beside what does."""
    return tuple(sorted(found, key=lambda each: GRAVEST.index(each.outcome)))


def weakest(found: Sequence[Observation]) -> Method:
    """The method by which all of it is known: a chain is as strong as its weakest link."""
    return max((each.method for each in found), key=STRONGEST.index)


def level_of(requirement: Requirement, project: Project) -> Level:
    """The level of a requirement for a project: `may` in its period of grace."""
    grace = project.charter.grace.get(requirement.id)
    started = project.declaration.day("/project/startDate")
    if grace and started and started < grace.started_before and project.today <= grace.until:
        return Level.MAY
    return requirement.level


def seen(requirement: Requirement, project: Project) -> Iterator[Observation]:
    """What there is to see of a requirement, in words."""
    if found := hindrance(requirement.applies, project.declaration):
        yield worded(found)
        return
    undeclared = list(lacks(requirement, project))
    yield from map(worded, undeclared)
    if undeclared:
        return
    for use in requirement.verify:
        yield from verified(use, requirement, project)
    if not requirement.verify:
        outcome = Outcome.MET if requirement.declare is not None else Outcome.UNKNOWN
        key = "declared" if requirement.declare is not None else "not-declarable"
        yield worded(observation(outcome, key, at="/project", method=Method.DECLARED))


def lacks(requirement: Requirement, project: Project) -> Iterator[Observation]:
    """What the declaration does not say, or not as the requirement asks."""
    if requirement.declare is None:
        return
    for problem in schema_of(requirement.declare).problems(project.declaration.value):
        missing = problem.keyword == "required"
        place = f"{problem.pointer}/{escaped(problem.expected)}" if missing else problem.pointer
        key = "not-declared" if missing else "declared-otherwise"
        yield observation(
            Outcome.NOT_MET, key, at=place, method=Method.DECLARED, place=called(place), expected=problem.expected
        )


def verified(use: VerifierUse, requirement: Requirement, project: Project) -> Iterator[Observation]:
    """What a verifier sees, in words."""
    try:
        known = verifier(use.check)
    except UnknownVerifier as error:
        raise UnusableFile("unknown-verifier", where=requirement.path, **error.details) from error
    for problem in JsonSchema(known.options).problems(use.options):
        raise UnusableFile(
            "verifier-options", where=requirement.path, name=use.check, found=problem.found, expected=problem.expected
        )
    yield from (worded(each, use.check) for each in known.run(project, use.options))


def claimed(
    found: tuple[Observation, ...], claim: Claim | None, requirement: Requirement, project: Project
) -> tuple[Observation, ...]:
    """What was seen, with what the project claims of it.

    A claim that it is met, against what was looked into, is divergent; where nothing was seen to the contrary, a named
    person with evidence may vouch for it.
    """
    first = found[0]
    if claim is None:
        return found
    if claim.status != "met":
        return found if first.outcome is Outcome.MET else (worded(denied(claim, project)), *found)
    if first.outcome is Outcome.NOT_MET and any(each.verifier for each in found if each.outcome is Outcome.NOT_MET):
        return weighed(tuple(replace(each, outcome=Outcome.DIVERGENT) if each is first else each for each in found))
    if Method.ATTESTED not in requirement.accepts or first.outcome is Outcome.DIVERGENT:
        return found
    if first.outcome is Outcome.MET and weakest(found) in requirement.accepts:
        return found
    return (worded(attested(claim, requirement, project)), *found)


def accepted(found: tuple[Observation, ...], requirement: Requirement) -> tuple[Observation, ...]:
    """What was seen, unless it is known by a method that the requirement does not accept."""
    first = found[0]
    met = [each for each in found if each.outcome is Outcome.MET]
    if first.outcome is not Outcome.MET or weakest(met) in requirement.accepts or first.method is Method.ATTESTED:
        return found
    key = "not-attested" if Method.ATTESTED in requirement.accepts else "not-verified"
    lacking = observation(Outcome.NOT_MET, key, at=first.pointer, method=weakest(met))
    return (worded(lacking), *found)


def waived(found: tuple[Observation, ...], requirement: Requirement, project: Project) -> tuple[Observation, ...]:
    """What was seen, unless the requirement is waived, or was until a day that is over."""
    waiver = waiver_of(requirement.id, project)
    if waiver is None or found[0].outcome is Outcome.MET:
        return found
    if waiver.outcome is Outcome.NOT_MET:
        return (found[0], worded(waiver), *found[1:])
    return (worded(waiver), *found)
