"""`beffroi check`: data against a standard, projects against a charter."""

from __future__ import annotations

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import Run, judge, judging_options
from beffroi.cli.names import files, standards
from beffroi.errors import NoSuchInput


@click.command(cls=HelpfulCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=files)
@click.option(
    "-s",
    "--standard",
    metavar="ID[@V]|FILE",
    shell_complete=standards,
    help="The standard: an id, or a schema, package or standard file. Without it, the one whose columns the data has.",
)
@click.option(
    "--also",
    metavar="ID[@V]|FILE",
    shell_complete=standards,
    help="Another standard or version: tell what moving to it would cost.",
)
@judging_options
@click.pass_context
def check(context: click.Context, paths: tuple[str, ...], standard: str | None, also: str | None, run: Run) -> None:
    """Check data files, packages (a folder, a zip, a datapackage.json), projects (a beffroi.yaml), folders of them.

    PATH may be CSV, TSV (also .gz), XLSX, XLS, ODS, Parquet, JSON, NDJSON or GeoJSON; - is standard input.
    """
    if "" in paths:
        raise NoSuchInput("no-such-input", where='""')
    rules = run.catalogue.standard(standard) if standard is not None else None
    other = run.catalogue.standard(also) if also is not None else None
    context.exit(judge(paths, run, rules, other))
