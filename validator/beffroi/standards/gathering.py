"""Examples of others for a draft: each is judged, and goes to the valid or to the invalid ones with its findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from beffroi.catalogue import DESCRIPTOR, Catalogue
from beffroi.model.standard import Standard
from beffroi.standards.drafting import Draft, tried
from beffroi.standards.examples import (
    INVALID,
    MADE_UP,
    VALID,
    Fields,
    descriptor_of,
    expectation_of,
    findings,
    is_clean,
    judged,
    with_examples,
)
from beffroi.values import dataclass

MOST = 20
SET = "source"
"""How the tables of a package are called as an example."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Examples by their paths, copied or written, and what is told of each: a key of `importing.toml`, and a count."""

    copies: Mapping[str, Path] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    told: tuple[tuple[str, str, int], ...] = ()

    def and_(self, other: Gathered) -> Gathered:
        """Both."""
        return Gathered(
            copies={**self.copies, **other.copies},
            files={**self.files, **other.files},
            told=(*self.told, *other.told),
        )


def gathered(draft: Draft, tables: Mapping[str, Path], whole: Mapping[str, Path]) -> Gathered:
    """The examples of a repository: files by their name, and the tables of its package, by resource."""
    found = Gathered()
    with tried(draft) as folder:
        standard = Catalogue.of().in_folder(folder)
        for name, file in list(tables.items())[:MOST]:
            found = found.and_(sorted_in(name, file, standard))
    return found.and_(package_of(draft, whole)) if whole else found


def sorted_in(name: str, file: Path, standard: Standard) -> Gathered:
    """One file, as a valid or an invalid example."""
    report = judged(file, standard)
    if not any(subject.judged for subject in report.subjects if subject.delivered):
        return Gathered(told=(("told-not-judged", name, 0),))
    if is_clean(report):
        return Gathered(copies={f"{VALID}/{name}": file}, told=(("told-valid", name, 0),))
    path = f"{INVALID}/{file.stem}-{file.suffix[1:].lower()}{file.suffix}"
    found = findings(report)
    kind = "told-not-valid" if is_called_valid(name) else "told-invalid"
    told = ((kind, name, sum(each["count"] for each in found)),)
    return Gathered(copies={path: file}, files=expectation_of(path, found), told=told)


def is_called_valid(name: str) -> bool:
    """Whether a name says that a file is valid."""
    small = name.lower()
    return "valid" in small and not any(each in small for each in ("invalid", "non-valid", "non_valid", "not-valid"))


def package_of(draft: Draft, data: Mapping[str, Path]) -> Gathered:
    """The tables of a package together, as one example."""
    names = {resource: f"{resource}{file.suffix.lower()}" for resource, file in data.items()}
    descriptor = descriptor_of(SET, names)

    def placed(kind: str) -> Gathered:
        copies = {f"{kind}/{SET}/{names[resource]}": file for resource, file in data.items()}
        return Gathered(copies=copies, files={f"{kind}/{SET}/{DESCRIPTOR}": descriptor})

    trial = placed(VALID)
    with tried(replace(draft, copies=trial.copies, files={**draft.files, **trial.files})) as folder:
        report = judged(folder / VALID / SET, Catalogue.of().in_folder(folder))
    if is_clean(report):
        return trial.and_(Gathered(told=(("told-valid", SET, 0),)))
    found = findings(report, package=True)
    expected = expectation_of(f"{INVALID}/{SET}", found, package=True)
    told = (("told-not-valid", SET, sum(each["count"] for each in found)),)
    return placed(INVALID).and_(Gathered(files=expected, told=told))


def completed(draft: Draft, tables: Mapping[str, Fields]) -> Draft | None:
    """The draft with made-up examples of the kinds that it lacks; `None` where it lacks none, or none can be made."""
    lacking = [kind for kind in (VALID, INVALID) if not any(path.startswith(kind) for path in draft.paths)]
    made = with_examples(draft, tables) if lacking else None
    if made is None:
        return None
    added = {path: text for path, text in made.files.items() if wanted(path, lacking)}
    return replace(draft, files={**draft.files, **added})


def wanted(path: str, kinds: list[str]) -> bool:
    """Whether a made-up file is of one of the kinds."""
    return any(path.startswith(f"{kind}/{MADE_UP}") for kind in kinds)


def rows(values: Any) -> Iterator[Mapping[str, Any]]:
    """The fields of a schema that have a name."""
    yield from (each for each in values if isinstance(each, dict) and each.get("name"))
