"""Every dataset is open, or its closure has a legal ground.

Looks at `accessRights` and `closureReason` of each dataset. One that is `restricted` or `non-public` must name a ground
from the list `reasons` (an empty list takes any ground). One that does not say is taken to be public, as everywhere
else, and then held to all that is asked of open data; of raw data that is kept and not published, nothing is asked
unless it is declared closed. Whether the ground holds is a question of law that nobody can answer from a file.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the access to each dataset."""
    asked = [each for each in project.datasets if each.role != "raw" or "accessRights" in each.value]
    if not project.datasets:
        yield none_of(project, "no-open-dataset")
    elif not asked:
        yield lacking("only-raw", at="/datasets")
    for each in asked:
        yield access(each, tuple(options.get("reasons", ())))


def access(dataset: Dataset, reasons: tuple[str, ...]) -> Observation:
    """What is said of the access to one dataset."""
    rights, ground = dataset.value.get("accessRights"), dataset.value.get("closureReason")
    name = {"dataset": dataset.name}
    if rights in {None, "public"}:
        if ground:
            return contradicted("open-and-closed", at=dataset.at("closureReason"), ground=ground, **name)
        if rights is None:
            return met("open-unsaid", at=dataset.pointer, method=Method.DECLARED, **name)
        return met("open", at=dataset.at("accessRights"), **name)
    known = ", ".join(reasons)
    if not ground:
        key = "no-ground" if reasons else "no-ground-at-all"
        return lacking(key, at=dataset.at("accessRights"), rights=rights, known=known, **name)
    if reasons and ground not in reasons:
        return lacking("unknown-ground", at=dataset.at("closureReason"), ground=ground, known=known, **name)
    return met("closed", at=dataset.at("closureReason"), rights=rights, ground=ground, **name)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"reasons": {"type": "array", "items": {"type": "string", "minLength": 1}}},
        "additionalProperties": False,
    },
)
