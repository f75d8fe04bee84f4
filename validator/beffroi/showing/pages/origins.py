"""Where a standard comes from: laws and standards of others, and the standard of ours that it builds upon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from beffroi.catalogue import Catalogue
from beffroi.errors import BeffroiError
from beffroi.model.standard import Standard
from beffroi.showing import changes as change_words
from beffroi.showing.pages.blocks import (
    Block,
    Items,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    code,
    joined,
    label,
    linked,
    plain,
    said,
    strong,
    told,
    web,
)
from beffroi.showing.pages.package import listed, mapping
from beffroi.showing.pages.site import Places, Site, View
from beffroi.showing.words import Words, in_language, table
from beffroi.standards.comparing import compared


def sources(standard: Standard, places: Places, view: View) -> Iterator[Block]:
    """Laws and standards of others, each with what it has to do with this one."""
    given = [each for each in listed(standard.descriptor.get("sources")) if isinstance(each, Mapping)]
    told_apart = [each for each in given if each.get("columns") or each.get("differences")]
    short = tuple(source(each, view) for each in given if each not in told_apart)
    for number, each in enumerate(told_apart, 1):
        yield Section(
            id=f"sources--{number}",
            title=label(str(each.get("title") or each.get("path") or "")),
            blocks=tuple(related(each, standard, places, view)),
        )
    if short and told_apart:
        yield Section(id="sources--others", title=view.words("other-sources"), blocks=(Items(items=short),))
    elif short:
        yield Items(items=short)


def source(given: Mapping[str, Any], view: View) -> Text:
    """A source with its address and its version."""
    title = linked(str(given.get("title") or given.get("path") or ""), web(given.get("path")))
    version = plain(view.words("version", version=given["version"])) if given.get("version") else ()
    return joined([title, version])


def related(given: Mapping[str, Any], standard: Standard, places: Places, view: View) -> Iterator[Block]:
    """A source that has columns of ours: where it is, how they relate, which they are, and what differs."""
    key = f"relation {given.get('relation')}"
    relation = label(Words("vocabulary", view.lang)(key)) if key in table("vocabulary") else ""
    address = str(given.get("path") or "")
    version = plain(view.words("version", version=given["version"])) if given.get("version") else ()
    yield Paragraph(text=joined([plain(relation), version, linked(address, web(address))], " · "))
    differences = [plain(in_language(each, view.lang)) for each in listed(given.get("differences"))]
    if differences:
        yield Paragraph(text=strong(label(view.words("differences"))))
        yield Items(items=tuple(differences))
    columns = mapping(given.get("columns"))
    if columns:
        yield mapped(columns, standard, places, view)


def mapped(columns: Mapping[str, Any], standard: Standard, places: Places, view: View) -> Table:
    """Which column of ours stands for which of theirs."""
    rows = []
    for theirs, ours in columns.items():
        here = own_column(ours, standard, places) if ours else plain(view.words("no-such-column"))
        rows.append(Row(cells=((Paragraph(text=code(str(theirs))),), (Paragraph(text=here),))))
    return Table(
        style="mapping",
        caption=view.words("mapping"),
        head=(view.words("theirs"), view.words("ours")),
        rows=tuple(rows),
    )


def own_column(name: Any, standard: Standard, places: Places) -> Text:
    """A column of ours, linked where one table alone has it."""
    links = [places.field(each.name, str(name)) for each in standard.resources]
    known = [each for each in links if each]
    return code(str(name), known[0] if len(known) == 1 else None)


def parent_of(standard: Standard, site: Site, catalogue: Catalogue) -> Standard | None:
    """The standard that one builds upon, where it can be found."""
    if standard.extends is None:
        return None
    name = f"{standard.extends.id}@{standard.extends.version}"
    try:
        return site.named(name) or catalogue.standard(name)
    except BeffroiError:
        return None


def additions(standard: Standard, parent: Standard, view: View) -> Iterator[Block]:
    """What a standard asks beyond the one that it builds upon, and what it asks less of, with the reasons."""
    comparison = compared(parent, standard)
    words = Words("changes", view.lang)
    shown = (code(parent.name, view.link(parent.name)), plain(in_language(parent.title, view.lang)))
    yield Paragraph(text=told(view.words, "extends-told", name=joined(shown, " – ")))
    of_rules = [each for each in comparison.changes if each.id != "metadata"]
    found = tuple(plain(each) for each in change_words.sentences(of_rules, comparison, words))
    yield Items(items=found) if found else said(words("nothing"))
    reasons = tuple(loosening(each, view) for each in listed(standard.descriptor.get("loosens")))
    if reasons:
        yield Paragraph(text=strong(label(view.words("loosens"))))
        yield Items(items=reasons)


def loosening(given: Any, view: View) -> Text:
    """What is asked less of, and why."""
    place = ".".join(str(given[key]) for key in ("resource", "field") if key in mapping(given))
    reason = plain(in_language(mapping(given).get("reason"), view.lang))
    return joined([code(place) if place else (), reason], " – ")
