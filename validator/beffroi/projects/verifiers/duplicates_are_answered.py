"""Where another project has the same theme and the same data, the project says why there are two.

Looks at the portfolio: a project with the same `theme` that works with data of the same standard, or with the very same
data, is answered in `project.duplicates`, or named in `project.synergies`; and every project that is answered is there.
Without a portfolio nobody can tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.model.project import Observation
from beffroi.projects.declaration import Declaration
from beffroi.projects.neighbours import identifier, neighbours
from beffroi.projects.observing import contradicted, lacking, met, unseen
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

AT = "/project/duplicates"
KEYS = ("downloadURL", "accessURL")


def run(project: Project, _options: Options) -> Iterator[Observation]:
    """Compare the project with the others of the portfolio."""
    if project.portfolio is None:
        yield unseen("no-portfolio", at=AT)
        return
    own, others = project.declaration, list(neighbours(project))
    found = [*unanswered(own, others, project.lang), *unknown(own, others)]
    yield from found or [met("compared", at=AT, count=len(others))]


def unanswered(own: Declaration, others: list[Declaration], lang: str) -> Iterator[Observation]:
    """Projects that seem to do the same, and of which nothing is said."""
    answered = {each.get("project") for name in ("duplicates", "synergies") for each in own.items(f"/project/{name}")}
    theme = theme_of(own)
    for each in others:
        shared = data_of(own) & data_of(each)
        if theme and theme == theme_of(each) and shared and identifier(each) not in answered:
            name = identifier(each) or each.text("/project/name", lang) or each.path
            yield lacking("unanswered", at=AT, project=name, theme=theme, shared=", ".join(sorted(shared)))


def unknown(own: Declaration, others: list[Declaration]) -> Iterator[Observation]:
    """Projects that are answered, and that there are not."""
    known = {identifier(each) for each in others}
    for at, each in own.each(AT):
        if each.get("project") and each["project"] not in known:
            yield contradicted("no-such-project", at=f"{at}/project", project=each["project"], count=len(others))


def theme_of(declaration: Declaration) -> str:
    """The theme of a project, regardless of capitals."""
    return str(declaration.get("/project/theme", "")).casefold()


def data_of(declaration: Declaration) -> frozenset[str]:
    """The standards of a project's data, and the addresses of what it offers."""
    found = set()
    for each in declaration.items("/datasets"):
        found |= {each[key] for key in KEYS if each.get(key)}
        standard = each.get("conformsTo", "").partition("@")[0]
        found |= {standard} if standard and "." not in standard else set()
    return frozenset(found)


VERIFIER = Verifier(run=run)
