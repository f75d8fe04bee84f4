"""What was given (a data file, standard input, a package as folder, zip or descriptor, a folder of files), judged."""

from __future__ import annotations

import dataclasses
import stat
from collections.abc import Iterable, Iterator, Set
from contextlib import ExitStack
from dataclasses import field, replace
from functools import cached_property, partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.catalogue.projects import project_file
from beffroi.errors import CannotRead, NoSuchInput
from beffroi.judging import Group, Item, expected_of, findings_of, levels_of
from beffroi.model.faults import Fault, fault
from beffroi.model.report import Finding, Sample, Subject
from beffroi.model.standard import ResourceRules, Standard
from beffroi.settings import Settings
from beffroi.tables.delivery import Delivered, delivered, delivered_stream, digest, suffix_of
from beffroi.tables.names import folded
from beffroi.tables.sources import is_table_name, open_table
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.detecting import Detector
    from beffroi.licences.register import Register
    from beffroi.projects.repository import Repository

DECLARATION = "beffroi.yaml"
DESCRIPTORS = ("datapackage.json", "datapackage.yaml", "datapackage.yml")
MAYBE = {".json", ".txt"}
"""Suffixes of files that are tables as often as not."""
LIKE_ENOUGH = 0.5
NEAR = 0.3
"""From this score on, a standard is mentioned that a table may be meant to follow."""
LACKING = {"missing-column", "missing-optional-column"}


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Judges whatever paths name, against one standard, or against those that the tables are seen to follow.

    `catalogue` holds the standards to recognise, and what a city adds to the register of licences; `recognised` gathers
    those that were. `guessed` says that `standard` was recognised and not named. `charter` is the one by which projects
    are judged in place of the one that they name; `portfolio` the folder with the city's other projects.
    """

    standard: Standard | None
    settings: Settings
    catalogue: Catalogue | None = None
    recognised: dict[str, Standard] = field(default_factory=dict)
    guessed: bool = False
    charter: str | None = None
    portfolio: Path | None = None
    repositories: dict[Path, Repository | None] = field(default_factory=dict)

    def paths(self, paths: Iterable[str]) -> Iterator[Subject]:
        """Judge everything that is named, in order; files named one after another may refer to each other.

        Raises `NoSuchInput` before anything is judged, or `CannotRead`.
        """
        places = [(path, kind_of(path)) for path in paths]
        for kind, named in groupby(places, key=itemgetter(1)):
            if kind == "file":
                yield from self.files([(Path(path), path) for path, _ in named])
                continue
            for path, _ in named:
                yield from self.path(path, kind)

    def path(self, path: str, kind: str) -> tuple[Subject, ...]:
        """Judge what is no plain file."""
        place = Path(path)
        if kind == "stream":
            with delivered_stream(self.settings.input) as taken:
                return self.taken([taken])
        if kind == "declaration":
            return self.declared(place.parent, place.as_posix())
        if kind == "descriptor":
            return self.package(place.parent, place.as_posix(), place.name)
        if kind == "archive":
            return self.archive(place)
        return self.folder(place, path)

    def archive(self, path: Path) -> tuple[Subject, ...]:
        """Judge what a zip holds."""
        from beffroi.packages.archives import unpacked

        with unpacked(path) as found:
            if isinstance(found, Path):
                return self.folder(found, path.as_posix())
        sha256, size = digest(path)
        subject = Subject(path=path.as_posix(), kind="file", sha256=sha256, bytes=size)
        return (self.whole(subject, [found], known=found.rule != "unreadable"),)

    def folder(self, folder: Path, name: str) -> tuple[Subject, ...]:
        """Judge a folder: a package, or else the packages and the tables below it; reports call it `name`."""
        name = name.rstrip("/") or "/"
        if self.is_declared(folder, name):
            return self.declared(folder, f"{name}/{DECLARATION}")
        contents = contents_of(folder)
        if contents.descriptors[:1] and contents.descriptors[0].parent == folder:
            descriptor = contents.descriptors[0].name
            return self.package(folder, f"{name}/{descriptor}", descriptor)

        def shown(path: Path) -> str:
            return f"{name}/{path.relative_to(folder).as_posix()}"

        projects = [each for each in contents.declarations if self.is_declared(each.parent, shown(each.parent))]
        within = {each.parent for each in projects}
        contents = contents.beside(within)
        packages = [self.declared(each.parent, shown(each)) for each in projects]
        packages += [self.package(each.parent, shown(each), each.name) for each in contents.descriptors]
        maybe = [each for each in contents.maybe if self.is_of_standard(each)]
        tables = self.files([(each, shown(each)) for each in sorted([*contents.tables, *maybe])])
        rest = sorted({*contents.others, *contents.maybe} - set(maybe))
        subjects = (*(subject for each in packages for subject in each), *tables)
        found = self.missing_resources({each.resource for each in subjects}) if tables else []
        if not subjects:
            found.append(fault("nothing-to-check"))
        whole = self.whole(Subject(path=name, kind="package"), found, known=bool(subjects))
        if rest:
            whole = replace(whole, findings=(*whole.findings, self.passed_over([shown(each) for each in rest])))
        return (whole, *subjects) if whole.findings else subjects

    def declared(self, folder: Path, name: str) -> tuple[Subject, ...]:
        """Judge a project declaration: the project by its charter, and its data."""
        from beffroi.projects.checking import ProjectJudge

        return ProjectJudge(judge=self, folder=folder, name=name).run()

    def is_declared(self, folder: Path, name: str) -> bool:
        """Whether a folder is that of a declared project, or of data that is declared."""
        from beffroi.projects.checking import ProjectJudge

        if not visible_file(folder / DECLARATION, folder):
            return False
        return self.standard is None and ProjectJudge(judge=self, folder=folder, name=f"{name}/{DECLARATION}").declares

    def whole(self, subject: Subject, faults: list[Fault], *, known: bool) -> Subject:
        """A subject with findings that have no place."""
        return replace(subject, findings=findings_of(faults, levels_of(self.standard)), judged=known)

    def passed_over(self, names: list[str]) -> Finding:
        """The finding of files that nobody looked at."""
        finding = findings_of([fault("not-looked-at")], levels_of(self.standard))[0]
        samples = tuple(Sample(value=name) for name in names[: self.settings.samples])
        return replace(finding, count=len(names), samples=samples)

    def is_of_standard(self, path: Path) -> bool:
        """Whether a file that need not be a table (a text, a JSON file) has the columns of the standard."""
        with delivered(path) as taken:
            resources = self.standard.resources if self.standard else ()
            return any(likeness(taken, each) >= LIKE_ENOUGH for each in resources)

    def package(self, folder: Path, name: str, descriptor: str) -> tuple[Subject, ...]:
        """Judge a data package: its descriptor, and every table that it names."""
        from beffroi.packaged import PackageJudge

        return PackageJudge(judge=self, folder=folder, name=name, descriptor=descriptor).run()

    def files(self, files: list[tuple[Path, str]]) -> tuple[Subject, ...]:
        """Judge files that no descriptor speaks of, each with the name that reports call it by."""
        with ExitStack() as stack:
            return self.taken([stack.enter_context(delivered(path, name)) for path, name in files])

    def taken(self, taken: Iterable[Delivered]) -> tuple[Subject, ...]:
        """Judge files that were taken in."""
        items = [self.item(each) if self.standard else self.recognised_item(each) for each in taken]
        subjects = self.group(items).judge()
        return tuple(self.doubted(subject, item) for subject, item in zip(subjects, items, strict=True))

    def item(self, taken: Delivered) -> Item:
        """A table to judge against the standard."""
        standard = self.standard
        rules = rules_for(taken, standard)
        unruled = fault("no-rules", standard=standard.id) if standard else fault("no-standard")
        return item_of(taken, unruled, standard, rules)

    def recognised_item(self, taken: Delivered) -> Item:
        """A table to judge against the standard that its repository says it follows, or that it is seen to follow."""
        declared = self.declared_standard(taken.name)
        if declared:
            return self.following(declared).item(taken)
        detector = self.detector
        guesses = detector.guesses(taken) if detector else ()
        if not guesses:
            return self.item(taken)
        first = guesses[0]
        name = first.standard.name
        if not first.sure:
            near = fault("no-standard", "near", standard=name) if first.score >= NEAR else fault("no-standard")
            return item_of(taken, near, None, None)
        self.recognised[name] = first.standard
        item = item_of(taken, fault("no-standard"), first.standard, first.standard.resource(first.resource))
        return replace(item, faults=(fault("standard-recognised", standard=name),))

    def declared_standard(self, name: str) -> Standard | None:
        """The standard that the `beffroi.yaml` of a file's repository says it follows. Raises `BeffroiError`."""
        path = Path(name)
        if self.catalogue is None or not is_there(path) or not project_file(path.resolve().parent):
            return None
        from beffroi.projects.repository import Repositories

        repository = Repositories(self.repositories).around(path)
        return repository.standard_of(path, self.catalogue) if repository else None

    def following(self, standard: Standard) -> Judge:
        """The same with a standard that was recognised."""
        self.recognised[standard.name] = standard
        return replace(self, standard=standard, guessed=True)

    @cached_property
    def detector(self) -> Detector | None:
        """What recognises standards, where any are known."""
        from beffroi.detecting import Detector

        known = self.catalogue.recognisable() if self.catalogue else ()
        standards = [each for each in known if each.status != "retired"]
        return Detector(standards) if standards else None

    @cached_property
    def register(self) -> Register:
        """The licences that are known."""
        from beffroi.licences.register import Register

        return Register.of(self.catalogue) if self.catalogue else Register.bundled()

    def doubted(self, subject: Subject, item: Item) -> Subject:
        """A subject that lacks most of the columns of the standard that was named, with the standard it looks like."""
        standard, schema = self.standard, item.rules.schema if item.rules else None
        lacking = sum(each.rule in LACKING for each in subject.findings)
        whole = any(each.rule in LACKING and each.cause == "none-matches" for each in subject.findings)
        if not standard or not schema or not item.taken or not (whole or 2 * lacking > len(schema.fields)):
            return subject
        guess = self.detector.best(item.taken) if self.detector else None
        if guess is None or guess.standard.id == standard.id:
            return subject
        doubt = fault("other-standard", named=standard.name, standard=guess.standard.name)
        return replace(subject, findings=(*subject.findings, *findings_of([doubt], levels_of(standard))))

    def group(self, items: Iterable[Item]) -> Group:
        """Tables that may refer to each other."""
        return Group(
            items=tuple(items),
            samples=self.settings.samples,
            jobs=self.settings.jobs,
            excerpt=self.settings.excerpt,
            progress=self.settings.progress,
        )

    def missing_resources(self, present: set[str | None]) -> list[Fault]:
        """The tables that the standard requires and that are not among those `present`."""
        wanted = self.standard.resources if self.standard else ()
        return [
            fault("missing-resource", resource=each.name)
            for each in wanted
            if each.required and each.name not in present
        ]


