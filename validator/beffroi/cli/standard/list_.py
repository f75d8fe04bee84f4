"""`beffroi standard list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("list", cls=HelpfulCommand)
@click.option("--versions", is_flag=True, help="List older versions too.")
@catalogue_option
@format_option()
@lang_option
@click.pass_context
def command(context: click.Context, versions: bool, catalogue: Catalogue, form: str, lang: str) -> None:  # noqa: FBT001
    """List the standards that can be named.

    What could not be loaded is told on standard error; the exit code is then 2.
    """
    from beffroi.cli.running import tell
    from beffroi.showing import listing

    survey = catalogue.survey()
    shown = [each for each in survey.standards if versions or each.version == catalogue.versions(each.id)[0]]
    answer(as_json(listing.values(shown)) if form == "json" else listing.text(shown, lang), None)
    context.exit(max((tell(each) for each in survey.problems), default=0))
