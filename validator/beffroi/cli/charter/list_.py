"""`beffroi charter list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("list", cls=HelpfulCommand)
@catalogue_option
@format_option()
@lang_option
@click.pass_context
def command(context: click.Context, catalogue: Catalogue, form: str, lang: str) -> None:
    """List the charters and profiles that can be named, with their versions and what they extend.

    What could not be loaded is told on standard error; the exit code is then 2.
    """
    from beffroi.charters.choosing import listed
    from beffroi.cli.running import tell
    from beffroi.showing import charter_list as showing

    found, problems = listed(catalogue)
    answer(as_json(showing.values(found)) if form == "json" else showing.text(found, lang), None)
    context.exit(max((tell(each) for each in problems), default=0))
