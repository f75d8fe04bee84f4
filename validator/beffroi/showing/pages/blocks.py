"""What a page is made of, before it is HTML or Markdown: texts with links, and blocks of them.

Every text is plain: it is for the format to escape it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from itertools import chain

from beffroi.showing.words import Words
from beffroi.values import dataclass
from beffroi.visible import prose, visible

WEB = re.compile(r"https?://[^\s<>\"\\\x00-\x1f\x7f]+", re.IGNORECASE)
"""The only addresses of others that a page links to."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A text of one kind: `style` is empty, `code`, `strong`, or what a badge says (`must`, `required` …)."""

    text: str
    style: str = ""
    link: str | None = None


Text = tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A part of a page. Its `kind` is the name that formats know it by."""

    @property
    def kind(self) -> str:
        """The name of its class, in small letters."""
        return type(self).__name__.lower()


@dataclass(frozen=True, kw_only=True)
class Paragraph(Block):
    """A paragraph; a `note` stands out."""

    text: Text
    note: bool = False


@dataclass(frozen=True, kw_only=True)
class Items(Block):
    """A list."""

    items: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True)
class Facts(Block):
    """Short facts, each with its label."""

    facts: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, kw_only=True)
class Command(Block):
    """What is to be typed."""

    command: str


@dataclass(frozen=True, kw_only=True)
class Folded(Block):
    """Blocks that are shown when their title is asked for; `open` ones are shown from the beginning."""

    title: Text
    blocks: tuple[Block, ...]
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a table: its header first, then its other cells, each a list of blocks."""

    cells: tuple[tuple[Block, ...], ...]
    id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table(Block):
    """A table; `style` says how wide its columns are and what becomes of it on a narrow screen."""

    style: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Foreign(Block):
    """Markdown that others wrote."""

    markdown: str


@dataclass(frozen=True, kw_only=True)
class Section(Block):
    """A part with a heading that can be linked to."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections within."""
        return tuple(each for each in self.blocks if isinstance(each, Section))


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to another page of ours; `lang` is that page's language where it is another."""

    label: str
    file: str
    lang: str | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page: `home` is the list of all standards, `translations` and `forms` are the same page otherwise."""

    lang: str
    title: str
    blocks: tuple[Block, ...]
    home: Link | None
    translations: tuple[Link, ...]
    forms: tuple[Link, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the first level."""
        return tuple(each for each in self.blocks if isinstance(each, Section))


def plain(text: str) -> Text:
    """A sentence as it is to be read."""
    return (Piece(text=prose(text)),) if text else ()


def code(text: str, link: str | None = None) -> Text:
    """What stands so in a file, every sign of it visible."""
    return (Piece(text=visible(text), style="code", link=link),)


def strong(text: str) -> Text:
    """A sentence that matters."""
    return (Piece(text=prose(text), style="strong"),)


def badge(text: str, style: str) -> Text:
    """A word that says of which kind something is."""
    return (Piece(text=prose(text), style=style),)


def linked(text: str, link: str | None) -> Text:
    """A text that leads to another place, where there is one."""
    return (Piece(text=prose(text), link=link),)


def web(address: object) -> str | None:
    """An address of others that may be linked to; none that is not of the web."""
    return address if isinstance(address, str) and WEB.fullmatch(address) else None


def joined(texts: Iterable[Text], sign: str = ", ") -> Text:
    """Texts one behind the other, with a sign between them."""
    found = [text for text in texts if text]
    between = (Piece(text=sign),)
    return tuple(chain.from_iterable(part for text in found for part in (between, text)))[1:]


def told(words: Words, key: str, **details: Text) -> Text:
    """A text of ours, with pieces in the place of its placeholders."""
    return tuple(parts(words.template(key), details))


def parts(template: str, details: dict[str, Text]) -> Iterator[Piece]:
    """The pieces of a text."""
    for literal, name, _, _ in string.Formatter().parse(template):
        if literal:
            yield Piece(text=literal)
        yield from details[name] if name else ()


def capital(text: str) -> str:
    """A text as it begins a line."""
    return text[:1].upper() + text[1:]


def label(text: str) -> str:
    """A text that is a heading or a label: with a capital, without the colon behind it."""
    return capital(prose(text).rstrip(": \u00a0"))


def said(text: str) -> Paragraph:
    """A paragraph of one sentence of ours, or of a standard."""
    return Paragraph(text=plain(text))
