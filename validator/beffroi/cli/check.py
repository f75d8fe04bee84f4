"""`beffroi check`: data against a standard, projects against a charter."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import (
    catalogue_option,
    charter_option,
    lang_option,
    portfolio_option,
)
from beffroi.cli.publishing import Targets, publish, report_options
from beffroi.errors import NoSuchInput
from beffroi.model.levels import Level

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-s",
    "--standard",
    metavar="ID[@V]|FILE",
    help="The standard: an id, or a schema, package or standard file. Without it, the one whose columns the data has.",
)
@click.option("--also", metavar="ID[@V]|FILE", help="Another standard or version: tell what moving to it would cost.")
@charter_option
@portfolio_option
@catalogue_option
@report_options
@lang_option
@click.option(
    "--fail-on",
    type=click.Choice([each.value for each in Level]),
    default=Level.MUST.value,
    show_default=True,
    help="The weakest level of findings that makes the exit code 1.",
)
@click.option(
    "--max-samples",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many places to report for each finding; totals are always exact.",
)
@click.option("--all", "every", is_flag=True, help="Report every place.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    show_default="one a core",
    help="How many parts of a table to judge at once; the result is the same.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Judge as if it were that day.")
@click.pass_context
def check(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    paths: tuple[str, ...],
    standard: str | None,
    also: str | None,
    charter: str | None,
    portfolio: Path | None,
    catalogue: Catalogue,
    targets: Targets,
    lang: str,
    fail_on: str,
    max_samples: int,
    every: bool,  # noqa: FBT001 - click passes flags so
    jobs: int | None,
    today: datetime | None,
) -> None:
    """Check data files, packages (a folder, a zip, a datapackage.json), projects (a beffroi.yaml), folders of them.

    PATH may be CSV, TSV (also .gz), XLSX, XLS, ODS, Parquet, JSON, NDJSON or GeoJSON; - is standard input.
    """
    from beffroi.checking import check_paths
    from beffroi.cli.progress import shown_progress
    from beffroi.settings import Settings

    if "" in paths:
        raise NoSuchInput("no-such-input", where='""')
    rules = catalogue.standard(standard) if standard is not None else None
    other = catalogue.standard(also) if also is not None else None
    with shown_progress() as progress:
        settings = Settings(
            samples=None if every else max_samples, lang=lang, today=day(today), progress=progress, jobs=jobs or 0
        )
        report = check_paths(
            paths, rules, settings, catalogue=catalogue, also=other, charter=charter, portfolio=portfolio
        )
    publish(report, targets)
    context.exit(report.exit_code(Level(fail_on)))


def day(moment: datetime | None) -> date | None:
    """The day that an option named."""
    return moment.date() if moment else None
