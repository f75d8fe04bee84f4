"""What was given (a data file, standard input, a package as folder, zip or descriptor, a folder of files), judged."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.errors import CannotRead, NoSuchInput
from beffroi.judging import Group, Item, Judgement, expected_of
from beffroi.model.faults import Fault, fault
from beffroi.model.standard import ResourceRules, Standard

from beffroi.tables.delivery import Delivered, delivered, delivered_stream
from beffroi.tables.names import folded
from beffroi.tables.sources import is_table_name, open_table

if TYPE_CHECKING:
    from beffroi.checking import Settings

DESCRIPTORS = ("datapackage.json", "datapackage.yaml", "datapackage.yml")


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
            raise NoSuchInput("there is no such file or folder", where=path, hint="check the spelling of the path")
        if place.name in DESCRIPTORS:
            return self.package(place.parent, place.parent.as_posix())
        if place.is_dir():
            return self.folder(place, path)
        if place.suffix.lower() == ".zip":
            return self.archive(place)
        with delivered(place) as taken:
            return self.files([taken])

    def folder(self, folder: Path, name: str) -> Judgement:
        """Judge a package, or else every table below the folder."""
        if any((folder / each).is_file() for each in DESCRIPTORS):
            return self.package(folder, name)
        tables = tables_in(folder)
        if not tables:
            raise CannotRead("holds no table", where=name, hint="name a folder with CSV, workbook or JSON files")
        with ExitStack() as stack:
            taken = [
                stack.enter_context(delivered(path, f"{name.rstrip('/')}/{path.relative_to(folder).as_posix()}"))
                for path in tables
            ]
            return self.files(taken)

    def files(self, taken: Iterable[Delivered]) -> Judgement:
        """Judge files that no descriptor speaks of."""
        items = []
        for each in taken:
            rules = rules_for(each, self.standard)
            items.append(
                Item(
                    name=each.name,
                    opener=partial(open_table, each, expected_of(rules)),
                    taken=each,
                    rules=rules,
                    resource=rules.name if rules else None,
                )
            )
        return self.group(items).judge()

    def group(self, items: Iterable[Item], unruled: Fault | None = None) -> Group:
        """Tables that may refer to each other."""
        unruled = unruled or fault(
            "no-standard" if self.standard is None else "no-rules", standard=self.standard.id if self.standard else ""
        )
        return Group(
            items=tuple(items),
            standard=self.standard,
            samples=self.settings.samples,
            progress=self.settings.progress,
            unruled=unruled,
        )


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
    return named or max_or_none(resources, partial(likeness, taken))


def likeness(taken: Delivered, rules: ResourceRules) -> float:
    """How much of the resource's columns a file has, from 0 to 1."""
    expected = expected_of(rules)
    opened = open_table(taken, expected)
    if isinstance(opened, Fault) or not expected.names:
        return 0.0
    found = {folded(label) for label in opened.labels}
    return len(found & {folded(name) for name in expected.names}) / len(expected.names)


def max_or_none(resources: tuple[ResourceRules, ...], score: partial[float]) -> ResourceRules | None:
    """The resource that scores best, if it has half of what is asked."""
    best = max(resources, key=score)
    return best if score(best) >= 0.5 else None
