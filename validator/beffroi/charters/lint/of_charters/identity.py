"""A charter is called by its id, and each of its versions by its own; nothing beside it is silently passed over.

Why: projects name the charter that they answer to by id and version.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from beffroi.catalogue import version_key
from beffroi.catalogue.charters import VERSIONS, home_of
from beffroi.catalogue.charters.writing import FILE, REQUIREMENTS
from beffroi.charters.lint.seen import Whole
from beffroi.charters.lint.targets import written_version
from beffroi.model.faults import Defect, fault


def defects(whole: Whole) -> Iterator[Defect]:
    """Names that differ, versions out of order, and files that nobody reads."""
    identifier, version = whole.value["id"], whole.value["version"]
    if identifier != whole.target.name:
        yield whole.located(fault("charter-other-id", found=identifier, name=whole.target.name), "/id")
    if whole.target.older:
        name = whole.target.folder.absolute().name
        if name != version:
            yield whole.located(fault("charter-version", "folder", found=version, version=name), "/version")
    else:
        yield from newer(whole, version)
    yield from passed_over(whole)


def newer(whole: Whole, version: str) -> Iterator[Defect]:
    """Versions kept beside it that are not older."""
    for folder in versions_beside(whole):
        kept = written_version(folder / FILE) or folder.name
        if version_key(kept) >= version_key(version):
            yield whole.located(fault("charter-version", "not-older", found=kept, version=version), "/version")


def versions_beside(whole: Whole) -> list[Path]:
    """The folders of the older versions of a charter."""
    if whole.target.file.name != FILE:
        return []
    home = home_of(whole.target.file.absolute())
    return sorted(each for each in home.glob(f"{VERSIONS}/*") if each.is_dir())


def passed_over(whole: Whole) -> Iterator[Defect]:
    """Files among the requirements that are not read as such."""
    folder = whole.target.folder / REQUIREMENTS
    read = set(whole.target.requirement_files())
    for each in sorted(folder.iterdir()) if folder.is_dir() and whole.target.file.name == FILE else ():
        if each not in read and not each.name.startswith("."):
            name = each.relative_to(whole.target.folder).as_posix()
            yield Defect(fault=fault("charter-ignored-file", name=name), file=name)
