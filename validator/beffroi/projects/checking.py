"""What a `beffroi.yaml` declares, judged: the project by its charter, and each of its datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.catalogue.charters import Charters
from beffroi.catalogue.projects import catalogues_of_project
from beffroi.errors import BeffroiError, UnusableFile
from beffroi.judging import finding_of
from beffroi.model.charter import Charter, Outcome
from beffroi.model.faults import Defect, fault
from beffroi.model.levels import Level
from beffroi.model.project import Judgement
from beffroi.model.report import Finding, Sample, Subject
from beffroi.packages.paths import unsafe
from beffroi.projects.declaration import NAME, Declaration, called
from beffroi.projects.judging import judged
from beffroi.projects.portfolio import Portfolio
from beffroi.projects.project import NO_CHARTER, Dataset, Project
from beffroi.rulebook import default_level
from beffroi.tables.delivery import digest
from beffroi.values import dataclass

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.deliveries import Judge

RULES: Mapping[Outcome, str] = {
    Outcome.DIVERGENT: "requirement-divergent",
    Outcome.NOT_MET: "requirement-not-met",
    Outcome.WAIVER_EXPIRED: "requirement-waiver-expired",
    Outcome.EVIDENCE_EXPIRED: "requirement-evidence-expired",
    Outcome.NEEDS_REVIEW: "requirement-needs-review",
    Outcome.UNKNOWN: "requirement-unknown",
}
"""The rule that tells of an outcome; the other outcomes leave nothing to mend."""
DECLARES = ("charter", "datasets", "project")


@dataclass(frozen=True, kw_only=True)
class ProjectJudge:
    """Judges the declaration in `folder`, which reports call `name`."""

    judge: Judge
    folder: Path
    name: str

    @property
    def file(self) -> Path:
        """The declaration."""
        return self.folder / NAME

    @cached_property
    def declaration(self) -> Declaration:
        """The declaration, as read."""
        return Declaration.read(self.file, self.name)

    @property
    def declares(self) -> bool:
        """Whether there is a project or data to judge; a `beffroi.yaml` may name no more than a catalogue."""
        return any(key in self.declaration.document.value for key in DECLARES)

    def run(self) -> tuple[Subject, ...]:
        """The project, and behind it the files of its datasets. Raises `BeffroiError` for an unknown charter."""
        charter = self.charter
        project = self.project(charter)
        whole = self.whole(project, charter)
        data = [self.files(each, project, delivered=charter is None) for each in project.datasets]
        return (whole, *(subject for each in data for subject in each))

    def whole(self, project: Project, charter: Charter | None) -> Subject:
        """The project itself, judged by a charter, if there is one."""
        judgements = judged(project) if charter else ()
        sha256, size = digest(self.file)
        whole = Subject(
            path=self.name,
            kind="project",
            sha256=sha256,
            bytes=size,
            charter=charter.reference if charter else None,
            judgements=judgements,
            findings=(*self.about_form(), *self.missing(project, charter), *findings_of(judgements, self.lang)),
        )
        return settled(whole)

    @property
    def lang(self) -> str:
        """The language of the report."""
        return self.judge.settings.lang

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue of the run, with the folders that the project names behind the city's own."""
        from beffroi.catalogue import Catalogue

        own = self.judge.catalogue.own if self.judge.catalogue else ()
        return Catalogue.of(*own, *catalogues_of_project(self.folder))

    @cached_property
    def charter(self) -> Charter | None:
        """The charter that the run asks for, or else the one that the declaration names."""
        charters = Charters.of(self.catalogue)
        if self.judge.charter:
            return charters.charter(self.judge.charter)
        name = self.declaration.get("/charter")
        if not name:
            return None
        try:
            return charters.charter(self.own_file(name) if "/" in name or name.endswith((".yaml", ".yml")) else name)
        except BeffroiError as error:
            raise located(error, self.place("/charter")) from error

    def own_file(self, name: str) -> str:
        """A file or folder of the project, which a name of the declaration means."""
        if unsafe(name):
            raise UnusableFile("leads-out", where=self.place("/charter"), name=name)
        return (self.folder / name).as_posix()

    def place(self, pointer: str) -> str:
        """File and line of a place in the declaration."""
        line = self.declaration.document.line(pointer)
        return f"{self.name}:{line}" if line else self.name

    def project(self, charter: Charter | None) -> Project:
        """The project as verifiers see it."""
        folder = self.judge.portfolio
        return Project(
            declaration=self.declaration,
            folder=self.folder,
            charter=charter or NO_CHARTER,
            judge=replace(self.judge, catalogue=self.catalogue, standard=None),
            catalogue=self.catalogue,
            portfolio=Portfolio.of(folder) if folder else None,
        )

    def files(self, dataset: Dataset, project: Project, *, delivered: bool) -> tuple[Subject, ...]:
        """The files of one dataset; raw data that claims no standard is only kept, and not judged.

        Raises `BeffroiError` for an unknown standard where the data is what is delivered; a charter tells of it else.
        """
        if dataset.role == "raw" and "conformsTo" not in dataset.value:
            return ()
        if delivered:
            try:
                project.standard_of(dataset)
            except BeffroiError as error:
                raise located(error, self.place(dataset.at("conformsTo"))) from error
        return tuple(replace(each, delivered=delivered and each.delivered) for each in project.subjects_of(dataset))

    def about_form(self) -> Iterator[Finding]:
        """What is wrong with the form of the declaration."""
        return (finding_of(each, default_level) for each in self.declaration.defects)

    def missing(self, project: Project, charter: Charter | None) -> Iterator[Finding]:
        """Datasets of which no file is there; with a charter, its requirements tell of them."""
        for each in project.datasets if charter is None else ():
            for located_file in project.files_of(each):
                if located_file.file is None:
                    gone = fault("declared-file-missing", place=called(each.pointer), path=located_file.path)
                    line = self.declaration.document.line(each.at("path"))
                    yield finding_of(Defect(fault=gone, pointer=each.at("path"), line=line), default_level)


def located(error: BeffroiError, where: str) -> BeffroiError:
    """An error with the place of the declaration that it comes from, where it has none of its own."""
    return error if error.where else type(error)(error.kind, where=where, **error.details)


def settled(project: Subject) -> Subject:
    """A project whose verdict cannot be told where no must fails and one of them is open."""
    musts = [each for each in project.judgements if each.level is Level.MUST]
    others = [each for each in project.findings if each.rule not in RULES.values() and each.level is Level.MUST]
    fails = others or any(each.outcome.fails for each in musts)
    return replace(project, judged=bool(fails) or not any(each.outcome.is_open for each in musts))


def findings_of(judgements: tuple[Judgement, ...], lang: str) -> Iterator[Finding]:
    """What is left to mend, the gravest outcomes first."""
    order = list(Outcome)
    for each in sorted(judgements, key=lambda judgement: order.index(judgement.outcome)):
        if each.outcome in RULES:
            yield finding(each, lang)


def finding(judgement: Judgement, lang: str) -> Finding:
    """The finding of a judgement that leaves something to mend."""
    requirement = judgement.requirement
    return Finding(
        rule=RULES[judgement.outcome],
        level=judgement.level,
        pointer=judgement.pointer or None,
        details={
            "requirement": requirement.id,
            "title": requirement.title[lang],
            "told": judgement.said[lang],
            "mend": requirement.fix[lang],
        },
        samples=(Sample(line=judgement.line),) if judgement.line else (),
    )
