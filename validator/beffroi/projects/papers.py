"""A document that a project hands in, as paragraphs and headings: Markdown, plain text, HTML, OpenDocument, Word.

A PDF is opened only as far as being a PDF of a size. Whoever wrote the file is not trusted: what is read is bounded,
and the XML of an office document with a DTD, out of which entities could grow, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from html import unescape
from pathlib import Path

from beffroi.model.faults import Fault, reason
from beffroi.model.project import Looked, Observation
from beffroi.projects.folding import folded, says
from beffroi.projects.formats import form_of, suffix
from beffroi.projects.observing import contradicted, unusable
from beffroi.projects.project import Located, Project
from beffroi.values import dataclass

PDF_END = 1024
"""How far from its end a PDF says that it ends (ISO 32000, annex H)."""
TITLE_WORDS = 12
"""The most words of a line of plain text that can be a heading."""
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HASHES = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
EQUALS = re.compile(r"(={1,6}|#{1,6})(?=\s)")
UNDERLINE = re.compile(r"([=~^*#+.-])\1{2,}")
NUMBERED = re.compile(r"(?:[0-9]{1,2}|[IVX]{1,5}|[A-Za-z])(?:[.)]|(?:\.[0-9]{1,2}){1,4}\.?)\s")
BULLETS = ("-", "*", "•", "–", "—", ">", "|")
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*+)[^<>]*+>|<[!?/][^<>]*+>", re.IGNORECASE)
H = re.compile(r"h[1-6]")
HIDDEN = {"script", "style", "title", "template", "noscript"}
INLINE = frozenset(("", "a", "abbr", "b", "br", "cite", "code", "data", "em", "font", "i", "kbd", "mark", "q", "s")) | {
    *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}
"""Tags that do not end a paragraph."""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph, or where it has a `level`, a heading; 1 is the highest."""

    text: str
    level: int = 0

    @cached_property
    def folded(self) -> str:
        """Its words, as they are compared."""
        return folded(self.text)

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.folded.count(" ") + 1 if self.folded else 0


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document of a format, as its paragraphs; `None` where it was not looked into."""

    format: str
    paragraphs: tuple[Paragraph, ...] | None

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return sum(each.words for each in self.paragraphs or ())

    @property
    def headings(self) -> tuple[str, ...]:
        """Its headings, in order."""
        return tuple(each.text for each in self.paragraphs or () if each.level)

    def below(self, synonyms: Sequence[str]) -> int | None:
        """How many words stand under a heading with one of the synonyms, under the fullest of several; else `None`."""
        wanted = [folded(each) for each in synonyms]
        found = [
            self.words_under(index)
            for index, each in enumerate(self.paragraphs or ())
            if each.level and any(says(each.folded, phrase) for phrase in wanted)
        ]
        return max(found, default=None)

    def words_under(self, heading: int) -> int:
        """How many words stand between a heading and the next one that is as high."""
        paragraphs = self.paragraphs or ()
        count = 0
        for each in paragraphs[heading + 1 :]:
            if 0 < each.level <= paragraphs[heading].level:
                break
            count += 0 if each.level else each.words
        return count

    def first_said(self, phrases: Sequence[str]) -> str | None:
        """The first of some phrases that a paragraph of it says."""
        return next(
            (each for each in phrases if any(says(one.folded, folded(each)) for one in self.paragraphs or ())), None
        )


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A document that the declaration names by `path` at `pointer`, and that was opened."""

    pointer: str
    path: str
    paper: Paper
    looked: Looked


def opened(project: Project, at: str) -> Opened | Observation:
    """The document whose path stands at a pointer; or why it cannot be used, or that there is nothing in it."""
    path = project.declaration.get(at)
    located = project.locate(path)
    found = paper(project, located)
    if isinstance(found, Fault):
        return unusable(path, found, at)
    looked = project.looked(located)
    if found.paragraphs is not None and not found.words:
        return contradicted("empty-file", at=at, looked=looked, path=path)
    return Opened(pointer=at, path=path, paper=found, looked=looked)


def paper(project: Project, located: Located) -> Paper | Fault:
    """A document of the project; a fault where it is not there, is damaged, or cannot be read as text."""
    if located.file is None:
        return located.fault or reason("missing-file")
    if not located.file.is_file():
        return reason("is-folder")
    kind = form_of(located.file).format
    if kind == "pdf":
        return whole_pdf(located.file)
    if kind in {"odt", "docx"}:
        from beffroi.projects.office import paragraphs_of

        found = paragraphs_of(located.file, kind)
        return found if isinstance(found, Fault) else Paper(format=kind, paragraphs=found)
    text = project.text(located)
    if isinstance(text, Fault):
        return text
    kind = text_kind(kind, located.file.name)
    return Paper(format=kind, paragraphs=tuple(each for each in READERS[kind](text) if each.text))


