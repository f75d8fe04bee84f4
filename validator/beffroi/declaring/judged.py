"""A declared project with what was found about it: what whoever passes it on needs at hand."""

from __future__ import annotations

from pathlib import Path

from beffroi.catalogue import Catalogue
from beffroi.checking import check_paths
from beffroi.deliveries import Judge
from beffroi.model.charter import Charter, Outcome
from beffroi.model.levels import Level
from beffroi.model.project import Judgement
from beffroi.model.report import Report, Subject
from beffroi.projects.checking import ProjectJudge
from beffroi.projects.declaration import Declaration
from beffroi.projects.project import NO_CHARTER
from beffroi.settings import Settings
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A declaration, the charter that the project was judged by, and the report."""

    declaration: Declaration
    charter: Charter
    report: Report

    @property
    def project(self) -> Subject:
        """What the report says of the project."""
        return next(each for each in self.report.subjects if each.kind == "project")

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """What is known of each requirement."""
        return self.project.judgements

    @property
    def lang(self) -> str:
        """The language of the report."""
        return self.report.lang

    @property
    def name(self) -> str:
        """What the project is called."""
        return self.declaration.text("/project/name", self.lang) or self.project.path

    @property
    def waived(self) -> int:
        """How many musts are waived."""
        return sum(each.outcome is Outcome.WAIVED and each.level is Level.MUST for each in self.judgements)


def judged(
    file: str, settings: Settings, catalogue: Catalogue, *, charter: str | None = None, portfolio: Path | None = None
) -> Judged:
    """The project that a file declares, judged as `beffroi check` does it. Raises `BeffroiError`."""
    report = check_paths([file], None, settings, catalogue=catalogue, charter=charter, portfolio=portfolio)
    judge = Judge(standard=None, settings=settings, catalogue=catalogue, charter=charter, portfolio=portfolio)
    seen = ProjectJudge(judge=judge, folder=Path(file).parent, name=file)
    return Judged(declaration=seen.declaration, charter=seen.charter or NO_CHARTER, report=report)
