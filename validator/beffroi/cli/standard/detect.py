"""`beffroi standard detect`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import files
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

NOT_ALL = 3
"""The exit code where some file follows no standard that is known: it cannot be told which."""


@click.command("detect", cls=HelpfulCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@click.option(
    "--most", type=click.IntRange(min=1), default=3, show_default=True, help="How many standards to name for each file."
)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    paths: tuple[str, ...],
    most: int,
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Tell which standard, and which version, data files follow, with the reasons.

    PATH is a data file, a folder, a zip, or - for standard input. The exit code is 3 where a file follows none.
    """
    from beffroi.detecting import Detector
    from beffroi.settings import Settings
    from beffroi.showing import guesses
    from beffroi.standards.recognising import recognised

    found = list(recognised(paths, Detector(catalogue.recognisable()), Settings(lang=lang), most))
    answer(as_json(guesses.values(found)) if form == "json" else guesses.text(found, lang), output)
    context.exit(0 if found and all(each and each[0].sure for _, each in found) else NOT_ALL)
