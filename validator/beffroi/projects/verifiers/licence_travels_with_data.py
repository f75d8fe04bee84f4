"""The licence travels with every open dataset, and is the one that is declared.

Looks beside the files of each open dataset for what whoever downloads them will read: the licences that its data
package names, a licence file (`LICENSE`, `LICENCE.txt`, `LICENSES/…`, `trees.csv.license`) in its folder or one above
it, and at last a read-me file. Texts are recognised by their wording. One that agrees with the declared `license`
suffices; where none does, one that is another licence contradicts it, unless it is that of software and stands at the
top of the repository. A licence inside a PDF or a picture is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path, PurePosixPath

from beffroi.model.licences import Answer, Domain
from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.describing import described
from beffroi.projects.licensing import Stated, in_package, listed, stated
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.verifiers import Options, Verifier

LICENCE = re.compile(r"((data|donnees)[-_.])?(licen[cs]e|licencia|lizenz|copying)([-_. ].*)?", re.IGNORECASE)
README = re.compile(r"(read[-_]?me|lisez[-_]?moi)(\..*)?", re.IGNORECASE)
FOLDERS = ("LICENSES", "LICENCES")
MOST = 20
"""The most licence files that are looked at in one folder."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look beside the files of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        files, said = usable_files(project, each)
        yield said or beside(project, each, files)


def beside(project: Project, dataset: Dataset, files: tuple[Located, ...]) -> Observation:
    """What is found beside one dataset."""
    package = described(project, dataset)
    declared = stated(project, dataset, package)
    name = {"dataset": dataset.name}
    if declared is None or not declared.answer.possible:
        return lacking("undeclared", at=dataset.at("license"), **name)
    named = in_package(project, dataset, package) if package else None
    if named and named.answer.possible:
        return compared(declared, [named], dataset)
    first = PurePosixPath(files[0].path)
    folders = [first, *first.parents] if files[0].file and files[0].file.is_dir() else list(first.parents)
    unread = None
    for folder in folders:
        found = [each for each in licences_in(project, folder, first, LICENCE) if counts(each, folder, project)]
        if known := [each for each in found if each.answer.possible]:
            return compared(declared, known, dataset)
        unread = unread or next(iter(found), None)
    told = chain.from_iterable(licences_in(project, folder, first, README) for folder in folders)
    if agreeing := next((each for each in told if agrees(declared.answer, each.answer)), None):
        return compared(declared, [agreeing], dataset)
    if unread and unread.looked:
        return doubtful("unrecognised", at=declared.pointer, looked=unread.looked, path=unread.looked.path, **name)
    return lacking("alone", at=declared.pointer, licence=listed(declared.answer.possible), **name)


def compared(declared: Stated, found: list[Stated], dataset: Dataset) -> Observation:
    """The declared licence beside those that were found."""
    agreeing = next((each for each in found if agrees(declared.answer, each.answer)), None)
    shown = agreeing or found[0]
    details = {
        "dataset": dataset.name,
        "path": shown.looked.path if shown.looked else "",
        "found": listed(shown.answer.possible),
        "declared": listed(declared.answer.possible),
    }
    key, say = ("travels", met) if agreeing else ("contradicts", contradicted)
    return say(key, at=declared.pointer, looked=shown.looked, **details)


def agrees(declared: Answer, found: Answer) -> bool:
    """Whether what was found can only be what is declared, or the other way round."""
    if found.id is not None:
        return found.id in declared.possible
    return declared.id is not None and declared.id in found.possible


def counts(found: Stated, folder: PurePosixPath, project: Project) -> bool:
    """Whether a licence can be that of data: at the top of a repository, one of software speaks of the code."""
    if folder != PurePosixPath() or not found.answer.possible:
        return True
    domains = {each for name in found.answer.possible for each in project.register.licences[name].domains}
    return bool(domains & {Domain.DATA, Domain.CONTENT})


def licences_in(
    project: Project, folder: PurePosixPath, data: PurePosixPath, called: re.Pattern[str]
) -> Iterator[Stated]:
    """The licences that files of a folder are, or speak of."""
    from beffroi.licences.recognising import licence_of_file

    for path in sorted(files_in(project.folder / folder, data, called))[:MOST]:
        located = project.locate(path.relative_to(project.folder).as_posix())
        if located.file and located.file.is_file():
            answer = licence_of_file(located.file, project.register)
            yield Stated(text=located.path, answer=answer, pointer="", looked=project.looked(located))


def files_in(folder: Path, data: PurePosixPath, called: re.Pattern[str]) -> Iterator[Path]:
    """The files of a folder that are called so; beside data, also the one named after it."""
    try:
        here = list(folder.iterdir())
        inner = [each for name in FOLDERS if called is LICENCE for each in (folder / name).glob("*.*")]
    except OSError:
        return
    yield from inner
    for each in here:
        if called.fullmatch(each.name) or (called is LICENCE and each.name == f"{data.name}.license"):
            yield each


VERIFIER = Verifier(run=run)