def whole_pdf(file: Path) -> Paper | Fault:
    """A PDF, which is not looked into; a fault where its end is missing."""
    try:
        with file.open("rb") as stream:
            stream.seek(max(0, file.stat().st_size - PDF_END))
            end = stream.read(PDF_END)
    except OSError:
        return reason("damaged-document")
    return Paper(format="pdf", paragraphs=None) if b"%%EOF" in end else reason("damaged-document")


def text_kind(kind: str, name: str) -> str:
    """How a text is to be read: by what it holds, or by its name."""
    if kind == "html" or suffix(name) in {"html", "htm", "xhtml"}:
        return "html"
    return "markdown" if suffix(name) in {"md", "markdown", "mdown", ""} else "text"


def markdown(text: str) -> Iterator[Paragraph]:
    """The lines of a Markdown text, its headings told as CommonMark does (4.2, 4.3) outside of fenced code (4.5).

    The reader that we use elsewhere takes a quarter of a minute for a mebibyte that means ill.
    """
    found: list[Paragraph] = []
    fence = ""
    for line in without_comments(text).splitlines():
        mark = FENCE.match(line)
        last = found[-1] if found else Paragraph(text="")
        if fence:
            closes = mark is not None and mark[1].startswith(fence) and line.strip() == mark[1]
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]
        elif hashes := HASHES.match(line):
            found.append(Paragraph(text=line[hashes.end() :].strip().rstrip("#").strip(), level=len(hashes[1])))
            continue
        elif last.text and not last.level and set(line.strip()) in ({"="}, {"-"}):
            found[-1] = Paragraph(text=last.text, level=1 if "=" in line else 2)
            continue
        found.append(Paragraph(text="" if mark else line.strip()))
    yield from found


def plain(text: str) -> Iterator[Paragraph]:
    """The lines of a text, with those as headings that look like it."""
    lines = [each.strip() for each in text.splitlines()]
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        yield Paragraph(text=line, level=level_of(line, before, after))


def level_of(line: str, before: str, after: str) -> int:
    """The level of a line as a heading, and 0 where it is none: it is underlined, or short, behind a blank line, and
    numbered, in capitals, with a colon at its end, or alone."""
    if not line or UNDERLINE.fullmatch(line):
        return 0
    if marks := EQUALS.match(line):
        return len(marks[1])
    number = NUMBERED.match(line)
    fits = line.count(" ") < TITLE_WORDS and line[-1] not in ".,;!?" and not line.startswith(BULLETS)
    is_title = fits and not before and (number or line.isupper() or line.endswith(":") or not after)
    if not (is_title or UNDERLINE.fullmatch(after)):
        return 0
    return len(re.findall(r"\w+", number.group())) if number else 1


def html(text: str) -> Iterator[Paragraph]:
    """The text of a page between its tags; what is not shown is left out.

    The reader of the standard library takes minutes for a mebibyte that means ill.
    """
    text = without_comments(text)
    level, hidden, gathered, end = 0, "", [""], 0
    for tag in TAG.finditer(text):
        name = (tag[2] or "").lower()
        gathered += [] if hidden else [text[end : tag.start()], " " if name == "br" else ""]
        end = tag.end()
        if hidden:
            hidden = "" if tag[1] and name == hidden else hidden
        elif name not in INLINE:
            yield Paragraph(text=shown(gathered), level=level)
            gathered = []
            if H.fullmatch(name):
                level = 0 if tag[1] else int(name[1])
            hidden = name if name in HIDDEN and not tag[1] else ""
    if not hidden:
        yield Paragraph(text=shown([*gathered, text[end:]]), level=level)


def shown(pieces: list[str]) -> str:
    """Pieces of HTML as the text that a reader sees."""
    return " ".join(unescape("".join(pieces)).split())


def without_comments(text: str) -> str:
    """Markdown or HTML without its comments; one that does not end reaches to the next."""
    first, *rest = text.split("<!--")
    return "".join([first, *(each.partition("-->")[2] for each in rest)])


READERS: Mapping[str, Callable[[str], Iterator[Paragraph]]] = {"markdown": markdown, "text": plain, "html": html}
