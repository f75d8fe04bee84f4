"""Compares the size and the hash that a descriptor declares with the files that came."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from beffroi.errors import CannotRead
from beffroi.model.faults import Defect, Fault, fault
from beffroi.packages.package import PackageResource
from beffroi.packages.paths import named
from beffroi.tables.delivery import CHUNK


def stamp_faults(resource: PackageResource) -> Iterator[Defect]:
    """What the declared size and hash say otherwise; several parts count as one file, in their order.

    Raises `CannotRead` when a file cannot be opened.
    """
    if not resource.paths or (resource.hash is None and resource.bytes is None):
        return
    try:
        yield from compared(resource)
    except OSError as error:
        raise CannotRead.because(error, resource.title) from error


def compared(resource: PackageResource) -> Iterator[Defect]:
    """The size and the hash of the files against those declared."""
    size = sum(path.stat().st_size for path in resource.paths)
    if resource.bytes is not None and resource.bytes != size:
        found = fault("resource-bytes", resource=named(resource.name), expected=resource.bytes, found=size)
        yield Defect(fault=found, pointer=f"{resource.pointer}/bytes")
    if resource.hash and (wrong := wrong_hash(resource, *resource.hash)):
        yield Defect(fault=wrong, pointer=f"{resource.pointer}/hash")


def wrong_hash(resource: PackageResource, algorithm: str, declared: str) -> Fault | None:
    """A fault when the files have another hash, or when it cannot be told."""
    known = {plain(each): each for each in hashlib.algorithms_guaranteed if not each.startswith("shake")}
    if plain(algorithm) not in known:
        return fault("resource-hash", "unknown-algorithm", resource=named(resource.name), algorithm=named(algorithm))
    found = digest_of(resource, known[plain(algorithm)])
    if found == declared:
        return None
    return fault(
        "resource-hash", resource=named(resource.name), algorithm=named(algorithm), expected=declared, found=found
    )


def plain(algorithm: str) -> str:
    """The name of an algorithm without its signs: `SHA-256` and `sha256` are one."""
    return re.sub("[^a-z0-9]", "", algorithm.lower())


def digest_of(resource: PackageResource, algorithm: str) -> str:
    """The hex digest of a resource's files."""
    digest = hashlib.new(algorithm, usedforsecurity=False)
    for path in resource.paths:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
