"""`beffroi standard export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, not_empty
from beffroi.standards.exporting import targets

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.standards.exporting._export import Export


@click.command("export", cls=HelpfulCommand)
@click.argument("name", metavar="STANDARD", shell_complete=standards)
@click.option("--to", "target", type=click.Choice(targets()), required=True, help="The format to export to.")
@click.option(
    "-o",
    "--output",
    type=click.Path(readable=False),
    callback=not_empty,
    metavar="PATH",
    help="The file to write, or the folder where there are several. A single file is printed without this option.",
)
@click.option("--resource", metavar="NAME", help="Export this table alone.")
@catalogue_option
@format_option()
@lang_option
def command(  # noqa: PLR0913 - one parameter an option
    name: str,
    target: str,
    output: Path | None,
    resource: str | None,
    catalogue: Catalogue,
    form: str,
    lang: str,
) -> None:
    """Write a standard in a format that others use, and tell what that format cannot say.

    \b
    table-schema         Table Schema v2, a file for each table
    data-package         a Data Package v2 descriptor for vendors to complete
    profile              a JSON Schema that a datapackage.json must satisfy
    json-schema          JSON Schema of records and of GeoJSON features
    schema-data-gouv-fr  a repository of schema.data.gouv.fr, in French

    STANDARD is an id (bicycle-parking, bicycle-parking@1) or a file. Other texts are in the language of --lang.
    Folders are never overwritten.
    """
    from beffroi.showing import exports as showing
    from beffroi.standards.exporting import exported

    standard = catalogue.standard(name)
    export = exported(standard, target, lang, resource)
    place = written(export, output)
    told = as_json(showing.values(export, standard, target, place)) if form == "json" else ""
    told = told or showing.text(export, place, lang)
    if place:
        answer(told, None)
    else:
        answer(next(iter(export.files.values())), None)
        click.echo(told, nl=False, err=True)


def written(export: Export, output: Path | None) -> Path | None:
    """Where the files of an export are now; `None` for a single one that is to be printed. Raises `CannotWrite`."""
    from beffroi.cli.settling import settled
    from beffroi.cli.writing import write_whole
    from beffroi.errors import CannotWrite
    from beffroi.standards.drafting import Draft, fill, parents_of

    if output is None:
        if export.is_folder:
            raise CannotWrite("needs-a-folder", count=len(export.files))
        return None
    if export.is_folder:
        with parents_of(output), settled(output, folder=True) as beside:
            fill(Draft(id=output.name, files=export.files), beside)
        return output
    file = output / next(iter(export.files)) if output.is_dir() else output
    write_whole(file, next(iter(export.files.values())))
    return file
