"""Every dataset names the standard, with its version, wherever there is one for what it holds.

Looks at `conformsTo` of each dataset that is not raw: it must name a standard of the catalogue that is in force, with a
version (`trees@1`). Where none is named, the columns are looked at: data that is seen to follow a standard lacks its
name. Where the columns tell nothing, a standard of the same name as the `theme` is meant; others of that theme are only
mentioned, for a person to decide, unless the dataset has a schema of its own. `conformsTo` may also name a file, which
counts as such a schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.errors import BeffroiError, UnknownStandard
from beffroi.model.project import Observation
from beffroi.model.report import Subject
from beffroi.model.standard import Standard
from beffroi.projects.datasets import looked_at, made_datasets, none_of, own_path
from beffroi.projects.observing import contradicted, doubtful, inapplicable, lacking, met, unseen
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.verifiers import Options, Verifier
from beffroi.tables.delivery import delivered
from beffroi.tables.sources import is_table_name

NAMED = 4
"""How many standards a message names."""
NEAR = 0.3
"""From this score on, a standard is mentioned that a table may be meant to follow."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at the standard of each dataset."""
    datasets = made_datasets(project)
    if not datasets:
        yield none_of(project, "only-raw-datasets")
    for each in datasets:
        name = str(each.value.get("conformsTo", ""))
        yield unnamed(project, each) if is_own(project, name) else named(project, each, name)


def is_own(project: Project, name: str) -> bool:
    """Whether a name is that of a file of the project, or is none."""
    return not name or ("@" not in name and ("." in name or "/" in name) and project.locate(name).file is not None)


def named(project: Project, dataset: Dataset, name: str) -> Observation:
    """What is said of the standard that a dataset names."""
    place, details = {"at": dataset.at("conformsTo")}, {"dataset": dataset.name, "name": name}
    try:
        standard: Standard = project.catalogue.standard(name)
    except UnknownStandard as error:
        known = ", ".join(str(error.details.get("known", "-")).split(", ")[:NAMED])
        return contradicted("unknown", known=known, **place, **details)
    except BeffroiError as error:
        return unseen("unusable", where=own_path(project, project.shown(error.where or name)), **place, **details)
    if standard.status == "retired":
        key = "retired-replaced" if standard.replaced_by else "retired"
        return lacking(key, standard=standard.name, newer=standard.replaced_by or "", **place, **details)
    if "@" not in name:
        return lacking("without-version", standard=standard.name, **place, **details)
    other = next((each for each in project.subjects_of(dataset) if rule(each, "other-standard")), None)
    if other:
        seen = rule(other, "other-standard")["standard"]
        return doubtful("other", looked=looked_at(project, other), standard=seen, **place, **details)
    return met("named", standard=standard.name, **place, **details)


def rule(subject: Subject, wanted: str) -> dict[str, str]:
    """The details of the finding of a rule, where a file has one."""
    return next((dict(each.details) for each in subject.findings if each.rule == wanted), {})


def unnamed(project: Project, dataset: Dataset) -> Observation:
    """What is said of a dataset that names no standard of the catalogue."""
    place, details = {"at": dataset.pointer}, {"dataset": dataset.name}
    located, sure, near = recognised(project, dataset)
    if located and (sure or near):
        say, key = (lacking, "recognised") if sure else (doubtful, "near")
        return say(key, looked=project.looked(located), standard=sure or near, **place, **details)
    theme = str(dataset.value.get("theme") or project.declaration.get("/project/theme", ""))
    standards = [each for each in project.catalogue.survey().standards if each.status != "retired"]
    if meant := next((each.name for each in standards if each.id == theme), None):
        return lacking("for-theme", theme=theme, standard=meant, **place, **details)
    alike = dict.fromkeys(each.id for each in standards if theme and each.descriptor.get("theme") == theme)
    if alike and not ({"schema", "conformsTo"} & dataset.value.keys()):
        return doubtful("of-theme", theme=theme, standards=", ".join([*alike][:NAMED]), **place, **details)
    return inapplicable("none", **place, **details)


def recognised(project: Project, dataset: Dataset) -> tuple[Located | None, str, str]:
    """The first file of a dataset, the standard that it is seen to follow, and one that it has some columns of."""
    located = next((each for each in project.files_of(dataset) if each.file), None)
    if located is None or located.file is None:
        return None, "", ""
    if located.file.is_dir() or not is_table_name(located.file.name):
        found = project.subjects_of(dataset)
        sure = next((name for each in found if (name := rule(each, "standard-recognised").get("standard"))), "")
        return located, sure, ""
    return located, *guessed(project, located)


def guessed(project: Project, located: Located) -> tuple[str, str]:
    """The standard that a table is seen to follow, and the one that it has some columns of."""
    detector = project.judge.detector
    try:
        with delivered(located.file or project.folder, located.path) as taken:
            guesses = detector.guesses(taken) if detector else ()
    except BeffroiError:
        return "", ""
    if not guesses or guesses[0].score < NEAR:
        return "", ""
    name = guesses[0].standard.name
    return (name, "") if guesses[0].sure else ("", name)


VERIFIER = Verifier(run=run)
