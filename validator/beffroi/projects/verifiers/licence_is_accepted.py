"""Every open dataset has a licence that the city accepts.

Looks at `license` of each open dataset, or else at the licences that its data package names (`datapackage.json`), as
names, ids, addresses or SPDX expressions, and whether the `policy` of the register accepts it. Where users may choose
among licences (`A OR B`), one that is accepted suffices; where a name may mean several (`CC BY`), it must say which.
Whether the licence is truly granted by who holds the rights cannot be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.licences import Policy
from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets
from beffroi.projects.describing import described
from beffroi.projects.licensing import Stated, listed, stated
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the licence of each open dataset. Raises `UnknownPolicy` where the charter names none that there is."""
    policy = project.register.policy(options["policy"])
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        found = stated(project, each, described(project, each))
        if found is None:
            yield lacking("unlicensed", at=each.pointer, dataset=each.name, accepted=listed(policy.accepts))
        else:
            yield licence(each, found, policy)


def licence(dataset: Dataset, found: Stated, policy: Policy) -> Observation:
    """What a policy says of one licence."""
    answer = found.answer
    place = {"at": found.pointer, "looked": found.looked}
    details = {"dataset": dataset.name, "given": found.text, "accepted": listed(policy.accepts)}
    accepted = [each for each in answer.possible if each in policy.accepts]
    if answer.because.rule == "choice" and accepted:
        return met("accepted", licence=accepted[0], **place, **details)
    if answer.id is None and answer.ambiguous:
        return lacking("ambiguous", candidates=listed(answer.candidates), **place, **details)
    if answer.id is None and answer.because.rule == "not-a-licence":
        return lacking("no-licence", **place, **details)
    if answer.id is None:
        return lacking("unknown", **place, **details)
    key, say = ("accepted", met) if accepted else ("not-accepted", lacking)
    return say(key, licence=answer.id, **place, **details)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"policy": {"type": "string", "minLength": 1}},
        "required": ["policy"],
        "additionalProperties": False,
    },
)
