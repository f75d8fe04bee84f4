"""`beffroi standard import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.drafts import finish, folder_option, id_option
from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("import", cls=HelpfulCommand)
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@id_option
@click.option("--contacts", is_flag=True, help="Copy e-mail addresses too; they are left out otherwise.")
@folder_option
@catalogue_option
@format_option()
@lang_option
def command(  # noqa: PLR0913 - one parameter an option
    path: Path,
    name: str | None,
    contacts: bool,  # noqa: FBT001 - click passes flags so
    output: Path | None,
    catalogue: Catalogue,
    form: str,
    lang: str,
) -> None:
    """Bring a standard of others into the form of ours.

    PATH may be the folder of a schema.data.gouv.fr repository, a Table Schema, a data package or a profile of one.
    What is changed on the way is told, and marked by comments in the files. With --output - the files are printed.
    """
    from datetime import date

    from beffroi.standards.importing import ImportOrder, imported

    order = ImportOrder(id=name, lang=lang, contacts=contacts, today=date.today(), catalogue=catalogue)
    finish(imported(path, order), output, form, lang)
