"""Every bundled standard in short: what it is, and the columns of its tables."""

from __future__ import annotations

from collections.abc import Iterator

from beffroi.catalogue import Catalogue
from beffroi.model.standard import Field, ResourceRules, Standard
from beffroi.showing import fields
from beffroi.showing.pages.blocks import (
    Block,
    Command,
    Paragraph,
    Row,
    Section,
    Table,
    code,
    joined,
    plain,
    said,
    strong,
)
from beffroi.showing.words import in_language
from handbook.words import words


def blocks(lang: str) -> Iterator[Block]:
    """Each standard."""
    catalogue = Catalogue.of()
    for each in catalogue.ids():
        yield section(catalogue.standard(each), lang)


def section(standard: Standard, lang: str) -> Section:
    """One standard."""
    return Section(
        id=standard.id,
        title=f"{in_language(standard.title, lang)} ({standard.name})",
        blocks=(
            said(in_language(standard.descriptor.get("description"), lang)),
            Command(command=f"beffroi check {words(lang, 'file')} --standard {standard.id}"),
            *(block for each in standard.resources for block in table(each, lang)),
        ),
    )


def table(rules: ResourceRules, lang: str) -> Iterator[Block]:
    """The columns of one table."""
    title = in_language(rules.title, lang) or rules.name
    yield Paragraph(text=joined([strong(title), code(rules.name)], " "))
    head = tuple(words(lang, each) for each in ("column", "meaning", "value"))
    rows = tuple(row(each, lang) for each in (rules.schema.fields if rules.schema else ()))
    yield Table(style="fields", caption="", head=head, rows=rows)


def row(field: Field, lang: str) -> Row:
    """One column."""
    required = strong(words(lang, "required")) if field.required else ()
    name = joined([code(field.name), required], " ")
    meaning = plain(in_language(field.title, lang) or in_language(field.description, lang))
    return Row(cells=tuple((Paragraph(text=each),) for each in (name, meaning, plain(fields.kind(field, lang)))))
