"""`beffroi charter explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import charters, requirements
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("explain", cls=HelpfulCommand)
@click.argument("name", metavar="ID", shell_complete=requirements)
@click.option(
    "--charter",
    metavar="ID[@V]|FILE",
    shell_complete=charters,
    help="The charter that is meant. Without it, the first that has ID.",
)
@catalogue_option
@format_option()
@lang_option
def command(name: str, charter: str | None, catalogue: Catalogue, form: str, lang: str) -> None:
    """Explain a requirement (OD-1): what it asks, why, of whom, how it is found out, what suffices, what to do.

    ID may also be that of a verifier (licence-is-accepted): what it looks at, and which requirements use it.
    """
    from beffroi.charters.choosing import explained, users
    from beffroi.projects.verifiers import known_verifiers
    from beffroi.showing import charter_explain as showing

    if name in known_verifiers():
        asking = [(each.id, each.title[lang]) for each in users(name, charter, catalogue)]
        told = showing.verifier_values(name, asking) if form == "json" else None
        answer(as_json(told) if told else showing.of_verifier(name, asking, lang), None)
        return
    requirement, found = explained(name, charter, catalogue)
    told = showing.values(requirement, found, lang) if form == "json" else None
    answer(as_json(told) if told else showing.text(requirement, found, lang), None)
