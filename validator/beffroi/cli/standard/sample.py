"""`beffroi standard sample`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, catalogue_option, lang_option, not_empty

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

FORMATS = ("csv", "tsv", "xlsx", "json", "ndjson", "geojson", "parquet")
MOST = 1_000_000


@click.command("sample", cls=HelpfulCommand)
@click.argument("name", metavar="STANDARD", shell_complete=standards)
@click.option(
    "--rows",
    type=click.IntRange(min=1, max=MOST),
    default=10,
    show_default=True,
    metavar="N",
    help="How many rows to make up, in each table.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False),
    callback=not_empty,
    required=True,
    metavar="PATH",
    help="A file, its format told by its suffix; a folder for a standard of several tables, or where it has no suffix.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same rows.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    show_default="told by the suffix; csv in a folder",
    help="How to write the tables.",
)
@catalogue_option
@lang_option
def command(  # noqa: PLR0913 - one parameter an option
    name: str, rows: int, output: Path, seed: int, form: str | None, catalogue: Catalogue, lang: str
) -> None:
    """Make up rows that really pass a standard, like its examples: to test programs with, or to show what is asked.

    STANDARD is an id (bicycle-parking, bicycle-parking@1) or a file. What is written has been checked; where rows that
    pass cannot be found, it is told for which field and why, and nothing is written. Folders are never overwritten.
    """
    from beffroi.cli.settling import settled
    from beffroi.showing import sample as showing
    from beffroi.standards.sampling.tables import Order
    from beffroi.standards.sampling.writing import shape_of, write

    standard = catalogue.standard(name)
    order = Order(rows=rows, seed=seed, lang=lang)
    shape = shape_of(standard, output, form)
    with settled(output, folder=shape.package) as beside:
        tables = write(standard, order, beside, shape)
    answer(showing.text(standard, tables, output, lang), None)
