"""Pages as GitHub-flavoured Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote

from beffroi.showing.pages.blocks import (
    Block,
    Command,
    Facts,
    Folded,
    Foreign,
    Items,
    Page,
    Paragraph,
    Piece,
    Section,
    Table,
    Text,
)
from beffroi.showing.pages.changelog import as_markdown, fenced

SPECIAL = re.compile(r"([\\`*_\[\]<>~&$])")
AT_THE_START = re.compile(r"^(\s*)(?:([-+=#])|(\d+)([.)]))")
IN_AN_ADDRESS = ":/?#[]@!$&'*+,;=%~"
"""The signs of an address that stay as they are; brackets would end the link."""


def render(page: Page) -> str:
    """A page as a whole file."""
    others = [*([page.home] if page.home else []), *page.translations, *page.forms]
    links = " · ".join(link(escaped(each.label), each.file) for each in others)
    parts = [links, f"# {escaped(page.title)}", *blocks(page.blocks, 2)]
    return "\n\n".join(each for each in parts if each) + "\n"


def blocks(given: Iterable[Block], level: int) -> Iterator[str]:
    """Each block; `level` is that of the headings in them."""
    for each in given:
        yield from block(each, level)


def block(given: Block, level: int) -> Iterator[str]:
    """One block, in parts between which there is a blank line."""
    match given:
        case Paragraph():
            yield f"> {inline(given.text)}" if given.note else inline(given.text)
        case Items():
            yield "\n".join(f"- {inline(each)}" for each in given.items)
        case Facts():
            yield "\n".join(f"- **{escaped(name)}** – {inline(text)}" for name, text in given.facts)
        case Command():
            yield fenced(given.command, "sh")
        case Folded():
            yield f"<details>\n<summary>{as_html(given.title)}</summary>"
            yield from blocks(given.blocks, level)
            yield "</details>"
        case Table():
            yield "\n".join(table(given))
        case Foreign():
            yield as_markdown(given.markdown, level)
        case Section():
            yield f'<a id="{escape(given.id)}"></a>'
            yield f"{'#' * min(level, 6)} {escaped(given.title)}"
            yield from blocks(given.blocks, level + 1)


def table(given: Table) -> Iterator[str]:
    """The lines of a table."""
    yield line(escaped(each) for each in given.head)
    yield line("---" for _ in given.head)
    for row in given.rows:
        anchor = f'<a id="{escape(row.id)}"></a>' if row.id else ""
        first, *others = (cell(each) for each in row.cells)
        yield line([anchor + first, *others])


def line(cells: Iterable[str]) -> str:
    """One line of a table."""
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"


def cell(given: Iterable[Block]) -> str:
    """The blocks of a cell, in one line."""
    return "<br>".join(part for each in given for part in lines(each))


def lines(given: Block) -> Iterator[str]:
    """A block of a cell, line by line."""
    match given:
        case Paragraph():
            yield inline(given.text)
        case Items():
            yield from (inline(each) for each in given.items)
        case Folded():
            within = "<br>".join(part for each in given.blocks for part in lines(each))
            yield f"<details><summary>{inline(given.title)}</summary>{within}</details>"


def inline(text: Text) -> str:
    """A text in one line."""
    return "".join(piece(each) for each in text)


def piece(given: Piece) -> str:
    """A piece of a text."""
    shown = code(given.text) if given.style == "code" else escaped(given.text)
    shown = f"**{shown}**" if given.style not in ("", "code") else shown
    return link(shown, given.link) if given.link else shown


def as_html(text: Text) -> str:
    """A text where no Markdown is heeded, in the first lines of a block of HTML."""
    shown = ((escape(each.text), "code" if each.style == "code" else "b" if each.style else "") for each in text)
    return "".join(f"<{tag}>{each}</{tag}>" if tag else each for each, tag in shown)


def link(shown: str, address: str) -> str:
    """A link."""
    return f"[{shown}]({quote(address, safe=IN_AN_ADDRESS)})"


def code(text: str) -> str:
    """What stands so in a file: between backquotes, or as HTML where a table would tear it apart."""
    if re.search(r"[|`\n]", text) or not text.strip():
        return f"<code>{escaped(text)}</code>"
    return f"`{text}`"


def escaped(text: str) -> str:
    """A text without anything that Markdown takes for more than text."""
    return AT_THE_START.sub(backslashed, SPECIAL.sub(r"\\\1", " ".join(text.split("\n"))))


def backslashed(match: re.Match[str]) -> str:
    """What would begin a list or a heading."""
    space, sign, number, behind = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{behind}"
