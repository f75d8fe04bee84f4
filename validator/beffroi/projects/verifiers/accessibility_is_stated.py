"""There is an accessibility statement that says how far the service conforms, after an audit that is recent.

Looks at `project.accessibility`: `conformance`; the `statement`, which, where it is a file and no PDF, must say the
same as `conformance` in words (“partially compliant”, « partiellement conforme »); for full or partial conformance the
`auditDate`, past and not longer ago than `maxAge`; for partial conformance a `rate` of at least `least` percent, below
which the French rules (RGAA 4, 5.2) speak of no conformance. A statement on the web is not looked at. Nor is the
service itself: whether it is accessible is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Looked, Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.observing import contradicted, doubtful, lacking, met
from beffroi.projects.papers import Opened, opened
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/accessibility"
SAYINGS = {
    "partial": (
        *("partially compliant", "partially conformant", "partially conforms", "partly compliant"),
        *("partiellement conforme", "conformité partielle", "partiellement accessible"),
    ),
    "none": (
        *("not compliant", "non-compliant", "not conformant", "non-conformant", "does not conform"),
        *("est non conforme", "n’est pas conforme", "est non-conforme", "non conforme avec", "non conforme au"),
    ),
    "full": (
        *("fully compliant", "fully conformant", "fully conforms"),
        *("totalement conforme", "conformité totale", "pleinement conforme", "entièrement conforme"),
    ),
}
"""How statements say each conformance."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at the statement, the rate and the audit."""
    said = project.declaration.get(AT, {})
    state = said.get("conformance")
    if not state:
        yield lacking("not-stated", at=AT, method=Method.DECLARED)
        return
    stated = statement(project, state)
    yield stated
    yield from wrong_rate(state, said.get("rate"), options["least"])
    if state != "none":
        yield audit(project, options, stated.looked)


def audit(project: Project, options: Options, looked: Looked | None) -> Observation:
    """Look at when it was audited."""
    return dated(project, f"{AT}/auditDate", options.get("maxAge"), looked)


def statement(project: Project, state: str) -> Observation:
    """Look at the statement."""
    at = f"{AT}/statement"
    path = project.declaration.get(at)
    if not path:
        return lacking("no-statement", at=at, method=Method.DECLARED)
    if "://" in path:
        return met("on-the-web", at=at, address=path, state=state, method=Method.DECLARED)
    found = opened(project, at)
    return found if isinstance(found, Observation) else compared(found, state)


def compared(found: Opened, state: str) -> Observation:
    """Compare what a statement says with what is declared."""
    about = {"at": found.pointer, "looked": found.looked, "path": found.path, "state": state}
    sayings = {each: found.paper.first_said(phrases) for each, phrases in SAYINGS.items()}
    others = [saying for saying in sayings.values() if saying]
    if found.paper.paragraphs is None:
        return doubtful("not-looked-into", **about)
    if sayings[state]:
        return met("stated", **about, saying=sayings[state])
    return (
        contradicted("stated-otherwise", **about, saying=others[0]) if others else doubtful("state-not-found", **about)
    )


def wrong_rate(state: str, rate: float | None, least: float) -> Iterator[Observation]:
    """Look at whether the rate is one of that conformance."""
    at = f"{AT}/rate"
    if state == "partial" and rate is None:
        yield lacking("no-rate", at=at, method=Method.DECLARED)
    elif state == "partial" and rate is not None and rate < least:
        yield contradicted("less-than-partial", at=at, rate=rate, least=least)
    elif state == "full" and rate is not None and rate < 100:
        yield contradicted("less-than-full", at=at, rate=rate)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["least"],
        "properties": {"maxAge": PERIOD, "least": {"type": "number", "minimum": 0, "maximum": 100}},
    },
)
