"""Every verifier that a charter can use, with its manual page."""

from __future__ import annotations

import json
from collections.abc import Iterator

from beffroi.projects.verifiers import known_verifiers, manual, verifier
from beffroi.projects.verifiers import words as says
from beffroi.showing.pages.blocks import Block, Foreign, Items, Paragraph, Row, Section, Table, code, plain, said
from handbook.words import words


def blocks(lang: str) -> Iterator[Block]:
    """Each verifier."""
    for each in known_verifiers():
        yield Section(id=each, title=each, blocks=tuple(about(each, lang)))


def about(name: str, lang: str) -> Iterator[Block]:
    """What it looks at, its options, what it can say."""
    yield Foreign(markdown=manual(name))
    options = verifier(name).options.get("properties", {})
    if options:
        yield said(words(lang, "options"))
        yield Items(items=tuple(code(f"{key}: {json.dumps(each)}") for key, each in options.items()))
    rows = tuple(row(key, text[lang]) for key, text in says(name).items())
    yield Table(style="wide", caption="", head=(words(lang, "reason"), words(lang, "says")), rows=rows)


def row(key: str, text: str) -> Row:
    """One thing that it can say."""
    return Row(cells=((Paragraph(text=code(key)),), (Paragraph(text=plain(text)),)))
