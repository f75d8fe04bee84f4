"""`beffroi standard test`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.check import FORMATS, publish
from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("test", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[STANDARD|FOLDER]...")
@catalogue_option
@format_option(*FORMATS)
@output_option("Write the report to a file.")
@lang_option
@click.pass_context
def command(
    context: click.Context, names: tuple[str, ...], catalogue: Catalogue, form: str, output: Path | None, lang: str
) -> None:
    """Judge the examples of standards: valid ones must pass, invalid ones get exactly the findings they declare.

    Without a name: all standards of your own catalogues, in all their versions, or of the bundled one.
    """
    from beffroi.cli.running import tell
    from beffroi.settings import Settings
    from beffroi.standards.choosing import chosen
    from beffroi.standards.testing import examples_report

    survey = chosen(names, catalogue)
    report = examples_report(survey.standards, Settings(lang=lang))
    publish(report, form, output)
    context.exit(max((tell(each) for each in survey.problems), default=report.exit_code()))
