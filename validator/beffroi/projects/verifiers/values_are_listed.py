"""What the declaration says at a place is on the list of the charter.

Looks at the value, or the list of values, at the option `pointer`: each must be one of the option `values`; an empty
list of values takes any. Of a mapping, the texts in it are looked at. That the project really serves what it names is
not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import called
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look up each value."""
    at, known = options["pointer"], [str(each) for each in options["values"]]
    values = dict(values_at(project, at))
    strange = [pointer for pointer, value in values.items() if known and value not in known]
    place, expected = called(at), ", ".join(known)
    if not values:
        key, method = ("nothing-of-list" if known else "nothing-said"), Method.DECLARED
        yield lacking(key, at=at, place=place, expected=expected, method=method)
    elif strange:
        names = ", ".join(dict.fromkeys(values[each] for each in strange))
        yield lacking("not-listed", at=strange[0], place=place, values=names, expected=expected)
    else:
        key, method = ("listed", Method.CONSISTENT) if known else ("said", Method.DECLARED)
        yield met(key, at=at, place=place, values=", ".join(dict.fromkeys(values.values())), method=method)


def values_at(project: Project, at: str) -> Iterator[tuple[str, str]]:
    """The values at a pointer as texts, each with its own pointer."""
    found = project.declaration.get(at)
    items: Any = [(at, found)]
    if isinstance(found, list):
        items = project.declaration.each(at)
    elif isinstance(found, dict):
        items = ((f"{at}/{key}", each) for key, each in found.items())
    yield from ((pointer, str(each)) for pointer, each in items if isinstance(each, str | int | float))


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["pointer", "values"],
        "properties": {
            "pointer": {"type": "string", "pattern": "^/"},
            "values": {"type": "array", "items": {"type": ["string", "integer"]}},
        },
    },
)
