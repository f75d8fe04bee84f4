"""The sensors of the project are inventoried: where they are, what for, whose, and how long data is kept.

Reads the table that `project.sensors.inventory` names, and judges it against `standard`, as `beffroi check` does. It
must hold a sensor at least, and every sensor from which a dataset of the project has measurements (a column `sensor_id`
in both). Whether all sensors in the streets are in it, only a person can see.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from beffroi.errors import BeffroiError
from beffroi.model.levels import Level, Verdict
from beffroi.model.project import Observation
from beffroi.model.report import Subject
from beffroi.projects.datasets import looked_at
from beffroi.projects.dates import column_called
from beffroi.projects.naming import few
from beffroi.projects.observing import contradicted, lacking, met, unseen, unusable
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import column_texts, each_batch, opened_files
from beffroi.projects.verifiers import Options, Verifier

if TYPE_CHECKING:
    from beffroi.tables.batches import Batch

PLACE = "/project/sensors"
IDENTIFIER = "sensor_id"
MOST = 1_000_000
"""The most different sensors that are told apart."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Judge the inventory, and look for sensors that are not in it. Raises `BeffroiError` for an unknown standard."""
    path = project.declaration.get(f"{PLACE}/inventory")
    if not path:
        yield lacking("not-inventoried", at=PLACE, standard=options["standard"])
        return
    located, at = project.locate(path), f"{PLACE}/inventory"
    if located.fault:
        yield unusable(path, located.fault, at)
        return
    standard = project.catalogue.standard(options["standard"])
    claimed = project.declaration.get(f"{PLACE}/conformsTo")
    if claimed and claimed.partition("@")[0] != standard.id:
        yield lacking("other-standard", at=f"{PLACE}/conformsTo", claimed=claimed, standard=standard.name)
    inventory = Dataset(pointer=PLACE, value={"name": path, "path": path, "conformsTo": options["standard"]})
    subjects = project.subjects_of(inventory)
    if not subjects:
        yield unseen("unjudged", at=at, path=path, standard=standard.name)
        return
    yield judged(project, subjects, standard.name, path)
    yield from left_out(project, inventory, located)


def judged(project: Project, subjects: tuple[Subject, ...], standard: str, path: str) -> Observation:
    """What came of judging the inventory."""
    failing = [each for each in subjects if each.verdict is Verdict.NOT_CONFORMANT]
    rows = sum(each.rows or 0 for each in subjects)
    place = {"at": f"{PLACE}/inventory", "looked": looked_at(project, (failing or list(subjects))[0])}
    details = {"path": path, "standard": standard, "rows": rows}
    if failing:
        rules = [each.rule for one in failing for each in one.findings if each.level is Level.MUST]
        count = sum(each.counts[Level.MUST] for each in failing)
        return contradicted("fails", count=count, rules=few(rules), **place, **details)
    if any(each.verdict is Verdict.CANNOT_TELL for each in subjects):
        return unseen("unjudged", **place, **details)
    if not rows:
        return contradicted("no-sensor", **place, **details)
    return met("inventoried", **place, **details)


def left_out(project: Project, inventory: Dataset, located: Located) -> Iterator[Observation]:
    """Datasets that hold measurements of sensors which the inventory does not have."""
    known = sensors_of(project, inventory, (located,))
    for each in project.datasets if known else ():
        files = tuple(file for file in each_file(project, each) if file.file and file.file != located.file)
        if missing := sorted(sensors_of(project, each, files) - known):
            details = {"dataset": each.name, "sensors": few(missing), "count": len(missing), "path": located.path}
            yield contradicted("left-out", at=each.at("path"), looked=project.looked(files[0]), **details)


def each_file(project: Project, dataset: Dataset) -> tuple[Located, ...]:
    """The files of a dataset, if any."""
    return project.files_of(dataset) if "path" in dataset.value else ()


def sensors_of(project: Project, dataset: Dataset, files: tuple[Located, ...]) -> set[str]:
    """The sensors that the files of a dataset name."""
    found: set[str] = set()
    try:
        with opened_files(project, dataset, files) as tables:
            for each in tables:
                index = column_called(each.labels, IDENTIFIER)
                if each.table is None or index is None:
                    continue
                for _, texts in each_batch(project, each.table, partial(distinct, index=index)):
                    found |= texts
                    if len(found) > MOST:
                        return set()
    except BeffroiError:
        return set()
    return found


def distinct(batch: Batch, index: int) -> set[str]:
    """The different texts of a column."""
    from beffroi.tables.arrays import pc

    return set(pc.unique(pc.utf8_trim_whitespace(column_texts(batch, index))).to_pylist())


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"standard": {"type": "string", "minLength": 1}},
        "required": ["standard"],
        "additionalProperties": False,
    },
)
