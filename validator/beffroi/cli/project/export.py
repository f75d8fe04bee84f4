"""`beffroi project export`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import day, today_option
from beffroi.cli.options import answer, catalogue_option, charter_option, lang_option, output_option, portfolio_option
from beffroi.cli.projects import declared_in, path_argument

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

TARGETS = ("oscal", "publiccode", "badge")


@click.command("export", cls=HelpfulCommand)
@path_argument
@click.option("--to", "target", type=click.Choice(TARGETS), required=True, help="What to make of it.")
@output_option("Write it to a file.")
@charter_option
@portfolio_option
@catalogue_option
@lang_option
@today_option
def command(  # noqa: PLR0913 - one parameter an option
    path: Path,
    target: str,
    output: Path | None,
    charter: str | None,
    portfolio: Path | None,
    catalogue: Catalogue,
    lang: str,
    today: datetime | None,
) -> None:
    """Check a project, and pass on what was found in a format that others read.

    \b
    oscal       OSCAL assessment results, JSON for tools of compliance
    publiccode  supports entries for the publiccode.yml of a conformant project
    badge       an SVG image: the charter and the verdict, never a score

    PATH is as for beffroi project check. The exit code is 0 where it could be made.
    """
    from beffroi.declaring.exporting import exported
    from beffroi.declaring.judged import judged
    from beffroi.settings import Settings

    settings = Settings(lang=lang, today=day(today))
    file = declared_in(path, charter)
    found = judged(file, settings, catalogue, charter=charter, portfolio=portfolio)
    answer(exported(found, target), output)
