"""A data package judged as a whole: its descriptor, its files, and every table against its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beffroi.judging import Item, Levels, defects_of, finding_of, findings_of, levels_of
from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.levels import Level
from beffroi.model.report import Finding, Sample, Subject
from beffroi.model.standard import ResourceRules
from beffroi.packages.descriptor import read_package
from beffroi.packages.inline import inline_table
from beffroi.packages.metadata import against_standard
from beffroi.packages.package import Package, PackageResource
from beffroi.packages.parts import expected_of, resource_delivered
from beffroi.packages.stamps import stamp_faults
from beffroi.tables.delivery import Delivered, digest
from beffroi.tables.sources import open_table
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.deliveries import Judge

TOLD_TOGETHER = {"undeclared-file"}


def is_about_licences(defect: Defect) -> bool:
    """Whether metadata lack licences, which has a rule of its own."""
    return defect.pointer == "/licenses" or ("expected", "licenses") in defect.fault.details


@dataclass(frozen=True, kw_only=True)
class PackageJudge:
    """Judges one data package; `name` is how reports call its descriptor."""

    judge: Judge
    folder: Path
    name: str
    descriptor: str

    def run(self) -> tuple[Subject, ...]:
        """The package as a subject, then its tables."""
        sha256, size = digest(self.folder / self.descriptor)
        whole = Subject(path=self.name, kind="package", sha256=sha256, bytes=size)
        package = read_package(self.folder, self.name, self.descriptor)
        if isinstance(package, Fault):
            return (replace(whole, findings=findings_of([package], self.levels)),)
        return self.recognised(package).judged(whole, package)

    def recognised(self, package: Package) -> PackageJudge:
        """The same with the standard that its repository says it follows, or that its tables are seen to follow."""
        if self.judge.standard is None and (declared := self.judge.declared_standard(self.name)):
            return replace(self, judge=replace(self.judge.following(declared), guessed=False))
        detector = self.judge.detector
        tables = [each for each in package.resources if each.tabular and each.readable]
        if self.judge.standard or detector is None or all(each.schema for each in tables):
            return self
        with ExitStack() as stack:
            taken = [
                stack.enter_context(resource_delivered(each)) for each in tables if not isinstance(each.data, list)
            ]
            standard = detector.best_of(taken)
        return replace(self, judge=self.judge.following(standard)) if standard else self

    def judged(self, whole: Subject, package: Package) -> tuple[Subject, ...]:
        """The package that was read as a subject, then its tables."""
        with ExitStack() as stack:
            items = [self.item(each, package, stack) for each in package.resources if each.tabular and each.readable]
            tables = self.judge.group(items).judge()
        findings = tuple(self.findings(package, list(self.defects(package, items))))
        must = any(each.level is Level.MUST for each in findings)
        whole = replace(
            whole,
            standard=self.judge.standard.reference if self.judge.standard else None,
            findings=findings,
            judged=must or all(each.readable for each in package.resources),
        )
        return (whole, *tables, *self.unread(package))

    @property
    def levels(self) -> Levels:
        """The level of each rule under the standard."""
        return levels_of(self.judge.standard)

    def item(self, resource: PackageResource, package: Package, stack: ExitStack) -> Item:
        """One table of the package, under the standard's rules for it, or else its own schema."""
        name = self.beside(resource.title) if resource.shown else f"{self.name}#{resource.name}"
        if isinstance(resource.data, list):
            taken, opener = None, partial(inline_table, resource)
        else:
            taken = replace(stack.enter_context(resource_delivered(resource)), name=name)
            opener = partial(open_table, taken)
        rules = self.rules(resource, package, taken)
        names = rules.schema.names if rules and rules.schema else ()
        given = names if taken is None else expected_of(resource, names)
        known_as = rules.name if rules else resource.name
        return Item(
            name=name,
            opener=partial(opener, given),
            unruled=fault("no-schema"),
            taken=taken,
            standard=self.judge.standard,
            rules=rules,
            resource=known_as,
        )

    def unread(self, package: Package) -> Iterator[Subject]:
        """Tables of which nothing can be said: the package tells why."""
        for each in package.resources:
            if each.tabular and not each.readable:
                path = each.title if "://" in each.title else self.beside(each.title)
                yield Subject(path=path, kind="file", resource=each.name, judged=False)

    def beside(self, name: str) -> str:
        """How reports call a file of the package."""
        folder = self.name.rpartition("/")[0]
        return f"{folder}/{name}" if folder else name

    def rules(self, resource: PackageResource, package: Package, taken: Delivered | None) -> ResourceRules | None:
        """The standard's rules for a resource: by its name, by being the only one of both, or by its columns."""
        from beffroi.deliveries import alike

        standard = self.judge.standard
        if standard and (named := standard.resource(resource.name)):
            return named
        tables = [each for each in package.resources if each.tabular]
        if standard and len(standard.resources) == 1 and len(tables) == 1:
            return standard.resources[0]
        if standard and taken and (found := alike(taken, standard.resources)):
            return found
        return ResourceRules(name=resource.name, schema=resource.schema) if resource.schema else None

    def defects(self, package: Package, items: list[Item]) -> Iterator[Defect]:
        """What is wrong with the package as a whole."""
        yield from package.faults
        for each in package.resources:
            yield from stamp_faults(each)
        standard = self.judge.standard
        standing = standard.resources if standard else ()
        yield from self.about_licences(package)
        for item in items:
            if item.rules and item.rules not in standing:
                yield from defects_of(item.rules)
        if standard is None:
            return
        if self.judge.guessed:
            yield Defect(fault=fault("standard-recognised", standard=standard.name))
        if standard.package:
            told = against_standard(package.descriptor.value, standard.package)
            yield from (each for each in told if not is_about_licences(each))
        ruled = {item.resource for item in items if item.rules in standing}
        yield from (Defect(fault=each) for each in self.judge.missing_resources(ruled))
        for item in items:
            if standing and item.rules not in standing:
                yield Defect(fault=fault("extra-resource", resource=item.resource))

    def about_licences(self, package: Package) -> Iterator[Defect]:
        """What is wrong with the licences of the package, and with those of the sources that it names."""
        from beffroi.licences.compatibility import Table
        from beffroi.licences.crediting import texts_of, uncredited
        from beffroi.licences.declaring import KEY, accepted_by, licence_defects
        from beffroi.licences.deriving import Reasoner
        from beffroi.licences.filed import licence_files
        from beffroi.licences.sourcing import reasoned
        from beffroi.model.compatibility import Use

        descriptor: Mapping[str, Any] = package.descriptor.value
        register, standard = self.judge.register, self.judge.standard
        files = licence_files(package.folder, register)
        rule = standard.descriptor.get("licences") if standard else None
        accepted = accepted_by(rule, register, standard.path if standard else None)
        yield from licence_defects(descriptor, register, accepted, files)
        sources = descriptor.get("sources")
        if isinstance(sources, list) and all(isinstance(each, dict) for each in sources):
            city = self.judge.catalogue
            reasoner = Reasoner(register=register, table=Table.of(city) if city else Table.bundled())
            licences, texts = descriptor.get(KEY, []), list(texts_of(descriptor, package.folder))
            yield from reasoned(licences, sources, Use.DERIVED, reasoner)
            yield from uncredited(licences, sources, texts, reasoner, self.judge.settings.lang)

    def findings(self, package: Package, defects: list[Defect]) -> Iterator[Finding]:
        """Findings with their lines in the descriptor; files that nobody named are told together."""
        together: dict[str, list[Defect]] = {}
        for each in dict.fromkeys(defects):
            if each.fault.rule in TOLD_TOGETHER:
                together.setdefault(each.fault.rule, []).append(each)
            else:
                line = each.line or (package.descriptor.line(each.pointer) if each.pointer else None)
                yield finding_of(replace(each, line=line), self.levels)
        for alike in together.values():
            names = [dict(each.fault.details).get("name") for each in alike]
            samples = tuple(Sample(value=name) for name in names[: self.judge.settings.samples])
            yield replace(finding_of(alike[0], self.levels), count=len(alike), samples=samples)
