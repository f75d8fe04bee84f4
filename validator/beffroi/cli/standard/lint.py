"""`beffroi standard lint`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import fail_on_option
from beffroi.cli.names import standards
from beffroi.cli.options import catalogue_option, lang_option
from beffroi.cli.publishing import Targets, publish, report_options
from beffroi.model.levels import Level

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("lint", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[NAME|PATH]...", shell_complete=standards)
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
    """Look for mistakes in standards: what judges data wrongly (must), what makes them hard to adopt (should), taste.

    NAME is an id, with or without a version; PATH a file or a folder: a standard, a catalogue, Table Schemas, schemas
    of schema.data.gouv.fr, data packages. Without any: all of your own catalogues, or the bundled one.
    """
    from beffroi.settings import Settings
    from beffroi.standards.lint import lint

    report = lint(names, catalogue, Settings(lang=lang))
    publish(report, targets)
    context.exit(report.exit_code(Level(fail_on)))
