"""Every supplier has a contract that forbids to resell or reuse the data.

Looks at `project.suppliers` and `project.contracts`: each supplier has a contract, and each contract says
`resaleForbidden: true`. Where the text of a contract is in the project (`path`, not a PDF), it must speak of resale or
reuse at all; that is no more than a hint, so what is found is never proof of what the clause says.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.observing import doubtful, lacking, met
from beffroi.projects.papers import opened
from beffroi.projects.parties import outsiders
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/contracts"
MOST = 20
"""The most contracts whose text is looked at."""
WORDS = (
    *("resale", "resell", "sell", "reuse", "re-use", "commercial use", "commercialise", "commercialize", "monetise"),
    *("revente", "revendre", "vendre", "vente", "cession", "céder", "réutilisation", "réutiliser", "réutilise"),
    *("commercialisation", "commercialiser", "exploitation commerciale", "usage commercial", "fins commerciales"),
)
"""What a clause on resale or reuse says."""


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Look at who has a contract, and at what each contract says."""
    contracts = dict(project.declaration.each(AT))
    if not contracts:
        yield lacking("no-contract", at=AT, method=Method.DECLARED)
        return
    yield from without_contract(project)
    unsaid = [at for at, each in contracts.items() if each.get("resaleForbidden") is None]
    allowed = [at for at, each in contracts.items() if each.get("resaleForbidden") is False]
    for key, found, method in (
        ("not-said", unsaid, Method.DECLARED),
        ("resale-allowed", allowed, Method.CONSISTENT),
    ):
        if found:
            names = ", ".join(str(contracts[at].get("supplier", "?")) for at in found)
            yield lacking(key, at=found[0], suppliers=names, method=method)
    forbidding = [at for at, each in contracts.items() if each.get("resaleForbidden")]
    for at in forbidding[:MOST]:
        yield clause(project, at)
    if forbidding[MOST:]:
        yield doubtful("more-not-looked-at", at=AT, count=len(forbidding) - MOST)


def without_contract(project: Project) -> Iterator[Observation]:
    """Suppliers that no contract is with."""
    contracts = list(outsiders(project.declaration, "contracts"))
    words = {each.words for each in contracts}
    suppliers = outsiders(project.declaration, "suppliers")
    if bare := [each for each in suppliers if each.words not in words]:
        names = ", ".join(each.name for each in bare)
        yield lacking("supplier-without-contract", at=bare[0].pointer, suppliers=names)


def clause(project: Project, at: str) -> Observation:
    """What the text of a contract that is said to forbid it tells of resale."""
    contract = project.declaration.get(at)
    supplier = contract.get("supplier", "?")
    if not contract.get("path"):
        return met("declared", at=at, supplier=supplier, method=Method.DECLARED)
    found = opened(project, f"{at}/path")
    if isinstance(found, Observation):
        return found
    about = {"at": found.pointer, "looked": found.looked, "supplier": supplier, "path": found.path}
    if found.paper.paragraphs is None:
        return met("not-read", **about, method=Method.DECLARED)
    word = found.paper.first_said(WORDS)
    if word is None:
        return doubtful("not-spoken-of", **about)
    return met("spoken-of", **about, word=word, method=Method.CONSISTENT)


VERIFIER = Verifier(run=run)
