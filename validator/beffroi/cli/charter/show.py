"""`beffroi charter show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import charters
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("show", cls=HelpfulCommand)
@click.argument("name", metavar="CHARTER", shell_complete=charters)
@click.option("--layer", "layers", multiple=True, metavar="LAYER", help="Only what is asked of projects of this layer.")
@click.option("--phase", "phases", multiple=True, metavar="PHASE", help="Only what is asked in this phase.")
@click.option("--flag", "flags", multiple=True, metavar="FLAG", help="What is asked where this is so, too.")
@catalogue_option
@format_option("text", "json", "markdown")
@output_option()
@lang_option
def command(  # noqa: PLR0913 - one parameter an option
    name: str,
    layers: tuple[str, ...],
    phases: tuple[str, ...],
    flags: tuple[str, ...],
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Show what a charter asks: every requirement, of which layers in which phases, and how a profile is tailored.

    CHARTER is an id (municipal, municipal@1) or a file. With --layer, --phase or --flag, each of which may be repeated:
    what such a project has to do. --format markdown makes a page to print and to vote on.
    """
    from beffroi.catalogue.charters import Charters
    from beffroi.charters.matrix import kind_of
    from beffroi.showing import charter_page, charter_show
    from beffroi.showing.pages import markdown

    charters = Charters.of(catalogue)
    charter = charters.charter(name)
    kind = kind_of(charter, layers=layers, phases=phases, flags=flags)
    known = charters.versions(charter.id) if charter.id in charters.ids() else ()
    if form == "markdown":
        answer(markdown.render(charter_page.page(charter, kind, lang)), output)
    elif form == "json":
        answer(as_json(charter_show.values(charter, known, kind, lang)), output)
    else:
        answer(charter_show.text(charter, known, kind, lang), output)
