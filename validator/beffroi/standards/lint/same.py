"""Two standards of our own that have the same id and version, of which only one can be found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from beffroi.catalogue import called
from beffroi.documents import read_document
from beffroi.errors import BeffroiError
from beffroi.model.faults import Defect, fault
from beffroi.standards.lint.targets import Target


def same_ids(targets: Iterable[Target]) -> dict[Path, Defect]:
    """For each file whose id and version an earlier one has, the defect that says so."""
    first: dict[tuple[str, str], Path] = {}
    found = {}
    for file in (each.file for each in targets if each.own):
        name = named(file)
        if name is None:
            continue
        if name in first:
            other = called(first[name])
            found[file] = Defect(fault=fault("standard-same-id", id="@".join(name), other=other), pointer="/id")
        else:
            first[name] = file
    return found


def named(file: Path) -> tuple[str, str] | None:
    """The id and the version that a `standard.yaml` gives itself."""
    try:
        value = read_document(file).value
    except BeffroiError:
        return None
    written = [value.get(key) if isinstance(value, dict) else None for key in ("id", "version")]
    texts = [each for each in written if isinstance(each, str)]
    return (texts[0], texts[1]) if len(texts) == len(written) else None
