"""`beffroi hook licences`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import Run, judge, judging_options
from beffroi.cli.publishing import quietly
from beffroi.model.report import Narrowing

RULES = ("licence-*", "source-licence-*")


@click.command("licences", cls=HelpfulCommand)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@judging_options
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...], run: Run) -> None:
    """Check the licences of data packages whose descriptor or licence file changed, and nothing else of them."""
    from beffroi.projects.changing import package_of

    found = dict.fromkeys(package for each in files if (package := package_of(each.parent)))
    asked = replace(run, detail=quietly(run.detail), narrowing=run.narrowing or Narrowing(select=RULES))
    context.exit(judge([each.as_posix() for each in found], asked) if found else 0)
