"""`beffroi hook project`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import Run, judge, judging_options
from beffroi.cli.publishing import quietly


@click.command("project", cls=HelpfulCommand)
@judging_options
@click.pass_context
def command(context: click.Context, run: Run) -> None:
    """Check the project that beffroi.yaml declares against its charter; nothing where it declares none."""
    from beffroi.cli.projects import declaration_of
    from beffroi.projects.declaration import Declaration

    file = declaration_of(Path())
    declares = Declaration.read(file).document.value.get("project")
    context.exit(judge([file.as_posix()], replace(run, detail=quietly(run.detail))) if declares else 0)
