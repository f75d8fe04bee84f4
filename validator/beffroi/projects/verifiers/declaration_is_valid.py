"""The declaration has the form that it must have, and names the charter with its version.

Looks at `beffroi.yaml` as a whole: every value has the right form, no key stands twice, and `charter` names a version
(`municipal@1`) or a folder of the project. Keys that are not known are told, and are no fault.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import NAME, called
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

ADVICE = "declaration-unknown-key"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at its form, and at the charter."""
    found = [*wrong_form(project), *unnamed(project)]
    yield from found or [valid(project)]


def wrong_form(project: Project) -> Iterator[Observation]:
    """The first place that has not the right form, and how many there are."""
    defects = [each for each in project.declaration.defects if each.fault.rule != ADVICE]
    if defects:
        first, looked = defects[0], project.looked(project.locate(NAME))
        about = {"at": first.pointer, "looked": looked, "line": first.line}
        yield lacking("wrong-form", **about, count=len(defects), place=called(first.pointer))


def unnamed(project: Project) -> Iterator[Observation]:
    """That no charter is named, or not its version."""
    charter = project.declaration.get("/charter")
    if not charter:
        yield lacking("no-charter", at="/charter", method=Method.DECLARED)
    elif "@" not in charter and "/" not in charter:
        yield lacking("no-version", at="/charter", charter=charter, method=Method.DECLARED)


def valid(project: Project) -> Observation:
    """That it has the right form, with the keys that are not known."""
    unknown = [called(each.pointer) for each in project.declaration.defects]
    looked, charter = project.looked(project.locate(NAME)), project.declaration.get("/charter")
    key = "valid-with-unknown-keys" if unknown else "valid"
    return met(key, at="", looked=looked, charter=charter, keys=", ".join(unknown))


VERIFIER = Verifier(run=run)
