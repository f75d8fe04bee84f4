"""The way from raw data to what is published is written down, as a script or a document.

Looks at `processing` of each dataset that is made from others (`derivedFrom`), or that stands beside raw data: it must
name a file or a folder of the project, with more in it than a few words. That the script truly makes the data, nobody
tries: nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from beffroi.model.charter import Method
from beffroi.model.faults import Fault
from beffroi.model.project import Observation
from beffroi.projects.datasets import made_datasets, none_of, raw_datasets
from beffroi.projects.observing import contradicted, inapplicable, lacking, met, unseen, unusable
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.verifiers import Options, Verifier

LEAST = 20
"""The fewest words of a script or a document."""
MOST = 200
"""The most files of a folder that are looked at."""
WORD = re.compile(r"\w+")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at how each dataset is made."""
    made = made_datasets(project)
    asked = [each for each in made if {"derivedFrom", "processing"} & each.value.keys() or raw_datasets(project)]
    if not made:
        yield none_of(project, "only-raw-datasets")
    elif not asked:
        yield inapplicable("nothing-processed", at="/datasets")
    for each in asked:
        yield processing(project, each)


def processing(project: Project, dataset: Dataset) -> Observation:
    """What is said of how one dataset is made."""
    given, at = dataset.value.get("processing"), dataset.at("processing")
    if not given:
        return lacking("undocumented", at=at, dataset=dataset.name, method=Method.DECLARED)
    located = project.locate(given)
    if located.fault and located.fault.rule == "remote-path":
        return unseen("remote-path", at=at, path=given)
    if located.file is None and (" " in given.strip() or "\n" in given):
        return lacking("only-words", at=at, dataset=dataset.name)
    if located.file is None and located.fault:
        return unusable(given, located.fault, at)
    return document(project, dataset, located, at)


def document(project: Project, dataset: Dataset, located: Located, at: str) -> Observation:
    """What is in the file or folder that is named."""
    texts = [project.text(each) for each in files_of(project, located)]
    words = sum(len(WORD.findall(each)) for each in texts if isinstance(each, str))
    unread = next((each for each in texts if isinstance(each, Fault)), None)
    place = {"at": at, "looked": project.looked(located)}
    if words >= LEAST:
        return met("documented", dataset=dataset.name, path=located.path, words=words, **place)
    if unread:
        return unusable(located.path, unread, at)
    return contradicted("too-short", dataset=dataset.name, path=located.path, words=words, least=LEAST, **place)


def files_of(project: Project, located: Located) -> Iterator[Located]:
    """The file, or the files of the folder."""
    if located.file and located.file.is_dir():
        for each in islice(sorted(visible(located.file)), MOST):
            yield project.locate(each.relative_to(project.folder).as_posix())
    else:
        yield located


def visible(folder: Path) -> Iterator[Path]:
    """The files of a folder that are not hidden."""
    return (each for each in folder.iterdir() if each.is_file() and not each.name.startswith("."))


VERIFIER = Verifier(run=run)
