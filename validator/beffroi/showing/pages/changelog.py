"""The changelog of a standard: Markdown that others wrote, as safe HTML or as a part of a Markdown page.

No HTML in it is heeded, no image shown, and only addresses of the web are links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from beffroi.catalogue.reading import inside
from beffroi.errors import BeffroiError
from beffroi.model.standard import Standard
from beffroi.showing.pages.blocks import WEB

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

FILE = "CHANGELOG.md"
LARGEST = 1 << 20
LOWEST = 6


def changelog_of(standard: Standard) -> str:
    """The changelog in a standard's folder; empty where there is none that can be read."""
    try:
        path = inside(standard.folder, FILE) if standard.folder else None
        if path is None or not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        return path.read_text(encoding="utf-8", errors="replace")
    except (BeffroiError, OSError):
        return ""


def parser(*, html: bool) -> MarkdownIt:
    """A reader of Markdown; `html` says whether it tells HTML from text, to find it."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": html})
    if not html:
        made.disable("image")
        made.validateLink = lambda url: WEB.fullmatch(url) is not None  # type: ignore[method-assign]
    return made


def as_html(text: str, level: int) -> str:
    """Safe HTML, its headings from `level` on; the title of the whole, the first of the first level, is left out."""
    reader = parser(html=False)
    tokens = without_title(reader.parse(text))
    levels = shifted(tokens, level)
    for each in tokens:
        if each.type.startswith("heading"):
            each.tag = f"h{levels[each.tag]}"
    html: str = reader.renderer.render(tokens, reader.options, {})
    return html


def without_title(tokens: Sequence[Token]) -> list[Token]:
    """The tokens behind a title that opens the text."""
    is_title = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
    return list(tokens[3:] if is_title else tokens)


def shifted(tokens: Sequence[Token], level: int) -> dict[str, int]:
    """The level that headings of each tag get, none left out between them."""
    used = sorted({each.tag for each in tokens if each.type == "heading_open"})
    return {tag: min(level + rank, LOWEST) for rank, tag in enumerate(used)}


def as_markdown(text: str, level: int) -> str:
    """The same as Markdown: as written but for its headings, or as code where there is anything that could do harm."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tokens = parser(html=True).parse(text)
    if not all(harmless(each) for each in tokens):
        return fenced(text)
    lines = text.split("\n")
    if without_title(tokens) != list(tokens) and tokens[0].map:
        lines[: tokens[0].map[1]] = [""] * tokens[0].map[1]
    levels = shifted(without_title(tokens), level)
    for start, end, heading in headings(without_title(tokens), levels):
        lines[start:end] = [heading, *[""] * (end - start - 1)]
    return "\n".join(lines).strip()


def headings(tokens: Sequence[Token], levels: dict[str, int]) -> Iterator[tuple[int, int, str]]:
    """The lines of each heading that is in nothing else, and what it becomes."""
    for at, each in enumerate(tokens):
        if each.type == "heading_open" and each.level == 0 and each.map:
            content = " ".join(tokens[at + 1].content.split())
            yield each.map[0], each.map[1], f"{'#' * levels[each.tag]} {content}"


def harmless(token: Token) -> bool:
    """Whether there is neither HTML nor an image, nor a link that leads elsewhere than to the web."""
    if token.type in ("html_block", "html_inline", "image"):
        return False
    if token.type == "link_open" and not WEB.fullmatch(str(token.attrs.get("href", ""))):
        return False
    return all(harmless(each) for each in token.children or ())


def fenced(text: str, language: str = "") -> str:
    """A text as a block of code, whatever it holds."""
    longest = max((len(each) for each in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
