"""All pages of reference: where each stands in `docs/`, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from beffroi.settings import LANGUAGES
from beffroi.showing.pages import markdown
from beffroi.showing.pages.blocks import Block, Foreign, Link, Page
from handbook import charters, commands, formats, rules, standards, verifiers
from handbook.words import TONGUES, words

Make = Callable[[str], Iterable[Block]]
IN_BOTH: dict[str, Make] = {
    "rules": rules.blocks,
    "standards": standards.blocks,
    "charter": charters.blocks,
    "commands": commands.blocks,
}
IN_ENGLISH: dict[str, Make] = {"verifiers": verifiers.blocks, "formats": formats.blocks}
"""Those that are made from manual pages and docstrings, which are in English."""
MARK = "<!-- made by `python -m handbook`; do not edit -->\n\n"


def pages() -> dict[str, str]:
    """The content of each page, by its path below `docs/`."""
    both = {place(lang, name): page(name, make, lang) for name, make in IN_BOTH.items() for lang in LANGUAGES}
    return both | {place("en", name): page(name, make, "en") for name, make in IN_ENGLISH.items()}


def place(lang: str, name: str) -> str:
    """Where a page stands."""
    return f"reference/{name}.md" if lang == "en" else f"{lang}/reference/{name}.md"


def page(name: str, make: Make, lang: str) -> str:
    """One page, with a link to its translation."""
    others = [each for each in LANGUAGES if each != lang and name in IN_BOTH]
    up = "../" if lang == "en" else "../../"
    made = Page(
        lang=lang,
        title=words(lang, f"{name}-title"),
        blocks=(Foreign(markdown=words(lang, f"{name}-lead")), *make(lang)),
        home=None,
        translations=tuple(Link(label=TONGUES[each], file=up + place(each, name), lang=each) for each in others),
        forms=(),
    )
    return MARK + markdown.render(made)
