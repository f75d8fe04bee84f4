"""Where data departs from its standard, the declaration says so, and says no more than is so.

Every file of each dataset that names `conformsTo` is judged, as `beffroi check` does, and what it must or should mend
is compared with `deviations`: each broken rule must be declared there (for its field, or for all), and each deviation
that is declared must be seen. Declaring one does not make the data pass; it tells users what to expect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from beffroi.errors import BeffroiError
from beffroi.model.levels import Level
from beffroi.model.project import Looked, Observation
from beffroi.model.report import Finding
from beffroi.projects.datasets import looked_at, made_datasets, none_of, usable_files
from beffroi.projects.naming import few
from beffroi.projects.observing import contradicted, inapplicable, lacking, met, unseen
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier

Declared = tuple[str, Mapping[str, Any]]
"""Where a deviation is declared, and what is said of it."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Compare the deviations of each dataset that claims a standard."""
    datasets = made_datasets(project)
    claiming = [each for each in datasets if "conformsTo" in each.value or "deviations" in each.value]
    if not datasets:
        yield none_of(project, "only-raw-datasets")
    elif not claiming:
        yield inapplicable("nothing-claimed", at="/datasets")
    for each in claiming:
        yield from compared(project, each)


def compared(project: Project, dataset: Dataset) -> Iterator[Observation]:
    """What is declared of one dataset beside what is seen."""
    if "conformsTo" not in dataset.value:
        yield lacking("from-nothing", at=dataset.at("deviations"), dataset=dataset.name)
        return
    try:
        project.standard_of(dataset)
    except BeffroiError:
        yield unseen("unjudged", at=dataset.at("conformsTo"), dataset=dataset.name)
        return
    _, said = usable_files(project, dataset)
    subjects = project.subjects_of(dataset)
    if said or not subjects or any(not each.judged for each in subjects):
        yield said or unseen("unjudged", at=dataset.at("path"), dataset=dataset.name)
        return
    found = [finding for each in subjects for finding in each.findings if departs(finding)]
    worst = max(subjects, key=lambda each: len(each.findings))
    yield from differences(project, dataset, found, looked_at(project, worst))


def differences(project: Project, dataset: Dataset, found: Sequence[Finding], looked: Looked) -> Iterator[Observation]:
    """What is declared and not seen, and the other way round."""
    told: list[Declared] = list(project.declaration.each(f"{dataset.pointer}/deviations"))
    untrue = [each for each in told if not any(is_about(each[1], finding) for finding in found)]
    untold = [each for each in found if not any(is_about(declared, each) for _, declared in told)]
    details = {"dataset": dataset.name, "count": len(told)}
    for pointer, each in untrue:
        yield contradicted("not-so", at=pointer, looked=looked, what=named(each["rule"], each.get("field")), **details)
    if untold:
        what = few(named(each.rule, each.field) for each in untold)
        yield lacking("untold", at=dataset.at("deviations"), looked=looked, what=what, **details)
    if not untrue and not untold:
        key = "as-told" if told else "none"
        yield met(key, at=dataset.at("deviations"), looked=looked, **details)


def departs(found: Finding) -> bool:
    """Whether a finding is a departure from the standard, which leaves its optional columns to the data."""
    return found.level is not Level.MAY and found.rule != "missing-optional-column"


def is_about(declared: Mapping[str, Any], finding: Finding) -> bool:
    """Whether a declared deviation is what was found."""
    return declared["rule"] == finding.rule and declared.get("field") in {None, finding.field}


def named(rule: str, field: str | None) -> str:
    """How messages call a departure."""
    return f"{rule} ({field})" if field else rule


VERIFIER = Verifier(run=run)
