"""The paragraphs of an OpenDocument text or a Word document, read from the XML in its zip, as a stream and bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from beffroi import limits
from beffroi.model.faults import Fault, reason
from beffroi.packages.archives import DAMAGED
from beffroi.projects.papers import Paragraph

LARGEST = 64 << 20
"""The largest file that is opened."""
XML_BYTES = 16 << 20
"""The most that its text, or its styles, may expand to; a hundred pages take some three mebibytes."""
STYLES = "word/styles.xml"
"""A document may do without it."""
MEMBERS = {"odt": ("content.xml",), "docx": (STYLES, "word/document.xml")}
SPACES = {"s", "tab", "line-break", "br", "cr"}
UNREADABLE = (*DAMAGED, RuntimeError, KeyError, OSError, expat.ExpatError)
"""What comes of a zip that is damaged, encrypted, or without the member that is sought, and of XML that is none."""
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
DEEPEST_STYLE = 20

Attributes = Mapping[str, str]


class Suspicious(ValueError):
    """XML as no office program writes it: with a document type, out of which entities could grow, or without bottom."""


class TooLarge(Exception):
    """More comes out of the zip than is read."""


def paragraphs_of(file: Path, kind: str) -> tuple[Paragraph, ...] | Fault:
    """The paragraphs of a document of a kind, `odt` or `docx`; a fault where it is damaged or too large."""
    try:
        if file.stat().st_size > LARGEST:
            return reason("too-large", limit=f"{LARGEST >> 20} MiB")
        with ZipFile(file) as archive:
            parts = [member(archive, name) for name in MEMBERS[kind]]
        return open_document(*parts) if kind == "odt" else word(*parts)
    except TooLarge:
        return reason("too-large", limit=f"{XML_BYTES >> 20} MiB")
    except UNREADABLE:
        return reason("damaged-document")


def member(archive: ZipFile, name: str) -> bytes:
    """A member of a zip; raises `TooLarge`, and what is in `UNREADABLE`."""
    if len(archive.infolist()) > limits.ARCHIVE_MEMBERS:
        raise TooLarge
    if name == STYLES and name not in archive.namelist():
        return b"<none/>"
    entry = archive.getinfo(name)
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise KeyError(name)
    with archive.open(entry) as stream:
        found = stream.read(XML_BYTES + 1)
    if len(found) > XML_BYTES:
        raise TooLarge
    return found


def parse(
    xml: bytes, start: Callable[[str, Attributes], None], end: Callable[[str], None], text: Callable[[str], None]
) -> None:
    """Tell the elements of an XML by their names without namespaces; raises `ExpatError`, or `Suspicious`."""

    depth = 0

    def refused(*_: object) -> None:
        raise Suspicious

    def inwards(name: str, given: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.DEPTH:
            raise Suspicious
        start(local(name), {local(key): given[key] for key in given})

    def outwards(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(local(name))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refused
    parser.StartElementHandler = inwards
    parser.EndElementHandler = outwards
    parser.CharacterDataHandler = text
    parser.Parse(xml)
    parser.Parse(b"", True)  # noqa: FBT003 - the parser takes no keywords


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


class Gathering:
    """Gathers paragraphs as they come; one may stand in another, as in a note or a frame."""

    def __init__(self) -> None:
        self.done: list[Paragraph] = []
        self.open: list[tuple[list[str], list[int]]] = []

    def begin(self, level: int) -> None:
        """A paragraph begins."""
        self.open.append(([], [level]))

    def say(self, text: str) -> None:
        """The innermost paragraph goes on."""
        if self.open:
            self.open[-1][0].append(text)

    def rank(self, level: int) -> None:
        """The innermost paragraph is a heading of that level, or none."""
        if self.open:
            self.open[-1][1].append(level)

    def finish(self) -> None:
        """The innermost paragraph is over."""
        pieces, levels = self.open.pop()
        text = " ".join("".join(pieces).split())
        if text:
            self.done.append(Paragraph(text=text, level=levels[-1]))


def open_document(content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of an OpenDocument text (OpenDocument 1.3, 5.1); what was deleted under watch is left out."""
    gathered = Gathering()
    outside = [0]

    def start(name: str, given: Attributes) -> None:
        if name == "tracked-changes" or outside[0]:
            outside[0] += 1
        elif name in {"h", "p"}:
            gathered.begin(number(given.get("outline-level", "1")) if name == "h" else 0)
        elif name in SPACES:
            gathered.say(" ")

    def end(name: str) -> None:
        if outside[0]:
            outside[0] -= 1
        elif name in {"h", "p"}:
            gathered.finish()

    parse(content, start, end, lambda text: None if outside[0] else gathered.say(text))
    return tuple(gathered.done)


def word(styles: bytes, content: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a Word document (ISO/IEC 29500-1, 17.3.1): headings are told by style or outline level."""
    levels = levels_of(styles)
    gathered = Gathering()
    in_text = [False]

    def start(name: str, given: Attributes) -> None:
        value = given.get("val", "")
        in_text[0] = name == "t"
        if name == "p":
            gathered.begin(0)
        elif name == "pStyle":
            gathered.rank(levels.get(value, 0))
        elif name == "outlineLvl":
            gathered.rank(outline(value))
        elif name in SPACES:
            gathered.say(" ")

    def end(name: str) -> None:
        in_text[0] = False
        if name == "p":
            gathered.finish()

    parse(content, start, end, lambda text: gathered.say(text) if in_text[0] else None)
    return tuple(gathered.done)


def levels_of(styles: bytes) -> Mapping[str, int]:
    """The levels of the styles that are of headings, by their ids, inherited ones among them."""
    own: dict[str, int] = {}
    above: dict[str, str] = {}
    here = [""]

    def start(name: str, given: Attributes) -> None:
        value = given.get("val", "")
        if name == "style":
            here[0] = given.get("styleId", "")
        elif name == "basedOn":
            above[here[0]] = value
        elif name == "outlineLvl":
            own[here[0]] = outline(value)
        elif name == "name" and (found := HEADING.fullmatch(value)):
            own.setdefault(here[0], int(found[1]))

    parse(styles, start, lambda _name: None, lambda _text: None)
    return {each: inherited(each, own, above) for each in {*own, *above}}


def inherited(style: str, own: Mapping[str, int], above: Mapping[str, str]) -> int:
    """The level of a style: its own, or that of the one that it is based on."""
    for _ in range(DEEPEST_STYLE):
        if style in own:
            return own[style]
        style = above.get(style, "")
    return 0


def outline(value: str) -> int:
    """An outline level of Word, from 0, as a level; 9 means body text."""
    return (number(value) + 1) % 10


def number(text: str) -> int:
    """A small number; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 3 else 0
