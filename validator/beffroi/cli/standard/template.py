"""`beffroi standard template`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, catalogue_option, lang_option, not_empty

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.standards.templating import Template


@click.command("template", cls=HelpfulCommand)
@click.argument("name", metavar="STANDARD", shell_complete=standards)
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False),
    callback=not_empty,
    required=True,
    metavar="PATH",
    help="PATH.xlsx: a workbook with a sheet for each table. PATH.csv: the header of the table. "
    "PATH without suffix, for several tables: a folder with a CSV file for each.",
)
@catalogue_option
@lang_option
def command(name: str, output: Path, catalogue: Catalogue, lang: str) -> None:
    """Make a file to fill in for a standard.

    STANDARD is an id (bicycle-parking, bicycle-parking@1) or a file. A workbook has lists to choose from, notes on its
    headers, and a sheet that tells how to fill it in and how to check it. A CSV file has the header alone, as Excel
    opens it: with a byte order mark, and semicolons in French. Folders are never overwritten.
    """
    from beffroi.cli.settling import settled
    from beffroi.showing import template as showing
    from beffroi.standards.templating import kind_of_file, template

    standard = catalogue.standard(name)
    kind = kind_of_file(standard, output)
    made = template(standard, lang)
    with settled(output, folder=kind == "folder") as beside:
        write(made, kind, beside, lang)
    answer(showing.text([output], lang), None)


def write(made: Template, kind: str, path: Path, lang: str) -> None:
    """Write it as a workbook, as one CSV file or as a folder of such."""
    from beffroi.showing.template import workbook
    from beffroi.standards.templating import header_csv

    if kind == "xlsx":
        path.write_bytes(workbook(made, lang))
    elif kind == "csv":
        path.write_text(header_csv(made.sheets[0], lang), encoding="utf-8", newline="")
    else:
        path.mkdir()
        for each in made.sheets:
            (path / f"{each.name}.csv").write_text(header_csv(each, lang), encoding="utf-8", newline="")
