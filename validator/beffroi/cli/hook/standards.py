"""`beffroi hook standards`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beffroi.cli.help import HelpfulCommand
from beffroi.cli.judging import fail_on_option
from beffroi.cli.options import catalogue_option, lang_option
from beffroi.cli.publishing import Detail, Targets, publish, quietly, report_options
from beffroi.model.levels import Level

if TYPE_CHECKING:
    from beffroi.catalogue import Catalogue


@click.command("standards", cls=HelpfulCommand)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@catalogue_option
@report_options
@lang_option
@fail_on_option
@click.pass_context
def command(
    context: click.Context, files: tuple[Path, ...], catalogue: Catalogue, targets: Targets, lang: str, fail_on: str
) -> None:
    """Lint and test the standards of which a file changed: standard.yaml, a schema, an example."""
    from beffroi.settings import Settings
    from beffroi.standards.choosing import chosen
    from beffroi.standards.lint import lint
    from beffroi.standards.testing import examples_report

    folders = [each.as_posix() for each in dict.fromkeys(folder for file in files for folder in standards_above(file))]
    if not folders:
        return
    settings, level = Settings(lang=lang), Level(fail_on)
    reports = (lint(folders, catalogue, settings), examples_report(chosen(folders, catalogue).standards, settings))
    for each in reports:
        publish(each, targets, quietly(Detail.USUAL), level)
    context.exit(max(each.exit_code(level) for each in reports))


def standards_above(file: Path) -> Iterator[Path]:
    """The folder of the standard that a file belongs to."""
    from beffroi.catalogue.definitions import FILE

    yield from [each for each in file.parents if (each / FILE).is_file()][:1]
