"""`beffroi charter lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import fail_on_option
from beffroi.cli.names import charters
from beffroi.cli.options import catalogue_option, lang_option
from beffroi.cli.publishing import Targets, publish, report_options
from beffroi.model.levels import Level

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("lint", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...", shell_complete=charters)
@catalogue_option
@report_options
@lang_option
@fail_on_option
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    catalogue: Catalogue,
    targets: Targets,
    lang: str,
    fail_on: str,
) -> None:
    """Look for mistakes in charters: what fails projects wrongly, or lets them through, what helps nobody.

    NAME is an id, with or without a version; PATH a charter.yaml, a profile, a requirement, the folder of a charter, or
    a catalogue. Without any: all of your own catalogues, or the bundled one.
    """
    from beffroi.charters.lint import lint
    from beffroi.settings import Settings

    report = lint(names, catalogue, Settings(lang=lang))
    publish(report, targets)
    context.exit(report.exit_code(Level(fail_on)))
