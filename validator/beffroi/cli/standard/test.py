"""`beffroi standard test`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import catalogue_option, lang_option
from beffroi.cli.publishing import Targets, publish, report_options

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("test", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[STANDARD|FOLDER]...", shell_complete=standards)
@catalogue_option
@report_options
@lang_option
@click.pass_context
def command(context: click.Context, names: tuple[str, ...], catalogue: Catalogue, targets: Targets, lang: str) -> None:
    """Judge the examples of standards: valid ones must pass, invalid ones get exactly the findings they declare.

    Without a name: all standards of your own catalogues, in all their versions, or of the bundled one.
    """
    from beffroi.cli.running import tell
    from beffroi.settings import Settings
    from beffroi.standards.choosing import chosen
    from beffroi.standards.testing import examples_report

    survey = chosen(names, catalogue)
    report = examples_report(survey.standards, Settings(lang=lang))
    publish(report, targets)
    context.exit(max((tell(each) for each in survey.problems), default=report.exit_code()))
