"""The project can be used in each of the languages of the city.

Looks at `project.languages`: each language of the option `languages` is among them, in whatever region or script
(`fr-CA` is French). The texts themselves are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/languages"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look for each language."""
    spoken = project.declaration.items(AT)
    missing = [each for each in options["languages"] if primary(each) not in map(primary, spoken)]
    if not spoken:
        yield lacking("not-said", at=AT, wanted=", ".join(options["languages"]), method=Method.DECLARED)
    elif missing:
        yield lacking("missing", at=AT, missing=", ".join(missing), spoken=", ".join(spoken))
    else:
        yield met("spoken", at=AT, spoken=", ".join(spoken))


def primary(tag: str) -> str:
    """The language of a language tag (BCP 47), without region and script."""
    return tag.partition("-")[0].lower()


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["languages"],
        "properties": {"languages": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
)
