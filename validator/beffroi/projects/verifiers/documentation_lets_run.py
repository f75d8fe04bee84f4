"""The documentation of the software lets somebody else install and run it, and may be used by anybody.

Looks at what `project.software[].documentation` names (a file, or a folder of them), or at README beside it: that it
has so many words, that a heading in English or French speaks of installing, running or deploying, and that something
stands below it; and whether a policy of the register accepts `documentationLicense`. Of a folder, the first 50 texts
count. Whether the steps work is not tried; what is on the web, or in a PDF, is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from beffroi.model.charter import Method
from beffroi.model.faults import Fault, reason
from beffroi.model.project import Observation
from beffroi.projects.licensing import listed
from beffroi.projects.observing import lacking, met, unseen, unusable
from beffroi.projects.papers import Paper, paper
from beffroi.projects.policies import accepted_ids, is_among
from beffroi.projects.project import Located, Project
from beffroi.projects.software import Software, beside, none_of, own_software
from beffroi.projects.verifiers import Options, Verifier

NAMES = ("README", "LISEZMOI", "LISEZ-MOI", "INSTALL")
TEXTS = {".md", ".markdown", ".txt", ".rst", ".adoc", ".html", ".htm", ".odt", ".docx"}
IN_FOLDER = 50
RUNNING = (
    *("install", "installing", "installation", "setup", "set up", "run", "running", "usage", "use", "using", "start"),
    *("starting", "getting started", "quick start", "quickstart", "deploy", "deploying", "deployment", "build"),
    *("installer", "mise en place", "mise en route", "exécuter", "exécution", "lancer", "lancement", "démarrer"),
    *("démarrage", "prise en main", "utiliser", "utilisation", "déployer", "déploiement", "mise en service"),
)
"""What headings say under which one reads how to get it to work."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the documentation of each piece of the project's own software."""
    own = own_software(project)
    accepted = accepted_ids([options["policy"]], project.register)
    if not own:
        yield none_of(project)
    for each in own:
        yield documented(project, each, options["words"])
        yield licensed(project, each, accepted)


def documented(project: Project, software: Software, least: int) -> Observation:
    """Whether there is enough to read of how it is installed and run."""
    named = software.value.get("documentation")
    located = project.locate(named) if named else beside(project, software, NAMES)
    at = software.at("documentation")
    if located is None:
        return lacking("none", at=at, software=software.name, method=Method.DECLARED)
    if located.file is None:
        return unusable(located.path, located.fault or reason("missing-file"), at)
    papers = [paper(project, each) for each in texts_of(project, located)]
    fault = next((each for each in papers if isinstance(each, Fault)), None)
    read = [each for each in papers if isinstance(each, Paper) and each.paragraphs is not None]
    if not read and fault:
        return unusable(located.path, fault, at)
    looked = project.looked(located)
    if papers and not read:
        return unseen("not-read", at=at, looked=looked, software=software.name, path=located.path)
    return judged(read, least, {"at": at, "looked": looked, "software": software.name, "path": located.path})


def texts_of(project: Project, located: Located) -> list[Located]:
    """The texts of a folder, or the one file."""
    if located.file and located.file.is_file():
        return [located]
    start = f"{located.path.removeprefix('./').rstrip('/')}/"
    inside = (each for each in project.contents.files if each.startswith(start))
    return [project.locate(each) for each in inside if PurePosixPath(each).suffix.lower() in TEXTS][:IN_FOLDER]


def judged(papers: list[Paper], least: int, said: dict[str, object]) -> Observation:
    """What is said of the documents that were read."""
    words = sum(each.words for each in papers)
    below = [found for each in papers if (found := each.below(RUNNING)) is not None]
    if words < least:
        return lacking("too-short", words=words, least=least, **said)
    if not below:
        return lacking("no-heading", words=words, **said)
    if not max(below):
        return lacking("nothing-below", words=words, **said)
    return met("documented", words=words, **said)


def licensed(project: Project, software: Software, accepted: tuple[str, ...]) -> Observation:
    """Whether the documentation may be used by anybody."""
    licence = software.value.get("documentationLicense")
    at, said = software.at("documentationLicense"), {"software": software.name}
    if not licence:
        return lacking("no-licence", at=at, method=Method.DECLARED, **said)
    if not is_among(licence, accepted, project.register):
        return lacking("licence-not-accepted", at=at, licence=licence, accepted=listed(accepted), **said)
    return met("licensed", at=at, licence=licence, **said)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "required": ["policy", "words"],
        "additionalProperties": False,
        "properties": {
            "policy": {"type": "string", "minLength": 1, "description": "a policy of the register of licences"},
            "words": {"type": "integer", "minimum": 1, "description": "how many words it has at least"},
        },
    },
)
