"""`beffroi standard diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.names import standards
from beffroi.cli.options import answer, as_json, catalogue_option, format_option, lang_option, output_option

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.catalogue.changes import Kind

KINDS = ("breaking", "compatible", "editorial")
VERSION_CODES = {"fine": 0, "too-low": 1, "cannot-tell": 3}


@click.command("diff", cls=HelpfulCommand)
@click.argument("before", metavar="BEFORE", shell_complete=standards)
@click.argument("after", metavar="[AFTER]", required=False, shell_complete=standards)
@click.option("--fail-on", type=click.Choice(KINDS), help="Exit with 1 if a change is as grave as this, or graver.")
@click.option("--check-version", is_flag=True, help="Exit with 1 if the version of AFTER is too low for its changes.")
@catalogue_option
@format_option()
@output_option()
@lang_option
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    before: str,
    after: str | None,
    fail_on: Kind | None,
    check_version: bool,  # noqa: FBT001 - click passes flags so
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
) -> None:
    """Tell what changed from one standard to another: for whom it breaks, and which version it asks for.

    BEFORE and AFTER are ids with or without version, files or folders. One alone is compared with the version before
    it. The exit code is 0 whatever has changed, unless an option asks otherwise; with --check-version it is 3 where
    one of them states no version.
    """
    from beffroi.showing import changes as showing
    from beffroi.standards.comparing import compared, previous

    found = catalogue.standard(before)
    pair = (found, catalogue.standard(after)) if after is not None else (previous(found, catalogue), found)
    comparison = compared(*pair)
    answer(as_json(showing.values(comparison, lang)) if form == "json" else showing.text(comparison, lang), output)
    failed = fail_on is not None and comparison.reaches(fail_on)
    context.exit(1 if failed else VERSION_CODES[comparison.version] if check_version else 0)
