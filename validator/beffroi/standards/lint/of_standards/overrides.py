"""What a standard says that it takes the place of, or asks less of, is there.

Why: a reason given for nothing hides the next real one; a standard that silently takes another's place is not loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue import called, folders_of
from beffroi.catalogue.changes import changes
from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """What a standard of our own wrongly says or does not say of others."""
    if whole.kind is Kind.OWN:
        yield from shadows(whole)
        yield from loosens(whole)


def shadows(whole: Whole) -> Iterator[Defect]:
    """`shadows` where nothing is shadowed, or none where something is."""
    target, root = whole.target, whole.target.root
    if root is None or target.older:
        return
    later = [each for base in target.catalogue.roots[root + 1 :] for each in folders_of(base)]
    hidden = [each for each in later if each.name == target.home.name]
    said = whole.document.value.get("shadows")
    if said and not hidden:
        yield whole.located(fault("standard-shadows-nothing"), "/shadows")
    elif hidden and not said:
        found = fault("standard-same-id", "other-catalogue", id=whole.standard.id, other=called(hidden[0]))
        yield whole.located(found, "/id")


def loosens(whole: Whole) -> Iterator[Defect]:
    """Entries of `loosens` for what is not asked less of."""
    given, parent = whole.document.value.get("loosens"), whole.standard.extends
    if not given or parent is None:
        return
    extended = whole.target.within.standard(f"{parent.id}@{parent.version}")
    looser = [(each.resource, each.field) for each in changes(extended, whole.standard) if each.widens]
    for index, entry in enumerate(given):
        place = (entry.get("resource"), entry.get("field"))
        if not any(covers(place, each) for each in looser):
            named = ".".join(each for each in place if each)
            yield whole.located(fault("standard-unused-loosening", place=named), f"/loosens/{index}")


def covers(place: tuple[str | None, ...], change: tuple[str | None, ...]) -> bool:
    """Whether a reason for a resource and field is one for a change of that resource and field."""
    return all(named in (None, changed) for named, changed in zip(place, change, strict=True))
