"""Formats: of data that is read, of reports that are written, and the keys of the report as JSON."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby

from beffroi import reports
from beffroi.showing.pages.blocks import Block, Paragraph, Row, Section, Table, Text, code, joined, plain
from beffroi.tables import sources
from handbook.schemas import Keys, schema
from handbook.words import words


def blocks(lang: str) -> Iterator[Block]:
    """The three parts."""
    yield Section(id="data", title=words(lang, "formats-data"), blocks=(read(lang),))
    yield Section(id="reports", title=words(lang, "formats-reports"), blocks=(written(lang),))
    whole = schema("report")
    keys = Keys(whole, lang).table(whole["properties"])
    yield Section(id="json", title=words(lang, "formats-json"), blocks=(keys,))


def read(lang: str) -> Table:
    """The formats of data."""
    families = groupby(sources.FAMILIES.items(), key=lambda each: each[1])
    rows = tuple(
        row(joined(code(suffix) for suffix, _ in each), first_words(f"{sources.__name__}.{family}"))
        for family, each in families
    )
    return Table(style="wide", caption="", head=(words(lang, "suffixes"), words(lang, "meaning")), rows=rows)


def written(lang: str) -> Table:
    """The formats of reports."""
    rows = (report_format(each) for each in reports.known_formats())
    return Table(style="wide", caption="", head=(words(lang, "format"), words(lang, "meaning")), rows=tuple(rows))


def report_format(name: str) -> Row:
    """One format of reports: its name, and the files that ask for it."""
    module = f"{reports.__name__}.{name}"
    return row(joined([code(name), *map(code, import_module(module).SUFFIXES)], " · "), first_words(module))


def first_words(module: str) -> str:
    """What a module says that it is for."""
    return " ".join((inspect.getdoc(import_module(module)) or "").partition("\n\n")[0].split())


def row(name: Text, meaning: str) -> Row:
    """One format."""
    return Row(cells=((Paragraph(text=name),), (Paragraph(text=plain(meaning)),)))
