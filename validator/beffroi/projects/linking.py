"""Whether data names things by web addresses, and whether these lead to others: the fourth and the fifth star."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from beffroi.projects.formats import Form
from beffroi.projects.project import Dataset, Located, Project
from beffroi.projects.tables import Opened, column_texts, first_batch, opened_files

NAMED, LINKED = 4, 5
GRAPHS = {"turtle", "n-triples", "rdf-xml", "json-ld"}
ADDRESS = r"^https?://[^\s]+$"
ADDRESSES = re.compile(r"https?://[^\s<>\"']+")
WORDS_OF_OTHERS = ("w3.org", "purl.org", "schema.org", "xmlns.com", "opengis.net", "data.europa.eu/r5r")
"""Where the words stand in which data is written, as opposed to what it speaks of."""
PAGES = re.compile(r"(?i)url|site|web|lien|link|photo|image|page|href|contact|notice")
"""Columns that lead to a page about a thing, and do not name it."""
READ = 1 << 20


def linked_stars(project: Project, dataset: Dataset, files: tuple[Located, ...], form: Form) -> int:
    """The stars of files that are in open formats."""
    if form.format in GRAPHS:
        return max(form.stars, *(stars_of_graph(each.file) for each in files if each.file and each.file.is_file()))
    with opened_files(project, dataset, files) as tables:
        return max((stars_of_table(each) for each in tables), default=form.stars)


def stars_of_graph(path: Path) -> int:
    """Four, or five where it leads to what others publish."""
    try:
        with path.open("rb") as file:
            text = file.read(READ).decode("utf-8", "replace")
    except OSError:
        return NAMED
    return LINKED if len(hosts(ADDRESSES.findall(text))) > 1 else NAMED


def hosts(addresses: list[str]) -> set[str]:
    """The hosts of addresses, but for those of vocabularies."""
    found = set()
    for each in addresses:
        try:
            host = urlsplit(each).hostname or ""
        except ValueError:
            continue
        found.add(host.removeprefix("www."))
    return {each for each in found if each and not each.endswith(tuple(WORDS_OF_OTHERS))}


def stars_of_table(opened: Opened) -> int:
    """Three, four where a column names the records by addresses, five where another leads elsewhere."""
    columns = list(columns_of_addresses(opened))
    own = next((found for label, found, once in columns if once and not PAGES.search(label)), None)
    if own is None:
        return NAMED - 1
    return LINKED if any(found - own for _, found, _ in columns) else NAMED


def columns_of_addresses(opened: Opened) -> Iterator[tuple[str, set[str], bool]]:
    """The columns that hold nothing but addresses: label, hosts, and whether each address stands once."""
    from beffroi.tables.arrays import pc

    batch = first_batch(opened.table) if opened.table else None
    for index, label in enumerate(opened.labels if batch else ()):
        texts = column_texts(batch, index) if batch else None
        if texts and pc.all(pc.match_substring_regex(texts, ADDRESS)).as_py():
            values = texts.to_pylist()
            yield label, hosts(values), len(set(values)) == len(values)
