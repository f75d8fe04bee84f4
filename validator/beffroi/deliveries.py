"""What was given (a data file, standard input, a package as folder, zip or descriptor, a folder of files), judged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from beffroi.errors import CannotRead, NoSuchInput
from beffroi.judging import Group, Item, Judgement, expected_of, findings_of, levels_of
from beffroi.model.faults import Fault, fault
from beffroi.model.report import Subject
from beffroi.model.standard import ResourceRules, Standard
from beffroi.packages.archives import unpacked
from beffroi.packages.descriptor import NAMES, find_descriptor
from beffroi.settings import Settings
from beffroi.tables.delivery import Delivered, delivered, delivered_stream, digest
from beffroi.tables.names import folded
from beffroi.tables.sources import is_table_name, open_table

LIKE_ENOUGH = 0.5


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Judges whatever a path names, against one standard or none."""

    standard: Standard | None
    settings: Settings

    def path(self, path: str) -> Judgement:
        """Judge what is at `path`; `-` is standard input. Raises `NoSuchInput`, or `CannotRead`."""
        place = Path(path)
        if path == "-":
            with delivered_stream(self.settings.input) as taken:
                return self.files([taken])
        if not place.exists():
            raise NoSuchInput("no-such-input", where=path)
        if place.is_dir():
            return self.folder(place, path)
        if place.name.endswith(NAMES):
            return self.package(place.parent, place.as_posix(), place.name)
        if place.suffix.lower() == ".zip":
            return self.archive(place)
        with delivered(place) as taken:
            return self.files([taken])

    def archive(self, path: Path) -> Judgement:
        """Judge what a zip holds."""
        with unpacked(path) as found:
            if isinstance(found, Path):
                return self.folder(found, path.as_posix())
        sha256, size, _ = digest(path)
        subject = Subject(
            path=path.as_posix(),
            kind="file",
            sha256=sha256,
            bytes=size,
            findings=findings_of([found], levels_of(self.standard)),
            judged=found.rule != "unreadable",
        )
        return Judgement(subjects=(subject,))

    def folder(self, folder: Path, name: str) -> Judgement:
        """Judge a package, or else every table below the folder; `name` is how reports call it."""
        name = name.rstrip("/")
        if descriptor := find_descriptor(folder):
            return self.package(folder, f"{name}/{descriptor.name}", descriptor.name)
        tables = tables_in(folder)
        if not tables:
            raise CannotRead("no-table", where=name)
        with ExitStack() as stack:
            names = [f"{name}/{path.relative_to(folder).as_posix()}" for path in tables]
            taken = [stack.enter_context(delivered(path, shown)) for path, shown in zip(tables, names, strict=True)]
            judgement = self.files(taken)
        missing = self.missing_resources({each.resource for each in judgement.subjects})
        if not missing:
            return judgement
        whole = Subject(path=name, kind="package", findings=findings_of(missing, levels_of(self.standard)))
        return replace(judgement, subjects=(whole, *judgement.subjects))

    def package(self, folder: Path, name: str, descriptor: str) -> Judgement:
        """Judge a data package: its descriptor, and every table that it names."""
        from beffroi.packaged import PackageJudge

        return PackageJudge(judge=self, folder=folder, name=name, descriptor=descriptor).run()

    def files(self, taken: Iterable[Delivered]) -> Judgement:
        """Judge files that no descriptor speaks of."""
        items = []
        for each in taken:
            rules = rules_for(each, self.standard)
            opener = partial(open_table, each, expected_of(rules))
            resource = rules.name if rules else None
            items.append(Item(name=each.name, opener=opener, taken=each, rules=rules, resource=resource))
        known = fault("no-rules", standard=self.standard.id) if self.standard else fault("no-standard")
        return self.group(items, known).judge()

    def group(self, items: Iterable[Item], unruled: Fault) -> Group:
        """Tables that may refer to each other; `unruled` is said of those without rules."""
        return Group(
            items=tuple(items),
            standard=self.standard,
            samples=self.settings.samples,
            progress=self.settings.progress,
            unruled=unruled,
        )

    def missing_resources(self, present: set[str | None]) -> list[Fault]:
        """The tables that the standard requires and that are not among those `present`."""
        wanted = self.standard.resources if self.standard else ()
        return [
            fault("missing-resource", resource=each.name)
            for each in wanted
            if each.required and each.name not in present
        ]


def tables_in(folder: Path) -> list[Path]:
    """The tables below a folder, by name; hidden files, and links that lead out of it, are passed over."""
    root = folder.resolve()
    return sorted(
        path
        for path in folder.rglob("*")
        if is_table_name(path.name)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.resolve().is_relative_to(root)
        and path.is_file()
    )


def rules_for(taken: Delivered, standard: Standard | None) -> ResourceRules | None:
    """The rules of the standard's resource that a file is: the only one, the one of its name, or of its columns."""
    resources = standard.resources if standard else ()
    if len(resources) <= 1:
        return resources[0] if resources else None
    stem = folded(Path(taken.name).name.split(".")[0])
    named = next((each for each in resources if folded(each.name) == stem), None)
    if named:
        return named
    best = max(resources, key=partial(likeness, taken))
    return best if likeness(taken, best) >= LIKE_ENOUGH else None


def likeness(taken: Delivered, rules: ResourceRules) -> float:
    """How much of the resource's columns a file has, from 0 to 1."""
    expected = expected_of(rules)
    opened = open_table(taken, expected)
    if isinstance(opened, Fault) or not expected.names:
        return 0.0
    found = {folded(label) for label in opened.labels}
    return len(found & {folded(name) for name in expected.names}) / len(expected.names)
