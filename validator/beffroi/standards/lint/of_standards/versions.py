"""A standard has a semantic version, the same wherever it is written, and a changelog.

Why: a delivery is judged by the version that it names; two versions under one name give two verdicts on one file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.seen import Kind, Whole
from beffroi.standards.lint.targets import Target

SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")
"""https://semver.org/, but for the zeros that it does not allow in front."""
IN_AN_ADDRESS = re.compile(r"/v?(\d+\.\d+\.\d+)(?=/|$)")
ENTRY = re.compile(r"^##?\s+(?:[Vv]ersion\s+)?\[?v?(\d+\.\d+\.\d+[^\s\]]*)", re.MULTILINE)
CHANGELOG = "CHANGELOG.md"
LARGEST = 16 * 1024**2


def defects(whole: Whole) -> Iterator[Defect]:
    """What is wrong with the version of a standard, and with what tells of its versions."""
    version = whole.standard.version
    if whole.kind is Kind.PROFILE:
        return
    if version is None:
        yield whole.located(fault("standard-no-version"))
        return
    yield from form(whole, version)
    if SEMANTIC.fullmatch(bare(version)):
        yield from addresses(whole, bare(version))
        yield from folder(whole, bare(version))
        yield from changelog(whole, bare(version))


def bare(version: str) -> str:
    """A version without the `v` that is tolerated before it."""
    return version.removeprefix("v")


def form(whole: Whole, version: str) -> Iterator[Defect]:
    """A version that is not semantic, or that has a `v` before it."""
    if SEMANTIC.fullmatch(version):
        return
    if SEMANTIC.fullmatch(bare(version)):
        yield whole.located(fault("standard-version-form", "with-v", version=version), "/version")
    else:
        yield whole.located(fault("standard-version-form", version=version), "/version")


def addresses(whole: Whole, version: str) -> Iterator[Defect]:
    """Addresses that lead to another version, told once for each."""
    others: dict[str, str] = {}
    for pointer, address in addresses_in(whole.document.value):
        found = IN_AN_ADDRESS.findall(address)
        if found and version not in found:
            others.setdefault(found[-1], pointer)
    for other, pointer in others.items():
        yield whole.located(fault("standard-other-version", "address", version=version, found=other), pointer)


def addresses_in(value: Any) -> Iterator[tuple[str, str]]:
    """The addresses of a schema and of its examples, each with its pointer."""
    resources = value.get("resources")
    listed = resources if isinstance(resources, list) else []
    paths = [("/path", value.get("path"))]
    for index, each in enumerate(listed):
        paths.append((f"/resources/{index}/path", each.get("path") if isinstance(each, dict) else None))
    yield from ((pointer, path) for pointer, path in paths if isinstance(path, str))


def folder(whole: Whole, version: str) -> Iterator[Defect]:
    """A folder that is called by another version; of standards of our own, `identity` tells that."""
    name = bare(whole.target.folder.resolve().name)
    if whole.kind is not Kind.OWN and SEMANTIC.fullmatch(name) and name != version:
        yield whole.located(fault("standard-other-version", "folder", version=version, found=name), "/version")


def changelog(whole: Whole, version: str) -> Iterator[Defect]:
    """A changelog that is not there, or does not tell of the version; one of others may be written in another way."""
    own = whole.kind is Kind.OWN
    text = changelog_of(whole.target)
    if text is None:
        if own:
            yield whole.located(fault("standard-no-changelog"))
        return
    entries = ENTRY.findall(text)
    told = entries if whole.target.older else entries[:1]
    if version not in told and (entries or own):
        newest = entries[0] if entries else ""
        yield whole.located(fault("standard-other-version", "changelog", version=version, found=newest), "/version")


def changelog_of(target: Target) -> str | None:
    """The changelog of a version, or of the standard that it is one of."""
    for folder in (target.folder, target.home):
        file = folder / CHANGELOG
        try:
            if file.is_file() and file.stat().st_size <= LARGEST:
                return file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
    return None
