"""What the project runs on is hosted in countries that the city allows.

Looks at the `country` of each entry of `project.hosting`: it must be in the option `countries` (ISO 3166-1 alpha-2).
Where the machines really stand, and by which law their operator is bound, is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/hosting"


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look up the country of each host."""
    hosts, allowed = dict(project.declaration.each(AT)), options["countries"]
    unsaid = [at for at, each in hosts.items() if not each.get("country")]
    abroad = [at for at, each in hosts.items() if each.get("country") and each["country"] not in allowed]
    if not hosts:
        yield lacking("no-host", at=AT, method=Method.DECLARED)
    if unsaid:
        yield lacking("no-country", at=unsaid[0], hosts=told(hosts, unsaid), method=Method.DECLARED)
    if abroad:
        yield lacking("not-allowed", at=abroad[0], hosts=told(hosts, abroad), allowed=", ".join(allowed))
    if hosts and not unsaid and not abroad:
        yield met("allowed", at=AT, hosts=told(hosts, list(hosts)))


def told(hosts: Mapping[str, Any], which: list[str]) -> str:
    """Some hosts, each with its country."""
    names = ((hosts[at].get("operator", "?"), hosts[at].get("country", "?")) for at in which)
    return ", ".join(dict.fromkeys(f"{operator} ({country})" for operator, country in names))


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["countries"],
        "properties": {"countries": {"type": "array", "minItems": 1, "items": {"type": "string"}}},
    },
)
