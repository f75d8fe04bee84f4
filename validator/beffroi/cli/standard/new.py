"""`beffroi standard new`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.drafts import finish, folder_option
from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("new", cls=HelpfulCommand)
@click.argument("name", metavar="ID")
@click.option("--title-en", metavar="TEXT", help="Its title in English.")
@click.option("--title-fr", metavar="TEXT", help="Its title in French.")
@click.option("--extends", "parent", metavar="ID[@V]", shell_complete=standards, help="Build upon another standard.")
@folder_option
@catalogue_option
@format_option()
@lang_option
def command(  # noqa: PLR0913 - one parameter an option
    name: str,
    title_en: str | None,
    title_fr: str | None,
    parent: str | None,
    output: Path | None,
    catalogue: Catalogue,
    form: str,
    lang: str,
) -> None:
    """Begin a standard: a folder with comments, two sample columns, and examples that pass.

    Nothing that exists is overwritten. With --output - the files are printed.
    """
    from datetime import date

    from beffroi.standards.drafting import checked_id
    from beffroi.standards.scaffolding import Order, new, new_upon

    titles = {"en": title_en or "", "fr": title_fr or ""}
    order = Order(id=checked_id(name, catalogue), titles=titles, lang=lang, today=date.today())
    draft = new_upon(parent, order, catalogue) if parent else new(order)
    finish(draft, output, form, lang)
