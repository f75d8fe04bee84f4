"""The page that lists all standards, by theme."""

from __future__ import annotations

from beffroi.model.standard import Standard
from beffroi.showing.pages.blocks import (
    Block,
    Page,
    Paragraph,
    Row,
    Section,
    Table,
    code,
    joined,
    label,
    linked,
    plain,
    said,
)
from beffroi.showing.pages.site import View, as_id, is_older, unique
from beffroi.showing.pages.standard import status, theme
from beffroi.showing.words import in_language
from beffroi.standards.drafting import slug


def index(view: View) -> Page:
    """The list of all standards that have a page."""
    themes: dict[str, list[Standard]] = {}
    for each in view.site.standards:
        themes.setdefault(theme(each, view.lang), []).append(each)
    named = sorted(themes, key=lambda each: (not each, slug(each)))
    count = len(view.site.standards)
    told = view.words("one-standard-told") if count == 1 else view.words("standards-told", count=count)
    ids = unique((as_id(each or "others") for each in named), ("content", "contents"))
    return Page(
        lang=view.lang,
        title=view.words("standards"),
        blocks=(said(told), *(section(each, themes[each], id_, view) for each, id_ in zip(named, ids, strict=True))),
        home=None,
        translations=view.translations(None),
        forms=view.forms(None),
    )


def section(name: str, standards: list[Standard], id_: str, view: View) -> Section:
    """The standards of one theme."""
    title = label(name) if name else view.words("no-theme")
    by_title = sorted(standards, key=lambda each: (slug(in_language(each.title, view.lang)), is_older(each)))
    rows = tuple(row(each, view) for each in by_title)
    head = tuple(view.words(each) for each in ("title", "id", "content"))
    return Section(id=id_, title=title, blocks=(Table(style="standards", caption=title, head=head, rows=rows),))


def row(standard: Standard, view: View) -> Row:
    """One standard: its title, its id and version with the status, and what it holds."""
    title = linked(in_language(standard.title, view.lang) or standard.id, view.file(standard))
    names = [in_language(each.title, view.lang) or each.name for each in standard.resources]
    cells: tuple[tuple[Block, ...], ...] = (
        (Paragraph(text=title),),
        (Paragraph(text=joined([code(standard.name), status(standard, view)], " ")),),
        (Paragraph(text=plain(", ".join(names))),) if names else (),
    )
    return Row(cells=cells)
