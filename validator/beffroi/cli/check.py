"""`beffroi check`: data against a standard."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.options import catalogue_option, format_option, lang_option, output_option
from beffroi.errors import NoSuchInput
from beffroi.model.levels import Level
from beffroi.reports import known_formats

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue
    from beffroi.model.report import Report

FORMATS = ("text", *(each for each in known_formats() if each != "text"))


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "-s",
    "--standard",
    metavar="ID[@V]|FILE",
    help="The standard: an id, or a schema, package or standard file. Without it, the one whose columns the data has.",
)
@click.option("--also", metavar="ID[@V]|FILE", help="Another standard or version: tell what moving to it would cost.")
@catalogue_option
@format_option(*FORMATS)
@output_option("Write the report to a file.")
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
    catalogue: Catalogue,
    form: str,
    output: Path | None,
    lang: str,
    fail_on: str,
    max_samples: int,
    every: bool,  # noqa: FBT001 - click passes flags so
    jobs: int | None,
    today: datetime | None,
) -> None:
    """Check data files, packages (a folder, a zip, a datapackage.json) or folders of files.

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
        report = check_paths(paths, rules, settings, catalogue=catalogue, also=other)
    publish(report, form, output)
    context.exit(report.exit_code(Level(fail_on)))


def day(moment: datetime | None) -> date | None:
    """The day that an option named."""
    return moment.date() if moment else None


def publish(report: Report, form: str, output: Path | None) -> None:
    """Print the report, or write it whole to a file; what machines read is UTF-8 whatever the terminal's encoding."""
    from beffroi.cli.streams import print_out
    from beffroi.cli.writing import encoded, write_whole
    from beffroi.reports import renderer

    render = renderer(form)
    if output is not None:
        write_whole(output, render(report))
    elif form == "text":
        from beffroi.reports.text import render as render_text

        print_out(render_text(report, colour=wants_colour()))
    else:
        print_out(encoded(render(report)))


def wants_colour() -> bool:
    """Colours only on a terminal, and never against NO_COLOR (no-color.org)."""
    if sys.stdout is None or not sys.stdout.isatty():
        return False
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
