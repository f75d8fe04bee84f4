"""A date of the declaration is not longer ago than the charter allows.

Looks at the date at the option `pointer`: it must be there, past, and not longer ago than `maxAge`; its last day is in.
What was done on that day is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.project import Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the date."""
    yield dated(project, options["pointer"], options["maxAge"])


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["pointer", "maxAge"],
        "properties": {"pointer": {"type": "string", "pattern": "^/"}, "maxAge": PERIOD},
    },
)
