"""Every open dataset is in an open, machine-readable format, whatever its name says.

Looks into the files of each open dataset and tells the format by what they hold, not by their suffix; of a zip, by what
it holds. From the format follow the stars of the five-star scheme (https://5stardata.info): 1 for a PDF or a picture, 2
for a workbook of one vendor's program (XLSX), 3 for CSV, ODS, JSON, GeoPackage and other open formats, 4 where a column
or RDF identifies things by web addresses, 5 where these lead to others' data as well. `stars` are needed; `formats`
names further formats that the city takes. A file whose name promises another format contradicts itself. What is on the
web only is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beffroi.model.project import Observation
from beffroi.projects.datasets import none_of, open_datasets, usable_files
from beffroi.projects.formats import Form, belies, form_of, suffix
from beffroi.projects.linking import linked_stars
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.verifiers import Options, Verifier

MOST = 1000
"""The most files of a folder that are looked at."""
EXPLAINING = {"text", "html", "pdf", "image", "docx", "odt"}
"""What stands beside the data of a folder, and is none."""
OPEN = 3
"""The stars from which on it is worth looking for links."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look into the files of each open dataset."""
    datasets = open_datasets(project)
    if not datasets:
        yield none_of(project, "no-open-dataset")
    for each in datasets:
        files, said = usable_files(project, each)
        yield said or worst(project, each, files, options)


def worst(project: Project, dataset: Dataset, files: tuple[Located, ...], options: Options) -> Observation:
    """What is said of the file that is least open, or that is not what it is called."""
    taken = set(options.get("formats", ()))
    found = [each for file in files for each in forms_of(project, file)]
    if not found:
        return lacking("empty", at=dataset.at("path"), path=files[0].path)
    lying = next((each for each in found if each[1].known and belies(each[0].path, each[1])), None)
    located, form = lying or min(found, key=lambda each: (each[1].known, each[1].format in taken, each[1].stars))
    stars = linked_stars(project, dataset, files, form) if form.stars >= OPEN and not lying else form.stars
    least = options.get("stars", OPEN)
    details = {"path": located.path, "format": form.format.upper(), "stars": stars, "least": least}
    place = {"at": dataset.at("path"), "looked": project.looked(located)}
    if lying:
        return contradicted("belied", promised=suffix(located.path).upper(), **place, **details)
    if not form.known:
        return (lacking if form.format == "empty" else doubtful)(form.format, **place, **details)
    if stars >= least or form.format in taken:
        return met("open", **place, **details)
    return lacking("closed" if form.stars < OPEN else "too-few-stars", **place, **details)


def forms_of(project: Project, located: Located) -> Iterator[tuple[Located, Form]]:
    """The form of a file, or of the files in a folder that are data."""
    if located.file is None:
        return
    if located.file.is_file() and located.file.name not in {"datapackage.json", "datapackage.yaml", "datapackage.yml"}:
        yield located, form_of(located.file)
        return
    folder = located.file if located.file.is_dir() else located.file.parent
    found = [(each, form_of(each.file)) for each in within(project, folder) if each.file]
    data = [each for each in found if each[1].format not in EXPLAINING]
    yield from data or found


def within(project: Project, folder: Path) -> Iterator[Located]:
    """The files of a folder, but for the descriptors of data packages and what is hidden."""
    from beffroi.deliveries import contents_of
    from beffroi.packages.descriptor import find_descriptor

    contents = contents_of(folder)
    files = (*contents.tables, *contents.maybe, *contents.others)
    if find_descriptor(folder):
        files = tuple(each for each in sorted(folder.rglob("*")) if each.is_file() and each.parent.name[:1] != ".")
    for each in [each for each in files if not each.name.startswith((".", "datapackage."))][:MOST]:
        yield project.locate(each.relative_to(project.folder).as_posix())


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "properties": {
            "stars": {"type": "integer", "minimum": 1, "maximum": 5},
            "formats": {"type": "array", "items": {"type": "string", "minLength": 1}},
        },
        "additionalProperties": False,
    },
)
