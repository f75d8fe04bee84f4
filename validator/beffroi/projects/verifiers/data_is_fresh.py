"""Every open dataset is as fresh as its declared frequency promises.

Looks at the newest day in the column `dateField` of the files of each open dataset, or, where no column is named, at
`modified`. From that day on, the time of `accrualPeriodicity` may pass, `tolerance` times (1.5: a monthly dataset may
be six weeks old; `continuous` and what is shorter than a day count as one day). Days to come are passed over, as they
are plans, forecasts or slips. Of what is updated never, or not regularly, nothing can be asked. A copy in the project
may be older than what the dataset's address gives, at which nobody looks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.model.standard import Field
from beffroi.periods import later, parts
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.dates import Dates, column_called, dates_in
from beffroi.projects.observing import contradicted, lacking, met, unusable
from beffroi.projects.project import Dataset, Project
from beffroi.projects.tables import Opened, claimed_standard, opened_files
from beffroi.projects.verifiers import Options, Verifier

ONE_DAY = timedelta(days=1)
SHORTEST = "P1D"
UNBOUND = {"irregular", "never"}


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the age of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        yield age(project, each, options.get("tolerance", 1.5))


def age(project: Project, dataset: Dataset, tolerance: float) -> Observation:
    """How fresh one dataset is."""
    period = dataset.value.get("accrualPeriodicity")
    details = {"dataset": dataset.name, "period": period}
    if period is None:
        return lacking("no-frequency", at=dataset.pointer, **details)
    if period in UNBOUND:
        return met("unbound", at=dataset.at("accrualPeriodicity"), method=Method.DECLARED, **details)
    if "dateField" in dataset.value:
        return by_column(project, dataset, period, tolerance)
    modified = project.declaration.day(f"{dataset.pointer}/modified")
    if modified is None:
        return lacking("no-date", at=dataset.pointer, **details)
    details |= {"newest": modified, "today": project.today}
    if modified > project.today:
        return contradicted("modified-in-future", at=dataset.at("modified"), **details)
    due = due_by(modified, period, tolerance)
    say, key = (lacking, "modified-long-ago") if project.today > due else (met, "modified-lately")
    return say(key, at=dataset.at("modified"), due=due, **details)


def by_column(project: Project, dataset: Dataset, period: str, tolerance: float) -> Observation:
    """How fresh it is by a column of its files."""
    files, said = usable_files(project, dataset)
    if said:
        return said
    column = dataset.value["dateField"]
    at = dataset.at("dateField")
    with opened_files(project, dataset, files) as tables:
        dated = [each for each in tables if column_called(each.labels, column) is not None]
        if not dated:
            problem = next((each for each in tables if each.table is None), None)
            if problem and len(tables) == 1:
                return unusable(problem.path, problem.problem, dataset.at("path"))
            looked = project.looked(files[0])
            return contradicted("no-such-column", at=at, looked=looked, dataset=dataset.name, column=column)
        found = [dates_of(project, dataset, each, column) for each in dated]
    days = [each.newest for each in found if each.newest]
    far = [each.farthest for each in found if each.farthest]
    path = dated[days.index(max(days))].path if len(days) == len(dated) else dated[0].path
    details = {"path": path, "column": column, "period": period, "today": project.today}
    looked = project.looked(next((each for each in files if each.path == path), files[0]))
    if not days and far:
        return contradicted("only-future", at=at, looked=looked, farthest=max(far), **details)
    if not days:
        return contradicted("no-dates", at=at, looked=looked, **details)
    due = due_by(max(days), period, tolerance)
    say, key = (contradicted, "stale") if project.today > due else (met, "fresh")
    return say(key, at=at, looked=looked, newest=max(days), due=due, **details)


def dates_of(project: Project, dataset: Dataset, opened: Opened, column: str) -> Dates:
    """What the column of one table says of days, up to the day after today: the world's clocks differ."""
    index = column_called(opened.labels, column)
    if opened.table is None or index is None:
        return Dates()
    return dates_in(project, opened.table, index, project.today + ONE_DAY, field_of(project, dataset, column))


def field_of(project: Project, dataset: Dataset, column: str) -> Field | None:
    """What the standard of a dataset says of a column."""
    standard = claimed_standard(project, dataset)
    schemas = [each.schema for each in standard.resources if each.schema] if standard else []
    return next((field for each in schemas for field in each.fields if field.name == column), None)


def due_by(day: date, period: str, tolerance: float) -> date:
    """The last day on which data of a day is still fresh."""
    whole = period if parts(period) else SHORTEST
    try:
        return day + timedelta(days=math.ceil((later(day, whole) - day).days * tolerance))
    except OverflowError:
        return date.max


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"tolerance": {"type": "number", "minimum": 1, "maximum": 100}},
        "additionalProperties": False,
    },
)
