"""`beffroi project check`."""

from __future__ import annotations

from pathlib import Path

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import Run, judge, judging_options
from beffroi.cli.projects import declared_in, path_argument


@click.command("check", cls=HelpfulCommand)
@path_argument
@judging_options
@click.pass_context
def command(context: click.Context, path: Path, run: Run) -> None:
    """Check a declared project against its charter, and its data against their standards.

    PATH is a beffroi.yaml, or a folder: the file is looked for there, and above it up to the root of the repository.
    """
    context.exit(judge([declared_in(path, run.charter)], run))
