"""`beffroi licence for`."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import licences, policies
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.licences.advising import Advice

USES = ("derived", "produced", "collection")
REFUSED = 1
NOT_SURE = 3
"""The exit code where a licence is not known, or the answer needs review."""


@click.command("for", cls=HelpfulCommand)
@click.argument("question", nargs=-1, required=True, metavar='"DATA FROM A + B"...', shell_complete=licences)
@click.option(
    "--use",
    type=click.Choice(USES),
    default="derived",
    show_default=True,
    help="What is made: one database of all, a map, chart or report, or parts kept apart beside each other.",
)
@click.option(
    "--policy",
    metavar="NAME",
    shell_complete=policies,
    help="Only licences that this policy accepts; open-data for data.",
)
@click.option(
    "--output-licence",
    metavar="ID",
    shell_complete=licences,
    help="Ask about this licence; exit with 1 if it is refused.",
)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    question: tuple[str, ...],
    use: str,
    policy: str | None,
    output_licence: str | None,
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Tell under which licences you may publish what you make of data, content or software of others.

    Name the licences of the sources as people write them, separated by +, commas, "and" or "et":
    beffroi licence for "data from ODbL-1.0 + etalab-2.0". Behind an arrow (->) may stand the licence asked about.

    The exit code is 0 where the answer is sure, 3 where it needs review, 1 where the licence asked about is refused.
    This is no legal advice.
    """
    from beffroi.licences.advising import advised
    from beffroi.licences.asking import given
    from beffroi.licences.asking import question as understood
    from beffroi.licences.compatibility import Table
    from beffroi.licences.deriving import Reasoner
    from beffroi.licences.register import Register
    from beffroi.model.compatibility import Use
    from beffroi.showing import derived as showing

    register = Register.of(catalogue)
    asked = understood(question, register)
    if not asked.sources:
        raise click.BadParameter(_("it names no licence"), context, param_hint=_("QUESTION"))
    result = given(output_licence, register) if output_licence is not None else asked.result
    within = register.policy(policy) if policy is not None else None
    reasoner = Reasoner(register=register, table=Table.of(catalogue))
    advice = advised(asked.sources, Use(use), reasoner, result, within)
    json = form == "json"
    answer(as_json(showing.values(advice, register, lang)) if json else showing.text(advice, register, lang), output)
    context.exit(exit_code(advice))


def exit_code(advice: Advice) -> int:
    """How the command ends."""
    from beffroi.model.compatibility import Verdict

    if not advice.is_sure:
        return NOT_SURE
    return REFUSED if advice.result and advice.verdict is Verdict.REFUSED else 0
