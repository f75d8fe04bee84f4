"""`beffroi charter diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import charters
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("diff", cls=HelpfulCommand)
@click.argument("before", metavar="BEFORE", shell_complete=charters)
@click.argument("after", metavar="[AFTER]", required=False, shell_complete=charters)
@click.option(
    "--fail-on",
    type=click.Choice(["failing", "any"]),
    help="Exit with 1 if a change may fail a project that conformed, or if there is any change.",
)
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    before: str,
    after: str | None,
    fail_on: str | None,
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Tell what changed from one charter to another: what may fail a project that conformed, and what cannot.

    BEFORE and AFTER are ids with or without version, or files: two versions, or a charter and a profile of it. One
    alone is compared with the version before it. The exit code is 0 whatever has changed, unless --fail-on asks
    otherwise.
    """
    from beffroi.catalogue.charters import Charters
    from beffroi.charters.comparing import Comparison, previous
    from beffroi.showing import charter_diff as showing

    charters = Charters.of(catalogue)
    found = charters.whole(before)
    pair = (found, charters.whole(after)) if after is not None else (previous(found, charters), found)
    comparison = Comparison(before=pair[0], after=pair[1])
    answer(as_json(showing.values(comparison, lang)) if form == "json" else showing.text(comparison, lang), output)
    failed = comparison.failing if fail_on == "failing" else comparison.changes if fail_on == "any" else ()
    context.exit(1 if failed else 0)
