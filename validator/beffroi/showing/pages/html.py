"""Pages as HTML: one file each, with its style in it; nothing is loaded, and nothing runs."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from beffroi.showing.pages.blocks import Page
from beffroi.showing.pages.changelog import as_html
from beffroi.showing.words import Words
from beffroi.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template

FOLDER = Path(__file__).parent / "templates"


def render(page: Page) -> str:
    """A page as a whole file."""
    words = Words("pages", page.lang)
    return template().render(page=page, words=words, policy=policy(style()), version=__version__)


@cache
def template() -> Template:
    """The template of all pages, which escapes every text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["markdown"] = lambda text, level: Markup(as_html(text, level))  # noqa: S704 - made safe there
    environment.globals["style"] = Markup(style())  # noqa: S704 - our own
    return environment.get_template("page.html")


@cache
def style() -> str:
    """The style of all pages."""
    return (FOLDER / "page.css").read_text(encoding="utf-8")


def policy(css: str) -> str:
    """What a browser may do with a page: show it in its own style, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
