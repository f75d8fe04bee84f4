"""A document is in the project, is recent enough, and says something under each of the headings that are asked for.

Looks at the document, or at each document of a list (the first 20), at the option `pointer`, which leads to the object
that has its `path`, or to the path itself. Markdown, plain text, HTML, OpenDocument (`.odt`) and Word (`.docx`) are
looked into: whether they have the `words` that are asked for, and for each group of the option `headings` a heading
that has one of its synonyms in it, whatever its accents and capitals, with words below. A message names the first two
of a group: put the English one first, the French one second. A PDF is opened only as far as being a PDF of a size:
where headings or words are asked for, a person must look. `date` is the key beside the path that says when the
document was written or reviewed; that day must be past, and with `maxAge` not longer ago. What the sections say is not
judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.model.charter import Method
from beffroi.model.project import Observation
from beffroi.projects.dating import PERIOD, dated
from beffroi.projects.declaration import called
from beffroi.projects.observing import doubtful, lacking, met, unseen
from beffroi.projects.papers import Opened, opened
from beffroi.projects.project import Project
from beffroi.projects.verifiers import Options, Verifier

MOST = 20
"""The most documents of a list that are looked at."""


def run(project: Project, options: Options) -> Iterator[Observation]:
    """Look at each document."""
    at = options["pointer"]
    named = list(places(project, at))
    if not named:
        yield lacking("nothing-declared", at=at, place=called(at), method=Method.DECLARED)
    for each in named[:MOST]:
        yield from document(project, each, options)
    if len(named) > MOST:
        yield unseen("more-not-looked-at", at=at, place=called(at), count=len(named) - MOST)


def places(project: Project, at: str) -> Iterator[str]:
    """The pointers of the documents that are declared at a pointer."""
    found = project.declaration.get(at)
    if isinstance(found, list):
        yield from (pointer for pointer, _ in project.declaration.each(at))
    elif isinstance(found, dict | str):
        yield at


def document(project: Project, at: str, options: Options) -> Iterator[Observation]:
    """What there is to say of the document that is declared at a pointer."""
    is_path = isinstance(project.declaration.get(at), str)
    path_at = at if is_path else f"{at}/path"
    if not isinstance(project.declaration.get(path_at), str):
        yield lacking("nothing-declared", at=path_at, place=called(path_at), method=Method.DECLARED)
        return
    found = opened(project, path_at)
    if isinstance(found, Observation):
        yield found
        return
    yield from inside(found, options)
    if "date" in options:
        beside = path_at.rpartition("/")[0]
        yield dated(project, f"{beside}/{options['date']}", options.get("maxAge"), found.looked)


def inside(found: Opened, options: Options) -> Iterator[Observation]:
    """What is in the document, and what is not."""
    groups, least = options.get("headings", ()), options.get("words", 1)
    about = {"at": found.pointer, "looked": found.looked, "path": found.path}
    if found.paper.paragraphs is None:
        say, key = (doubtful, "not-looked-into") if groups or "words" in options else (met, "only-opened")
        yield say(key, **about, bytes=found.looked.bytes)
        return
    below = [found.paper.below(each) for each in groups]
    missing = [each for each, words in zip(groups, below, strict=True) if words is None]
    bare = [each for each, words in zip(groups, below, strict=True) if words == 0]
    if found.paper.words < least:
        yield lacking("too-short", **about, words=found.paper.words, least=least)
    if missing:
        yield lacking("headings-missing", **about, missing=named(missing), count=len(missing), asked=len(groups))
    if bare:
        yield lacking("nothing-below", **about, headings=named(bare))
    if found.paper.words >= least and not missing and not bare:
        yield met("complete" if groups else "there", **about, words=found.paper.words, headings=len(groups))


def named(groups: Sequence[Sequence[str]]) -> str:
    """Groups of synonyms, each by its first two."""
    return ", ".join(" / ".join(each[:2]) for each in groups)


VERIFIER = Verifier(
    run=run,
    options={
        "type": "object",
        "additionalProperties": False,
        "required": ["pointer"],
        "properties": {
            "pointer": {"type": "string", "pattern": "^/"},
            "date": {"type": "string", "minLength": 1},
            "maxAge": PERIOD,
            "headings": {
                "type": "array",
                "items": {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "\\w"}},
            },
            "words": {"type": "integer", "minimum": 1},
        },
        "dependentRequired": {"maxAge": ["date"]},
    },
)
