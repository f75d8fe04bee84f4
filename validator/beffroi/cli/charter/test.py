"""`beffroi charter test`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import charters
from beffroi.cli.options import catalogue_option, lang_option
from beffroi.cli.publishing import Targets, publish, report_options

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("test", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[CHARTER|FOLDER]...", shell_complete=charters)
@catalogue_option
@report_options
@lang_option
@click.pass_context
def command(context: click.Context, names: tuple[str, ...], catalogue: Catalogue, targets: Targets, lang: str) -> None:
    """Judge the examples of charters: every requirement must come to what the examples declare.

    Without a name: all charters and profiles of your own catalogues, in all their versions, or of the bundled one.
    """
    from beffroi.charters.choosing import chosen
    from beffroi.charters.testing import examples_report
    from beffroi.cli.running import tell
    from beffroi.settings import Settings

    survey = chosen(names, catalogue)
    report = examples_report(survey.charters, catalogue, Settings(lang=lang))
    publish(report, targets)
    context.exit(max((tell(each) for each in survey.problems), default=report.exit_code()))
