"""The requirements of a charter judged on one project: what applies, what was declared, seen, claimed and waived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from beffroi.documents import escaped
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

KEYS = {
    **dict.fromkeys(("const", "enum"), "declared-otherwise"),
    **dict.fromkeys(("minItems", "minProperties"), "too-few-declared"),
}
"""What a broken keyword of `declare` is told as; the others as what does not say all that is asked for."""
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
    deciding = decisive(found)
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


def decisive(found: Sequence[Observation]) -> list[Observation]:
    """The observations on which the outcome rests; where somebody vouches for it, that alone."""
    first = found[0]
    if first.method is Method.ATTESTED and first.outcome is Outcome.MET:
        return [first]
    return [each for each in found if each.outcome is first.outcome]


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
    if found := hindrance(requirement.applies, project.declaration, project.charter.vocabulary):
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
    schema, declaration = schema_of(requirement.declare), project.declaration
    problems = list(schema.problems(declaration.value)) or schema.problems(declaration.complete)
    for problem in problems:
        missing = problem.keyword == "required"
        place = f"{problem.pointer}/{escaped(problem.expected)}" if missing else problem.pointer
        key = "not-declared" if missing else KEYS.get(problem.keyword, "not-all-declared")
        yield observation(
            Outcome.NOT_MET, key, at=place, method=Method.DECLARED, place=called(place), expected=problem.expected
        )


def verified(use: VerifierUse, requirement: Requirement, project: Project) -> Iterator[Observation]:
    """What a verifier sees, in words."""
    try:
        known = verifier(use.check)
    except UnknownVerifier as error:
        raise UnusableFile("unknown-verifier", where=requirement.path, **error.details) from error
    for problem in schema_of(known.options).problems(use.options):
        raise UnusableFile(
            "verifier-options", where=requirement.path, name=use.check, found=problem.found, expected=problem.expected
        )
    yield from (worded(each, use.check) for each in known.run(project, use.options))


def claimed(
    found: tuple[Observation, ...], claim: Claim | None, requirement: Requirement, project: Project
) -> tuple[Observation, ...]:
    """What was seen, with what the project claims of it.

    A claim that it is met, against what a verifier saw, is divergent; where nothing was seen to the contrary (that the
    declaration says nothing is not), a named person with evidence may vouch for it. No claim hides what diverges.
    """
    first = found[0]
    if claim is None or first.outcome is Outcome.DIVERGENT:
        return found
    if claim.status != "met":
        return found if first.outcome is Outcome.MET else (worded(denied(claim, project)), *found)
    if any(is_contrary(each) for each in found):
        return weighed([replace(each, outcome=Outcome.DIVERGENT) if is_contrary(each) else each for each in found])
    if Method.ATTESTED not in requirement.accepts or is_accepted(found, requirement):
        return found
    return (worded(attested(claim, requirement, project)), *found)


def is_contrary(seen: Observation) -> bool:
    """Whether a verifier saw that it is not met, and not only that nothing is said of it."""
    return bool(seen.verifier) and seen.outcome is Outcome.NOT_MET and seen.method is not Method.DECLARED


def is_accepted(found: Sequence[Observation], requirement: Requirement) -> bool:
    """Whether it is met, and known by a method that the requirement accepts."""
    return found[0].outcome is Outcome.MET and weakest(decisive(found)) in requirement.accepts


def accepted(found: tuple[Observation, ...], requirement: Requirement) -> tuple[Observation, ...]:
    """What was seen, unless it is known by a method that the requirement does not accept."""
    first = found[0]
    if first.outcome is not Outcome.MET or is_accepted(found, requirement):
        return found
    key = "not-attested" if Method.ATTESTED in requirement.accepts else "not-verified"
    lacking = observation(Outcome.NOT_MET, key, at=first.pointer, method=weakest(decisive(found)))
    return (worded(lacking), *found)


def waived(found: tuple[Observation, ...], requirement: Requirement, project: Project) -> tuple[Observation, ...]:
    """What was seen, unless the requirement is waived, or was until a day that is over.

    A waiver without effect is told with what was seen, and so is one that has expired where something diverges.
    """
    waiver, first = waiver_of(requirement.id, project), found[0]
    if waiver is None or first.outcome is Outcome.MET:
        return found
    expired = waiver.outcome is Outcome.WAIVER_EXPIRED
    if waiver.outcome is Outcome.NOT_MET or (expired and first.outcome is Outcome.DIVERGENT):
        return (first, replace(worded(waiver), outcome=first.outcome, method=first.method), *found[1:])
    return (worded(waiver), *found)
