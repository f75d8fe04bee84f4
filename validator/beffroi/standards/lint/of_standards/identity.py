"""A standard of our own has the id and the version that its folder is called by.

Why: the folder is how a catalogue finds it, and the id is what a delivery says that it follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole


def defects(whole: Whole) -> Iterator[Defect]:
    """An id or a version that the folder contradicts."""
    if whole.kind is not Kind.OWN:
        return
    target, standard = whole.target, whole.standard
    home, folder = target.home.resolve().name, target.folder.resolve().name
    if standard.id != home:
        yield whole.located(fault("standard-other-name", "id", found=standard.id, name=home), "/id")
    if target.older and standard.version != folder:
        yield whole.located(fault("standard-other-name", "version", found=standard.version, name=folder), "/version")
