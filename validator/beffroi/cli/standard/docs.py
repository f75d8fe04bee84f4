"""`beffroi standard docs`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, catalogue_option, not_empty, usual_language
from beffroi.settings import LANGUAGES

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

BOTH = "both"


@click.command("docs", cls=HelpfulCommand)
@click.argument("names", nargs=-1, metavar="[STANDARD|FOLDER]...", shell_complete=standards)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, readable=False),
    callback=not_empty,
    required=True,
    metavar="DIR",
    help="The folder for the pages; in one that is there already, files of the same names are replaced.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(("html", "md", BOTH)),
    default=BOTH,
    show_default=True,
    help="The format of the pages.",
)
@click.option(
    "--lang",
    type=click.Choice((*LANGUAGES, BOTH)),
    default=BOTH,
    show_default=True,
    help="The language of the pages.",
)
@catalogue_option
@click.pass_context
def command(
    context: click.Context, names: tuple[str, ...], output: Path, form: str, lang: str, catalogue: Catalogue
) -> None:
    """Publish standards as pages: one for each, and an index.

    STANDARD is an id, with or without a version, or a file; the index lists those that are named. Without any: all
    standards of your own catalogues, in all their versions, or of the bundled one. Their examples are judged, to show
    what is found in them.
    """
    from beffroi.cli.running import tell
    from beffroi.cli.writing import write_folder
    from beffroi.showing.pages import FORMS, pages, told
    from beffroi.standards.choosing import chosen

    survey = chosen(names, catalogue)
    langs = LANGUAGES if lang == BOTH else (lang,)
    files = pages(survey.standards, catalogue, langs, tuple(FORMS) if form == BOTH else (form,))
    if files:
        write_folder(output, files)
    answer(told(tuple(files), output.as_posix(), usual_language() if lang == BOTH else lang), None)
    context.exit(max((tell(each) for each in survey.problems), default=0))
