"""Whoever evaluates the project is none of those who run it.

Looks at `project.evaluation.evaluator`, and compares its name and address with the organisation that answers for the
project, its suppliers (also those of `contracts`) and its partners: the same address, or the same words in the name,
is the same; where all words of one name stand in the other, a person must look. Who pays whom is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import doubtful, lacking, met, unseen
from beffroi.projects.parties import Party, concerned, owner, party
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/evaluation/evaluator"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Compare the evaluator with everybody concerned."""
    evaluator = party(AT, project.declaration)
    if evaluator is None:
        yield lacking("no-evaluator", at=AT, method=Method.DECLARED)
        return
    others = list(concerned(project.declaration))
    found = found_among(evaluator, others)
    if found:
        yield found
    elif owner(project.declaration) is None:
        yield unseen("no-owner", at="/project/organisation", evaluator=evaluator.name)
    else:
        yield met("independent", at=AT, evaluator=evaluator.name, count=len(others))


def found_among(evaluator: Party, others: list[Party]) -> Observation | None:
    """The one of the others that the evaluator is, or may be."""
    for each in others:
        if evaluator.is_same(each):
            return lacking("same", at=AT, evaluator=evaluator.name, other=each.name, place=called(each.pointer))
    for each in others:
        if evaluator.is_near(each):
            return doubtful("near", at=AT, evaluator=evaluator.name, other=each.name, place=called(each.pointer))
    return None


VERIFIER = Verifier(run=run)
