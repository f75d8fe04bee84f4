"""`beffroi licence compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import licences
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue

NOT_SURE = 3
"""The exit code where a licence is not known, or something that may be made of one under the other needs review."""


@click.command("compare", cls=HelpfulCommand)
@click.argument("first", metavar="A", shell_complete=licences)
@click.argument("second", metavar="B", shell_complete=licences)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context, first: str, second: str, catalogue: Catalogue, form: str, output: Path | None, lang: str
) -> None:
    """Compare two licences: what each asks, which is stricter, what may go into what.

    The exit code is 0 where every answer is sure, 3 where one needs review or a licence is not known.
    This is no legal advice.
    """
    from beffroi.licences.advising import default_policy
    from beffroi.licences.asking import given
    from beffroi.licences.comparing import compared
    from beffroi.licences.compatibility import Table
    from beffroi.licences.deriving import Reasoner
    from beffroi.licences.register import Register
    from beffroi.showing import compared as showing

    register = Register.of(catalogue)
    pair = (given(first, register), given(second, register))
    json = form == "json"
    if any(each.answer.id is None for each in pair):
        show = showing.not_understood_values(pair, register, lang) if json else None
        answer(showing.not_understood(pair, register, lang) if show is None else as_json(show), output)
        context.exit(NOT_SURE)
    reasoner = Reasoner(register=register, table=Table.of(catalogue))
    found = compared(*pair, reasoner, default_policy(pair, reasoner))
    answer(as_json(showing.values(found, lang)) if json else showing.text(found, lang), output)
    context.exit(0 if found.is_sure else NOT_SURE)
