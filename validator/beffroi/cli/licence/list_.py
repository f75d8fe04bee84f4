"""`beffroi licence list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import policies
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

DOMAINS = ("data", "content", "software", "hardware")


@click.command("list", cls=HelpfulCommand)
@click.option("--domain", type=click.Choice(DOMAINS), help="Only licences made for this.")
@click.option(
    "--policy",
    metavar="NAME",
    shell_complete=policies,
    help="Only licences that this policy accepts, such as open-data.",
)
@catalogue_option
@format_option()
@output_option()
@lang_option
def command(
    domain: str | None, policy: str | None, catalogue: Catalogue, form: str, output: Path | None, lang: str
) -> None:
    """List the licences that are known, with what each one asks.

    This is no legal advice.
    """
    from beffroi.licences.register import Register
    from beffroi.showing import licences as showing

    register = Register.of(catalogue)
    accepted = register.policy(policy).accepts if policy is not None else register.licences
    found = [register.licences[each] for each in accepted if domain in (None, *register.licences[each].domains)]
    values = [showing.licence_values(each, register) for each in found] if form == "json" else None
    answer(showing.listing(found, lang) if values is None else as_json(values), output)
