"""`beffroi standard show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("show", cls=HelpfulCommand)
@click.argument("name", metavar="STANDARD", shell_complete=standards)
@click.option("--resolved", is_flag=True, help="Show the files as they are after all that the standard extends.")
@catalogue_option
@format_option()
@output_option()
@lang_option
def command(
    name: str,
    resolved: bool,  # noqa: FBT001 - click passes flags so
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Show what a standard asks for: its tables, their columns, its rules, licences, sources and versions.

    STANDARD is an id (bicycle-parking, bicycle-parking@1) or a file.
    """
    from beffroi.showing import standard as showing

    found = catalogue.standard(name)
    if resolved:
        answer(as_json(showing.files(found)) if form == "json" else showing.resolved(found), output)
        return
    known = catalogue.versions(found.id) if found.id in catalogue.ids() else ()
    answer(as_json(showing.values(found, known)) if form == "json" else showing.text(found, known, lang), output)
