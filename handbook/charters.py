"""The default charter, as `beffroi charter show --format markdown` prints it."""

from __future__ import annotations

from beffroi.catalogue import Catalogue
from beffroi.catalogue.charters import Charters
from beffroi.showing import charter_page, charter_show
from beffroi.showing.pages.blocks import Block, Facts

DEFAULT = "municipal"


def blocks(lang: str) -> list[Block]:
    """What the charter asks, by principle; without the facts of its file, which any change to it would change."""
    page = charter_page.page(Charters.of(Catalogue.of()).charter(DEFAULT), charter_show.ANY, lang)
    return [each for each in page.blocks if not isinstance(each, Facts)]
