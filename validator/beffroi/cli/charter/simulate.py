"""`beffroi charter simulate`."""

from __future__ import annotations

from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import day, today_option
from beffroi.cli.names import charters, files, requirements
from beffroi.cli.options import (
    answer,
    as_json,
    catalogue_option,
    format_option,
    lang_option,
    output_option,
    portfolio_option,
)

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("simulate", cls=HelpfulCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PROJECT...", shell_complete=files)
@click.option(
    "--charter", required=True, metavar="ID[@V]|FILE", shell_complete=charters, help="The charter that is in force."
)
@click.option(
    "--to",
    metavar="ID[@V]|FILE",
    shell_complete=charters,
    help="The charter, version or profile that would take its place.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="ID=LEVEL|PARAMETER=VALUE",
    help="A requirement with another level, or a parameter with another value. May be repeated.",
)
@click.option(
    "--exclude",
    "excluded",
    multiple=True,
    metavar="ID",
    shell_complete=requirements,
    help="A requirement to leave out. May be repeated.",
)
@portfolio_option
@catalogue_option
@format_option()
@output_option()
@lang_option
@today_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    paths: tuple[str, ...],
    charter: str,
    to: str | None,
    settings: tuple[str, ...],
    excluded: tuple[str, ...],
    portfolio: Path | None,
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
    today: datetime | None,
) -> None:
    """Try a change of the charter on declared projects: which would no longer conform, which would, and why.

    PROJECT is a beffroi.yaml, or a folder in which there are some. Nothing is written: the charter stays as it is. The
    exit code is 0 whatever would change; projects that cannot be judged are told on standard error, with their code.
    """
    from beffroi.catalogue.charters import Charters
    from beffroi.catalogue.charters.building import charter_of
    from beffroi.charters.simulating import simulated
    from beffroi.charters.varying import varied
    from beffroi.cli.running import tell
    from beffroi.deliveries import Judge
    from beffroi.settings import Settings
    from beffroi.showing import charter_simulate as showing

    if to is None and not settings and not excluded:
        raise click.UsageError(_("nothing to try: give --set, --exclude or --to"))
    charters = Charters.of(catalogue)
    before = charters.whole(charter)
    after = varied(charters.whole(to) if to is not None else before, settings, excluded)
    judge = Judge(
        standard=None, settings=Settings(lang=lang, today=day(today)), catalogue=catalogue, portfolio=portfolio
    )
    found = simulated(paths, charter_of(before), charter_of(after), judge)
    answer(as_json(showing.values(found, lang)) if form == "json" else showing.text(found, lang), output)
    context.exit(max((tell(each) for each in found.problems), default=0))
