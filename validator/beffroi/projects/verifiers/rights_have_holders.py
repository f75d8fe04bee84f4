"""It is said who owns each thing that the project makes: software, data, designs, hardware.

Looks at `project.rights`: there is a `holder` for each asset that the rest of the declaration names (`datasets` are
data, `project.software` is software, `sourceFiles` of type design are designs, `project.sensors` are hardware), and for
at least one where it names none. Whether the holder really has the rights is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/rights"


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look for the holder of each asset."""
    rights = dict(project.declaration.each(AT))
    held = {each["asset"]: each["holder"] for each in rights.values() if each.get("asset") and each.get("holder")}
    unfinished = [at for at, each in rights.items() if not (each.get("asset") and each.get("holder"))]
    missing = [each for each in assets(project) if each not in held]
    if not rights:
        yield lacking("nobody", at=AT, method=Method.DECLARED)
        return
    if unfinished:
        yield lacking("unfinished", at=unfinished[0], count=len(unfinished), method=Method.DECLARED)
    if missing:
        yield lacking("without-holder", at=AT, assets=", ".join(missing))
    if not unfinished and not missing:
        yield met("held", at=AT, holders=", ".join(f"{asset} ({holder})" for asset, holder in held.items()))


def assets(project: Project) -> Iterator[str]:
    """What the declaration says that the project makes, or has."""
    declaration = project.declaration
    if project.datasets:
        yield "data"
    if declaration.items("/project/software"):
        yield "software"
    if any(each.get("type") == "design" for each in declaration.items("/project/sourceFiles")):
        yield "design"
    if declaration.get("/project/sensors"):
        yield "hardware"


VERIFIER = Verifier(run=run)