def kind_of(path: str) -> str:
    """`stream`, `folder`, `declaration`, `descriptor`, `archive` or `file`; raises `NoSuchInput`."""
    if path == "-":
        return "stream"
    try:
        mode = Path(path).stat().st_mode if path else None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        mode = None
    except OSError as error:
        raise CannotRead.because(error, path) from error
    if mode is None:
        raise NoSuchInput("no-such-input", where=path)
    if stat.S_ISDIR(mode):
        return "folder"
    if Path(path).name == DECLARATION:
        return "declaration"
    if Path(path).name.endswith(DESCRIPTORS):
        return "descriptor"
    return "archive" if path.lower().endswith(".zip") else "file"


def is_there(path: Path) -> bool:
    """Whether what reports call something is a path on the disk: what lies within a zip, or a stream, is not."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What lies below a folder: projects, packages, tables, files that may be tables (texts, JSON), and others."""

    declarations: tuple[Path, ...]
    descriptors: tuple[Path, ...]
    tables: tuple[Path, ...]
    maybe: tuple[Path, ...]
    others: tuple[Path, ...]

    def beside(self, folders: Set[Path]) -> Contents:
        """The same without what lies in some folders, or below them."""
        if not folders:
            return self
        kept = {
            each.name: tuple(path for path in getattr(self, each.name) if not folders & set(path.parents))
            for each in dataclasses.fields(self)
        }
        return Contents(**kept)


