"""The flags of the project agree with the rest of its declaration.

Looks at each flag under `project.flags` that something else in the declaration speaks of: suppliers and contracts
(`supplier`), contracts for software as a service (`saas`), funders (`funded`), algorithms (`algorithm`), the answer on
personal data and datasets with it (`personalData`), public datasets (`openData`), documented interfaces (`api`); and
at the layers `event` and `sensors`, where `project.event` or `project.sensors` is there and the charter knows them.
What is declared although the flag is false contradicts it; where the flag is not answered, or true with nothing behind
it, it must be mended. Flags that nothing speaks of are taken as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from beffroi.documents import escaped
from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration, called
from beffroi.projects.observing import contradicted, lacking, met
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

FLAGS, LAYERS, PROCESSED = "/project/flags", "/project/layers", "/project/personalData/processed"
Signs = Callable[[Declaration], Iterator[str]]
"""The pointers of what, in a declaration, says that a flag is true."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Compare each flag with what speaks of it, and layers with what they need."""
    flags = project.declaration.get(FLAGS, {})
    found = [*disagreeing(project.declaration), *missing_layers(project)]
    if found:
        yield from found
    elif flags:
        yield met("agree", at=FLAGS, flags=", ".join(flags))
    else:
        yield lacking("no-flags", at=FLAGS, method=Method.DECLARED)


def disagreeing(declaration: Declaration) -> Iterator[Observation]:
    """Flags that do not agree with the rest."""
    for flag, signs in SIGNS.items():
        said, sign = declaration.flag(flag), next(signs(declaration), None)
        at = f"{FLAGS}/{escaped(flag)}"
        if sign and said is None:
            yield lacking("unanswered", at=at, flag=flag, place=called(sign))
        elif sign and not said:
            yield contradicted("denied", at=at, flag=flag, place=called(sign))
        elif said and flag == "personalData" and declaration.get(PROCESSED) is False:
            yield contradicted("answered-no", at=at, flag=flag, place=called(PROCESSED))
        elif said and not sign and flag in BACKED:
            yield lacking("nothing-behind", at=at, flag=flag, places=BACKED[flag])


def missing_layers(project: Project) -> Iterator[Observation]:
    """Layers that the declaration does not name, though it has what only they have."""
    layers = project.declaration.items(LAYERS)
    for layer in ("event", "sensors"):
        at = f"/project/{layer}"
        if project.declaration.get(at) and layer in project.charter.vocabulary.layers and layer not in layers:
            yield lacking("layer-missing", at=LAYERS, layer=layer, place=called(at))


def filled(*pointers: str) -> Signs:
    """What says that a flag is true: something stands at one of these pointers."""
    return lambda declaration: (each for each in pointers if declaration.get(each))


def items_with(pointer: str, key: str, declaration: Declaration) -> Iterator[str]:
    """The items of a list that have a key, and not as false."""
    return (f"{at}/{key}" for at, each in declaration.each(pointer) if each.get(key))


def personal(declaration: Declaration) -> Iterator[str]:
    """What says that personal data is processed."""
    if declaration.get(PROCESSED):
        yield PROCESSED
    yield from items_with("/datasets", "containsPersonalData", declaration)


def public(declaration: Declaration) -> Iterator[str]:
    """What says that data is open."""
    return (f"{at}/accessRights" for at, each in declaration.each("/datasets") if each.get("accessRights") == "public")


SIGNS: Mapping[str, Signs] = {
    "supplier": filled("/project/suppliers", "/project/contracts"),
    "saas": partial(items_with, "/project/contracts", "saas"),
    "funded": filled("/project/fundedBy"),
    "algorithm": filled("/project/algorithms"),
    "personalData": personal,
    "openData": public,
    "api": partial(items_with, "/project/software", "apiDocumentation"),
}
BACKED = {
    "supplier": "project.suppliers, project.contracts",
    "funded": "project.fundedBy",
    "algorithm": "project.algorithms",
    "personalData": "project.personalData.processed",
}
"""Flags behind which, where they are true, something must stand, and where."""
VERIFIER = Verifier(run=run)
