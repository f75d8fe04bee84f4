"""`beffroi licence show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import licences
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

NOT_KNOWN = 3
"""The exit code where it cannot be told which licence is meant."""


@click.command("show", cls=HelpfulCommand)
@click.argument("name", metavar="ID", shell_complete=licences)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(context: click.Context, name: str, catalogue: Catalogue, form: str, output: Path | None, lang: str) -> None:
    """Show what a licence is, what it asks, which policies accept it, what replaces it, how people write it.

    ID is its id, or whatever people write for it: lov2, "CC BY 4.0", a web address. Where that can mean no licence,
    or several, the exit code is 3, and the answer tells why. This is no legal advice.
    """
    from beffroi.licences.normalising import normalised
    from beffroi.licences.register import Register
    from beffroi.model.licences import Outcome
    from beffroi.showing import licences as showing

    register = Register.of(catalogue)
    found = normalised(name, register)
    values = showing.values(found, register, lang) if form == "json" else None
    answer(showing.text(found, register, lang) if values is None else as_json(values), output)
    context.exit(0 if found.outcome is Outcome.KNOWN else NOT_KNOWN)
