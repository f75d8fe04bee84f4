"""What a change of the charter would do to declared projects: each judged as it is, and as it would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from beffroi.deliveries import Judge
from beffroi.errors import BeffroiError, NoSuchInput
from beffroi.model.charter import Charter, Outcome
from beffroi.model.levels import Level, Verdict
from beffroi.model.project import Judgement
from beffroi.model.report import Subject
from beffroi.projects.checking import ProjectJudge
from beffroi.projects.declaration import NAME, Declaration
from beffroi.projects.portfolio import Portfolio
from beffroi.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A requirement of which another is known: its judgement before and after, of which one may be missing."""

    id: str
    before: Judgement | None
    after: Judgement | None

    @property
    def is_lost(self) -> bool:
        """Whether it is a must that is not met, and was none before, or was met."""
        return fails(self.after) and not fails(self.before)

    @property
    def is_won(self) -> bool:
        """Whether it was a must that is not met, and is none any more, or is met."""
        return fails(self.before) and not fails(self.after)


def fails(judgement: Judgement | None) -> bool:
    """Whether a project does not conform because of this, or nobody can tell."""
    if judgement is None or judgement.level is not Level.MUST:
        return False
    return judgement.outcome.fails or judgement.outcome.is_open


@dataclass(frozen=True, kw_only=True)
class Tried:
    """A project as it is judged, and as it would be."""

    declaration: Declaration
    before: Subject
    after: Subject

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The requirements whose level or outcome would be another, in the order of the charter."""
        old = {each.requirement.id: each for each in self.before.judgements}
        new = {each.requirement.id: each for each in self.after.judgements}
        names = (*new, *(each for each in old if each not in new))
        shifts = (Shift(id=name, before=old.get(name), after=new.get(name)) for name in names)
        return tuple(each for each in shifts if known_of(each.before) != known_of(each.after))


def known_of(judgement: Judgement | None) -> tuple[str, ...]:
    """What two judgements are compared by; what does not apply is as good as not asked."""
    if judgement is None or judgement.outcome is Outcome.NOT_APPLICABLE:
        return ()
    return judgement.level, judgement.outcome


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """Projects under two charters; `problems` are those that could not be judged."""

    before: Charter
    after: Charter
    projects: tuple[Tried, ...]
    problems: tuple[BeffroiError, ...] = ()

    @property
    def lost(self) -> tuple[Tried, ...]:
        """The projects that would no longer conform."""
        return tuple(each for each in self.projects if self.left(each, Verdict.CONFORMANT))

    @property
    def won(self) -> tuple[Tried, ...]:
        """The projects that would conform, and do not now."""
        changed = (each for each in self.projects if each.after.verdict is Verdict.CONFORMANT)
        return tuple(each for each in changed if each.before.verdict is not Verdict.CONFORMANT)

    @property
    def other(self) -> tuple[Tried, ...]:
        """The projects for which something would change, though not whether they conform."""
        moved = {id(each) for each in (*self.lost, *self.won)}
        return tuple(each for each in self.projects if each.shifts and id(each) not in moved)

    @staticmethod
    def left(tried: Tried, verdict: Verdict) -> bool:
        """Whether a project has a verdict, and would have another."""
        return tried.before.verdict is verdict and tried.after.verdict is not verdict

    def conforming(self, side: str) -> int:
        """How many projects conform, `before` or `after`."""
        return sum(getattr(each, side).verdict is Verdict.CONFORMANT for each in self.projects)


def simulated(paths: Iterable[str], before: Charter, after: Charter, judge: Judge) -> Simulation:
    """Judge all declared projects of some paths by both charters: each a declaration, or a folder in which they are.

    Raises `NoSuchInput` for a path that does not exist, or below which no project is declared.
    """
    tried, problems = [], []
    for file, name in files_of(paths):
        try:
            tried.append(trial(ProjectJudge(judge=judge, folder=file.parent, name=name), before, after))
        except BeffroiError as error:
            problems.append(error)
    return Simulation(before=before, after=after, projects=tuple(tried), problems=tuple(problems))


def trial(project: ProjectJudge, before: Charter, after: Charter) -> Tried:
    """One project under both charters; its data is looked at once."""
    now = project.project(before)
    then = replace(now, charter=after)
    return Tried(
        declaration=project.declaration,
        before=project.whole(now, before),
        after=project.whole(then, after),
    )


def files_of(paths: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """The declarations of some paths, each once, with the name that answers call it by."""
    seen = set()
    for path in paths:
        found = list(declarations(Path(path)))
        if not found:
            raise NoSuchInput("no-projects", where=path)
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file.as_posix()


def declarations(path: Path) -> Iterator[Path]:
    """The declarations of projects that a path means; one that cannot be read is among them, and told of later."""
    if path.is_file():
        yield from (path,) if path.name == NAME else ()
        return
    if not path.is_dir():
        raise NoSuchInput("no-such-input", where=path.as_posix() or '""')
    for file in sorted(Portfolio.of(path).files()):
        if declares_project(file):
            yield file


def declares_project(file: Path) -> bool:
    """Whether a declaration is one of a project, as far as it can be read."""
    try:
        return "project" in Declaration.read(file).document.value
    except BeffroiError:
        return True
