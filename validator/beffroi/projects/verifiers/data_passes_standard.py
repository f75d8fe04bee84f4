"""The data passes the standard, or the schema of its own, that it claims.

Every file of each dataset that names `conformsTo`, or else a `schema`, is read whole and judged, as `beffroi check`
does. It passes where nothing must be mended, at the levels that the standard gives its rules; what should be mended is
counted, and hinders nothing. The SHA-256 of what was judged is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from beffroi.errors import BeffroiError
from beffroi.model.levels import Level, Verdict
from beffroi.model.project import Observation
from beffroi.model.report import Subject
from beffroi.projects.datasets import looked_at, made_datasets, none_of, own_path, usable_files
from beffroi.projects.observing import contradicted, inapplicable, met, unseen, unusable
from beffroi.projects.project import Dataset, Project
from beffroi.projects.verifiers import Options, Verifier

NAMED = 5
"""How many rules a message names."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Judge the files of each dataset that claims a standard."""
    datasets = made_datasets(project)
    claiming = [each for each in datasets if {"conformsTo", "schema"} & each.value.keys()]
    if not datasets:
        yield none_of(project, "only-raw-datasets")
    elif not claiming:
        yield inapplicable("nothing-claimed", at="/datasets")
    for each in claiming:
        yield judged(project, each)


def judged(project: Project, dataset: Dataset) -> Observation:
    """What came of judging one dataset."""
    claim = "conformsTo" if "conformsTo" in dataset.value else "schema"
    at, name = dataset.at(claim), str(dataset.value[claim])
    try:
        standard = project.standard_of(dataset)
    except BeffroiError:
        return unseen("no-such-standard", at=at, dataset=dataset.name, standard=name)
    if standard is None:
        located = project.locate(name)
        return unusable(name, located.fault, at) if located.fault else unseen("no-such-standard", at=at, standard=name)
    _, said = usable_files(project, dataset)
    subjects = project.subjects_of(dataset)
    if said or not subjects:
        return said or unseen("unjudged", at=dataset.at("path"), path=dataset.name, standard=name)
    return verdict(project, dataset, subjects, standard.name if claim == "conformsTo" else name)


def verdict(project: Project, dataset: Dataset, subjects: Sequence[Subject], standard: str) -> Observation:
    """What is said of files that were judged: of the first that fails, or that nothing can be said of."""
    order = (Verdict.NOT_CONFORMANT, Verdict.CANNOT_TELL, Verdict.CONFORMANT)
    first = min(subjects, key=lambda each: order.index(each.verdict))
    failing = [each for each in subjects if each.verdict is Verdict.NOT_CONFORMANT]
    files = len([each for each in subjects if each.kind != "package"])
    advice = sum(each.counts[Level.SHOULD] for each in subjects)
    details = {
        "path": own_path(project, first.path),
        "standard": standard,
        "rows": sum(each.rows or 0 for each in subjects),
        "files": files,
        "count": sum(each.counts[Level.MUST] for each in failing),
        "rules": most(failing),
        "advice": advice,
    }
    place = {"at": dataset.at("path"), "looked": looked_at(project, first)}
    if failing:
        several = len(failing) > 1
        return contradicted("fail" if several else "fails", failing=len(failing), **place, **details)
    if first.verdict is Verdict.CANNOT_TELL:
        return unseen("unjudged", **place, **details)
    key = ("pass" if files > 1 else "passes") + ("-advised" if advice else "")
    return met(key, **place, **details)


def most(failing: Sequence[Subject]) -> str:
    """The rules that are broken most, with how often."""
    counts: Counter[str] = Counter()
    for each in failing:
        for finding in each.findings:
            if finding.level is Level.MUST:
                counts[finding.rule] += finding.count
    return ", ".join(f"{rule} × {count}" for rule, count in counts.most_common(NAMED))


VERIFIER = Verifier(run=run)
