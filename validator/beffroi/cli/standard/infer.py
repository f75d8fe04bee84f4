"""`beffroi standard infer`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.drafts import finish, folder_option, id_option
from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import files
from beffroi.cli.options import catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("infer", cls=HelpfulCommand)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=files)
@id_option
@folder_option
@catalogue_option
@format_option()
@lang_option
def command(
    files: tuple[str, ...], name: str | None, output: Path | None, catalogue: Catalogue, form: str, lang: str
) -> None:
    """Draft a standard from sample files, for you to complete.

    FILE may be a folder, all tables of which are meant. Files that share most of their columns are samples of one
    table; others become tables of their own. Identifiers are kept as text. What is uncertain is marked by a comment in
    the files. With --output - the files are printed.
    """
    from contextlib import ExitStack
    from datetime import date

    from beffroi.standards.drafting import checked_id, slug
    from beffroi.standards.inferring import inferred
    from beffroi.standards.sampled import sample_files
    from beffroi.standards.scaffolding import Order
    from beffroi.tables.delivery import delivered

    paths = list(sample_files(files))
    wanted = checked_id(name or slug(paths[0].name.split(".")[0]) or "standard", catalogue)
    order = Order(id=wanted, titles={}, lang=lang, today=date.today())
    with ExitStack() as stack:
        draft = inferred([stack.enter_context(delivered(each)) for each in paths], order)
    finish(draft, output, form, lang)
