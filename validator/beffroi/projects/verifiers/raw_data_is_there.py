"""For every dataset that is published, the raw data that it is made from is there, in an open format and whole.

Looks at the datasets of `role: raw` that each other dataset names in `derivedFrom`. Their files must be in the project,
in one of the `formats` (any open one where none is listed), told by what they hold; as tables they must be readable,
and have together at least as many rows as what is made of them. Raw data with fewer rows, and so many more columns that
columns may have been turned into rows, is left to a person; so is raw data that is the very file that is published. A
declared `sha256` must be that of the file. Whether it is truly raw, and all of it, nobody can see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.model.charter import Method
from beffroi.model.project import Looked, Observation
from beffroi.projects.datasets import made_datasets, none_of, raw_datasets, usable_files
from beffroi.projects.formats import form_of
from beffroi.projects.observing import contradicted, doubtful, inapplicable, lacking, met, unusable
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import opened_files, rows_of
from beffroi.projects.verifiers import Options, Verifier
from beffroi.values import dataclass

OPEN = 3
"""The stars of an open format."""


@dataclass(frozen=True, kw_only=True)
class Content:
    """What a dataset holds: its files, rows and columns; no rows where a file is no table."""

    dataset: Dataset
    files: tuple[Looked, ...]
    rows: int | None
    columns: int


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the raw data, then at what is made of it."""
    raw, made = raw_datasets(project), made_datasets(project)
    if not raw:
        nothing = lacking("no-raw", at="/datasets", method=Method.DECLARED)
        yield nothing if project.datasets else none_of(project, "no-open-dataset")
        return
    found = {each.pointer: content(project, each, tuple(options.get("formats", ()))) for each in raw}
    yield from (each for each in found.values() if isinstance(each, Observation))
    for each in made:
        yield from compared(project, each, raw, found)
    if not made:
        yield inapplicable("nothing-made", at="/datasets")
        yield from (kept(each) for each in found.values() if isinstance(each, Content))


def kept(found: Content) -> Observation:
    """Raw data of which nothing is made."""
    details = {"dataset": found.dataset.name, "path": found.files[0].path}
    return met("kept", at=found.dataset.at("path"), looked=found.files[0], **details)


def content(project: Project, dataset: Dataset, formats: tuple[str, ...]) -> Content | Observation:
    """What a raw dataset holds, or what is wrong with it."""
    files, said = usable_files(project, dataset)
    if said:
        return said
    for each in files:
        if each.file and each.file.is_file():
            form = form_of(each.file)
            details = {"path": each.path, "format": form.format.upper(), "formats": ", ".join(formats)}
            place = {"at": dataset.at("path"), "looked": project.looked(each)}
            if not form.known:
                return (lacking if form.format == "empty" else doubtful)(form.format, **place, **details)
            if formats and form.format not in {name.lower() for name in formats}:
                return lacking("format-not-listed", **place, **details)
            if form.stars < OPEN and not formats:
                return lacking("format-closed", **place, **details)
    return counted(project, dataset, files)


def counted(project: Project, dataset: Dataset, files: tuple[Located, ...]) -> Content | Observation:
    """The rows and columns of a dataset, or why they cannot be counted."""
    looked = tuple(project.looked(each) for each in files)
    declared = dataset.value.get("sha256")
    if declared and len(files) == 1 and looked[0].sha256 not in {None, declared}:
        return contradicted("other-hash", at=dataset.at("sha256"), looked=looked[0], path=looked[0].path)
    with opened_files(project, dataset, files) as tables:
        if broken := next((each for each in tables if each.fault and each.fault.rule == "unreadable"), None):
            return unusable(broken.path, broken.problem, dataset.at("path"))
        there = [each for each in tables if each.table]
        columns = max((len(each.labels) for each in there), default=0)
        if not there or len(there) < len(tables):
            return Content(dataset=dataset, files=looked, rows=None, columns=columns)
        if dataset.role != "raw" or "conformsTo" in dataset.value:
            rows = sum(each.rows or 0 for each in project.subjects_of(dataset))
        else:
            rows = sum(rows_of(project, each.table) for each in there if each.table)
    return Content(dataset=dataset, files=looked, rows=rows, columns=columns)


def compared(
    project: Project, made: Dataset, raw: Sequence[Dataset], found: dict[str, Content | Observation]
) -> Iterator[Observation]:
    """What is said of one dataset beside the raw data that it is made from."""
    names = made.value.get("derivedFrom") or ()
    known = {each.value.get("name"): each for each in (*raw, *made_datasets(project))}
    place = {"at": made.at("derivedFrom")}
    if not names:
        yield lacking("origin-unsaid", dataset=made.name, raw=", ".join(each.name for each in raw[:4]), **place)
        return
    if missing := next((each for each in names if each not in known), None):
        yield contradicted("no-such-dataset", dataset=made.name, name=missing, **place)
        return
    origins = ancestors(made, known)
    if not origins:
        yield lacking("not-from-raw", dataset=made.name, **place)
        return
    contents = [each for origin in origins if isinstance(each := found[origin.pointer], Content)]
    if len(contents) == len(origins):
        yield rows_compared(project, made, contents)


def ancestors(made: Dataset, known: dict[str | None, Dataset]) -> list[Dataset]:
    """The raw datasets that one is made from, by way of others too."""
    reached: dict[str, Dataset] = {made.pointer: made}
    ahead = [made]
    while ahead:
        names = ahead.pop().value.get("derivedFrom") or ()
        further = [known[each] for each in names if each in known and known[each].pointer not in reached]
        reached |= {each.pointer: each for each in further}
        ahead += further
    return [each for each in reached.values() if each.role == "raw"]


def rows_compared(project: Project, made: Dataset, raw: Sequence[Content]) -> Observation:
    """Whether raw data has at least as many rows as what is made of it."""
    files, said = usable_files(project, made)
    place = {"at": made.at("derivedFrom"), "looked": raw[0].files[0]}
    details = {"dataset": made.name, "raw": ", ".join(each.dataset.name for each in raw)}
    if said:
        return doubtful("nothing-to-compare", **place, **details)
    ours = counted(project, made, files)
    rows = [each.rows for each in raw if each.rows is not None]
    if isinstance(ours, Observation):
        return ours
    if ours.rows is None or len(rows) < len(raw):
        return doubtful("not-counted", **place, **details)
    details |= {"rows": str(ours.rows), "raw_rows": str(sum(rows)), "path": raw[0].files[0].path}
    if {each.sha256 for each in ours.files} & {file.sha256 for each in raw for file in each.files} - {None}:
        return doubtful("same-file", **place, **details)
    if sum(rows) >= ours.rows:
        return met("whole", **place, **details)
    further = max(each.columns for each in raw) - ours.columns + 1
    if further > 1 and sum(rows) * further >= ours.rows:
        return doubtful("fewer-rows-more-columns", **place, **details)
    return contradicted("fewer-rows", **place, **details)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {"formats": {"type": "array", "items": {"type": "string", "minLength": 1}}},
        "additionalProperties": False,
    },
)
