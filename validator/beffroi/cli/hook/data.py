"""`beffroi hook data`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import Run, judge, judging_options
from beffroi.cli.publishing import quietly


@click.command("data", cls=HelpfulCommand)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@judging_options
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...], run: Run) -> None:
    """Check data files that changed against the standards that beffroi.yaml says they follow.

    Other files are passed over. Where beffroi.yaml itself changed, or a schema or standard that it names, all declared
    data is checked.
    """
    from beffroi.cli.projects import declaration_of
    from beffroi.projects.changing import concerned
    from beffroi.projects.declaration import Declaration
    from beffroi.projects.repository import Repository

    file = declaration_of(Path())
    repository = Repository(folder=file.parent, declaration=Declaration.read(file))
    paths = [each.as_posix() for each in concerned(files, repository)]
    context.exit(judge(paths, replace(run, detail=quietly(run.detail))) if paths else 0)
