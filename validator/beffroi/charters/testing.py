"""The examples of a charter are its tests: what its requirements come to must be what the examples declare."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import VERSIONS
from beffroi.charters.altering import altered
from beffroi.charters.examples import (
    Case,
    Expected,
    case_files_in,
    cases_in,
    example_in,
    examples_of,
    projects_in,
)
from beffroi.deliveries import Judge
from beffroi.errors import BeffroiError
from beffroi.judging import finding_of
from beffroi.model.charter import Charter, Requirement
from beffroi.model.faults import Defect, Fault, fault
from beffroi.model.project import Judgement
from beffroi.model.report import Report, Subject
from beffroi.projects.checking import ProjectJudge
from beffroi.projects.declaration import NAME
from beffroi.projects.judging import judged, judgement
from beffroi.rulebook import default_level, worded
from beffroi.settings import Settings
from beffroi.values import dataclass
from beffroi.version import __version__

NEAR = 0.5


def examples_report(charters: Iterable[Charter], catalogue: Catalogue, settings: Settings) -> Report:
    """The examples of all these charters, in words."""
    subjects = (
        subject
        for each in charters
        for subject in Tester(charter=each, catalogue=catalogue, settings=settings).subjects()
    )
    report = Report(beffroi=__version__, generated=settings.generated, lang=settings.lang, subjects=tuple(subjects))
    return worded(report, settings.lang)


@dataclass(frozen=True, kw_only=True)
class Tester:
    """Tries a charter on its examples; `catalogue` has the standards that they follow."""

    charter: Charter
    catalogue: Catalogue
    settings: Settings

    @property
    def folder(self) -> Path:
        """The folder with the examples."""
        return examples_of(self.charter)

    def subjects(self) -> Iterator[Subject]:
        """Every example project and every case as a subject, its findings what is wrong with it as a test.

        A charter with requirements of its own and no examples gets a subject that says so.
        """
        projects, files = list(projects_in(self.folder)), list(case_files_in(self.folder))
        for each in projects:
            yield self.subject(each / NAME, self.of_project(each))
        for file in files:
            yield from self.of_file(file)
        if not projects and not files and self.needs_examples:
            none = finding_of(Defect(fault=fault("charter-no-examples")), default_level)
            path, reference = self.charter.path, self.charter.reference
            yield Subject(path=path, kind="charter", charter=reference, findings=(none,))

    @property
    def needs_examples(self) -> bool:
        """Whether it asks for something of its own; older versions were tested when they were new."""
        return bool(self.own) and self.charter.folder.absolute().parent.name != VERSIONS

    @cached_property
    def own(self) -> frozenset[str]:
        """The requirements that the charter which it extends does not have, and does not test."""
        inherited = self.charter.extends.requirements if self.charter.extends else ()
        return frozenset({each.id for each in self.charter.requirements} - {each.id for each in inherited})

    def subject(self, file: Path, defects: Iterable[Defect]) -> Subject:
        """An example, with what is wrong with it."""
        home = Path(self.charter.path).parent
        return Subject(
            path=(home / file.relative_to(self.charter.folder)).as_posix(),
            kind="example",
            charter=self.charter.reference,
            findings=tuple(finding_of(each, default_level) for each in defects),
        )

    def judge(self, folder: Path, name: str, settings: Settings) -> ProjectJudge:
        """What judges the project of a folder; the other examples are its neighbours."""
        judge = Judge(standard=None, settings=settings, catalogue=self.catalogue, portfolio=folder.parent)
        return ProjectJudge(judge=judge, folder=folder, name=name)

    def of_project(self, folder: Path) -> Iterator[Defect]:
        """How an example project is judged otherwise than it declares, and what is wrong with its form.

        It declares the outcome of all that the charter asks of its own, and of what else it likes.
        """
        try:
            example = example_in(folder)
            if example is None:
                yield Defect(fault=fault("charter-example-without-expectation"))
                return
            project = self.judge(folder, NAME, replace(self.settings, today=example.today))
            found = judged(project.project(self.charter))
        except BeffroiError as error:
            yield self.refused(error)
            return
        yield from project.declaration.defects
        for name in example.outcomes:
            if unknown := self.unknown(name):
                yield Defect(fault=unknown)
        for each in found:
            name = each.requirement.id
            expected = example.outcomes.get(name, example.others)
            if expected is None and name in self.own:
                yield Defect(fault=fault("charter-outcome-undeclared", requirement=name, found=known_as(each)))
            elif expected and not agrees(each, expected):
                yield Defect(fault=self.other(each, expected))

    def of_file(self, file: Path) -> Iterator[Subject]:
        """The cases of a file; those of a requirement that is retired are no longer judged."""
        try:
            cases = cases_in(file)
        except BeffroiError as error:
            yield self.subject(file, [self.refused(error)])
            return
        if unknown := self.unknown(file.stem):
            yield self.subject(file, [Defect(fault=unknown)])
        requirement = self.charter.requirement(file.stem)
        for each in cases:
            if requirement:
                found = self.of_case(each, requirement)
                yield self.subject(file, (replace(defect, line=each.line) for defect in found))

    def of_case(self, case: Case, requirement: Requirement) -> Iterator[Defect]:
        """How a case is judged otherwise than it declares."""
        settings = replace(self.settings, today=case.today, jobs=1)
        try:
            with altered(case, self.folder) as folder:
                project = self.judge(folder, NAME, settings).project(self.charter)
                found = judgement(requirement, project)
        except BeffroiError as error:
            yield self.refused(error, case.name)
            return
        if not agrees(found, case.expected):
            yield Defect(fault=self.other(found, case.expected, case.name))
        seen = [each.because.rule for each in found.observations]
        if missing := [each for each in case.value.get("says", ()) if each not in seen]:
            told = ", ".join(dict.fromkeys(seen)) or "-"
            yield Defect(fault=fault("charter-reason", case=case.name, missing=", ".join(missing), found=told))

    def other(self, found: Judgement, expected: Expected, case: str = "") -> Fault:
        """A requirement that comes to something else than is declared."""
        name, told = found.requirement.id, plain(found.said[self.settings.lang])
        return fault(
            "charter-outcome",
            "case" if case else None,
            case=case,
            requirement=name,
            declared=named(expected.outcome, expected.method),
            found=known_as(found),
            told=told,
        )

    def unknown(self, name: str) -> Fault | None:
        """The fault of a requirement that the charter has never had."""
        ids = [each.id for each in (*self.charter.requirements, *self.charter.retired)]
        if name in ids:
            return None
        near = difflib.get_close_matches(name, ids, n=1, cutoff=NEAR)
        if near:
            return fault("charter-unknown-requirement", "did-you-mean", name=name, meant=near[0])
        return fault("charter-unknown-requirement", name=name)

    def refused(self, error: BeffroiError, case: str = "") -> Defect:
        """An example that cannot be judged."""
        lang = self.settings.lang
        problem, mend = plain(error.message(lang)), plain(error.hint(lang))
        cause = "case" if case else None
        return Defect(fault=fault("charter-case-unusable", cause, case=case, problem=problem, mend=mend))


def agrees(found: Judgement, expected: Expected) -> bool:
    """Whether a requirement comes to what is declared."""
    return found.outcome is expected.outcome and expected.method in (None, found.method)


def known_as(found: Judgement) -> str:
    """What a requirement comes to, as examples declare it."""
    return named(found.outcome, found.method)


def named(outcome: str, method: str | None) -> str:
    """An outcome with its method."""
    return f"{outcome} ({method})" if method else str(outcome)


def plain(text: str) -> str:
    """A text with ordinary spaces: in a detail, others would be made visible."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
