"""Standards as pages: one for each, and one that lists them all, as HTML and Markdown in our languages.

A page is blocks of text (`blocks.py`) that know nothing of formats; `html.py` and `markdown.py` write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from beffroi.catalogue import Catalogue
from beffroi.model.standard import Standard
from beffroi.showing.pages import html, markdown
from beffroi.showing.pages.evidence import evidence_of
from beffroi.showing.pages.examples import ExamplesView
from beffroi.showing.pages.index import index
from beffroi.showing.pages.origins import parent_of
from beffroi.showing.pages.site import FORMS, INDEX, Places, Site, View, public_path
from beffroi.showing.pages.standard import StandardView
from beffroi.showing.words import Words
from beffroi.visible import visible

__all__ = ["FORMS", "pages", "told"]

RENDER = {"html": html.render, "md": markdown.render}


def pages(
    standards: Sequence[Standard], catalogue: Catalogue, langs: Sequence[str], forms: Sequence[str]
) -> dict[str, str]:
    """The content of each file, by its name: a page for each standard, and the list of all, in every language and form.

    Nothing where there is no standard. Their examples are judged for it.
    """
    site = Site(
        standards=tuple({each.path: each for each in standards}.values()), langs=tuple(langs), forms=tuple(forms)
    )
    views = [View(site=site, lang=lang, form=form) for lang in langs for form in forms]
    files = {view.file(None): RENDER[view.form](index(view)) for view in views if standards}
    for standard in site.standards:
        files.update(pages_of(standard, catalogue, views))
    return files


def pages_of(standard: Standard, catalogue: Catalogue, views: Sequence[View]) -> Iterator[tuple[str, str]]:
    """The pages of one standard."""
    evidence, parent, places = evidence_of(standard), parent_of(standard, views[0].site, catalogue), Places.of(standard)
    name = standard.name if standard.id in catalogue.ids() else public_path(standard).as_posix()
    for view in views:
        examples = ExamplesView(standard=standard, evidence=evidence, places=places, view=view)
        shown = StandardView(standard=standard, parent=parent, examples=examples, name=name, places=places, view=view)
        yield view.file(standard), RENDER[view.form](shown.page())


def told(files: Sequence[str], place: str, lang: str) -> str:
    """What the command says when these files are written; there are none where there is no standard."""
    if not files:
        return Words("listing", lang)("none") + "\n"
    index = next((each for each in files if each.startswith(f"{INDEX}.{lang}.")), files[0])
    return Words("pages", lang)("written", count=len(files), place=visible(place), index=index) + "\n"