def contents_of(folder: Path) -> Contents:
    """What lies below a folder, by name; hidden files, and links that lead out of it, are passed over.

    What lies beside or below a descriptor belongs to its package.
    """
    files = [path for path in sorted(folder.rglob("*")) if visible_file(path, folder)]
    descriptors = [path for path in files if path.name in DESCRIPTORS]
    homes = {path.parent for path in descriptors}
    loose = [path for path in files if not homes & {path.parent, *path.parents}]
    first = {path.parent: path for path in reversed(descriptors)}
    return Contents(
        declarations=tuple(path for path in files if path.name == DECLARATION and path.parent != folder),
        descriptors=tuple(path for home, path in sorted(first.items()) if not homes & set(home.parents)),
        tables=tuple(path for path in loose if is_table_name(path.name) and suffix_of(path.name) not in MAYBE),
        maybe=tuple(path for path in loose if suffix_of(path.name) in MAYBE),
        others=tuple(path for path in loose if not is_table_name(path.name) and path.name != DECLARATION),
    )


def visible_file(path: Path, folder: Path) -> bool:
    """Whether a path is a file of the folder that a person sees there."""
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return False
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def item_of(taken: Delivered, unruled: Fault, standard: Standard | None, rules: ResourceRules | None) -> Item:
    """A file to judge under rules of a standard."""
    return Item(
        name=taken.name,
        opener=partial(open_table, taken, expected_of(rules)),
        unruled=unruled,
        taken=taken,
        standard=standard,
        rules=rules,
        resource=rules.name if rules else None,
    )


def rules_for(taken: Delivered, standard: Standard | None) -> ResourceRules | None:
    """The rules of the standard's resource that a file is: the only one, the one of its name, or of its columns."""
    resources = standard.resources if standard else ()
    if len(resources) <= 1:
        return resources[0] if resources else None
    stem = folded(Path(taken.name).name.split(".")[0])
    named = next((each for each in resources if folded(each.name) == stem), None)
    return named or alike(taken, resources)


def alike(taken: Delivered, resources: tuple[ResourceRules, ...]) -> ResourceRules | None:
    """The resource whose columns a file has most of, if it has half of them."""
    scored = [(likeness(taken, each), each) for each in resources]
    score, best = max(scored, key=itemgetter(0), default=(0.0, None))
    return best if score >= LIKE_ENOUGH else None


def likeness(taken: Delivered, rules: ResourceRules) -> float:
    """How much of the resource's columns a file has, from 0 to 1."""
    expected = expected_of(rules)
    opened = open_table(taken, expected)
    if isinstance(opened, Fault) or not expected.names:
        return 0.0
    found = {folded(label) for label in opened.labels}
    return len(found & {folded(name) for name in expected.names}) / len(expected.names)
